package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/alttext"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/handoff"
	"github.com/mediadock/mediadock/wizard/store"
)

// completer lists the values that an argument or a flag may have, with what
// they mean in the person's language. It asks nobody but the local disk.
type completer func(a *app) []cobra.Completion

// flagValues are the values of flags by name. Flags that are not here and not
// in fileFlags or directoryFlags take what nobody can list.
var flagValues = map[string]completer{
	"connection":    (*app).completeNames,
	"aws-profile":   (*app).completeProfiles,
	"owner-profile": (*app).completeProfiles,

	"access-key-profile": (*app).completeProfiles,
	"from-connection":    (*app).completeSaved,
	"lang":               func(a *app) []cobra.Completion { return a.explained("en", "ja") },
	"region":             (*app).completeRegions,
	"integration":        choicesOf("integration"),
	"access":             choicesOf("access"),
	"managed-by":         choicesOf("managed_by"),
	"scenario":           (*app).completeScenarios,
	"format":             func(a *app) []cobra.Completion { return a.explained(policyFormats...) },
	"if-exists": func(a *app) []cobra.Completion {
		return a.explained("ask", "fail", "skip", "replace", "keep-both")
	},
	"reason": func(a *app) []cobra.Completion { return a.withMeaning("media.alt.", alttext.Codes()...) },
	"only":   (*app).completeChecks,
	"accept": func(a *app) []cobra.Completion { return a.withMeaning("check.", acceptable) },
}

// fileFlags take files, directoryFlags directories. "to" is a directory for
// media get alone.
var (
	fileFlags      = []string{"from", "output", "merge", "with", "baseline", "amplify-outputs", "account", "env-file", "redirects"}
	directoryFlags = []string{"home", "data"}
)

// argumentValues are the values of arguments by command, one for each place;
// the last one counts for all that follow where a command takes several. nil
// stands for files. Arguments of other commands cannot be listed.
var argumentValues = map[string][]completer{
	"check":             {(*app).completeNames},
	"handoff":           {(*app).completeNames},
	"policy":            {(*app).completeKinds, (*app).completeNames},
	"connection.show":   {(*app).completeNames},
	"connection.edit":   {(*app).completeSettings},
	"connection.rotate": {(*app).completeSettings},
	"connection.delete": {(*app).completeSaved},
	"connection.forget": {(*app).completeNames},
	"env.delete":        {(*app).completeEnvironments},
	"connection.export": {(*app).completeSaved},
	"connection.import": {nil},
	"media.put":         {nil},
	"media.replace":     {nothing, nil},
	"media.alt.import":  {nil},
	"completion":        {func(a *app) []cobra.Completion { return a.explained(shells...) }},
}

func nothing(*app) []cobra.Completion { return nil }

// addCompletions tells the shell which values arguments and flags may have.
func (a *app) addCompletions(root *cobra.Command) {
	for _, c := range commandTree(root) {
		for _, f := range ownFlags(c) {
			if _, set := c.GetFlagCompletionFunc(f.Name); !set {
				_ = c.RegisterFlagCompletionFunc(f.Name, a.flagCompletion(commandPath(c), f.Name))
			}
		}
		if c.ValidArgsFunction == nil && !c.HasSubCommands() {
			c.ValidArgsFunction = a.argumentCompletion(argumentValues[commandPath(c)], arguments(c))
		}
	}
}

// prepareCompletion does for a completion what prepare does for a command. A
// wrong language is said when the command is run.
func (a *app) prepareCompletion(c *cobra.Command) {
	if a.prepare(c) != nil {
		a.useHome(cmp.Or(a.flags.home, a.io.getenv("MEDIADOCK_HOME")))
	}
}

