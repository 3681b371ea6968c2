package account

import (
	"embed"
	"errors"
	"fmt"
	"maps"
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
	"microcms",
}

// Scenarios are the built-in scenarios, in the order to offer them in.
func Scenarios() []Meta {
	metas := make([]Meta, 0, len(scenarioOrder))
	for _, name := range scenarioOrder {
		m := sync.OnceValue(func() Meta { _, m, _ := load(name); return m })() // a test loads every one
		metas = append(metas, m)
	}
	return metas
}

// Scenario returns the built-in account of that name. Its objects' content
// is shared and must not be changed. Another name is ErrNoScenario.
func Scenario(name string) (Account, Meta, error) {
	if !slices.Contains(scenarioOrder, name) {
		return Account{}, Meta{}, fmt.Errorf("%w: %q", ErrNoScenario, name)
	}
	a, m, err := load(name)
	m.Settings = maps.Clone(m.Settings)
	return a, m, err
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
