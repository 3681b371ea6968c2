package main

import (
	"fmt"

	"github.com/spf13/pflag"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/tui/grid"
)

// listScenarios as the value of --scenario shows what there is.
const listScenarios = "list"

func addScenarioFlag(f *pflag.FlagSet, to *string) {
	f.StringVar(to, "scenario", "", "")
}

// printScenarios lists the built-in accounts with what each rehearses.
func (a *app) printScenarios() error {
	all := account.Scenarios()
	if a.flags.json {
		type line struct {
			Name    string `json:"name"`
			Summary string `json:"summary"`
		}
		lines := make([]line, len(all))
		for i, m := range all {
			lines[i] = line{m.Name, m.Summary[a.text.Lang]}
		}
		return writeJSON(a.io.out, lines, true)
	}
	width := 0
	for _, m := range all {
		width = max(width, len(m.Name))
	}
	for _, m := range all {
		fmt.Fprintln(a.io.out, grid.Fit(m.Name, width)+"  "+m.Summary[a.text.Lang])
	}
	return nil
}
