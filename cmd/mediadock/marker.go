package main

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/marker"
	"github.com/mediadock/mediadock/wizard"
)

type markerOptions struct{ dryRun, yes bool }

func (a *app) markerCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:  "marker",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.groupUsage(cmd) }),
	}
	addFieldFlags(cmd.PersistentFlags())
	cmd.AddCommand(a.markerListCommand(), a.markerChangeCommand("add [CLOUD...]", cobra.ArbitraryArgs), a.markerChangeCommand("rm CLOUD...", cobra.MinimumNArgs(1)))
	return cmd
}

func (a *app) markerListCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "list",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error {
			sel, b, err := a.markers(cmd)
			if err != nil {
				return err
			}
			found, err := b.List(cmd.Context())
			if err != nil {
				return a.markerFailure(cmd.Context(), err, sel, "list", address.CloudinaryMarkers)
			}
			return a.printMarkers(sel, markersOf(sel.settings, found))
		}),
	}
}

func (a *app) markerChangeCommand(use string, args cobra.PositionalArgs) *cobra.Command {
	var o markerOptions
	cmd := &cobra.Command{Use: use, Args: args}
	cmd.RunE = a.do(func(cmd *cobra.Command, args []string) error {
		if cmd.Name() == "add" {
			return a.markerAdd(cmd, args, o)
		}
		return a.markerRemove(cmd, args, o)
	})
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "")
	if cmd.Name() == "rm" {
		cmd.Flags().BoolVar(&o.yes, "yes", false, "")
	}
	return cmd
}

// markers is the bucket of the connection that a command is about, which has
// to be one of Cloudinary's.
func (a *app) markers(cmd *cobra.Command) (selection, marker.Bucket, error) {
	sel, err := a.choose(cmd, nil, true)
	if err != nil {
		return sel, marker.Bucket{}, err
	}
	a.tellAltered(sel)
	if sel.settings.Integration != "cloudinary" {
		in, _ := wizard.IntegrationByID(sel.settings.Integration)
		return sel, marker.Bucket{}, usage("marker.integration", map[string]string{"integration": in.Name})
	}
	b, err := a.markerBucket(cmd.Context(), sel.settings)
	return sel, b, err
}

func (a *app) markerBucket(ctx context.Context, s wizard.Settings) (marker.Bucket, error) {
	src, err := a.source(ctx)
	if err != nil {
		return marker.Bucket{}, err
	}
	client, err := src.S3(place(s))
	if err != nil {
		return marker.Bucket{}, couldNot("aws_config", nil, err)
	}
	return marker.Bucket{S3: client, Name: s.Bucket, Prefix: s.Prefix}, nil
}

// cloudNames are the names that are given, or the connection's own.
func cloudNames(sel selection, args []string) ([]string, error) {
	if len(args) == 0 {
		return sel.settings.CloudNames.Values(), nil
	}
	value, _, err := wizard.CheckField("cloud_names", strings.Join(args, ","), sel.settings)
	if err != nil {
		return nil, &invalidSettings{errors: []wizard.FieldError{*err}}
	}
	return wizard.List(value).Values(), nil
}

// markerPlan is what there is to do for the names that are given.
func (a *app) markerPlan(cmd *cobra.Command, args []string, plan func(marker.Bucket, context.Context, []string) ([]marker.Step, error)) (selection, marker.Bucket, []marker.Step, error) {
	sel, b, err := a.markers(cmd)
	if err != nil {
		return sel, b, nil, err
	}
	clouds, err := cloudNames(sel, args)
	if err != nil {
		return sel, b, nil, err
	}
	steps, err := plan(b, cmd.Context(), clouds)
	if err != nil {
		err = a.markerFailure(cmd.Context(), err, sel, "read", address.CloudinaryMarkers)
	}
	return sel, b, steps, err
}

func (a *app) markerAdd(cmd *cobra.Command, args []string, o markerOptions) error {
	sel, b, steps, err := a.markerPlan(cmd, args, marker.Bucket.PlanAdd)
	if err != nil {
		return err
	}
	a.sayStrangers(sel, steps)
	return a.markerDo(cmd.Context(), sel, b, steps, o)
}

