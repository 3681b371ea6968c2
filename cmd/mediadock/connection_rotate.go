package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

func (a *app) rotateCommand() *cobra.Command {
	var o changeOptions
	var generate bool
	cmd := &cobra.Command{
		Use:  "rotate [NAME]",
		Args: cobra.MaximumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.rotateConnection(cmd, args, o, generate) }),
	}
	for _, key := range []string{"role_arn", "external_id"} {
		field, _ := wizard.FieldByKey(key)
		cmd.Flags().String(field.Flag, "", "")
	}
	cmd.Flags().BoolVar(&generate, "generate-external-id", false, "")
	o.add(cmd.Flags())
	o.addOwner(cmd.Flags())
	return cmd
}

// rotation is a change of role and external ID on its way.
type rotation struct {
	app       *app
	saved     store.Connection
	settings  wizard.Settings // with the new pair
	changes   []wizard.Change
	notices   []wizard.Notice
	generated bool
	options   changeOptions
}

func (a *app) rotateConnection(cmd *cobra.Command, args []string, o changeOptions, generate bool) error {
	if err := o.settle(cmd); err != nil {
		return err
	}
	if generate && cmd.Flags().Changed("external-id") {
		return usage("two_external_ids", nil)
	}
	saved, err := a.savedConnection(args)
	if err != nil {
		return err
	}
	values, _ := a.fieldValues(cmd)
	if generate {
		if values["external_id"], err = a.rotatingID(saved); err != nil {
			return err
		}
	}
	if len(values) == 0 {
		return usage("rotate_nothing", map[string]string{"name": saved.Name})
	}
	s, notices, errs := wizard.Apply(saved.Settings, values)
	if len(errs) > 0 {
		return &invalidSettings{errors: errs, notices: notices}
	}
	r := &rotation{a, saved, s, wizard.Diff(saved.Settings, s), notices, generate, o}
	return r.run(cmd.Context())
}

// rotatingID is the ID that an earlier run left in the draft, or a new one.
// Once shown it stays the same until the role trusts it (D2).
func (a *app) rotatingID(saved store.Connection) (string, error) {
	d, ok, err := a.draftOf(saved.Name)
	if err != nil {
		return "", err
	}
	if id := d.Settings.ExternalID; ok && id != "" && id != saved.Settings.ExternalID {
		return id, nil
	}
	return wizard.GenerateExternalID(), nil
}

// run shows what is needed, tests the new pair and saves it.
func (r *rotation) run(ctx context.Context) error {
	a := r.app
	doc := rotationDocument{changeDocument: changeDocument{
		Name: r.saved.Name, DryRun: r.options.dryRun, Changes: changesJSON(r.changes), Notices: a.noticesJSON(r.notices),
	}, Next: []string{}}
	if len(r.changes) == 0 {
		return r.report(doc, true, awscheck.Ready)
	}
	if r.generated && !r.options.dryRun {
		if err := r.keepID(); err != nil {
			return err
		}
		doc.ExternalID = r.settings.ExternalID
	}
	doc.TrustPolicy = r.trustPolicy(ctx)
	if !a.flags.json {
		a.printNotices(r.notices)
		a.printChanges(r.changes)
		r.show(doc)
	}
	p, err := a.prove(ctx, r.saved.Name, r.settings, r.options)
	if err != nil {
		return err
	}
	doc.Tested, doc.Check = true, p.report.JSON(a.text.Say)
	doc.Unproved = unprovedPair(p.report)
	passed := p.passed && len(doc.Unproved) == 0
	if passed && !r.options.dryRun {
		if err := r.save(ctx, p.report); err != nil {
			return err
		}
		doc.Saved = true
	}
	doc.Next = r.next(doc, passed)
	return r.report(doc, passed, p.report.Verdict)
}

// save puts the new pair in place of the old one. Other changes that wait in
// the connection's draft stay there, with the new pair.
func (r *rotation) save(ctx context.Context, report awscheck.Report) error {
	d, waiting, err := r.app.draftOf(r.saved.Name)
	if err != nil {
		return err
	}
	if err := r.app.save(ctx, store.Connection{Name: r.saved.Name, Settings: r.settings, Revision: r.saved.Revision}, report); err != nil {
		return err
	}
	d.Settings.RoleARN, d.Settings.ExternalID = r.settings.RoleARN, r.settings.ExternalID
	if !waiting || wizard.Equal(d.Settings, r.settings) {
		return nil
	}
	if err := r.app.store.SaveDraft(d); err != nil {
		return r.app.storeFailure(err)
	}
	return nil
}

// keepID keeps the generated ID in the connection's draft, beside whatever
// else waits there.
func (r *rotation) keepID() error {
	d, waiting, err := r.app.draftOf(r.saved.Name)
	if err != nil {
		return err
	}
	if !waiting {
		d = store.Draft{Name: r.saved.Name, Settings: r.saved.Settings, Step: "review", Edit: true}
	}
	d.Settings.RoleARN, d.Settings.ExternalID = r.settings.RoleARN, r.settings.ExternalID
	if err := r.app.store.SaveDraft(d); err != nil {
		return r.app.storeFailure(err)
	}
	return nil
}

