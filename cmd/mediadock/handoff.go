package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/handoff"
)

func (a *app) handoffCommand() *cobra.Command {
	var o documentOptions
	cmd := &cobra.Command{
		Use:  "handoff [NAME]",
		Args: cobra.MaximumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.handoff(cmd, args, o) }),
	}
	addFieldFlags(cmd.Flags())
	o.declare(cmd.Flags())
	return cmd
}

func (a *app) handoff(cmd *cobra.Command, args []string, o documentOptions) error {
	if err := o.settle(cmd); err != nil {
		return err
	}
	sel, err := a.documentSettings(cmd, args)
	if err != nil {
		return err
	}
	if err := o.microCMSOnly(sel.settings); err != nil {
		return err
	}
	if id, ok := homeless(sel.settings); ok {
		return usage("handoff_distribution", map[string]string{"id": id, "partition": distributionPartition(sel.settings)})
	}
	o.request = true
	plan, err := a.plan(cmd.Context(), sel, handoff.All, o)
	if err != nil {
		return err
	}
	out, err := handoff.Request(plan, a.text.Say)
	if err != nil {
		return err
	}
	if a.flags.json {
		return a.writeDocument(o.output, map[string]string{"format": "markdown", "text": out})
	}
	if err := a.writeDocument(o.output, out); err != nil {
		return err
	}
	if o.output != "" {
		said := "cmd.handoff_written"
		if len(plan.Pieces) > 0 { // no external ID is in it
			said = "cmd.handoff_written_plain"
		}
		a.tell(a.text.Say(said, map[string]string{"file": o.output}))
	}
	return nil
}

// homeless finds a distribution that is given by its ID while there is no
// role to tell its account. The answer is another than to a missing role: the
// request is what gets the role made.
func homeless(s wizard.Settings) (id string, ok bool) {
	if s.Distribution == "" || s.RoleARN != "" || strings.HasPrefix(s.Distribution, "arn:") {
		return "", false
	}
	if _, _, err := wizard.CheckField("distribution", s.Distribution, s); err != nil {
		return "", false
	}
	return s.Distribution, true
}

func distributionPartition(s wizard.Settings) string {
	if wizard.PartitionOf(s) == "aws-cn" {
		return "aws-cn"
	}
	return "aws"
}
