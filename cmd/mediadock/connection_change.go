package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

// changeOptions are what the commands that test before they save have in
// common.
type changeOptions struct {
	dryRun bool
	accept []string
	check  checkOptions
}

func (o *changeOptions) add(f *pflag.FlagSet) {
	f.BoolVar(&o.dryRun, "dry-run", false, "")
	f.StringSliceVar(&o.accept, "accept", nil, "")
	f.DurationVar(&o.check.wait, "wait", 0, "")
}

// addOwner declares the flags with which the owner's side is read as well,
// for those whose role they may not assume themselves.
func (o *changeOptions) addOwner(f *pflag.FlagSet) {
	f.BoolVar(&o.check.owner, "owner", false, "")
	f.StringVar(&o.check.ownerProfile, "owner-profile", "", "")
}

// settle completes the options and finds what is wrong with them.
func (o *changeOptions) settle(cmd *cobra.Command) error {
	if err := validAccept(o.accept); err != nil {
		return err
	}
	if cmd.Flags().Lookup("owner") != nil {
		if o.check.ownerProfile == "" && cmd.Flags().Changed("owner-profile") {
			return usage("flag_empty", map[string]string{"flag": "--owner-profile"})
		}
		if o.check.ownerProfile != "" && !o.check.owner && cmd.Flags().Changed("owner") {
			return usage("owner_off", nil)
		}
		o.check.owner = o.check.owner || o.check.ownerProfile != ""
	}
	return o.check.invalid()
}

// savedConnection is the saved connection that a command changes: named by
// NAME or -c, or the only one; an environment, too, whose settings are its own.
// A draft is none.
func (a *app) savedConnection(args []string) (store.Connection, error) {
	name, err := a.connectionName(args)
	if err != nil {
		return store.Connection{}, err
	}
	if name == "" {
		c, err := a.theOnlyOne()
		c.Settings, _ = wizard.Normalise(wizard.Defaults(c.Settings))
		return c, err
	}
	sel, err := a.load(name, false)
	if err != nil {
		return store.Connection{}, err
	}
	// Files are written by hand, too: how a value is spelt is no change of it.
	s, _ := wizard.Normalise(sel.settings)
	return store.Connection{Name: sel.name, Settings: s, Revision: sel.revision}, nil
}

// draftOf is the draft of a connection, and whether there is one.
func (a *app) draftOf(name string) (store.Draft, bool, error) {
	d, err := a.store.LoadDraft(name)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return d, false, nil
	case err != nil:
		return d, false, a.storeFailure(err)
	}
	return d, true, nil
}

// noEnvironment refuses NAME/ENVIRONMENT where a connection is meant.
func noEnvironment(name string) error {
	if base, env, is := strings.Cut(name, "/"); is {
		return usage("environment_settings", map[string]string{"environment": env, "name": base})
	}
	return nil
}

// storeNow saves a change. What another process saved meanwhile is not
// overwritten. Without a report the last verdict stands, and so does a draft.
func (a *app) storeNow(ctx context.Context, c store.Connection, report *awscheck.Report) error {
	if report != nil {
		return a.save(ctx, c, *report)
	}
	err := a.store.Save(c)
	switch {
	case errors.Is(err, store.ErrChanged):
		return refused("changed_meanwhile", map[string]string{"name": c.Name})
	case err != nil:
		return a.storeFailure(err)
	}
	return nil
}

// proof is what a connection test says about saving.
type proof struct {
	report awscheck.Report
	passed bool
}

// prove runs the whole connection test on settings.
func (a *app) prove(ctx context.Context, name string, s wizard.Settings, o changeOptions) (proof, error) {
	report, err := a.runCheck(ctx, selectionNamed(name, s), o.check)
	if err != nil {
		return proof{}, err
	}
	return proof{report, a.allowsSaving(ctx, report, o.accept)}, nil
}

// changeDocument is what --json says of a change.
type changeDocument struct {
	Name    string       `json:"name"`
	Saved   bool         `json:"saved"`
	DryRun  bool         `json:"dry_run"`
	Tested  bool         `json:"tested"`
	Changes []changeJSON `json:"changes"`
	Notices []noticeJSON `json:"notices"`
	Check   any          `json:"check"` // null where nothing had to be tested
	// What the review says of the settings as they would be; of a dry run
	// alone.
	URLs []string `json:"sample_urls,omitempty"`
	*reviewJSON
}

type changeJSON struct {
	Key string `json:"key"`
	Old any    `json:"old"`
	New any    `json:"new"`
	// Locked is what happens to the setting once media exist: locked, rotate
	// or free.
	Locked string `json:"locked"`
}

// shown is a value as people may see it.
func shown(key, value string) string {
	if key == "external_id" {
		return wizard.MaskExternalID(value)
	}
	return value
}

func changesJSON(changes []wizard.Change) []changeJSON {
	out := []changeJSON{}
	for _, c := range changes {
		j := changeJSON{Key: c.Key, Old: shown(c.Key, c.Old), New: shown(c.Key, c.New), Locked: c.Locked}
		if f, _ := wizard.FieldByKey(c.Key); f.Kind == wizard.Toggle {
			j.Old, j.New = c.Old == "true", c.New == "true"
		}
		out = append(out, j)
	}
	return out
}

// printChanges shows what differs, a line for each value that goes and each
// that comes.
func (a *app) printChanges(changes []wizard.Change) {
	for _, c := range changes {
		fmt.Fprintln(a.io.out, text.Safe(a.text.Say("field."+c.Key+".label", nil)))
		for _, v := range [][2]string{{"-", c.Old}, {"+", c.New}} {
			if v[1] == "" {
				continue
			}
			for line := range strings.SplitSeq(shown(c.Key, v[1]), "\n") {
				fmt.Fprintln(a.io.out, "  "+v[0]+" "+text.Safe(line))
			}
		}
	}
}
