package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/wizard"
)

// policyKinds are the documents of `mediadock policy KIND` that exist.
var policyKinds = []string{"trust", "permissions", "bucket", "all"}

type policyOptions struct {
	output string
	tight  bool
}

func (a *app) policyCommand() *cobra.Command {
	var o policyOptions
	cmd := &cobra.Command{
		Use:       "policy KIND [NAME]",
		Short:     "Print a policy document: trust, permissions, bucket or all",
		Long:      "Print the policy documents that the connection needs on the AWS side, filled in.",
		Args:      cobra.RangeArgs(1, 2),
		ValidArgs: policyKinds,
		RunE:      a.do(func(cmd *cobra.Command, args []string) error { return a.policy(cmd, args, o) }),
	}
	addFieldFlags(cmd.Flags())
	cmd.Flags().StringVar(&o.output, "output", "", "write to `FILE` instead of stdout")
	cmd.Flags().BoolVar(&o.tight, "tight", false, "list only the prefix; allow aborting multipart uploads")
	return cmd
}

func (a *app) policy(cmd *cobra.Command, args []string, o policyOptions) error {
	kind := args[0]
	known := false
	for _, k := range policyKinds {
		known = known || k == kind
	}
	if !known {
		return usage("policy_kind", map[string]string{"kind": kind, "kinds": strings.Join(policyKinds, ", ")})
	}
	sel, err := a.choose(cmd, args[1:], true)
	var invalid *invalidSettings
	if errors.As(err, &invalid) {
		// A document needs some of the settings only, and is written before
		// there is a role: what it needs is looked at below.
		values, _ := a.fieldValues(cmd)
		sel.settings, _, _ = wizard.Apply(wizard.Settings{}, values)
	} else if err != nil {
		return err
	}
	docs, err := a.documents(cmd.Context(), sel.settings, kind, o.tight)
	if err != nil {
		return err
	}
	out := renderDocuments(kind, docs)
	if o.output == "" {
		_, err := fmt.Fprintln(a.io.out, out)
		return err
	}
	if err := writeWhole(o.output, []byte(out+"\n")); err != nil {
		return couldNot("write", map[string]string{"file": o.output}, err)
	}
	return nil
}

// document is one policy document as it is pasted into the console.
type document struct {
	kind string
	json json.RawMessage
}

// renderDocuments prints one document as it is pasted into the console, and
// all of them as one object by kind.
func renderDocuments(kind string, docs []document) string {
	if kind != "all" {
		return string(docs[0].json)
	}
	var b strings.Builder
	b.WriteString("{\n")
	for i, d := range docs {
		fmt.Fprintf(&b, "  %q: %s", d.kind, strings.ReplaceAll(string(d.json), "\n", "\n  "))
		if i < len(docs)-1 {
			b.WriteString(",")
		}
		b.WriteString("\n")
	}
	b.WriteString("}")
	return b.String()
}

// documents builds the documents of a kind. The principal of the trust policy
// is never a placeholder: without trusted_principal it is the caller's
// account, and where that cannot be asked it is an error.
func (a *app) documents(ctx context.Context, s wizard.Settings, kind string, tight bool) ([]document, error) {
	kinds := []string{kind}
	if kind == "all" {
		kinds = []string{wizard.DocumentTrust, wizard.DocumentPermissions, wizard.DocumentBucket}
	}
	if s.TrustedPrincipal == "" && kinds[0] == wizard.DocumentTrust && s.Access == "role" {
		if account, err := a.callerAccount(ctx); err == nil {
			s.TrustedPrincipal = account
		}
	}
	var docs []document
	var problems []wizard.FieldError
	for _, k := range kinds {
		p, errs := wizard.PolicyDocument(s, k, tight)
		if len(errs) > 0 {
			problems = append(problems, errs...)
			continue
		}
		pretty, err := json.MarshalIndent(p, "", "  ")
		if err != nil {
			return nil, err
		}
		docs = append(docs, document{kind: k, json: pretty})
	}
	if len(problems) > 0 {
		return nil, &invalidSettings{errors: problems}
	}
	return docs, nil
}
