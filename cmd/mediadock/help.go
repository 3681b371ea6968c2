package main

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mediadock/mediadock/wizard"
)

// Commands and flags stand in the order in which they were made.
func init() { cobra.EnableCommandSorting = false }

// dress gives the tree of commands its words, groups and ways to report a
// wrong command line. Commands are made without words; those are in tui/text
// under the command's path: help.media.put.short, .long and .example,
// help.media.put.flag.to. A flag that several commands share may be said
// higher up: help.media.flag.to, help.flag.to.
func (a *app) dress(root *cobra.Command) {
	for _, c := range commandTree(root) { // before anything visits the flags
		c.Flags().SortFlags, c.PersistentFlags().SortFlags = false, false
	}
	for _, g := range groups {
		root.AddGroup(&cobra.Group{ID: g.id, Title: a.text.Say("help.group."+g.id, nil)})
	}
	for _, c := range root.Commands() {
		c.GroupID = groupOf(c.Name())
	}
	root.SetHelpFunc(a.printHelp)
	root.SetUsageFunc(a.printShortHelp)
	root.SetFlagErrorFunc(flagError)
	for _, c := range commandTree(root) {
		c.InitDefaultHelpFlag()
		c.Short = a.wordOr(helpID(c, "short"), c.Short)
		c.Long = a.wordOr(helpID(c, "long"), c.Long)
		c.Example = a.wordOr(helpID(c, "example"), c.Example)
		for _, f := range ownFlags(c) {
			dressFlag(f, a.wordOr(a.flagID(c, f.Name), f.Usage))
		}
		c.Args = argsError(c.Args)
		c.SuggestFor, c.SuggestionsMinimumDistance = habits[commandPath(c)], maxTypos
	}
	a.addCompletions(root)
}

// valueName is the annotation that keeps what a flag takes.
const valueName = "mediadock_value"

// dressFlag gives a flag its words, without the backquotes around the name of
// what it takes: completion shows them as they are.
func dressFlag(f *pflag.Flag, words string) {
	f.Usage = words
	if !strings.Contains(words, "`") {
		return
	}
	name, usage := pflag.UnquoteUsage(f)
	f.Usage = usage
	if f.Annotations == nil {
		f.Annotations = map[string][]string{}
	}
	f.Annotations[valueName] = []string{name}
}

// wordOr is the text of id; without one what stands there stays.
func (a *app) wordOr(id, otherwise string) string {
	if a.text.Has(id) {
		return a.text.Say(id, nil)
	}
	return otherwise
}

// groups are the headings that commands stand under, in order.
var groups = []struct {
	id       string
	commands []string
}{
	{"setup", []string{"setup", "check", "explain", "connection", "signin"}},
	{"media", []string{"media", "env", "catalogue"}},
	{"documents", []string{"policy", "handoff", "marker", "key"}},
	{"other", nil},
}

func groupOf(command string) string {
	for _, g := range groups {
		for _, c := range g.commands {
			if c == command {
				return g.id
			}
		}
	}
	return "other"
}

// commandTree lists a command and all below it, in the order of their making.
func commandTree(root *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{root}
	for _, c := range root.Commands() {
		all = append(all, commandTree(c)...)
	}
	return all
}

// ownFlags are those that a command declares itself, for its sub-commands or
// not.
func ownFlags(c *cobra.Command) []*pflag.Flag {
	var all []*pflag.Flag
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		all = append(all, f)
	})
	return all
}

// commandPath is the words after the program's name, joined by dots; empty
// for the program itself.
func commandPath(c *cobra.Command) string {
	words := strings.Fields(c.CommandPath())
	return strings.Join(words[1:], ".")
}

func helpID(c *cobra.Command, what string) string {
	return strings.Join(nonEmpty("help", commandPath(c), what), ".")
}

// flagID finds the text of a flag: the field's label where it is a setting,
// otherwise the nearest up the path. Where there is none, it is the id that
// the text should have.
func (a *app) flagID(c *cobra.Command, name string) string {
	if field, ok := wizard.FieldOfFlag(name); ok {
		return "field." + field.Key + ".label"
	}
	path := commandPath(c)
	for at := path; ; {
		id := strings.Join(nonEmpty("help", at, "flag", name), ".")
		if a.text.Has(id) {
			return id
		}
		if at == "" {
			break
		}
		at = at[:max(strings.LastIndex(at, "."), 0)]
	}
	return strings.Join(nonEmpty("help", path, "flag", name), ".")
}

func nonEmpty(words ...string) []string {
	var kept []string
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return kept
}

// fieldValueNames are what the flags of settings take, as the synopsis writes
// it. Choices name themselves.
var fieldValueNames = map[string]string{
	"bucket": "NAME", "region": "CODE", "role_arn": "ARN", "external_id": "ID", "trusted_principal": "ACCOUNT|ARN",
	"prefix": "PATH", "domain": "URL", "distribution": "ID|ARN", "service_id": "ID", "notes": "TEXT",
}

// flagValue is what a flag takes; empty for a switch.
func flagValue(f *pflag.Flag) string {
	field, ok := wizard.FieldOfFlag(f.Name)
	if !ok {
		return strings.Join(f.Annotations[valueName], "")
	}
	if name := fieldValueNames[field.Key]; name != "" || field.Kind == wizard.Toggle {
		return name
	}
	var values []string
	if field.Choices != nil {
		for _, c := range field.Choices(wizard.Settings{}) {
			values = append(values, c.Value)
		}
	}
	return cmp.Or(strings.Join(values, "|"), "TEXT")
}
