package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/handoff"
	"github.com/mediadock/mediadock/wizard/store"
)

type setupOptions struct {
	changeOptions
	from       string
	fromName   string // the saved connection whose bucket another service is put in front of (M10)
	generateID bool
	changes    []wizard.Change // of the saved connection that is set up anew
	generated  bool            // the external ID is ours, from this run or an earlier one, and has to be shown
}

func (a *app) setupCommand() *cobra.Command {
	var o setupOptions
	cmd := &cobra.Command{
		Use:  "setup",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.setup(cmd, o) }),
	}
	addFieldFlags(cmd.Flags())
	o.add(cmd.Flags())
	o.addOwner(cmd.Flags())
	cmd.Flags().StringVar(&o.from, "from", "", "")
	cmd.Flags().StringVar(&o.fromName, "from-connection", "", "")
	cmd.Flags().BoolVar(&o.generateID, "generate-external-id", false, "")
	return cmd
}

func (a *app) setup(cmd *cobra.Command, o setupOptions) error {
	if err := o.settle(cmd); err != nil {
		return err
	}
	if o.generateID && cmd.Flags().Changed("external-id") {
		return usage("two_external_ids", nil)
	}
	values, _ := a.fieldValues(cmd)
	if o.generateID {
		delete(values, "external_id") // a variable's: the flag wins
	}
	name := cmp.Or(a.flags.connection, a.io.getenv("MEDIADOCK_CONNECTION"))
	given := name
	base, err := a.setupBase(cmd.Context(), &name, o, values)
	if err != nil {
		return err
	}
	if a.asksSetup(cmd, o) {
		if !base.saved && !base.draft {
			name = given
		}
		return a.setupInteractive(cmd.Context(), name, base.settings, values)
	}
	return a.setupHeadless(cmd.Context(), name, base, values, o)
}

// asksSetup tells whether the questions are put to a person. What only a test
// without questions can do says by itself that none are wanted: a dry run must
// not end in a wizard that saves.
func (a *app) asksSetup(cmd *cobra.Command, o setupOptions) bool {
	headless := o.dryRun || o.generateID || o.check.owner || len(o.accept) > 0 || cmd.Flags().Changed("wait")
	return a.mayAsk() && !a.flags.json && !headless
}

// setupBase is what the answers start from: the saved connection or draft of
// that name, or of the bucket's where none is given. What --from holds is
// given to values where no flag or variable says otherwise.
func (a *app) setupBase(ctx context.Context, name *string, o setupOptions, values map[string]string) (selection, error) {
	if err := a.fromFile(ctx, o, values); err != nil {
		return selection{}, err
	}
	if err := a.fromConnection(o, values); err != nil {
		return selection{}, err
	}
	given := *name != ""
	if !given && o.fromName != "" {
		*name = wizard.NameBeside(o.fromName, values["integration"])
	} else if !given {
		bucket, _, err := wizard.CheckField("bucket", values["bucket"], wizard.Settings{})
		if bucket == "" || err != nil {
			return selection{}, nil //nolint:nilerr // said with all that is wrong
		}
		*name = a.freeName(bucket, values)
	}
	if err := noEnvironment(*name); err != nil {
		return selection{}, err
	}
	sel, err := a.load(*name, given)
	var f *failure
	if errors.As(err, &f) && (f.code == "no_such_connection" || f.code == "only_draft") {
		return selection{}, nil // a new one
	}
	return sel, err
}

// setupHeadless validates, tests and saves without asking anything.
func (a *app) setupHeadless(ctx context.Context, name string, base selection, values map[string]string, o setupOptions) error {
	if o.generateID {
		o.generated = true
		if base.settings.ExternalID == "" {
			values["external_id"] = a.draftExternalID(name)
		}
	}
	s, notices, errs := wizard.Apply(base.settings, values)
	if len(errs) > 0 {
		return &invalidSettings{errors: errs, notices: notices}
	}
	s = a.inherit(name, s, values)
	if base.saved {
		o.changes = wizard.Diff(wizard.Defaults(base.settings), s)
	}
	revision, err := a.maySaveAs(ctx, name, s, base.revision)
	if err != nil {
		return err
	}
	if !a.flags.json {
		a.printNotices(notices)
	}
	if o.dryRun && !a.flags.json {
		a.printChanges(o.changes)
	}
	c := store.Connection{Name: name, Settings: s, Revision: revision}
	if o.generated {
		if err := a.keepAndShow(ctx, c, o.dryRun); err != nil {
			return err
		}
	}
	return a.testAndSave(ctx, c, notices, o)
}

