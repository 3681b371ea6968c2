package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

type deleteOptions struct{ yes, dryRun bool }

func (a *app) deleteCommand() *cobra.Command {
	var o deleteOptions
	cmd := &cobra.Command{
		Use:  "delete [NAME]",
		Args: cobra.MaximumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.deleteConnection(cmd, args, o) }),
	}
	cmd.Flags().BoolVar(&o.yes, "yes", false, "")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "")
	return cmd
}

func (a *app) deleteConnection(cmd *cobra.Command, args []string, o deleteOptions) error {
	c, err := a.savedConnection(args)
	if err != nil {
		return err
	}
	if connection, environment := store.SplitName(c.Name); environment != "" {
		return usage("delete_env_instead", map[string]string{"connection": connection, "name": environment})
	}
	if err := a.refuseWithEnvironments(c.Name); err != nil {
		return err
	}
	if err := a.refuseDeletionWhileMediaExist(cmd.Context(), c); err != nil {
		return err
	}
	doc := deletionDocument{Name: c.Name, DryRun: o.dryRun, Remains: a.remains(c.Settings), AlsoSavedAs: a.alsoSavedAs(c)}
	if !o.dryRun {
		if err := a.confirmName(c.Name, o.yes); err != nil {
			return err
		}
		err := a.store.Remove(c)
		if errors.Is(err, store.ErrChanged) {
			return refused("changed_meanwhile", map[string]string{"name": c.Name})
		}
		if err != nil {
			return a.storeFailure(err)
		}
		_ = a.store.DeleteDraft(c.Name) // it held changes of what is no more
		doc.Deleted = true
	}
	if a.flags.json {
		return writeJSON(a.io.out, doc, true)
	}
	a.printDeletion(doc)
	return nil
}

// confirmName asks for the connection's name, the typed confirmation of what
// cannot be taken back.
func (a *app) confirmName(name string, yes bool) error {
	if yes {
		return nil
	}
	if !a.mayAsk() || a.flags.json {
		return refused("confirm_needed", nil)
	}
	fmt.Fprint(a.io.err, a.text.Say("cmd.ask.delete", map[string]string{"name": name}))
	answer, _ := a.answers().ReadString('\n')
	if strings.TrimSpace(answer) != name {
		return refused("declined", nil)
	}
	return nil
}

// deletionDocument is `connection delete --json`.
type deletionDocument struct {
	Name    string `json:"name"`
	Deleted bool   `json:"deleted"`
	DryRun  bool   `json:"dry_run"`
	// Remains is what stays in AWS.
	Remains []remainder `json:"remains"`
	// AlsoSavedAs are other connections to the same place.
	AlsoSavedAs []string `json:"also_saved_as"`
}

// remainder is something in AWS that the deletion leaves as it is.
type remainder struct {
	Kind     string   `json:"kind"` // bucket, bucket-policy, role, distribution
	Resource string   `json:"resource"`
	Text     string   `json:"text"`
	Commands []string `json:"commands"`
}

// remains lists what stays in AWS and how to remove it, in the order in which
// it can be removed.
func (a *app) remains(s wizard.Settings) []remainder {
	var all []remainder
	add := func(kind, resource string, commands ...string) {
		all = append(all, remainder{kind, resource, a.text.Say("cmd.remains."+kind, map[string]string{"resource": resource}), commands})
	}
	if s.Distribution != "" {
		id := s.Distribution[strings.LastIndex(s.Distribution, "/")+1:]
		add("distribution", s.Distribution,
			"aws cloudfront get-distribution-config --id "+shellQuote(id),
			"aws cloudfront delete-distribution --id "+shellQuote(id)+" --if-match \"$ETAG\"")
	}
	add("bucket-policy", s.Bucket, "aws s3api get-bucket-policy --bucket "+shellQuote(s.Bucket)+" --query Policy --output text")
	add("bucket", s.Bucket,
		"aws s3 ls "+shellQuote("s3://"+s.Bucket+"/"+s.Prefix)+" --recursive --summarize",
		"aws s3 rb "+shellQuote("s3://"+s.Bucket))
	if s.RoleARN != "" {
		role := s.RoleARN[strings.LastIndex(s.RoleARN, "/")+1:]
		add("role", s.RoleARN,
			"aws iam list-attached-role-policies --role-name "+shellQuote(role),
			"aws iam list-role-policies --role-name "+shellQuote(role),
			"aws iam delete-role --role-name "+shellQuote(role))
	}
	return all
}

// alsoSavedAs are the names of other connections to the same place.
func (a *app) alsoSavedAs(c store.Connection) []string {
	names := []string{}
	all, _ := a.store.List()
	for _, o := range all {
		if o.Name != c.Name && samePlace(o.Settings, c.Settings) {
			names = append(names, o.Name)
		}
	}
	slices.Sort(names)
	return names
}

func (a *app) printDeletion(doc deletionDocument) {
	id := "cmd.deleted"
	if doc.DryRun {
		id = "cmd.delete_dry_run"
	}
	fmt.Fprintln(a.io.out, a.text.Say(id, map[string]string{"name": doc.Name}))
	if len(doc.AlsoSavedAs) > 0 {
		fmt.Fprintln(a.io.out, a.text.Say("cmd.also_saved_as", map[string]string{"names": strings.Join(doc.AlsoSavedAs, ", ")}))
	}
	fmt.Fprintln(a.io.out, a.text.Say("cmd.remains", nil))
	for _, r := range doc.Remains {
		fmt.Fprintln(a.io.out, "  "+text.Safe(r.Text))
		for _, c := range r.Commands {
			fmt.Fprintln(a.io.out, "    "+text.Safe(c))
		}
	}
}
