package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

func (a *app) importCommand() *cobra.Command {
	var o changeOptions
	cmd := &cobra.Command{
		Use:  "import FILE|-",
		Args: cobra.ExactArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.importConnections(cmd, args[0], o) }),
	}
	field, _ := wizard.FieldByKey("external_id")
	cmd.Flags().String(field.Flag, "", "")
	o.add(cmd.Flags())
	o.addOwner(cmd.Flags())
	return cmd
}

// incoming is one connection of a file on its way to being saved.
type incoming struct {
	store.Connection
	values  map[string]string
	notices []wizard.Notice
}

func (a *app) importConnections(cmd *cobra.Command, file string, o changeOptions) error {
	if err := o.settle(cmd); err != nil {
		return err
	}
	data, err := a.readFrom(cmd.Context(), file)
	if errors.Is(err, errEncoding) {
		return usage("from_encoding", map[string]string{"file": a.fileNamed(file)})
	}
	if err != nil {
		return couldNot("from", map[string]string{"file": a.fileNamed(file)}, err)
	}
	found, err := wizard.FromFiles(data)
	if err != nil {
		return a.badFile(file, err)
	}
	values, _ := a.fieldValues(cmd)
	all, err := a.incoming(file, found, values["external_id"])
	if err != nil {
		return err
	}
	var items []importedJSON
	var failures []error
	for _, in := range all {
		if len(all) > 1 && !a.flags.json {
			fmt.Fprintln(a.io.out, text.Safe(a.text.Say("cmd.importing", map[string]string{"name": in.Name})))
		}
		item, err := a.importOne(cmd.Context(), in, o)
		if err != nil && (len(all) == 1 || cmd.Context().Err() != nil) {
			return err
		}
		if err != nil && !a.flags.json {
			a.printError(cmd.Context(), err, nil)
		}
		if failed := (*failure)(nil); errors.As(err, &failed) {
			item.Code, item.Message = failed.code, a.sayFailure(failed)
		}
		if err == nil && item.Status == "failed" {
			err = said(verdictExit(item.verdict))
		}
		items, failures = append(items, item), append(failures, err)
	}
	if a.flags.json {
		if err := writeJSON(a.io.out, importDocument{File: file, DryRun: o.dryRun, Connections: items}, true); err != nil {
			return err
		}
	}
	return batchExit(cmd.Context(), failures)
}

// batchExit is the exit code of several: what all failures have in common,
// otherwise that some failed.
func batchExit(ctx context.Context, failures []error) error {
	exit := exitDone
	for _, err := range failures {
		switch code := exitCode(ctx, err); {
		case code == exitDone:
		case exit == exitDone || exit == code:
			exit = code
		default:
			exit = exitFailed
		}
	}
	if exit == exitDone {
		return nil
	}
	return said(exit)
}

// incoming names and validates every connection of a file, so that all that
// is wrong is said before anything is tested. externalID completes those that
// tell none; of a single one it also wins over the file's.
func (a *app) incoming(file string, found []wizard.FileConnection, externalID string) ([]incoming, error) {
	if a.flags.connection != "" && len(found) > 1 {
		return nil, usage("import_rename", map[string]string{"file": a.fileNamed(file)})
	}
	var all []incoming
	invalid := &invalidSettings{}
	for _, c := range found {
		if externalID != "" && (c.Values["external_id"] == "" || len(found) == 1) {
			c.Values["external_id"] = externalID
		}
		s, notices, errs := wizard.Apply(wizard.Settings{}, c.Values)
		for _, e := range errs {
			invalid.add(e, filePlace{File: file, Line: c.LineOf(e.Field), Connection: c.Name})
		}
		invalid.notices = append(invalid.notices, notices...)
		name := cmp.Or(a.flags.connection, c.Name, a.io.getenv("MEDIADOCK_CONNECTION"), nameFromBucket(s.Bucket))
		if err := noEnvironment(name); err != nil {
			return nil, err
		}
		if !store.ValidName(name) && len(errs) == 0 {
			return nil, usage("bad_name", map[string]string{"name": name})
		}
		all = append(all, incoming{store.Connection{Name: name, Settings: a.inherit(name, s, c.Values)}, c.Values, notices})
	}
	if len(invalid.errors) > 0 {
		return nil, invalid
	}
	return all, nil
}

// importDocument is `connection import --json`.
type importDocument struct {
	File        string         `json:"file"`
	DryRun      bool           `json:"dry_run"`
	Connections []importedJSON `json:"connections"`
}

type importedJSON struct {
	Name    string       `json:"name"`
	Status  string       `json:"status"` // saved, passed (dry run), failed, refused
	Saved   bool         `json:"saved"`
	Code    string       `json:"code,omitempty"`
	Message string       `json:"message,omitempty"`
	Notices []noticeJSON `json:"notices"`
	URLs    []string     `json:"sample_urls"`
	Check   any          `json:"check"`
	verdict awscheck.Verdict
}

// importOne tests and saves one connection. A test that does not pass is no
// error: it has been printed, or is in the document.
func (a *app) importOne(ctx context.Context, in incoming, o changeOptions) (importedJSON, error) {
	item := importedJSON{Name: in.Name, Status: "refused", Notices: a.noticesJSON(in.notices), URLs: wizard.SampleURLs(in.Settings)}
	if err := a.nameIsFree(in.Name); err != nil {
		return item, err
	}
	if _, err := a.maySaveAs(ctx, in.Name, in.Settings, ""); err != nil {
		return item, err
	}
	if !a.flags.json {
		a.printNotices(in.notices)
	}
	item.Status = "failed"
	p, err := a.prove(ctx, in.Name, in.Settings, o)
	if err != nil {
		return item, err
	}
	item.Check, item.verdict = p.report.JSON(a.text.Say), p.report.Verdict
	switch {
	case !p.passed:
	case o.dryRun:
		item.Status = "passed"
	default:
		if err := a.save(ctx, in.Connection, p.report); err != nil {
			item.Status = "refused"
			return item, err
		}
		item.Status, item.Saved = "saved", true
	}
	if !a.flags.json {
		a.printImported(in, item)
	}
	return item, nil
}

// nameIsFree refuses a name that a connection or somebody's unfinished set-up
// has.
func (a *app) nameIsFree(name string) error {
	saved, err := a.store.Load(name)
	if err == nil {
		return refused("name_taken", map[string]string{"name": name, "bucket": saved.Settings.Bucket, "prefix": saved.Settings.Prefix})
	}
	if !errors.Is(err, store.ErrNotFound) {
		return a.storeFailure(err)
	}
	if _, waiting, err := a.draftOf(name); err != nil || waiting {
		if err != nil {
			return err
		}
		return refused("draft_taken", map[string]string{"name": name})
	}
	return nil
}

func (a *app) printImported(in incoming, item importedJSON) {
	id := map[string]string{"saved": "cmd.setup_saved", "passed": "cmd.setup_dry_run", "failed": "cmd.import_failed"}[item.Status]
	fmt.Fprintln(a.io.out, text.Safe(a.text.Say(id, map[string]string{"name": in.Name})))
	if item.Status == "failed" {
		return
	}
	for _, u := range item.URLs {
		fmt.Fprintln(a.io.out, "  "+text.Safe(u))
	}
}
