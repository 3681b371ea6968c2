package main

import (
	"cmp"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

func (a *app) envCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:  "env",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.groupUsage(cmd) }),
	}
	cmd.AddCommand(
		&cobra.Command{Use: "list", Args: cobra.NoArgs,
			RunE: a.do(func(*cobra.Command, []string) error { return a.listEnvironments() })},
		a.envCreateCommand(), a.envDeleteCommand(),
	)
	return cmd
}

// environmentJSON is an environment in lists and in what creation and
// deletion say of it.
type environmentJSON struct {
	Name       string `json:"name"` // as -c takes it: CONNECTION/NAME
	Connection string `json:"connection"`
	ID         string `json:"id"`
	Directory  string `json:"directory"`
	Bucket     string `json:"bucket"`
	// State is ready, creating or deleting: the last two were cut short, or
	// go on in another process. A plan has absent for one that is not there yet.
	State string `json:"state"`
}

func (a *app) environmentDocument(sel selection) environmentJSON {
	connection, _ := store.SplitName(sel.name)
	space := sel.space()
	return environmentJSON{
		Name: sel.name, Connection: connection, ID: space.Environment, Directory: space.Dir(), Bucket: space.Bucket,
		State: cmp.Or(string(a.store.Phase(sel.name)), "ready"),
	}
}

// listEnvironments lists those of a connection, or of all. As with
// connections, those that cannot be read are named, and make the exit code 3.
func (a *app) listEnvironments() error {
	all, err := a.environmentsToList()
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	if err != nil {
		f = a.storeFailure(err)
	}
	docs, problems := []environmentJSON{}, []string{}
	for _, c := range all {
		docs = append(docs, a.environmentDocument(selectionOf(c)))
	}
	for _, e := range joined(err) {
		problems = append(problems, a.sayStoreError(e))
	}
	if a.flags.json {
		if err := writeJSON(a.io.out, map[string]any{"environments": docs, "problems": problems}, true); err != nil {
			return err
		}
		if f != nil {
			return said(exitCouldNot)
		}
		return nil
	}
	for _, d := range docs {
		a.show(padded(d.Name, 24) + " " + padded(a.text.Say("cmd.env.state."+d.State, nil), 20) + " " + d.Bucket + "/" + d.Directory)
	}
	if len(docs) == 0 && f == nil {
		a.tell(a.text.Say("cmd.env.none", nil))
	}
	if f != nil {
		return f
	}
	return nil
}

func (a *app) environmentsToList() ([]store.Connection, error) {
	name, err := a.connectionName(nil)
	if err != nil {
		return nil, err
	}
	if name == "" {
		return a.store.AllEnvironments()
	}
	if err := noEnvironment(name); err != nil {
		return nil, err
	}
	if _, err := a.load(name, false); err != nil {
		return nil, err
	}
	return a.store.Environments(name)
}

// environmentNamed joins what names an environment on a command line: NAME, or
// CONNECTION/NAME as -c takes it, with the connection from from, -c or its
// variable, or the only one.
func (a *app) environmentNamed(arg, from string) (connection selection, name string, err error) {
	base, environment, whole := strings.Cut(arg, "/")
	if !whole {
		base, environment = "", arg
	}
	given := a.flags.connection
	if other := cmp.Or(from, given); whole && other != "" && other != base {
		// Rather "feature/login" than two connections, unless there is one of that name.
		if _, err := a.store.Load(base); !store.ValidName(base) || errors.Is(err, store.ErrNotFound) {
			base, environment = "", arg
		}
	}
	if !store.ValidEnvironment(environment) {
		return selection{}, "", badEnvironment(environment)
	}
	for _, also := range []string{base, from} {
		if also != "" && given != "" && also != given {
			return selection{}, "", usage("two_names", map[string]string{"a": also, "b": given})
		}
		given = cmp.Or(given, also)
	}
	given = cmp.Or(given, a.io.getenv("MEDIADOCK_CONNECTION"))
	if given == "" {
		c, err := a.theOnlyOne()
		if err != nil {
			return selection{}, "", err
		}
		return selectionOf(c), store.EnvironmentName(c.Name, environment), nil
	}
	connection, err = a.load(given, false)
	return connection, store.EnvironmentName(connection.name, environment), err
}

// environmentSource finds where an environment's media and settings come from:
// a saved connection whose service has environments, none of them itself.
func (a *app) environmentSource(arg, from string) (selection, string, error) {
	sel, name, err := a.environmentNamed(arg, from)
	if err != nil {
		return sel, name, betterName(err, "create", "source", cmp.Or(from, a.flags.connection))
	}
	err = mayHaveEnvironments(sel)
	if f := (*failure)(nil); errors.As(err, &f) {
		f.args["new"] = arg[strings.LastIndexByte(arg, '/')+1:]
	}
	return sel, name, err
}

// mayHaveEnvironments refuses an environment of an environment, and services
// that have none.
func mayHaveEnvironments(sel selection) error {
	switch {
	case sel.environment != "":
		connection, _ := store.SplitName(sel.name)
		return refused("env_of_environment", map[string]string{"name": sel.name, "connection": connection, "new": "NAME"})
	case wizard.Environments(sel.settings) && sel.settings.ServiceID == "":
		return usage("env_service_id", map[string]string{"name": sel.name})
	case !wizard.Environments(sel.settings):
		in, _ := wizard.IntegrationByID(sel.settings.Integration)
		return usage("env_integration", map[string]string{"name": sel.name, "integration": in.Name})
	}
	return nil
}

// tellUnready says which environment is not whole when it is used.
func (a *app) tellUnready(sel selection) {
	if sel.environment == "" || !sel.saved || a.flags.json {
		return
	}
	if phase := a.store.Phase(sel.name); phase != store.Whole {
		connection, name := store.SplitName(sel.name)
		a.tell(text.Safe(a.text.Say("cmd.env.unready-"+string(phase), map[string]string{"environment": sel.name, "name": name, "connection": connection})))
	}
}

// environmentNames are the environments of a connection that this computer
// knows, also of one whose file cannot be read.
func (a *app) environmentNames(connection string) []string {
	names := []string{}
	all, _ := a.store.Environments(connection)
	for _, c := range all {
		names = append(names, c.Name)
	}
	return names
}

// refuseWithEnvironments refuses to delete a connection whose environments'
// media nobody would see any more.
func (a *app) refuseWithEnvironments(connection string) error {
	all, err := a.store.Environments(connection)
	if err != nil {
		return a.storeFailure(err)
	}
	if len(all) == 0 {
		return nil
	}
	return refused("delete_environments", map[string]string{"name": connection, "names": strings.Join(a.environmentNames(connection), ", ")})
}

// tellUnfinished says which environments of a connection wait for their own
// command: they are nothing that media recover finishes or undoes.
func (a *app) tellUnfinished(sel selection) {
	if sel.environment != "" || !sel.saved {
		return
	}
	all, _ := a.store.Environments(sel.name)
	for _, c := range all {
		a.tellUnready(selectionOf(c))
	}
}

// environmentAt is the one of the selection's connection whose media lie in a
// directory; empty where none does.
func (a *app) environmentAt(sel selection, bucket, dir string) string {
	connection, _ := store.SplitName(sel.name)
	if connection == "" {
		return ""
	}
	all, _ := a.store.Environments(connection)
	for _, c := range all {
		if space := selectionOf(c).space(); space.Bucket == bucket && space.Dir() == dir {
			return c.Name
		}
	}
	return ""
}
