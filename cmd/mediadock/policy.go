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
	"github.com/spf13/pflag"

	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/handoff"
)

// policyFormats are what `mediadock policy --format` writes.
var policyFormats = []string{"json", "terraform", "cloudformation", "aws-cli"}

// documentOptions are what `policy` and `handoff` have in common.
type documentOptions struct {
	output string
	tight  bool
	kmsKey string
	also   string // whom the role is to trust beside the trusted principal
	// request is set where the documents become a request.
	request bool
}

func (o *documentOptions) declare(f *pflag.FlagSet) {
	f.StringVar(&o.output, "output", "", "")
	f.BoolVar(&o.tight, "tight", false, "")
	f.StringVar(&o.kmsKey, "kms-key", "", "")
	f.StringVar(&o.also, "also-trust", "", "")
}

// settle finds flags that were given without a value. "-" is stdout, as
// without the flag.
func (o *documentOptions) settle(cmd *cobra.Command) error {
	for name, v := range map[string]string{"output": o.output, "kms-key": o.kmsKey, "also-trust": o.also} {
		if v == "" && cmd.Flags().Changed(name) {
			return usage("flag_empty", map[string]string{"flag": "--" + name})
		}
	}
	if o.output == "-" {
		o.output = ""
	}
	return nil
}

func (a *app) policyCommand() *cobra.Command {
	var o documentOptions
	var m mergeOptions
	var format string
	cmd := &cobra.Command{
		Use:  "policy KIND [NAME]",
		Args: cobra.RangeArgs(1, 2),
		RunE: a.do(func(cmd *cobra.Command, args []string) error {
			return a.policy(cmd, args, format, o, m)
		}),
	}
	addFieldFlags(cmd.Flags())
	o.declare(cmd.Flags())
	m.declare(cmd.Flags())
	cmd.Flags().StringVar(&format, "format", "json", "")
	return cmd
}

func (a *app) policy(cmd *cobra.Command, args []string, format string, o documentOptions, m mergeOptions) error {
	kind := args[0]
	if err := o.settle(cmd); err != nil {
		return err
	}
	if !slices.Contains(policyFormats, format) {
		return usage("policy_format", map[string]string{"format": format, "formats": strings.Join(policyFormats, ", ")})
	}
	if !slices.Contains(allKinds(), kind) {
		return usage("policy_kind", map[string]string{"kind": kind, "kinds": strings.Join(allKinds(), ", ")})
	}
	merging, err := m.settle(cmd, kind, format)
	if err != nil {
		return err
	}
	sel, err := a.documentSettings(cmd, args[1:])
	if err != nil {
		return err
	}
	if err := kindOf(sel.settings, kind); err != nil {
		return err
	}
	if merging {
		return a.policyMerged(cmd.Context(), sel, kind, o, m)
	}
	if o.also != "" && kind != handoff.Trust && kind != handoff.All {
		return usage("also_trust_kind", map[string]string{"kind": kind})
	}
	plan, err := a.plan(cmd.Context(), sel, kind, o)
	if err != nil {
		return err
	}
	out, err := renderPlan(plan, kind, format, a.text.Say)
	if err != nil {
		return err
	}
	if out == "" {
		return usage("policy_no_form", map[string]string{"kind": kind, "formats": "json, aws-cli"})
	}
	if plan.Unreadable() {
		a.tell(a.text.Say("cmd.kms_needs_cloudfront", nil))
	}
	if a.flags.json && format == "json" && !json.Valid([]byte(out)) {
		format = "typescript"
	}
	if a.flags.json && format != "json" {
		return a.writeDocument(o.output, map[string]string{"format": format, "text": out})
	}
	return a.writeDocument(o.output, out)
}

// allKinds are the documents that any integration has.
func allKinds() []string {
	var all []string
	for _, in := range wizard.Integrations() {
		for _, kind := range handoff.KindsOf(in.ID) {
			if kind != handoff.All && !slices.Contains(all, kind) {
				all = append(all, kind)
			}
		}
	}
	return append(all, handoff.All)
}

