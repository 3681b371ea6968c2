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

//go:embed scenarios/*.yaml scenarios/files
var scenarios embed.FS

// scenarioOrder is the order in which scenarios are offered.
var scenarioOrder = []string{
	"microcms", "microcms-cloudfront", "vendor-only",
	"external-id-mismatch", "external-id-not-required", "role-missing", "role-just-created",
	"wrong-region", "bucket-missing", "foreign-owner",
	"list-denied", "put-denied-prefix", "delete-denied", "kms-denied", "organization-denied",
	"public-access-blocked", "bucket-policy-missing", "cdn-wrong-distribution", "cdn-path-doubled",
	"clock-skew", "slow", "throttled", "large", "empty",
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

// head reads what a built-in file says of itself, which is at its top, without
// the account below: a list of scenarios is wanted at every start.
func head(name string) (Meta, error) {
	data, err := scenarios.ReadFile("scenarios/" + name + ".yaml")
	if err != nil {
		return Meta{}, err
	}
	top, _, ok := bytes.Cut(data, []byte("\naccount:"))
	if !ok {
		return Meta{}, fmt.Errorf("%s.yaml: its account is not below its scenario", name)
	}
	_, m, err := parse(append(top, "\naccount: \"000000000000\"\n"...), nil)
	m.Name = name
	return m, err
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
	return scenarios.ReadFile("scenarios/" + name + ".yaml")
}

func load(name string) (Account, Meta, error) {
	data, err := scenarios.ReadFile("scenarios/" + name + ".yaml")
	if err != nil {
		return Account{}, Meta{}, err
	}
	a, m, err := parse(data, func(file string) ([]byte, error) {
		return scenarios.ReadFile(path.Join("scenarios", strings.TrimPrefix(file, "./")))
	})
	m.Name = name
	return a, m, err
}
