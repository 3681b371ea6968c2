package wizard

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/media/address"
)

// Kind is the way a field is asked for.
type Kind int

// The kinds of fields.
const (
	Text    Kind = iota // one line
	OneOf               // one of Choices
	Toggle              // "true" or "false"
	Long                // several lines
	Several             // a List: flags repeat, or separate by commas
	Table               // Rules: from files, or edited on a page of its own
)

// What may happen to a setting once media exist (D3).
const (
	Locked = "locked" // may not change
	Rotate = "rotate" // may change after a whole connection test passed
	Free   = "free"   // may change
)

// Field describes one setting. The table of fields is the only place that
// knows the names of flags and variables.
type Field struct {
	Key      string // "role_arn", as in YAML and JSON
	Flag     string // "role-arn", without dashes in front; empty for a Table
	Env      string // "MEDIADOCK_ROLE_ARN"; empty for a Table
	Kind     Kind
	Required bool   // for the integration that Fields was asked about
	Locked   string // Locked, Rotate or Free
	Example  string
	// Choices lists what a OneOf field offers, given the other answers; nil
	// for other kinds.
	Choices func(Settings) []Choice
}

// Choice is one answer to a OneOf field. Without labels its name is the text
// "choice.<key>.<value>.label". A longer explanation, where there is one, is
// the text "choice.<key>.<value>". Args fill both.
type Choice struct {
	Value, LabelEN, LabelJA string
	Args                    map[string]string
}

// Fields returns the settings of an integration in the order in which they
// are documented and reported. Texts are "field.<key>.label", ".help" and
// ".where". An unknown integration gets the default's fields.
func Fields(integration string) []Field {
	in := offered(integration)
	var fields []Field
	for _, f := range allFields {
		if !in.uses(f.Key) {
			continue
		}
		f.Required = in.requires(f.Key)
		fields = append(fields, f.given())
	}
	return fields
}

// AllFields are the settings of all integrations, in their order.
func AllFields() []Field {
	fields := slices.Clone(allFields)
	for i, f := range fields {
		fields[i] = f.given()
	}
	return fields
}

// given fills in how a field is given on a command line.
func (f Field) given() Field {
	if f.Kind != Table {
		f.Flag = strings.ReplaceAll(f.Key, "_", "-")
		f.Env = "MEDIADOCK_" + strings.ToUpper(f.Key)
	}
	return f
}

// FlagFields are the settings of all integrations, as far as
// flags and variables give them, in their order.
func FlagFields() []Field {
	var fields []Field
	for _, f := range allFields {
		if f.hasFlag() {
			fields = append(fields, f.given())
		}
	}
	return fields
}

// FieldOfFlag is the setting that a flag gives, of those of FlagFields.
func FieldOfFlag(name string) (Field, bool) {
	i := position(strings.ReplaceAll(name, "-", "_"))
	if i < 0 || !allFields[i].hasFlag() {
		return Field{}, false
	}
	f := allFields[i].given()
	return f, f.Flag == name
}

func (f Field) hasFlag() bool {
	return f.Kind != Table && slices.ContainsFunc(integrations, func(in Integration) bool { return in.uses(f.Key) })
}

// FieldByKey finds a field of any integration. Whether it is required is said
// for the default integration.
func FieldByKey(key string) (Field, bool) {
	i := position(key)
	if i < 0 {
		return Field{}, false
	}
	f := allFields[i].given()
	f.Required = microcms.requires(key)
	return f, true
}

var allFields = []Field{
	{Key: "integration", Kind: OneOf, Locked: Locked, Example: "microcms", Choices: integrationChoices},
	{Key: "bucket", Kind: Text, Locked: Locked, Example: "alpha-prod-assets"},
	{Key: "region", Kind: OneOf, Locked: Locked, Example: "ap-northeast-1", Choices: regionChoices},
	{Key: "access", Kind: OneOf, Locked: Free, Example: "role", Choices: accessChoices},
	{Key: "role_arn", Kind: Text, Locked: Rotate, Example: "arn:aws:iam::123456789012:role/SampleRole"},
	{Key: "external_id", Kind: Text, Locked: Rotate, Example: "md-2f6b7c1e9a04d853"},
	{Key: "trusted_principal", Kind: Text, Locked: Free, Example: "999988887777"},
	{Key: "prefix", Kind: Text, Locked: Locked, Example: "media/path"},
	{Key: "domain", Kind: Text, Locked: Locked, Example: "https://my-media.example.com"},
	{Key: "fix_file_names", Kind: Toggle, Locked: Locked, Example: "false"},
	{Key: "distribution", Kind: Text, Locked: Free, Example: "E2EXAMPLE"},
	{Key: "service_id", Kind: Text, Locked: Locked, Example: "SERVICE#00000000-0000-0000-0000-000000000000"},
	{Key: "managed_by", Kind: OneOf, Locked: Free, Example: "mediadock", Choices: managedByChoices},
	{Key: "access_key_profile", Kind: Text, Locked: Free, Example: "imgix"},
	{Key: "subdomain", Kind: Text, Locked: Locked, Example: "alpha-prod"},
	{Key: "video_subdomain", Kind: Text, Locked: Locked, Example: "alpha-prod-video"},
	{Key: "path_rules", Kind: Table, Locked: Free, Example: `{"mode":"include","paths":["/images/"]}`},
	{Key: "cloud_names", Kind: Several, Locked: Free, Example: "demo,demo-staging"},
	{Key: "kms_key_arns", Kind: Several, Locked: Free, Example: "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"},
	{Key: "storage_name", Kind: Text, Locked: Free, Example: "mediaBucket"},
	{Key: "default_storage", Kind: Text, Locked: Free, Example: "amplify-app-storage"},
	{Key: "paths", Kind: Table, Locked: Free, Example: `{"media/*":{"guest":["get","list"]}}`},
	{Key: "app_roles", Kind: Table, Locked: Free, Example: `{"authenticated":"arn:aws:iam::210987654321:role/amplify-app-auth"}`},
	{Key: "cors_origins", Kind: Several, Locked: Free, Example: "https://app.example.com"},
	{Key: "notes", Kind: Long, Locked: Free},
}

func integrationChoices(Settings) []Choice {
	var all []Choice
	for _, in := range integrations {
		all = append(all, Choice{Value: in.ID, LabelEN: in.Name, LabelJA: in.Name})
	}
	return all
}

func regionChoices(Settings) []Choice {
	var all []Choice
	for _, r := range address.Regions() {
		all = append(all, Choice{Value: r.Code, LabelEN: r.EN, LabelJA: r.JA})
	}
	return all
}

func accessChoices(s Settings) []Choice {
	if in := offered(s.Integration); s.Integration != "" && !in.uses("role_arn") {
		return []Choice{{Value: "caller", LabelEN: "My own AWS credentials", LabelJA: "自分のAWS認証情報を使う"}}
	}
	return []Choice{
		{Value: "role", LabelEN: "Assume the IAM role", LabelJA: "IAMロールを引き受ける"},
		{Value: "caller", LabelEN: "My own AWS credentials", LabelJA: "自分のAWS認証情報を使う"},
	}
}

func managedByChoices(Settings) []Choice {
	return []Choice{
		{Value: "mediadock", LabelEN: "Only mediadock writes", LabelJA: "mediadockだけが書き込む"},
		{Value: "service", LabelEN: "The CMS writes, too", LabelJA: "CMSも書き込む"},
	}
}
