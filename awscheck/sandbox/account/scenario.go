package account

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

// Meta is what an account file says of itself in its optional key "scenario".
type Meta struct {
	Name string
	// Summary is one sentence for people, by language: "en", "ja".
	Summary map[string]string
	// Settings are answers that fit the account, by the keys of the settings
	// (bucket, region, role_arn, external_id, ...). In a scenario that
	// rehearses a mistake they hold the mistake.
	Settings map[string]string
}

// ErrNoScenario says that no scenario of that name is built in.
var ErrNoScenario = errors.New("no such scenario")

//go:embed scenarios/*.yaml scenarios/base scenarios/files
var scenarios embed.FS

// scenarioOrder is the order in which scenarios are offered.
var scenarioOrder = []string{
	"microcms", "microcms-cloudfront", "vendor-only",
	"external-id-mismatch", "external-id-not-required", "external-id-optional", "external-id-wildcard",
	"role-missing", "role-just-created", "trust-condition-unmet", "caller-lacks-permission", "sts-region-disabled",
	"wrong-region", "bucket-missing", "foreign-owner", "location-denied",
	"list-denied", "list-prefix-condition", "put-denied", "put-denied-prefix", "get-denied", "copy-denied", "delete-denied",
	"encryption-required", "kms-denied", "kms-decrypt-denied", "kms-key-disabled",
	"explicit-deny", "boundary-denied", "organization-denied", "rcp-denied", "vpc-endpoint-denied",
	"object-locked", "object-archived", "delete-marker", "acls-enabled", "scope-too-wide",
	"public-access-blocked", "public-access-blocked-account", "bucket-policy-missing", "bucket-policy-wrong-path", "kms-anonymous", "listing-public",
	"cdn-wrong-distribution", "cdn-origin-access-missing", "cdn-signing-never", "cdn-path-doubled", "cdn-kms", "cdn-stale", "direct-access-open",
	"domain-not-found", "domain-wrong-target", "wrong-content", "spa-fallback", "alias-missing", "tls-name-mismatch",
	"distribution-deploying", "distribution-disabled", "waf-blocked",
	"cloudinary-ready", "cloudinary-no-marker", "cloudinary-marker-misplaced", "cloudinary-policy-missing", "cloudinary-policy-narrow", "cloudinary-org-deny",
	"cloudinary-restrict-public", "cloudinary-kms-not-granted", "cloudinary-key-mismatch", "cloudinary-too-wide",
	"imgix-ready", "imgix-key-cannot-list", "imgix-no-location", "imgix-read-denied-prefix", "imgix-key-can-write", "imgix-managed-read-only",
	"imgix-other-bucket", "imgix-bucket-writable", "imgix-us-east-1", "imgix-queued", "imgix-prefix-wrong", "imgix-signed-urls", "imgix-other-key", "imgix-empty",
	"imgix-key-unknown",
	"clock-skew", "slow", "throttled", "connection-broken", "proxy-page", "account-suspended", "unknown-error", "large", "empty",
	"amplify", "amplify-cognito-only", "amplify-no-cors", "amplify-cors-wrong-origin", "amplify-cors-read-only", "amplify-cors-no-etag", "amplify-role-missing-list",
	"amplify-policy-wrong-prefix", "amplify-guest-can-write", "amplify-group-missing", "amplify-bucket-policy-denies", "amplify-bucket-policy-open",
}

// ScenarioNames are the names of the built-in scenarios, in the order to
// offer them in.
func ScenarioNames() []string { return slices.Clone(scenarioOrder) }

// Scenarios are the built-in scenarios, in the order to offer them in.
func Scenarios() []Meta { return slices.Clone(metas()) }

var metas = sync.OnceValue(func() []Meta {
	all := make([]Meta, 0, len(scenarioOrder))
	for _, name := range scenarioOrder {
		m, err := head(name)
		if err != nil {
			panic(err) // what is built in is tested
		}
		all = append(all, m)
	}
	return all
})

// head reads what a built-in file says of itself, without the account: a list
// of scenarios is wanted often, and quickly.
func head(name string) (Meta, error) {
	own, err := selfOf("scenarios/" + name + ".yaml")
	if err != nil || own.Base == "" {
		return own.meta(name), err
	}
	base, err := selfOf("scenarios/base/" + own.Base + ".yaml")
	settings := base.meta("").Settings
	for key, v := range own.Scenario.Settings {
		settings[key] = v
	}
	m := own.meta(name)
	m.Settings = settings
	return m, err
}

// self is the part of a file that head reads.
type self struct {
	Base     string `yaml:"base"`
	Scenario struct {
		Summary  map[string]string `yaml:"summary"`
		Settings map[string]string `yaml:"settings"`
	} `yaml:"scenario"`
}

func selfOf(file string) (s self, err error) {
	data, err := scenarios.ReadFile(file)
	if err != nil {
		return s, err
	}
	top, _, ok := bytes.Cut(data, []byte("\n\n"))
	if !ok {
		return s, fmt.Errorf("%s: its account is not below its scenario", file)
	}
	return s, yaml.Unmarshal(top, &s)
}

func (s self) meta(name string) Meta {
	m := Meta{Name: name, Summary: s.Scenario.Summary, Settings: s.Scenario.Settings}
	if m.Settings == nil {
		m.Settings = map[string]string{}
	}
	return m
}

// Scenario returns the built-in account of that name. Another name is
// ErrNoScenario.
func Scenario(name string) (Account, Meta, error) {
	if !slices.Contains(scenarioOrder, name) {
		return Account{}, Meta{}, fmt.Errorf("%w: %q", ErrNoScenario, name)
	}
	return load(name)
}

// ScenarioFile is the text of a built-in scenario's account file. The files
// that its objects name are not part of it.
func ScenarioFile(name string) ([]byte, error) {
	if !slices.Contains(scenarioOrder, name) {
		return nil, fmt.Errorf("%w: %q", ErrNoScenario, name)
	}
	return text(name)
}

// text is a built-in file, put over its base where it has one.
func text(name string) ([]byte, error) {
	data, err := scenarios.ReadFile("scenarios/" + name + ".yaml")
	if err != nil {
		return nil, err
	}
	data, err = overlaid(data, func(base string) ([]byte, error) {
		return scenarios.ReadFile("scenarios/base/" + base + ".yaml")
	})
	if err != nil {
		return nil, fmt.Errorf("%s.yaml: %w", name, err)
	}
	return data, nil
}

func load(name string) (Account, Meta, error) {
	data, err := text(name)
	if err != nil {
		return Account{}, Meta{}, err
	}
	a, m, err := parse(data, func(file string) ([]byte, error) {
		return scenarios.ReadFile(path.Join("scenarios", strings.TrimPrefix(file, "./")))
	})
	m.Name = name
	return a, m, err
}