func (a *app) flagCompletion(command, flag string) cobra.CompletionFunc {
	return func(c *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		a.prepareCompletion(c)
		values, listed := flagValues[flag]
		switch {
		case flag == "only":
			return listedValues(values(a), typed), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		case listed:
			return startingWith(values(a), typed), cobra.ShellCompDirectiveNoFileComp
		case slices.Contains(fileFlags, flag):
			return nil, cobra.ShellCompDirectiveDefault
		case slices.Contains(directoryFlags, flag), command == "media.get" && flag == "to":
			return nil, cobra.ShellCompDirectiveFilterDirs
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
}

func (a *app) argumentCompletion(values []completer, names []string) cobra.CompletionFunc {
	return func(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		a.prepareCompletion(c)
		at := len(args)
		if n := len(names); n > 0 && at >= n && strings.Contains(names[n-1], "...") {
			at = n - 1
		}
		if at >= len(values) {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		if values[at] == nil {
			return nil, cobra.ShellCompDirectiveDefault
		}
		left := slices.DeleteFunc(startingWith(values[at](a), typed), func(c cobra.Completion) bool {
			return slices.Contains(args, valueOf(c))
		})
		return left, cobra.ShellCompDirectiveNoFileComp
	}
}

// valueOf is a completion without its description.
func valueOf(c cobra.Completion) string {
	v, _, _ := strings.Cut(c, "\t")
	return v
}

func startingWith(all []cobra.Completion, typed string) []cobra.Completion {
	return slices.DeleteFunc(all, func(c cobra.Completion) bool { return !strings.HasPrefix(valueOf(c), typed) })
}

// listedValues completes the last of several values with commas between them.
func listedValues(all []cobra.Completion, typed string) []cobra.Completion {
	before := typed[:strings.LastIndex(typed, ",")+1]
	given := strings.Split(before, ",")
	var left []cobra.Completion
	for _, c := range startingWith(all, typed[len(before):]) {
		if !slices.Contains(given, valueOf(c)) {
			left = append(left, before+c)
		}
	}
	return left
}

// explained are values whose meaning is a text help.value.
func (a *app) explained(values ...string) []cobra.Completion {
	return a.withMeaning("help.value.", values...)
}

// withMeaning gives each value the text of its id; one without a text stands
// alone.
func (a *app) withMeaning(prefix string, values ...string) []cobra.Completion {
	var all []cobra.Completion
	for _, v := range values {
		all = append(all, cobra.CompletionWithDesc(v, a.wordOr(prefix+v, "")))
	}
	return all
}

// completeKinds are the documents that the connection's integration has; those
// of all integrations where none is named.
func (a *app) completeKinds() []cobra.Completion {
	if sel, err := a.load(a.flags.connection, true); a.flags.connection != "" && err == nil {
		return a.explained(handoff.KindsOf(sel.settings.Integration)...)
	}
	return a.explained(allKinds()...)
}

// completeSaved are the saved connections, with what they are about.
func (a *app) completeSaved() []cobra.Completion {
	var all []cobra.Completion
	saved, _ := a.store.List() // what cannot be read cannot be completed
	for _, c := range saved {
		all = append(all, cobra.CompletionWithDesc(c.Name, placeOf(c.Settings)))
	}
	return all
}

// completeSettings are all whose settings are saved.
func (a *app) completeSettings() []cobra.Completion {
	return append(a.completeSaved(), a.completeEnvironments()...)
}

// completeEnvironments are the environments, as -c takes them.
func (a *app) completeEnvironments() []cobra.Completion {
	var all []cobra.Completion
	saved, _ := a.store.AllEnvironments()
	for _, c := range saved {
		all = append(all, cobra.CompletionWithDesc(c.Name, text.Safe(strings.TrimSuffix(c.Settings.Bucket+"/"+selectionOf(c).space().Dir(), "/"))))
	}
	return all
}

// completeNames are the saved connections, their environments and the drafts.
func (a *app) completeNames() []cobra.Completion {
	all := a.completeSettings()
	drafts, _ := a.store.Drafts()
	for _, d := range drafts {
		known := func(c cobra.Completion) bool { return valueOf(c) == d.Name }
		if store.ValidName(d.Name) && !slices.ContainsFunc(all, known) {
			all = append(all, cobra.CompletionWithDesc(d.Name, strings.TrimSpace(a.text.Say("help.value.draft", nil)+" "+placeOf(d.Settings))))
		}
	}
	return all
}

func placeOf(s wizard.Settings) string {
	return text.Safe(strings.TrimSuffix(s.Bucket+"/"+s.Prefix, "/"))
}

func (a *app) completeProfiles() []cobra.Completion {
	var all []cobra.Completion
	for _, p := range connect.Profiles() {
		all = append(all, cobra.CompletionWithDesc(p.Name, text.Safe(p.Account)))
	}
	return all
}

func (a *app) completeRegions() []cobra.Completion {
	var all []cobra.Completion
	for _, r := range address.Regions() {
		name := r.EN
		if a.text.Lang == "ja" {
			name = r.JA
		}
		all = append(all, cobra.CompletionWithDesc(r.Code, name))
	}
	return all
}

func choicesOf(key string) completer {
	return func(a *app) []cobra.Completion {
		field, _ := wizard.FieldByKey(key)
		var all []cobra.Completion
		for _, c := range field.Choices(wizard.Settings{}) {
			label := c.LabelEN
			if a.text.Lang == "ja" {
				label = c.LabelJA
			}
			all = append(all, cobra.CompletionWithDesc(c.Value, label))
		}
		return all
	}
}

func (a *app) completeScenarios() []cobra.Completion {
	all := a.explained(listScenarios)
	for _, m := range account.Scenarios() {
		all = append(all, cobra.CompletionWithDesc(m.Name, m.Summary[a.text.Lang]))
	}
	return all
}

func (a *app) completeChecks() []cobra.Completion { return a.withMeaning("check.", checkIDs()...) }
