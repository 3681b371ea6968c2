package browse

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// --- rename and move

// askRename asks for the new name, the cursor before the extension.
func (b *Browse) askRename(it media.Item) tea.Cmd {
	w := b.words()
	if b.lib.FixedNames() {
		b.env.Post(screen.Ask{Dialog: dialog.NewNotice(b.env, w.FixedTitle, dialog.Prose(w.FixedBody), nil)})
		return nil
	}
	name := it.Name()
	p := b.renamePrompt(it, name)
	if dot := strings.LastIndexByte(name, '.'); dot > 0 && !it.Folder {
		p.CursorAt(len([]rune(name[:dot])))
	}
	b.env.Post(screen.Ask{Dialog: p})
	return nil
}

func (b *Browse) renamePrompt(it media.Item, typed string) *dialog.Prompt {
	w := b.words()
	check := func(v string) string {
		if strings.Trim(v, "/ ") == "" {
			return w.NameEmpty
		}
		return ""
	}
	return dialog.NewPrompt(b.env, w.RenameTitle, dialog.Prose(w.RenameBody), "", typed, check, func(v string) tea.Msg {
		return do{func() tea.Cmd { return b.planMove(it, v) }}
	}).ClearingAll().Wording(func(typed string) *dialog.Prompt { return b.renamePrompt(it, typed) })
}

// planMove shows what a rename will do. A name without a slash stays in the
// folder; one that begins with a slash is counted from the top.
func (b *Browse) planMove(it media.Item, name string) tea.Cmd {
	w, lib := b.words(), b.lib
	to := b.folder.path + name
	if strings.HasPrefix(name, "/") {
		to = strings.TrimPrefix(name, "/")
	}
	return b.planning(w.PlanningMove, func(ctx context.Context) (func() tea.Cmd, error) {
		plan, err := lib.PlanMove(ctx, it.Path, to)
		if err != nil {
			return nil, err
		}
		return func() tea.Cmd { return b.showMove(it, plan) }, nil
	})
}

func (b *Browse) showMove(it media.Item, plan media.MovePlan) tea.Cmd {
	w := b.words()
	n, refused := 0, 0
	var lines []dialog.Line
	for _, m := range plan.Items {
		if m.Code != "" {
			refused++
			continue
		}
		if n++; n <= 8 {
			lines = append(lines, renamed(m.From.Path, m.OldURL, m.To, m.URL)...)
			lines = append(lines, b.flaggedName(m.To)...)
		}
	}
	lines = append(lines, b.andMore(n-8)...)
	for _, m := range plan.Items {
		if m.Code != "" {
			lines = append(lines, dialog.Line{Text: "✗ " + b.env.Text.Labelled(text.Safe(m.From.Path), b.reason(m.Code, m.To, m.Args)), Role: dialog.Bad, Wrap: true})
		}
	}
	lines = append(lines, dialog.Line{}, dialog.Line{Text: w.OldURLsDie, Role: dialog.Warn, Wrap: true})
	lines = append(lines, b.cacheLines()...)
	originals, folders := movedFrom(plan)
	purge := b.purgingOf(originals, folders...)
	before := lines
	question := func() []dialog.Line { return append(slices.Clone(before), b.purgeLine(purge)...) }
	if n == 0 && refused > 0 {
		b.env.Post(screen.Ask{Dialog: dialog.NewNotice(b.env, w.RenameTitle, lines, nil)})
		return nil
	}
	title := text.Fill(w.MoveTitle, "n", text.Thousands(int64(n)), "size", text.Bytes(plan.Bytes))
	if n == 0 {
		title = w.MoveEmptyTitle
		before = []dialog.Line{
			{Lead: "  ", Text: text.Safe(plan.From), Role: dialog.Muted},
			{Lead: "> ", Text: text.Safe(plan.To), Role: dialog.Code},
		}
	}
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, title, question(),
		dialog.Option{Label: w.MoveYes, Answer: do{func() tea.Cmd {
			if it.Folder {
				b.leave(it.Path)
			}
			lib := b.lib
			run := purge.then(b.place.Connection, originals, folders, func(ctx context.Context, emit func(media.Event)) media.Summary {
				sum := lib.Move(ctx, plan, emit)
				if n == 0 && stays(ctx, lib, plan.From) {
					sum.Failed++
				}
				return sum
			})
			return b.begin(op{kind: media.OpMove, title: w.Moving, items: n, from: plan.From, to: plan.To, files: movedFiles(plan), purge: purge, run: run})
		}}},
		dialog.Option{Label: b.env.Text.UI.Keys.Cancel}).With(purge.extras(b, question)...)})
	return nil
}

