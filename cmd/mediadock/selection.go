package main

import (
	"cmp"
	"errors"
	"slices"
	"sort"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

// selection is the connection that a command works on.
type selection struct {
	name        string // empty when built from flags and variables; an environment's is CONNECTION/NAME
	environment string // environment's name, from -c CONNECTION/NAME
	settings    wizard.Settings
	saved       bool
	draft       bool
	revision    string          // of what is saved, for saving it again
	notices     []wizard.Notice // about field flags and variables as they were given
}

// space is where the selection's media live.
func (s selection) space() address.Space {
	space := wizard.SpaceOf(s.settings)
	if s.environment != "" {
		space.Environment = address.EnvironmentID(s.settings.ServiceID, s.environment)
	}
	return space
}

// addFieldFlags declares one flag for each setting that the wizard knows.
func addFieldFlags(f *pflag.FlagSet) {
	for _, field := range wizard.FlagFields() {
		if field.Kind == wizard.Several { // repeated, or with commas
			f.StringArray(field.Flag, nil, "")
			continue
		}
		f.String(field.Flag, "", "")
		if field.Kind == wizard.Toggle { // --fix-file-names alone switches on
			f.Lookup(field.Flag).NoOptDefVal = "true"
		}
	}
}

// given is the value of a flag; of one that was repeated, all of them.
func given(f *pflag.Flag) string {
	if list, ok := f.Value.(pflag.SliceValue); ok {
		return strings.Join(list.GetSlice(), ",")
	}
	return f.Value.String()
}

// fieldValues collects what flags and variables say; a flag wins over its
// variable. named lists them as a person wrote them.
func (a *app) fieldValues(cmd *cobra.Command) (values map[string]string, named []string) {
	values = map[string]string{}
	for _, field := range wizard.FlagFields() {
		flag := cmd.Flags().Lookup(field.Flag)
		if flag == nil {
			continue
		}
		if flag.Changed {
			values[field.Key] = given(flag)
			named = append(named, "--"+field.Flag)
		} else if v, ok := a.io.lookup(field.Env); ok && v != "" {
			values[field.Key] = v
			named = append(named, field.Env)
		}
	}
	return values, named
}

// connectionName joins NAME and -c: either may be given, differing ones are a
// usage error. The variable counts where neither is given.
func (a *app) connectionName(args []string) (string, error) {
	flag := a.flags.connection
	if len(args) == 0 {
		return cmp.Or(flag, a.io.getenv("MEDIADOCK_CONNECTION")), nil
	}
	if args[0] == "" {
		return "", usage("flag_empty", map[string]string{"flag": "NAME"})
	}
	if flag != "" && flag != args[0] {
		return "", usage("two_names", map[string]string{"a": args[0], "b": flag})
	}
	return args[0], nil
}

// choose finds the connection that a command is about: by name, by field
// flags and variables, or the only one that is saved. Drafts count where
// allowDraft is set.
func (a *app) choose(cmd *cobra.Command, args []string, allowDraft bool) (selection, error) {
	name, err := a.connectionName(args)
	if err != nil {
		return selection{}, err
	}
	values, named := a.fieldValues(cmd)
	switch {
	case name != "" && len(values) > 0:
		return selection{}, usage("name_and_fields", map[string]string{"name": name, "fields": strings.Join(named, ", ")})
	case name != "":
		return a.load(name, allowDraft)
	case len(values) > 0:
		return a.fromFields(values)
	}
	c, err := a.theOnlyOne()
	if err != nil {
		return selection{}, err
	}
	return selectionOf(c), nil
}

// theOnlyOne is the connection that is meant where none is named.
func (a *app) theOnlyOne() (store.Connection, error) {
	all, err := a.store.List()
	if len(all) == 1 {
		return all[0], nil
	}
	if len(all) == 0 {
		if err != nil {
			return store.Connection{}, a.storeFailure(err)
		}
		return store.Connection{}, couldNot("no_connection", nil, nil)
	}
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	sort.Strings(names)
	return store.Connection{}, usage("which_connection", map[string]string{"names": strings.Join(names, ", ")})
}

// load reads a connection, or an environment of one ("prod/staging").
func (a *app) load(name string, allowDraft bool) (selection, error) {
	if !store.ValidSaved(name) {
		return selection{}, badName(name)
	}
	c, err := a.store.Load(name)
	if err == nil {
		return selectionOf(c), nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return selection{}, a.storeFailure(err)
	}
	if base, env := store.SplitName(name); env != "" {
		return selection{}, a.noSuchEnvironment(base, env)
	}
	d, err := a.store.LoadDraft(name)
	switch {
	case err == nil && allowDraft:
		return selection{name: name, settings: wizard.Defaults(d.Settings), draft: true}, nil
	case err == nil:
		return selection{}, couldNot("only_draft", map[string]string{"name": name}, nil)
	case !errors.Is(err, store.ErrNotFound):
		return selection{}, a.storeFailure(err)
	}
	return selection{}, a.noSuchConnection(name)
}

// noSuchConnection says that a connection is not saved; where its environments
// are, how to have them in reach again.
func (a *app) noSuchConnection(name string) *failure {
	f := couldNot("no_such_connection", map[string]string{"name": name}, nil)
	names := a.environmentNames(name)
	if len(names) == 0 {
		return f
	}
	f.words = "cmd.connection_gone"
	now := cmp.Or(a.renamed(names[0]), "NEW")
	f.args["names"], f.args["from_dir"], f.args["to_dir"] = strings.Join(names, ", "), a.store.EnvironmentsDir(name), a.store.EnvironmentsDir(now)
	f.args["command"] = commandLine([]string{"mv", f.args["from_dir"], f.args["to_dir"]})
	return f
}

// renamed is the only connection that an environment can be of, judged by where
// its media lie; empty where that cannot be told.
func (a *app) renamed(environment string) string {
	of, err := a.store.Load(environment)
	if err != nil {
		return ""
	}
	found := ""
	all, _ := a.store.List()
	for _, c := range all {
		switch {
		case !samePlace(c.Settings, of.Settings) || c.Settings.ServiceID != of.Settings.ServiceID || len(a.environmentNames(c.Name)) > 0:
		case found != "":
			return ""
		default:
			found = c.Name
		}
	}
	return found
}

// selectionOf is a saved connection, or an environment, as commands work on it.
func selectionOf(c store.Connection) selection {
	sel := selectionNamed(c.Name, wizard.Defaults(c.Settings))
	sel.saved, sel.revision = true, c.Revision
	return sel
}

// selectionNamed are settings under a name, saved or not.
func selectionNamed(name string, s wizard.Settings) selection {
	_, environment := store.SplitName(name)
	return selection{name: name, environment: environment, settings: s}
}

// stored is the selection as the store keeps it.
func (s selection) stored() store.Connection {
	return store.Connection{Name: s.name, Settings: s.settings, Revision: s.revision}
}

// badName says what is wrong with the name of a connection or an environment.
func badName(name string) error {
	base, env, is := strings.Cut(name, "/")
	if is && store.ValidName(base) {
		return badEnvironment(env)
	}
	return usage("bad_name", map[string]string{"name": base})
}

// noSuchEnvironment tells whether the connection is missing or the environment.
func (a *app) noSuchEnvironment(connection, environment string) error {
	if _, err := a.load(connection, false); err != nil {
		return err
	}
	return couldNot("no_such_environment", map[string]string{"connection": connection, "name": environment}, nil)
}

// fromFields builds unsaved settings from flags and variables. A saved
// connection of the same bucket and prefix lends its service ID and consent;
// its filename lock holds in any case (see namesFixed).
func (a *app) fromFields(values map[string]string) (selection, error) {
	s, notices, err := settingsFrom(wizard.Settings{}, values)
	if err != nil {
		return selection{}, err
	}
	sel := selection{settings: s, notices: notices}
	if c, ok := a.savedAt(s); ok {
		if sameIntegration(c.Settings, s) {
			sel.name = c.Name
			sel.settings.ServiceID = cmp.Or(s.ServiceID, c.Settings.ServiceID)
		}
		if c.Settings.ManagedBy == "service" {
			sel.settings.ManagedBy = "service"
		}
	}
	return sel, nil
}

// savedAt finds a saved connection of the same bucket and prefix, of the same
// service where there is one.
func (a *app) savedAt(s wizard.Settings) (found store.Connection, ok bool) {
	all, _ := a.store.List()
	for _, c := range all {
		switch {
		case !samePlace(c.Settings, s):
		case sameIntegration(c.Settings, s):
			return c, true
		case !ok:
			found, ok = c, true
		}
	}
	return found, ok
}

// settingsFrom puts values over base, normalises and validates. All that is
// wrong is reported at once.
func settingsFrom(base wizard.Settings, values map[string]string) (wizard.Settings, []wizard.Notice, error) {
	s, notices, problems := wizard.Apply(base, values)
	if len(problems) > 0 {
		return s, notices, &invalidSettings{errors: problems, notices: notices}
	}
	return s, notices, nil
}

// altering are the notices that say that something else is used than what was
// given, or that what was given is not known to be right.
var altering = []string{"space_removed", "invisible_removed", "prefix.slashes_removed", "prefix.root", "region.new", "region.like"}

// tellAltered says what of the field flags and variables was not taken as it
// was given. Advice about settings is the business of setup and check.
func (a *app) tellAltered(sel selection) {
	for _, n := range sel.notices {
		if slices.Contains(altering, n.Code) {
			a.printNotices([]wizard.Notice{n})
		}
	}
}
