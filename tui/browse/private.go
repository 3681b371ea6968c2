package browse

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/text"
)

// mendOptions are the ways to make an upload safer before it is public. Those
// in first are about what nobody can take back, and stand before the upload;
// the others are as one likes. Each shows the plan again, as it will be.
func (b *Browse) mendOptions(plan media.PutPlan) (first, rest []dialog.Option) {
	w, k := b.words(), b.env.Keys
	marked, all := b.suffixOptions(plan)
	grave, strippable, mendable := plan.WithPrivate(true), plan.WithPrivate(false), plan.Mendable()
	if len(grave) > 0 {
		first = append(first, dialog.Option{Label: count(w.UploadStrip, grave), Answer: b.stripping(plan, grave), Key: k.Strip})
	}
	if len(strippable) > len(grave) {
		rest = append(rest, dialog.Option{Label: count(w.UploadStripAll, strippable), Answer: b.stripping(plan, strippable), Key: k.StripAll})
	}
	if len(mendable) > 0 {
		rest = append(rest, dialog.Option{Label: count(w.UploadFix, mendable), Answer: b.fixing(plan, mendable), Key: k.FixNames})
	}
	rest = append(rest, all...)
	if len(strippable) > 0 {
		rest = append(rest, dialog.Option{Label: w.UploadStripAlways, Answer: b.strippingAlways(plan, strippable), Key: k.StripAlways})
	}
	return append(first, marked...), rest
}

func count(label string, items []int) string {
	return text.Fill(label, "n", text.Thousands(int64(len(items))))
}

// stripping leaves out of an upload what some files tell beside their content.
func (b *Browse) stripping(plan media.PutPlan, items []int) do {
	return b.mending(plan, func(ctx context.Context, plan *media.PutPlan) error { return b.lib.StripPrivate(ctx, plan, items...) })
}

// strippingAlways does so from now on, in this connection.
func (b *Browse) strippingAlways(plan media.PutPlan, items []int) do {
	return b.mending(plan, func(ctx context.Context, plan *media.PutPlan) error {
		if err := b.env.World.StripFromNowOn(ctx, b.place.Connection); err != nil {
			return err
		}
		return b.lib.StripPrivate(ctx, plan, items...)
	})
}

// fixing gives some files of an upload better names.
func (b *Browse) fixing(plan media.PutPlan, items []int) do {
	return b.mending(plan, func(ctx context.Context, plan *media.PutPlan) error { return b.lib.FixNames(ctx, plan, items...) })
}

// mending changes a plan and shows it again.
func (b *Browse) mending(plan media.PutPlan, change func(context.Context, *media.PutPlan) error) do {
	return do{func() tea.Cmd {
		return b.planning(b.words().PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) {
			if err := change(ctx, &plan); err != nil {
				return nil, err
			}
			return func() tea.Cmd { return b.showUpload(plan) }, nil
		})
	}}
}

// tells holds for what must not become public unseen: a file that says where
// somebody was or who somebody is.
func tells(it media.PutItem) bool { return it.Private.Grave() && !it.Strip }

// tellLines are what one file tells beside its content.
func (b *Browse) tellLines(it media.PutItem) []dialog.Line {
	role := dialog.Muted
	if tells(it) {
		role = dialog.Warn
	}
	var lines []dialog.Line
	for _, s := range b.env.Text.Private(it) {
		lines = append(lines, dialog.Line{Text: text.Safe(s), Role: role, Wrap: true})
	}
	return lines
}

// privateLines sum up what the files tell that were not named one by one.
func (b *Browse) privateLines(plan media.PutPlan) []dialog.Line {
	var lines []dialog.Line
	others := slices.DeleteFunc(slices.Clone(plan.Items), tells)
	for _, s := range b.env.Text.PrivateNotes(others) {
		lines = append(lines, dialog.Line{Text: text.Safe(s), Role: dialog.Muted, Wrap: true})
	}
	return lines
}

// stripReplace offers to leave out of a re-upload what its file tells.
func (b *Browse) stripReplace(plan media.ReplacePlan, free string) []dialog.Option {
	if plan.File.Strip || !plan.File.Private.Strippable() {
		return nil
	}
	return []dialog.Option{{Label: text.Fill(b.words().UploadStripAll, "n", "1"), Key: b.env.Keys.Strip, Answer: do{func() tea.Cmd {
		plan.File.StripPrivate()
		return b.showReplace(plan, free)
	}}}}
}
