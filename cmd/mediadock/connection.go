package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

func (a *app) connectionCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:  "connection",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.groupUsage(cmd) }),
	}
	cmd.AddCommand(
		&cobra.Command{Use: "list", Args: cobra.NoArgs,
			RunE: a.do(func(*cobra.Command, []string) error { return a.listConnections() })},
		&cobra.Command{Use: "show [NAME]", Args: cobra.MaximumNArgs(1),
			RunE: a.do(a.showConnection)},
		a.editCommand(), a.rotateCommand(), a.deleteCommand(), a.exportCommand(), a.importCommand(),
		&cobra.Command{Use: "forget NAME", Args: cobra.ExactArgs(1),
			RunE: a.do(a.forgetConnection)},
	)
	return cmd
}

type connectionJSON struct {
	Name     string          `json:"name"`
	Settings wizard.Settings `json:"settings"`
	SavedAt  string          `json:"saved_at,omitempty"`
	Verdict  string          `json:"verdict,omitempty"`
	TestedAt string          `json:"tested_at,omitempty"`
	// PrivateData is what --remember keeps; absent: each upload asks.
	PrivateData *privateDataJSON `json:"private_data,omitempty"`
	// Environment is what an environment is beside its settings.
	Environment *environmentJSON `json:"environment,omitempty"`
}

// privateDataJSON is what becomes of what files tell beside their content, and
// the file on this computer in which that is kept.
type privateDataJSON struct {
	Decision store.PrivateData `json:"decision"`
	File     string            `json:"file"`
}

// connectionDocument is a connection for people to look at: the external ID
// is masked, as everywhere but in policies and hand-offs.
func (a *app) connectionDocument(c store.Connection) connectionJSON {
	s := c.Settings
	s.ExternalID = wizard.MaskExternalID(s.ExternalID)
	j := connectionJSON{Name: c.Name, Settings: s}
	if !c.SavedAt.IsZero() {
		j.SavedAt = c.SavedAt.UTC().Format(time.RFC3339)
	}
	if v, ok := a.store.Verdict(c.Name); ok {
		j.Verdict, j.TestedAt = v.Verdict, v.At.UTC().Format(time.RFC3339)
	}
	if file := a.store.PrivateDataFile(c.Name); file != "" {
		j.PrivateData = &privateDataJSON{a.store.PrivateData(c.Name), file}
	}
	return j
}

// listConnections lists the good ones; those that cannot be read are named,
// and make the exit code 3.
func (a *app) listConnections() error {
	all, err := a.store.List()
	var f *failure
	if err != nil {
		f = a.storeFailure(err)
	}
	if a.flags.json {
		docs := []connectionJSON{}
		for _, c := range all {
			docs = append(docs, a.connectionDocument(c))
		}
		problems := []string{}
		for _, e := range joined(err) {
			problems = append(problems, a.sayStoreError(e))
		}
		if werr := writeJSON(a.io.out, map[string]any{"connections": docs, "problems": problems}, true); werr != nil {
			return werr
		}
		if f != nil {
			return said(exitCouldNot)
		}
		return nil
	}
	for _, c := range all {
		columns := []string{c.Name, a.verdictWord(c.Name), text.Safe(c.Settings.Bucket + "/" + c.Settings.Prefix), c.Settings.Region}
		for i, width := range []int{20, 20, 40} {
			columns[i] = padded(columns[i], width)
		}
		fmt.Fprintln(a.io.out, strings.Join(columns, " "))
	}
	if f != nil {
		return f
	}
	return nil
}

// verdictWord is the last test in a word, as on the home screen; a hyphen
// where there was none.
func (a *app) verdictWord(name string) string {
	v, ok := a.store.Verdict(name)
	if !ok {
		return "-"
	}
	w := a.text.UI.Home
	switch awscheck.Verdict(v.Verdict) {
	case awscheck.Ready:
		return w.Ready
	case awscheck.ReadyWithWarnings:
		return text.Fill(w.Warnings, "n", strconv.Itoa(max(v.Problems, 1)))
	case awscheck.Failed:
		return w.Failed
	case awscheck.NotRun:
		return w.NotRun
	}
	return v.Verdict
}

// padded fills a column up to its width in cells; what is longer stays whole.
func padded(s string, width int) string { return s + grid.Space(width-grid.Width(s)) }

func (a *app) showConnection(cmd *cobra.Command, args []string) error {
	sel, err := a.choose(cmd, args, true)
	if err != nil {
		return err
	}
	j := a.connectionDocument(store.Connection{Name: sel.name, Settings: sel.settings})
	if sel.environment != "" {
		e := a.environmentDocument(sel)
		j.Environment = &e
	}
	if a.flags.json {
		return writeJSON(a.io.out, j, true)
	}
	title := sel.name
	if e := j.Environment; e != nil && e.State != "ready" {
		title += "  " + a.text.Say("cmd.env.state."+e.State, nil)
	}
	fmt.Fprintln(a.io.out, title)
	a.tellUnready(sel)
	width := 0
	for _, f := range wizard.Fields(sel.settings.Integration) {
		width = max(width, grid.Width(a.text.Field(sel.settings.Integration, f.Key, "label")))
	}
	for _, f := range wizard.Fields(sel.settings.Integration) {
		label := a.text.Field(sel.settings.Integration, f.Key, "label")
		for _, line := range wizard.Lines(j.Settings, f.Key) {
			fmt.Fprintln(a.io.out, "  "+padded(label, width)+"  "+text.Safe(line))
			label = ""
		}
	}
	for _, u := range wizard.SampleURLsIn(sel.space()) {
		fmt.Fprintln(a.io.out, "  "+text.Safe(u))
	}
	if p := j.PrivateData; p != nil {
		fmt.Fprintln(a.io.out, "  "+text.Safe(a.text.Say("cmd.private_data."+string(p.Decision), map[string]string{"file": p.File})))
	}
	return nil
}

func (a *app) forgetConnection(_ *cobra.Command, args []string) error {
	name := args[0]
	if !store.ValidSaved(name) {
		return badName(name)
	}
	environments := a.environmentNames(name)
	// One that cannot be read can be forgotten, too: this is the way out.
	var corrupt *store.CorruptError
	if _, err := a.store.Load(name); errors.Is(err, store.ErrNotFound) {
		if connection, environment := store.SplitName(name); environment != "" {
			return a.noSuchEnvironment(connection, environment)
		}
		return a.noSuchConnection(name)
	} else if err != nil && !errors.As(err, &corrupt) {
		return a.storeFailure(err)
	}
	if err := a.store.Delete(name); err != nil {
		return a.storeFailure(err)
	}
	if a.flags.json {
		return writeJSON(a.io.out, map[string]any{"forgotten": name, "environments": environments}, false)
	}
	fmt.Fprintln(a.io.out, a.text.Say("cmd.forgotten", map[string]string{"name": name}))
	if len(environments) > 0 {
		a.show(a.text.Say("cmd.forgotten_environments", map[string]string{"names": strings.Join(environments, ", ")}))
	}
	return nil
}
