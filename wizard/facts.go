package wizard

import "strings"

// Groups of facts, in the order in which they are read: what binds comes
// first, for those who read no further.
const (
	FactsBinding  = "binding"  // what cannot be undone
	FactsDelivery = "delivery" // what readers get
	FactsWork     = "work"     // what the work with media is like
	FactsPlan     = "plan"     // what it takes and costs
)

// FactGroups are the groups in their order.
func FactGroups() []string { return []string{FactsBinding, FactsDelivery, FactsWork, FactsPlan} }

// Fact is one thing that a person is to know before the first save. Its words
// are the text "know.<ID>".
type Fact struct {
	ID    string
	Group string // one of FactGroups
	// Owner is true for what the administrator of the AWS side has to know,
	// too.
	Owner bool
	// Args fill the text; Fields are those whose value is a list of settings,
	// by their keys.
	Args   map[string]string
	Fields map[string][]string

	integration string
}

// factRow is a fact, the rows that it says, and when it applies.
type factRow struct {
	id, group string
	owner     bool
	rows      []string
	when      func(Settings) bool
}

// allFacts is the one list of what is to be known; the terminal UI, the line
// mode, the commands and the request to the AWS administrator say it.
var allFacts = []factRow{
	{"locked", FactsBinding, true, []string{"M69", "D3"}, always},
	{"guessable", FactsBinding, true, []string{"M29", "M30"}, always},
	{"backup", FactsBinding, true, []string{"M12", "M61"}, always},

	{"image-api", FactsDelivery, false, []string{"M10"}, always},
	{"cache-header", FactsDelivery, true, []string{"M27", "D9"}, always},
	{"cache-browser", FactsDelivery, true, []string{"D9"}, direct},
	{"cache-cdn", FactsDelivery, true, []string{"D9"}, behindCDN},
	{"stale", FactsDelivery, true, []string{"M64", "M65", "M66"}, behindCDN},
	{"purge", FactsDelivery, true, []string{"M67"}, behindCDN},
	{"cdn-later", FactsDelivery, false, []string{"M64", "M65", "M66", "M67"}, direct},

	{"past-cms", FactsWork, true, []string{"M62", "M63"}, always},
	{"beside-service", FactsWork, false, []string{"D14"}, func(s Settings) bool { return s.ManagedBy == "service" }},
	{"fixed-names", FactsWork, false, []string{"M59", "D1"}, func(s Settings) bool { return s.FixFileNames }},
	{"existing", FactsWork, false, []string{"M68"}, always},
	{"environments", FactsWork, false, []string{"M72", "M73", "M74", "M75"}, always},

	{"prerequisites", FactsPlan, false, []string{"M5", "M8", "M9"}, always},
	{"enabling", FactsPlan, false, []string{"M6", "M11"}, always},
	{"fees", FactsPlan, false, []string{"M7"}, always},
	{"billing", FactsPlan, true, []string{"M77"}, always},
	{"graphs", FactsPlan, false, []string{"M79"}, always},
}

// serviceFacts are those of the integrations that microCMS's are not true of.
var serviceFacts = map[string][]factRow{
	"cloudinary": cloudinaryFacts,
	Imgix:        imgixFacts,
	"amplify":    amplifyFacts,
}

func factsOf(integration string) []factRow {
	if rows, ok := serviceFacts[integration]; ok {
		return rows
	}
	return allFacts
}

func always(Settings) bool      { return true }
func behindCDN(s Settings) bool { return s.Domain != "" || s.Distribution != "" }
func direct(s Settings) bool    { return !behindCDN(s) }

// Facts are what is to be known before settings are saved for the first time,
// as far as it applies to them, group by group.
func Facts(s Settings) []Fact {
	s = Defaults(s)
	var facts []Fact
	for _, row := range factsOf(s.Integration) {
		if !row.when(s) {
			continue
		}
		f := Fact{ID: row.id, Group: row.group, Owner: row.owner, integration: s.Integration}
		switch row.id {
		case "locked", "service-locked", "imgix-locked":
			f.Fields = map[string][]string{"fields": FieldsOfClass(s.Integration, Locked), "rotated": FieldsOfClass(s.Integration, Rotate)}
		case "environments":
			f.Args = map[string]string{"dir": SpaceOf(s).Dir()}
		case "purge":
			space := SpaceOf(s)
			f.Args = map[string]string{"path": space.InvalidationPath(space.Key(SampleNames()[0]))}
		case "amplify-default", "amplify-prefix", "amplify-code":
			f.Args = amplifyArgs(s)
		default:
			f.Args = imgixArgs(row.id, s)
		}
		facts = append(facts, f)
	}
	return facts
}

// FactByID finds a fact that applies to settings.
func FactByID(s Settings, id string) (Fact, bool) {
	for _, f := range Facts(s) {
		if f.ID == id {
			return f, true
		}
	}
	return Fact{}, false
}

// FieldsOfClass are the keys of an integration's settings that D3 counts to a
// class (Locked, Rotate or Free), in their order.
func FieldsOfClass(integration, class string) []string {
	var keys []string
	for _, f := range Fields(integration) {
		if f.Locked == class {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// TextID is the id of the fact's text.
func (f Fact) TextID() string { return "know." + f.ID }

// Words is the fact in the words of say, which knows the texts of ids.
func (f Fact) Words(say func(id string, args map[string]string) string) string {
	args := map[string]string{}
	for k, v := range f.Args {
		args[k] = v
	}
	for k, keys := range f.Fields {
		args[k] = LabelsOf(f.integration, keys, say)
	}
	return say(f.TextID(), args)
}

// ownLabels are the settings that an integration calls otherwise than others
// do: by the text "field.<integration>.<key>.label".
var ownLabels = map[string][]string{Imgix: {"prefix"}}

// LabelsOf is Labels in the words of an integration.
func LabelsOf(integration string, keys []string, say func(id string, args map[string]string) string) string {
	return Labels(keys, func(id string, args map[string]string) string {
		for _, key := range ownLabels[integration] {
			if id == "field."+key+".label" {
				id = "field." + integration + "." + key + ".label"
			}
		}
		return say(id, args)
	})
}

// Labels are the names of settings in one phrase, in the words of say.
func Labels(keys []string, say func(id string, args map[string]string) string) string {
	var names []string
	for _, k := range keys {
		names = append(names, say("field."+k+".label", nil))
	}
	return strings.Join(names, say("know.list-separator", nil))
}
