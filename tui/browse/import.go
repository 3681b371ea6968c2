package browse

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/transfers"
)

// isURL tells a URL from the path of a file; which URLs are fetched is for the
// library to say.
func isURL(s string) bool {
	scheme, _, ok := strings.Cut(strings.ToLower(s), "://")
	return ok && (scheme == "https" || scheme == "http")
}

// planImport asks whether URLs that were typed in place of files are to be
// fetched, and says at once which cannot be.
func (b *Browse) planImport(urls []string) tea.Cmd {
	w := b.words()
	if !slices.ContainsFunc(urls, func(s string) bool { return !isURL(s) }) {
		lib, to := b.lib, b.folder.path
		sources := make([]media.ImportSource, len(urls))
		for i, u := range urls {
			sources[i].URL = u
		}
		return b.planning(w.PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) {
			plan, err := lib.PlanImport(ctx, sources, media.ImportOptions{To: to, IfExists: media.Fail})
			if err != nil {
				return nil, err
			}
			return func() tea.Cmd { return b.showImport(plan, to) }, nil
		})
	}
	b.env.Post(screen.Ask{Dialog: dialog.NewNotice(b.env, w.NothingToUpload, dialog.Prose(w.ImportMixed), nil)})
	return nil
}

func (b *Browse) showImport(plan *media.ImportPlan, to string) tea.Cmd {
	w := b.words()
	var lines []dialog.Line
	fine := 0
	for _, it := range plan.Items {
		if it.Code == "" {
			fine++
			lines = append(lines, dialog.Line{Lead: "  ", Text: text.Safe(it.From), Role: dialog.Code})
			continue
		}
		var args map[string]string
		var e *media.Error
		if errors.As(it.Err, &e) {
			args = e.TextArgs()
		}
		lines = append(lines, dialog.Line{Text: "✗ " + b.reason(it.Code, it.From, args), Role: dialog.Bad, Wrap: true})
	}
	if proxy := plan.Proxied(); proxy != "" {
		lines = append(lines, dialog.Line{}, dialog.Line{Text: text.Safe(b.env.Text.Say("media.note.from-proxy", map[string]string{"proxy": proxy})), Role: dialog.Muted, Wrap: true})
	}
	if fine == 0 {
		b.env.Post(screen.Ask{Dialog: dialog.NewNotice(b.env, w.NothingToUpload, lines, nil)})
		return nil
	}
	n := text.Thousands(int64(fine))
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, text.Fill(w.ImportPlan, "n", n), lines,
		dialog.Option{Label: text.Fill(w.ImportYes, "n", n), Answer: do{func() tea.Cmd { return b.runImport(plan, to) }}},
		dialog.Option{Label: b.env.Text.UI.Keys.Cancel})})
	return nil
}

// runImport stores what URLs bring, shown as an upload. How much is to come is
// not known before, so bytes count when a file is there.
func (b *Browse) runImport(plan *media.ImportPlan, to string) tea.Cmd {
	lib := b.lib
	plan.Control = &media.Control{}
	files := make([]transfers.File, len(plan.Items))
	for i, it := range plan.Items {
		files[i] = transfers.File{Name: it.From}
	}
	return b.begin(op{
		kind: media.OpPut, title: b.env.Text.UI.Transfers.Importing, items: len(plan.Items), files: files,
		control: plan.Control, again: b.importAgain(plan, to),
		run: func(ctx context.Context, emit func(media.Event)) media.Summary {
			return lib.Import(ctx, plan, func(e media.Event) {
				e.Op = media.OpPut
				if e.Path == "" {
					e.Path = e.From
				}
				emit(e)
			})
		},
	})
}

// importAgain is how single URLs of an import are fetched once more. What was
// left where it is because its name is taken is asked about first: told the
// same it would end the same.
func (b *Browse) importAgain(plan *media.ImportPlan, to string) func(context.Context, []transfers.File) (func() tea.Cmd, error) {
	return func(ctx context.Context, files []transfers.File) (func() tea.Cmd, error) {
		var names, taken []string
		for _, f := range files {
			if names = append(names, f.Name); f.Code == media.CodeExists {
				taken = append(taken, f.Name)
			}
		}
		var sources []media.ImportSource
		for _, it := range plan.Items {
			if slices.Contains(names, it.From) {
				sources = append(sources, it.Source)
			}
		}
		if len(taken) > 0 {
			return func() tea.Cmd { b.askTaken(sources, taken, to); return nil }, nil
		}
		return b.importPlanned(ctx, sources, to, media.Fail)
	}
}

// importPlanned plans an import, to be begun at once.
func (b *Browse) importPlanned(ctx context.Context, sources []media.ImportSource, to string, ifExists media.IfExists) (func() tea.Cmd, error) {
	plan, err := b.shared.PlanImport(ctx, sources, media.ImportOptions{To: to, IfExists: ifExists})
	if err != nil {
		return nil, err
	}
	return func() tea.Cmd { return b.runImport(plan, to) }, nil
}

// askTaken asks what to do about URLs whose names were taken, and fetches them
// once more.
func (b *Browse) askTaken(sources []media.ImportSource, taken []string, to string) {
	w, words := &b.env.Text.UI.Transfers, b.words()
	lines := make([]dialog.Line, 0, len(taken))
	for i, url := range taken {
		if i == 8 {
			break
		}
		lines = append(lines, dialog.Line{Lead: "  ", Text: text.Safe(url), Role: dialog.Code})
	}
	lines = append(lines, b.andMore(len(taken)-8)...)
	option := func(label string, choice media.IfExists) dialog.Option {
		return dialog.Option{Label: label, Answer: do{func() tea.Cmd {
			return b.planning(words.PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) {
				return b.importPlanned(ctx, sources, to, choice)
			})
		}}}
	}
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, text.Fill(w.TakenTitle, "n", text.Thousands(int64(len(taken)))), lines,
		dialog.Option{Label: w.EachSkip}, option(w.EachBoth, media.KeepBoth), option(w.EachReplace, media.Replace))})
}