// sayStrangers warns of cloud names that the settings do not have: whoever's
// they are may then read the bucket through Cloudinary (C8).
func (a *app) sayStrangers(sel selection, steps []marker.Step) {
	known := sel.settings.CloudNames.Values()
	var strangers []string
	for _, s := range steps {
		if !slices.Contains(known, s.Cloud) {
			strangers = append(strangers, s.Cloud)
		}
	}
	if len(strangers) > 0 {
		a.tell(a.text.Say("cmd.marker.stranger", map[string]string{"clouds": strings.Join(strangers, ", "), "bucket": sel.settings.Bucket}))
	}
}

func (a *app) markerRemove(cmd *cobra.Command, args []string, o markerOptions) error {
	sel, b, steps, err := a.markerPlan(cmd, args, marker.Bucket.PlanRemove)
	if err != nil {
		return err
	}
	var there []string
	for _, s := range steps {
		if s.Op == marker.Rm {
			there = append(there, s.Cloud)
		}
	}
	if len(there) > 0 && !o.dryRun {
		a.tell(a.text.Say("cmd.marker.stops", map[string]string{"clouds": strings.Join(there, ", "), "bucket": sel.settings.Bucket}))
		question := map[string]string{"clouds": strings.Join(there, ", "), "count": strconv.Itoa(len(there))}
		if err := a.confirmCount("cmd.marker.ask_rm", question, len(there), o.yes); err != nil {
			return err
		}
	}
	return a.markerDo(cmd.Context(), sel, b, steps, o)
}

// markerDo shows the plan, and does it unless it is all that was asked for.
func (a *app) markerDo(ctx context.Context, sel selection, b marker.Bucket, steps []marker.Step, o markerOptions) error {
	doc := markerChangeJSON{Bucket: sel.settings.Bucket, DryRun: o.dryRun, Steps: []markerStepJSON{}}
	for _, s := range steps {
		step := markerStepJSON{Op: s.Op, Cloud: s.Cloud, Key: s.Key}
		if s.Op == marker.Blind {
			step.Op = marker.Add
		}
		if o.dryRun {
			doc.Steps = append(doc.Steps, step)
			continue
		}
		done, err := b.Do(ctx, s)
		if err != nil {
			a.printMarkerSteps(doc, true)
			what := "write"
			if s.Op == marker.Rm {
				what = "delete"
			}
			return a.markerFailure(ctx, err, sel, what, s.Key)
		}
		step.Op, step.Done = done, true
		doc.Steps = append(doc.Steps, step)
	}
	return a.printMarkerSteps(doc, false)
}

// markerFailure explains what was refused: the markers are outside of the
// prefix, where who works with the media often has no rights.
func (a *app) markerFailure(ctx context.Context, err error, sel selection, what, key string) error {
	if ctx.Err() != nil {
		return err
	}
	args := map[string]string{"key": key, "bucket": sel.settings.Bucket}
	if errors.Is(err, marker.ErrChanged) {
		return refused("marker.changed", args)
	}
	action := map[string]string{"list": "s3:ListBucket", "read": "s3:GetObject", "write": "s3:PutObject", "delete": "s3:DeleteObject"}[what]
	ev := connect.EvidenceOf(err, action)
	f := &failure{exit: exitFailed, code: "marker.failed", args: args, err: err}
	f.args["detail"] = strings.TrimSpace(ev.Code + " " + ev.Message)
	f.causes = diagnose.Diagnose(ev, a.factsOfCaller(facts(sel)))
	switch code, ok := callerCode(f.causes); {
	case ok:
		f.exit, f.code = exitCouldNot, code
	case ev.HTTPStatus == 403:
		f.code, f.args["action"] = "marker.denied", action
		f.args["resource"] = "arn:aws:s3:::" + sel.settings.Bucket + "/" + address.CloudinaryMarkers + "*"
		if what == "list" {
			f.args["resource"] = "arn:aws:s3:::" + sel.settings.Bucket
		}
	case ev.Network != "":
		f.exit = exitCouldNot
	}
	return f
}