// movedFrom are the files whose addresses a plan takes away, and the folder
// that it moves, if it is one.
func movedFrom(plan media.MovePlan) (originals []media.Item, folders []string) {
	for _, m := range plan.Items {
		if m.Code == "" {
			originals = append(originals, m.From)
		}
	}
	if plan.Folder {
		folders = []string{plan.From}
	}
	return originals, folders
}

// --- removal

// planDelete shows the blast radius and asks.
func (b *Browse) planDelete(items []media.Item) tea.Cmd {
	w, lib := b.words(), b.lib
	var paths []string
	for _, it := range items {
		paths = append(paths, it.Path)
	}
	return b.planning(w.PlanningDelete, func(ctx context.Context) (func() tea.Cmd, error) {
		plan, err := lib.PlanRemove(ctx, paths, true)
		if err != nil {
			return nil, err
		}
		return func() tea.Cmd { return b.showDelete(plan) }, nil
	})
}

func (b *Browse) showDelete(plan media.RemovePlan) tea.Cmd {
	w := b.words()
	n := len(plan.Items)
	purge := b.purging(plan)
	text404 := func() []dialog.Line { return b.deleteLines(plan, purge) }
	lines := text404()
	if n == 0 && len(plan.Folders) == 0 {
		b.env.Post(screen.Ask{Dialog: dialog.NewNotice(b.env, w.NothingToDelete, b.problems(plan), nil)})
		return nil
	}
	if n == 0 {
		b.askEmpty(plan)
		return nil
	}
	yes := do{func() tea.Cmd { return b.hold(b.removal(plan, purge), plan) }}
	extras := b.deleteExtras(plan, purge, text404)
	title := text.Fill(w.DeleteTitle, "n", text.Thousands(int64(n)), "size", text.Bytes(plan.Bytes))
	if n > 1 || len(plan.Folders) > 0 {
		b.env.Post(screen.Ask{Dialog: dialog.NewTyped(b.env, title, lines, text.Fill(w.TypeCount, "n", itoa(n)), itoa(n), yes).With(extras...)})
		return nil
	}
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, title, lines,
		dialog.Option{Label: b.env.Text.UI.Frame.Keep},
		dialog.Option{Label: w.DeleteYes, Answer: yes}).With(extras...)})
	return nil
}

// deleteLines are the blast radius of a deletion (B15).
func (b *Browse) deleteLines(plan media.RemovePlan, purge *purging) []dialog.Line {
	w := b.words()
	told := dialog.Line{Text: w.WillAnswer404, Role: dialog.Warn, Wrap: true}
	lines := []dialog.Line{told}
	for i, it := range plan.Items {
		if i == 8 {
			break
		}
		lines = append(lines, named("  ", it.Path, b.lib.URL(it.Path), dialog.Strong)...)
	}
	if len(plan.Items) == 1 { // the name first, whatever there is room for
		lines[0], lines[1] = lines[1], told
	}
	lines = append(lines, b.andMore(len(plan.Items)-8)...)
	lines = append(lines, b.problems(plan)...)
	lines = append(lines, b.cacheLines()...)
	lines = append(lines, b.purgeLine(purge)...)
	return append(lines, dialog.Line{}, dialog.Line{Text: w.CannotUndo, Wrap: true})
}

