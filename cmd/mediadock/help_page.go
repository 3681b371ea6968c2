package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mediadock/mediadock/wizard"
)

// helpSection is one part of a help page in words, before it is laid out: the
// terminal and the manual page are two layouts of it.
type helpSection struct {
	title string
	code  []string // as it is typed
	rows  []helpRow
	prose string
}

// helpRow explains a command, a flag, a variable.
type helpRow struct{ key, text string }

// helpPage is what there is to say of a command, the examples last: they are
// what is still on the screen when a person has scrolled to the end.
func (a *app) helpPage(c *cobra.Command) []helpSection {
	sections := []helpSection{{title: a.heading("usage"), code: a.usageLines(c)}}
	sections = append(sections, a.commandSections(c)...)
	root := !c.HasParent()
	if rows := a.flagRows(plainFlags(c)); len(rows) > 0 {
		title := "flags"
		if root {
			title = "global"
		}
		sections = append(sections, helpSection{title: a.heading(title), rows: rows})
	}
	if s := a.settingsSection(c); s.title != "" {
		sections = append(sections, s)
	}
	if !root {
		global := a.text.Say("help.global", map[string]string{"flags": a.flagNames(plainFlags(c.Root()))})
		sections = append(sections, helpSection{title: a.heading("global"), prose: global})
	}
	if s := a.environmentSection(c); s.title != "" {
		sections = append(sections, s)
	}
	if root {
		sections = append(sections, helpSection{title: a.heading("exit"), rows: a.exitRows()})
	}
	if c.Example != "" {
		sections = append(sections, helpSection{title: a.heading("examples"), code: strings.Split(c.Example, "\n")})
	}
	return sections
}

func (a *app) heading(id string) string { return a.text.Say("help.heading."+id, nil) }

// usageLines are the ways to write a command.
func (a *app) usageLines(c *cobra.Command) []string {
	line := synopsis(c)
	flags := " " + a.text.Say("help.usage.flags", nil)
	if !c.HasAvailableSubCommands() {
		return []string{line + flags}
	}
	lines := []string{line + " " + a.text.Say("help.usage.command", nil) + flags}
	if !c.HasParent() {
		lines = append([]string{line + flags}, lines...)
	}
	return lines
}

// synopsis is a command with what it takes, flags not counted.
func synopsis(c *cobra.Command) string {
	line := c.CommandPath()
	if args := arguments(c); len(args) > 0 {
		line += " " + strings.Join(args, " ")
	}
	return line
}

// arguments are the names that stand for a command's arguments, the ones that
// may be left out in square brackets.
func arguments(c *cobra.Command) []string {
	_, rest, _ := strings.Cut(c.Use, " ")
	var args []string
	for _, word := range strings.Fields(rest) {
		if n := len(args); n > 0 && strings.HasPrefix(args[n-1], "[") && !strings.HasSuffix(args[n-1], "]") {
			args[n-1] += " " + word // [TEXT | -]
			continue
		}
		args = append(args, word)
	}
	return args
}

// commandSections list a command's sub-commands, those of the program in
// groups.
func (a *app) commandSections(c *cobra.Command) []helpSection {
	var sections []helpSection
	add := func(title, group string) {
		var rows []helpRow
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() && sub.GroupID == group {
				rows = append(rows, helpRow{sub.Name(), sub.Short})
			}
		}
		if len(rows) > 0 {
			sections = append(sections, helpSection{title: title, rows: rows})
		}
	}
	add(a.heading("commands"), "")
	for _, g := range c.Groups() {
		add(g.Title, g.ID)
	}
	if n := len(sections); n > 0 {
		sections[n-1].prose = a.text.Say("help.more", map[string]string{"command": c.CommandPath()})
	}
	return sections
}

// plainFlags are a command's own flags that are no settings. Help stands with
// those of the program.
func plainFlags(c *cobra.Command) []*pflag.Flag {
	return slices.DeleteFunc(ownFlags(c), func(f *pflag.Flag) bool {
		_, setting := wizard.FieldOfFlag(f.Name)
		return setting || f.Hidden || (f.Name == "help" && c.HasParent())
	})
}