// draftExternalID takes the ID that an earlier run put into the draft, or
// makes one. Once shown it stays the same (D2).
func (a *app) draftExternalID(name string) string {
	if d, err := a.store.LoadDraft(name); err == nil && d.Settings.ExternalID != "" {
		return d.Settings.ExternalID
	}
	return wizard.GenerateExternalID()
}

// nameFromBucket is the default name of a connection: the bucket's, cut to
// what a name may be.
func nameFromBucket(bucket string) string {
	if len(bucket) > 63 {
		bucket = bucket[:63]
	}
	return bucket
}

// freeName is the default name for settings that are given: the bucket's, or
// where that is a connection to another service, the two services' together.
func (a *app) freeName(bucket string, values map[string]string) string {
	name := nameFromBucket(bucket)
	saved, err := a.store.Load(name)
	if wanted := (wizard.Settings{Integration: values["integration"]}); err != nil || wanted.Integration == "" || sameIntegration(saved.Settings, wanted) {
		return name
	}
	return wizard.NameBeside(name, values["integration"])
}

// inherit takes the service ID and the filename lock from a connection that is
// saved for the same place, unless they were given; a new place gets a service
// ID of its own. An environment inherits nothing: its settings were copied when
// it was made (M76).
func (a *app) inherit(name string, s wizard.Settings, given map[string]string) wizard.Settings {
	_, environment := store.SplitName(name)
	if other, ok := a.savedAt(s); ok && environment == "" && sameIntegration(other.Settings, s) {
		s.ServiceID = cmp.Or(s.ServiceID, other.Settings.ServiceID)
		if given["fix_file_names"] == "" {
			s.FixFileNames = s.FixFileNames || other.Settings.FixFileNames
		}
	}
	if s.ServiceID == "" && s.Integration == "microcms" {
		s.ServiceID = wizard.GenerateServiceID()
	}
	return s
}

// keepDraft keeps what is not saved yet; of a saved connection as an edit.
func (a *app) keepDraft(c store.Connection) error {
	if err := a.store.SaveDraft(store.Draft{Name: c.Name, Settings: c.Settings, Step: "review", Edit: c.Revision != ""}); err != nil {
		return a.storeFailure(err)
	}
	return nil
}

// keepAndShow keeps a generated ID in the draft, and prints it with the trust
// policy that the role needs now. A dry run keeps nothing, and says so.
func (a *app) keepAndShow(ctx context.Context, c store.Connection, dryRun bool) error {
	id := "cmd.generated"
	if _, kept, _ := a.draftOf(c.Name); dryRun && !kept && c.Revision == "" {
		id = "cmd.generated_dry"
	} else if !dryRun {
		if err := a.keepDraft(c); err != nil {
			return err
		}
	}
	if a.flags.json {
		return nil // the document carries both
	}
	fmt.Fprintln(a.io.out, a.text.Say(id, map[string]string{"id": c.Settings.ExternalID, "name": c.Name}))
	if policy := a.trustPolicy(ctx, c.Settings); policy != nil {
		fmt.Fprintln(a.io.out, string(policy))
	}
	return nil
}

// trustPolicy is the policy that the role needs; nil where nobody is known
// that it could trust, which the test then says.
func (a *app) trustPolicy(ctx context.Context, s wizard.Settings) json.RawMessage {
	plan, err := a.plan(ctx, selection{settings: s}, handoff.Trust, documentOptions{})
	if err != nil {
		return nil
	}
	return plan.Documents()[0].JSON
}

// testAndSave runs the connection test; only a passed one is saved, otherwise
// the answers are kept as a draft.
func (a *app) testAndSave(ctx context.Context, c store.Connection, notices []wizard.Notice, o setupOptions) error {
	name, s := c.Name, c.Settings
	sel := selection{name: name, settings: s}
	if !o.dryRun {
		o.check.name = name // the draft's, if it comes to that
		sel.draft = true    // which is what the commands of fixes find then
	}
	report, err := a.runCheck(ctx, sel, o.check)
	if err != nil {
		return err
	}
	passed := a.allowsSaving(ctx, report, o.accept)
	saved := false
	if passed && !o.dryRun {
		if err := a.save(ctx, c, report); err != nil {
			return err
		}
		saved = true
	} else if !o.dryRun {
		if err := a.keepDraft(c); err != nil {
			return err
		}
	}
	if a.flags.json {
		doc := setupDocument{Name: name, Saved: saved, DryRun: o.dryRun, Notices: a.noticesJSON(notices), URLs: wizard.SampleURLs(s), reviewJSON: a.reviewJSON(s), Changes: changesJSON(o.changes), Check: report.JSON(a.text.Say)}
		if passed {
			doc.NextStep = a.nextStep(s, report)
		}
		if o.generated {
			doc.ExternalID, doc.TrustPolicy = s.ExternalID, a.trustPolicy(ctx, s)
		}
		if err := writeJSON(a.io.out, doc, true); err != nil {
			return err
		}
	} else if err := a.printSetup(name, s, report, passed, o.dryRun); err != nil {
		return err
	}
	if !passed {
		return said(verdictExit(report.Verdict))
	}
	return nil
}