// kindOf refuses a document that the settings' integration does not have.
func kindOf(s wizard.Settings, kind string) error {
	in, ok := wizard.IntegrationByID(cmp.Or(s.Integration, wizard.DefaultIntegration))
	if !ok || slices.Contains(handoff.KindsOf(in.ID), kind) {
		return nil // that there is none of that name is said with the settings
	}
	return usage("policy_other", map[string]string{"kind": kind, "integration": in.Name, "kinds": strings.Join(handoff.KindsOf(in.ID), ", ")})
}

// microCMSOnly refuses flags about documents that other integrations do not
// have.
func (o documentOptions) microCMSOnly(s wizard.Settings) error {
	in, ok := wizard.IntegrationByID(cmp.Or(s.Integration, wizard.DefaultIntegration))
	if !ok || in.ID == wizard.DefaultIntegration {
		return nil
	}
	for _, f := range [][2]string{{"--kms-key", o.kmsKey}, {"--also-trust", o.also}} {
		if f[1] != "" {
			return usage("policy_not_of", map[string]string{"flag": f[0], "integration": in.Name})
		}
	}
	return nil
}

// documentSettings are the settings that a document is made from. A document
// needs some of them only, and is written before there is a role: what it
// needs is looked at when it is made.
func (a *app) documentSettings(cmd *cobra.Command, args []string) (selection, error) {
	sel, err := a.choose(cmd, args, true)
	var invalid *invalidSettings
	if errors.As(err, &invalid) {
		values, _ := a.fieldValues(cmd)
		sel.settings, sel.notices, _ = wizard.Apply(wizard.Settings{}, values)
		err = nil
	}
	if err == nil {
		a.tellAltered(sel)
	}
	return sel, err
}

// plan makes the documents of a kind. The principal of the trust policy is
// never a placeholder: without trusted_principal it is the caller's account,
// and where that cannot be asked it is an error.
func (a *app) plan(ctx context.Context, sel selection, kind string, o documentOptions) (handoff.Plan, error) {
	s := sel.settings
	if err := o.microCMSOnly(s); err != nil {
		return handoff.Plan{}, err
	}
	if trusting := kind == handoff.Trust || kind == handoff.All; trusting && len(wizard.PiecesSoFar(s, false)) == 0 && s.TrustedPrincipal == "" && cmp.Or(s.Access, "role") == "role" {
		if account, err := a.callerAccount(ctx); err == nil {
			s.TrustedPrincipal = account
		}
	}
	plan, problems := handoff.Make(s, handoff.Options{Name: sel.name, Kind: kind, KMSKey: o.kmsKey, Tight: o.tight, Request: o.request, AlsoTrust: o.also})
	if len(problems) > 0 {
		invalid := &invalidSettings{errors: problems}
		if sel.saved || sel.draft {
			invalid.of, invalid.draft = sel.name, sel.draft
		}
		return plan, invalid
	}
	return plan, nil
}

// renderPlan writes a plan in one of the formats: as JSON one document as it
// is pasted into the console, several as one object by kind.
func renderPlan(p handoff.Plan, kind, format string, say handoff.Say) (string, error) {
	switch format {
	case "terraform":
		return handoff.Terraform(p, say), nil
	case "cloudformation":
		return handoff.CloudFormation(p, say)
	case "aws-cli":
		return handoff.Shell(p, say)
	}
	docs := p.Documents()
	if len(docs) == 0 {
		return "", nil
	}
	if len(docs) == 1 && kind != handoff.All {
		return string(docs[0].JSON) + "\n", nil
	}
	var b strings.Builder
	b.WriteString("{\n")
	for i, d := range docs {
		id, err := json.Marshal(d.ID)
		if err != nil {
			return "", err
		}
		document := strings.ReplaceAll(string(d.JSON), "\n", "\n  ")
		if !json.Valid(d.JSON) { // a file of another language
			text, err := json.Marshal(string(d.JSON) + "\n")
			if err != nil {
				return "", err
			}
			document = string(text)
		}
		fmt.Fprintf(&b, "  %s: %s", id, document)
		if i < len(docs)-1 {
			b.WriteString(",")
		}
		b.WriteString("\n")
	}
	b.WriteString("}\n")
	return b.String(), nil
}