// settingFlags are the settings that a command takes as flags, its parents'
// among them.
func settingFlags(c *cobra.Command) []*pflag.Flag {
	var all []*pflag.Flag
	for _, field := range wizard.FlagFields() {
		if f := c.Flag(field.Flag); f != nil && !f.Hidden {
			all = append(all, f)
		}
	}
	return all
}

func (a *app) flagRows(flags []*pflag.Flag) []helpRow {
	var rows []helpRow
	for _, f := range flags {
		usage := f.Usage
		if v := f.DefValue; v != "" && v != "false" && v != "0" && v != "0s" && v != "[]" {
			usage += a.text.Say("help.default", map[string]string{"value": v})
		}
		rows = append(rows, helpRow{flagKey(f), usage})
	}
	return rows
}

// flagKey is a flag with its short form and what it takes.
func flagKey(f *pflag.Flag) string {
	key := "    --" + f.Name
	if f.Shorthand != "" {
		key = "-" + f.Shorthand + ", --" + f.Name
	}
	if v := flagValue(f); v != "" {
		key += " " + v
	}
	return key
}

func (a *app) flagNames(flags []*pflag.Flag) string {
	var names []string
	for _, f := range flags {
		if f.Name == "version" {
			continue // of the program alone
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + "/" + name
		}
		names = append(names, name)
	}
	return strings.Join(names, a.text.Say("help.list", nil))
}

// settingsSection explains the settings where they are entered (setup), or
// where a command takes a few of them; elsewhere their names will do.
func (a *app) settingsSection(c *cobra.Command) helpSection {
	flags := settingFlags(c)
	if len(flags) == 0 {
		return helpSection{}
	}
	s := helpSection{title: a.heading("settings")}
	if all := len(wizard.FlagFields()); len(flags) == all && c.Name() != "setup" {
		id := helpID(c, "settings")
		if !a.text.Has(id) {
			id = "help.settings"
		}
		s.prose = a.text.Say(id, map[string]string{"flags": a.flagNames(flags)})
		return s
	}
	for _, f := range flags {
		s.rows = append(s.rows, helpRow{flagKey(f), a.explainField(f.Name)})
	}
	return s
}

// explainField says what a setting is, as the wizard does.
func (a *app) explainField(flag string) string {
	field, _ := wizard.FieldOfFlag(flag)
	said := a.text.Say("field."+field.Key+".label", nil) + a.text.Say("help.stop", nil) + a.text.Say("field."+field.Key+".help", nil)
	if field.Example != "" && flagValue(&pflag.Flag{Name: flag}) == fieldValueNames[field.Key] && fieldValueNames[field.Key] != "" {
		said += a.text.Say("help.field_example", map[string]string{"example": field.Example})
	}
	return said
}

// variables are what the program reads from its environment, settings apart.
// AWS_PROFILE and LC_ALL stand for their like.
var variables = []string{
	"MEDIADOCK_CONNECTION", "MEDIADOCK_LANG", "MEDIADOCK_AWS_PROFILE", "MEDIADOCK_HOME", "MEDIADOCK_CATALOGUE",
	"NO_COLOR", "ACCESSIBLE", "LC_ALL", "AWS_PROFILE",
}

func (a *app) environmentSection(c *cobra.Command) helpSection {
	s := helpSection{title: a.heading("environment")}
	switch {
	case !c.HasParent():
		s.rows = a.variableRows()
	case len(settingFlags(c)) == 0:
		return helpSection{}
	}
	s.prose = a.text.Say("help.env.MEDIADOCK_FIELD", nil)
	return s
}

func (a *app) variableRows() []helpRow {
	var rows []helpRow
	for _, name := range variables {
		rows = append(rows, helpRow{name, a.text.Say("help.env."+name, nil)})
	}
	return rows
}

func (a *app) exitRows() []helpRow {
	var rows []helpRow
	for _, code := range []string{"0", "1", "2", "3", "4", "130"} {
		rows = append(rows, helpRow{code, a.text.Say("help.exit."+code, nil)})
	}
	return rows
}