// trustPolicy is what the role has to trust while the pair changes: the new
// external ID, and beside it the old one where the role stays the same. It is
// nil where nobody is known that the role could trust.
func (r *rotation) trustPolicy(ctx context.Context) json.RawMessage {
	data := r.app.trustPolicy(ctx, r.settings)
	if data == nil || r.settings.RoleARN != r.saved.Settings.RoleARN || r.saved.Settings.ExternalID == "" {
		return data
	}
	trust, err := policy.Parse(data)
	if err != nil {
		return data
	}
	both, err := json.MarshalIndent(wizard.AlsoTrusting(trust, r.saved.Settings.ExternalID), "", "  ")
	if err != nil {
		return data
	}
	return both
}

// rotationDocument is `connection rotate --json`.
type rotationDocument struct {
	changeDocument
	// ExternalID is there when it was generated.
	ExternalID string `json:"external_id,omitempty"`
	// TrustPolicy is what the role needs while the pair changes.
	TrustPolicy json.RawMessage `json:"trust_policy,omitempty"`
	// Unproved are the rows of the test that say nothing about the new pair.
	Unproved []string `json:"unproved,omitempty"`
	Next     []string `json:"next"`
}

func (r *rotation) say(id string) string {
	return r.app.text.Say(id, map[string]string{"name": r.saved.Name, "role": r.settings.RoleARN, "old": r.saved.Settings.RoleARN, "id": r.settings.ExternalID, "command": r.command()})
}

// command is what rotates once more, without the ID that was typed.
func (r *rotation) command() string { return rotateCommand(r.saved.Name, r.changes, r.generated) }

func rotateCommand(name string, changes []wizard.Change, generated bool) string {
	parts := []string{"mediadock connection rotate", name}
	for _, c := range changes {
		switch {
		case c.Key == "role_arn":
			parts = append(parts, "--role-arn "+shellQuote(c.New))
		case !generated:
			parts = append(parts, `--external-id "$ID"`)
		}
	}
	if generated {
		parts = append(parts, "--generate-external-id")
	}
	return strings.Join(parts, " ")
}

// next says what is left to do by hand.
func (r *rotation) next(doc rotationDocument, passed bool) []string {
	sameRole := r.settings.RoleARN == r.saved.Settings.RoleARN
	switch {
	case !passed && len(doc.Unproved) > 0:
		return []string{r.app.text.Say("cmd.rotate_unproved", map[string]string{"rows": strings.Join(doc.Unproved, ", ")})}
	case !passed:
		return []string{r.say("cmd.rotate_put"), r.say("cmd.rotate_again")}
	case !doc.Saved:
		return []string{}
	}
	lines := append([]string{r.say("cmd.rotate_cms")}, r.others()...)
	if sameRole {
		return append(lines, r.say("cmd.rotate_clean_id"))
	}
	return append(lines, r.say("cmd.rotate_clean_role"))
}

// others name what else is saved with the old pair, environments above all:
// their settings are their own, and they stop working once the pair is gone.
func (r *rotation) others() []string {
	all, _ := r.app.store.List()
	environments, _ := r.app.store.AllEnvironments()
	old := r.saved.Settings
	var lines []string
	for _, c := range slices.Concat(all, environments) {
		if c.Name == r.saved.Name || c.Settings.RoleARN != old.RoleARN || c.Settings.ExternalID != old.ExternalID {
			continue
		}
		if lines == nil {
			lines = append(lines, r.say("cmd.rotate_others"))
		}
		lines = append(lines, "  "+rotateCommand(c.Name, r.changes, false))
	}
	return lines
}

// show prints the new ID and the trust policy, before the test that needs
// them.
func (r *rotation) show(doc rotationDocument) {
	out := r.app.io.out
	if doc.ExternalID != "" {
		fmt.Fprintln(out, r.say("cmd.rotate_id"))
	}
	if doc.TrustPolicy != nil {
		fmt.Fprintln(out, r.say("cmd.rotate_trust"))
		fmt.Fprintln(out, string(doc.TrustPolicy))
	}
}

func (r *rotation) report(doc rotationDocument, passed bool, v awscheck.Verdict) error {
	a := r.app
	if a.flags.json {
		if err := writeJSON(a.io.out, doc, true); err != nil {
			return err
		}
	} else {
		id := "cmd.rotate_saved"
		switch {
		case len(doc.Changes) == 0:
			id = "cmd.edit_same"
		case !passed:
			id = "cmd.rotate_failed"
		case doc.DryRun:
			id = "cmd.setup_dry_run"
		}
		fmt.Fprintln(a.io.out, r.say(id))
		for _, line := range doc.Next {
			fmt.Fprintln(a.io.out, "  "+line)
		}
	}
	switch {
	case passed:
		return nil
	case v == awscheck.NotRun:
		return said(exitCouldNot)
	}
	return said(exitFailed)
}
