package browse

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/guess"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/text"
)

// suffixOptions are the ways to make the names of an upload unguessable (M30):
// those that look confidential, and all that can be guessed where these are
// more. Both show the plan again, with the addresses as they will be.
func (b *Browse) suffixOptions(plan media.PutPlan) (marked, all []dialog.Option) {
	w, k := b.words(), b.env.Keys
	flagged := plan.Flagged()
	var open []int
	for i, it := range plan.Items {
		if (it.Code == "" || it.Code == media.CodeExists) && it.Guess.Level != guess.Unguessable {
			open = append(open, i)
		}
	}
	again := func(items []int) do {
		return do{func() tea.Cmd { return b.addSuffix(plan, items) }}
	}
	if len(flagged) > 0 {
		label := text.Fill(w.UploadSuffix, "n", text.Thousands(int64(len(flagged))))
		marked = []dialog.Option{{Label: label, Answer: again(flagged), Key: k.Suffix}}
	}
	if len(open) > len(flagged) {
		all = []dialog.Option{{Label: w.UploadSuffixAll, Answer: again(open), Key: k.SuffixAll}}
	}
	return marked, all
}

// addSuffix makes some names of a plan unguessable and shows it again.
func (b *Browse) addSuffix(plan media.PutPlan, items []int) tea.Cmd {
	lib := b.lib
	return b.planning(b.words().PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) {
		if err := lib.MakeUnguessable(ctx, &plan, items...); err != nil {
			return nil, err
		}
		return func() tea.Cmd { return b.showUpload(plan) }, nil
	})
}

// flaggedFirst are the items of a plan, those first that must not be missed
// where not all are shown.
func flaggedFirst(plan media.PutPlan) []media.PutItem {
	items := slices.Clone(plan.Items)
	slices.SortStableFunc(items, func(x, y media.PutItem) int {
		switch fx, fy := x.Guess.Flagged() || tells(x), y.Guess.Flagged() || tells(y); {
		case fx == fy:
			return 0
		case fx:
			return -1
		}
		return 1
	})
	return items
}

// nameLines are what is to be known about the names of an upload before it
// begins: that they stay, what may surprise, and who will find them.
func (b *Browse) nameLines(plan media.PutPlan) []dialog.Line {
	w := b.words()
	var lines []dialog.Line
	if b.lib.FixedNames() {
		lines = append(lines, dialog.Line{Text: w.NamesFixed, Role: dialog.Warn, Wrap: true})
	}
	for _, note := range b.env.Text.NameNotes(plan.Items) {
		lines = append(lines, dialog.Line{Text: text.Safe(note), Wrap: true})
	}
	return append(lines, dialog.Line{Text: w.PublicAtOnce + b.between() + b.guessed(plan), Role: dialog.Muted, Wrap: true})
}

// between stands between two sentences.
func (b *Browse) between() string {
	if b.env.Text.Lang == "ja" {
		return ""
	}
	return " "
}

// guessed sums up how easily the addresses of a plan are guessed.
func (b *Browse) guessed(plan media.PutPlan) string {
	w := b.words()
	var all, easy, safe int64
	for _, it := range plan.Items {
		if it.Code != "" && it.Code != media.CodeExists {
			continue
		}
		all++
		switch it.Guess.Level {
		case guess.Guessable:
			easy++
		case guess.Unguessable:
			safe++
		}
	}
	switch {
	case easy == all:
		return w.AllGuessable
	case easy > 0:
		return text.Fill(w.SomeGuessable, "n", text.Thousands(easy), "of", text.Thousands(all))
	case safe == all:
		return w.NoneGuessable
	}
	return w.AllHard
}

// flaggedName warns of a new name that looks confidential and can be guessed.
func (b *Browse) flaggedName(path string) []dialog.Line {
	r := guess.Score(path)
	if !r.Flagged() {
		return nil
	}
	line := text.Fill(b.words().NewNameFlagged, "words", b.env.Text.SensitiveWords(r))
	return []dialog.Line{{Text: "! " + text.Safe(line), Role: dialog.Warn, Wrap: true}}
}