// acceptable is the only check whose failure may be accepted.
const acceptable = "role.requires-external-id"

func validAccept(ids []string) error {
	for _, id := range ids {
		if id != acceptable {
			return usage("bad_accept", map[string]string{"check": id})
		}
	}
	return nil
}

// allowsSaving tells whether settings with that report may be saved.
func (a *app) allowsSaving(ctx context.Context, r awscheck.Report, accept []string) bool {
	return r.Verdict == awscheck.Ready || r.Verdict == awscheck.ReadyWithWarnings || a.accepted(ctx, r, accept)
}

// accepted tells whether all that failed was accepted on the command line,
// which a custom endpoint alone allows: MinIO's AssumeRole ignores the
// external ID and will never pass.
func (a *app) accepted(ctx context.Context, r awscheck.Report, accept []string) bool {
	if len(accept) == 0 || r.Verdict != awscheck.Failed {
		return false
	}
	src, err := a.source(ctx)
	if err != nil || !src.CustomEndpoint() {
		return false
	}
	for _, res := range r.Results {
		if res.Status == awscheck.Fail && !slices.Contains(accept, res.ID) {
			return false
		}
	}
	return true
}

// save writes a connection, remembers its test and drops its draft. A
// connection that another process saved meanwhile is not overwritten.
func (a *app) save(ctx context.Context, c store.Connection, r awscheck.Report) error {
	if err := a.refuseUnprovedPair(ctx, c, r); err != nil {
		return err
	}
	err := a.store.Save(c)
	if errors.Is(err, store.ErrChanged) {
		return refused("changed_meanwhile", map[string]string{"name": c.Name})
	}
	if err != nil {
		return a.storeFailure(err)
	}
	a.rememberVerdict(c.Name, r)
	a.rememberProved(c.Name, c.Settings, r)
	_ = a.store.DeleteDraft(c.Name)
	return nil
}

// setupDocument is `setup --json`: the check document and what became of it.
type setupDocument struct {
	Name   string `json:"name"`
	Saved  bool   `json:"saved"`
	DryRun bool   `json:"dry_run"`
	// ExternalID and TrustPolicy are there when the ID was generated: the
	// role has to be given them before the test can pass.
	ExternalID  string          `json:"external_id,omitempty"`
	TrustPolicy json.RawMessage `json:"trust_policy,omitempty"`
	Notices     []noticeJSON    `json:"notices"`
	URLs        []string        `json:"sample_urls"`
	*reviewJSON
	Changes []changeJSON `json:"changes"` // of the saved connection; none of a new one
	// NextStep says what to do at the service now; only where the test passed.
	NextStep string `json:"next_step,omitempty"`
	Check    any    `json:"check"`
}

func (a *app) printSetup(name string, s wizard.Settings, r awscheck.Report, passed, dryRun bool) error {
	id := "cmd.setup_saved"
	switch {
	case dryRun:
		id = "cmd.setup_dry_run"
	case !passed:
		id = "cmd.setup_draft"
	}
	if dryRun {
		a.printReview(s)
	}
	fmt.Fprintln(a.io.out, text.Safe(a.text.Say(id, map[string]string{"name": name})))
	if passed && !dryRun {
		for _, u := range wizard.SampleURLs(s) {
			fmt.Fprintln(a.io.out, "  "+text.Safe(u))
		}
		if wizard.SignedOnly(s) {
			a.show(a.text.Say("cmd.setup_signed_only", map[string]string{"path": wizard.SpaceOf(s).Key(wizard.SampleNames()[0]), "storage": s.StorageName}))
		}
		a.printAfterwards(s, r)
	}
	return nil
}

// storeFailure words an error of the saved settings: which file, which line,
// what is wrong.
func (a *app) storeFailure(err error) *failure {
	var lines []string
	for _, e := range joined(err) {
		lines = append(lines, a.sayStoreError(e))
	}
	return couldNot("store", map[string]string{"detail": strings.Join(lines, "\n")}, err)
}

func (a *app) sayStoreError(err error) string {
	var corrupt *store.CorruptError
	var file *wizard.FileError
	var access *store.AccessError
	switch {
	case errors.As(err, &corrupt) && errors.As(err, &file):
		return a.words().Labelled(corrupt.File, a.words().Say(file.TextID(), file.Args))
	case errors.As(err, &access):
		return a.words().Labelled(access.File, a.words().Say(access.TextID(), access.Args()))
	}
	return a.systemWords(err)
}
