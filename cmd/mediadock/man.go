package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/wizard"
)

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "man",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error {
			_, err := io.WriteString(a.io.out, a.manPage(cmd.Root()))
			return err
		}),
	}
}

// manPage is the manual of the whole program, from the same tree and texts as
// --help.
func (a *app) manPage(root *cobra.Command) string {
	var r roff
	r.title(strings.ToUpper(root.Name()), root.Name()+" "+buildVersion(), a.text.Say("help.man.title", nil))
	r.section(a.text.Say("help.man.name", nil))
	r.prose(root.Name() + " - " + root.Short)
	r.section(a.text.Say("help.man.synopsis", nil))
	var typed []string
	for _, c := range commandTree(root) {
		if c.IsAvailableCommand() || c == root {
			typed = append(typed, a.usageLines(c)[0])
		}
	}
	r.verbatim(typed)
	r.section(a.text.Say("help.man.description", nil))
	r.prose(root.Long)
	r.section(a.heading("commands"))
	for _, g := range groups {
		for _, c := range root.Commands() {
			if c.GroupID == g.id {
				a.manCommands(&r, c)
			}
		}
	}
	r.section(a.heading("global"))
	r.rows(a.flagRows(plainFlags(root)))
	r.section(a.heading("environment"))
	r.rows(a.variableRows())
	r.prose(a.text.Say("help.env.MEDIADOCK_FIELD", nil))
	r.rows(a.fieldVariableRows())
	r.section(a.text.Say("help.man.files", nil))
	r.rows(a.fileRows())
	r.prose(a.text.Say("help.man.private", nil))
	r.section(a.text.Say("help.man.exit", nil))
	r.rows(a.exitRows())
	r.section(a.heading("examples"))
	for _, c := range commandTree(root) {
		if c.IsAvailableCommand() || c == root {
			if c != root {
				r.subsection(c.CommandPath())
			}
			r.verbatim(strings.Split(c.Example, "\n"))
		}
	}
	r.section(a.text.Say("help.man.see", nil))
	r.prose("aws(1), jq(1)")
	r.prose(a.text.Say("help.man.online", nil))
	return r.String()
}

// manCommands are a command and those below it, each with what it does and
// its flags.
func (a *app) manCommands(r *roff, c *cobra.Command) {
	if !c.IsAvailableCommand() {
		return
	}
	r.subsection(a.usageLines(c)[0])
	r.prose(c.Long)
	r.rows(a.flagRows(plainFlags(c)))
	if s := a.settingsSection(c); len(s.rows) > 0 {
		r.rows(s.rows)
	} else if s.prose != "" {
		r.prose(s.prose)
	}
	for _, sub := range c.Commands() {
		a.manCommands(r, sub)
	}
}

func (a *app) fieldVariableRows() []helpRow {
	var rows []helpRow
	for _, f := range wizard.FlagFields() {
		label := map[string]string{"label": a.text.Say("field."+f.Key+".label", nil)}
		rows = append(rows, helpRow{f.Env, a.text.Say("help.man.field", label)})
	}
	return rows
}

func (a *app) fileRows() []helpRow {
	return []helpRow{
		{"$XDG_CONFIG_HOME/mediadock/connections/NAME.yaml", a.text.Say("help.file.connections", nil)},
		{"$XDG_DATA_HOME/mediadock/", a.text.Say("help.file.data", nil)},
		{"$XDG_STATE_HOME/mediadock/", a.text.Say("help.file.state", nil)},
	}
}