// problems are the paths of a plan that cannot be deleted.
func (b *Browse) problems(plan media.RemovePlan) []dialog.Line {
	var lines []dialog.Line
	for _, p := range plan.Problems {
		lines = append(lines, dialog.Line{Text: "✗ " + b.reason(p.Code, p.Path, p.Args), Role: dialog.Bad, Wrap: true})
	}
	return lines
}

// askEmpty asks about folders without files: nothing is lost with them, so
// that a plain yes is enough.
func (b *Browse) askEmpty(plan media.RemovePlan) {
	w, lib := b.words(), b.lib
	title := w.EmptyTitle
	if n := len(plan.Folders); n > 1 {
		title = text.Fill(w.EmptyTitles, "n", text.Thousands(int64(n)))
	}
	var lines []dialog.Line
	for i, f := range plan.Folders {
		if i == 8 {
			break
		}
		lines = append(lines, dialog.Line{Lead: "  ", Text: text.Safe(f), Role: dialog.Code})
	}
	lines = append(lines, b.andMore(len(plan.Folders)-8)...)
	for _, p := range plan.Problems {
		lines = append(lines, dialog.Line{Text: "✗ " + b.reason(p.Code, p.Path, p.Args), Role: dialog.Bad, Wrap: true})
	}
	yes := do{func() tea.Cmd {
		for _, f := range plan.Folders {
			b.leave(f)
		}
		return b.begin(op{kind: media.OpRemove, title: w.Deleting, run: func(ctx context.Context, emit func(media.Event)) media.Summary {
			sum := lib.Remove(ctx, plan, emit)
			if stays(ctx, lib, plan.Folders...) {
				sum.Failed++
			}
			return sum
		}})
	}}
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, title, lines,
		dialog.Option{Label: b.env.Text.UI.Frame.Keep},
		dialog.Option{Label: w.EmptyYes, Answer: yes})})
}

// stays looks whether one of the folders is still there: taking away the
// marker of an empty folder has no file whose failure would tell.
func stays(ctx context.Context, lib world.Library, folders ...string) bool {
	after, err := lib.PlanRemove(ctx, folders, true)
	return err == nil && len(after.Folders) > 0
}

// leave remembers folders that will be gone when the operation has ended.
func (b *Browse) leave(folder string) {
	if b.leaving == nil {
		b.leaving = map[string]bool{}
	}
	b.leaving[folder] = true
}

func (b *Browse) andMore(n int) []dialog.Line {
	if n <= 0 {
		return nil
	}
	return []dialog.Line{{Text: text.Fill(b.words().AndMore, "n", text.Thousands(int64(n))), Role: dialog.Muted}}
}

// cacheLines warn of copies that a CDN keeps serving (M64).
func (b *Browse) cacheLines() []dialog.Line {
	if b.place.Settings.Domain == "" && b.place.Settings.Distribution == "" {
		return nil
	}
	return []dialog.Line{{Text: b.words().CacheLingers, Wrap: true}}
}

// reason words why an item is refused.
func (b *Browse) reason(code, path string, args map[string]string) string {
	all := map[string]string{"path": path}
	for k, v := range args {
		all[k] = v
	}
	return b.env.Sentence("media."+code, all)
}

// --- details

func (b *Browse) details(it media.Item) tea.Cmd {
	lib := b.lib
	return b.planning(b.words().Looking, func(ctx context.Context) (func() tea.Cmd, error) {
		full, err := lib.Info(ctx, it.Path)
		if err != nil {
			return nil, err
		}
		return func() tea.Cmd {
			b.env.Post(screen.Ask{Dialog: dialog.NewNotice(b.env, text.Safe(full.Name()), b.facts(full), nil)})
			return nil
		}, nil
	})
}
