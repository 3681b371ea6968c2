package browse

import (
	"context"
	"path"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/transfers"
)

// askUpload asks for local files and directories; typed may hold what was
// dropped onto the terminal.
func (b *Browse) askUpload(typed string) tea.Cmd {
	b.env.Post(screen.Ask{Dialog: b.uploadPrompt(typed)})
	return nil
}

func (b *Browse) uploadPrompt(typed string) *dialog.Prompt {
	w := b.words()
	check := func(v string) string {
		if len(line.Unquote(v)) == 0 {
			return w.NoFiles
		}
		return ""
	}
	return dialog.NewPrompt(b.env, w.UploadTitle, dialog.Prose(w.UploadBody), w.UploadLabel, typed, check, func(v string) tea.Msg {
		return do{func() tea.Cmd { return b.planUpload(line.Paths(v, b.there)) }}
	}).Completing(w.UploadHint, b.completeLast).Wording(b.uploadPrompt)
}

// there tells whether a local path is there.
func (b *Browse) there(p string) bool {
	offers := b.env.World.CompletePath(context.Background(), strings.TrimRight(p, "/"))
	return slices.ContainsFunc(offers, func(o string) bool { return strings.TrimRight(o, "/") == strings.TrimRight(p, "/") })
}

// completeLast completes the last of several paths.
func (b *Browse) completeLast(typed string) []string {
	head, last := line.SplitLast(typed)
	offers := b.env.World.CompletePath(context.Background(), last)
	out := make([]string, len(offers))
	for i, o := range offers {
		out[i] = head + line.Quote(o)
	}
	return out
}

func (b *Browse) planUpload(sources []string) tea.Cmd {
	if slices.ContainsFunc(sources, isURL) {
		return b.planImport(sources)
	}
	lib, to := b.lib, b.folder.path
	return b.planning(b.words().PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) {
		plan, err := lib.PlanPut(ctx, sources, media.PutOptions{To: to, IfExists: media.Fail})
		if err != nil {
			return nil, err
		}
		if err := markSame(ctx, lib, &plan); err != nil {
			return nil, err
		}
		return func() tea.Cmd { return b.showUpload(plan) }, nil
	})
}

// showUpload shows where everything will be and asks about names that are
// taken.
func (b *Browse) showUpload(plan media.PutPlan) tea.Cmd {
	b.env.Post(screen.Ask{Dialog: b.uploadQuestion(plan, b.purgingOf(takenItems(plan)))})
	return nil
}

func (b *Browse) uploadQuestion(plan media.PutPlan, purge *purging) screen.Dialog {
	w := b.words()
	again := func() screen.Dialog { return b.uploadQuestion(plan, purge) }
	var fine, taken, same, refused int
	for _, it := range plan.Items {
		switch it.Code {
		case "":
			fine++
		case media.CodeExists:
			taken++
		case media.CodeSame:
			same++
		default:
			refused++
		}
	}
	question := func() []dialog.Line {
		lines := append(b.uploadLines(plan), b.purgeLine(purge)...)
		if same > 0 {
			told := text.Fill(b.env.Text.UI.Transfers.EachSame, "n", text.Thousands(int64(same)))
			lines = append([]dialog.Line{{Text: "= " + told, Wrap: true}}, lines...)
		}
		return lines
	}
	lines := question()
	title := text.Fill(w.UploadPlan, "n", text.Thousands(int64(fine+taken)), "size", text.Bytes(total(plan)))
	first, rest := b.mendOptions(plan)
	options := first // first, so that enter alone makes nothing private public
	add := func(label string, choice media.IfExists, n int) {
		options = append(options, dialog.Option{Label: text.Fill(label, "n", text.Thousands(int64(n))), Answer: do{func() tea.Cmd {
			return b.settleUpload(plan, choice, purge)
		}}})
	}
	switch {
	case fine+taken == 0 && refused == 0 && len(plan.LeftOut) == 0:
		return dialog.NewNotice(b.env, w.AllThere, lines[:1], nil).Wording(again)
	case fine+taken == 0:
		return dialog.NewNotice(b.env, w.NothingToUpload, lines, nil).Wording(again)
	case taken == 0 && slices.ContainsFunc(plan.Items, func(it media.PutItem) bool { return it.Code == "" && tells(it) }):
		add(w.UploadKeeping, media.Fail, fine)
	case taken == 0:
		add(w.UploadYes, media.Fail, fine)
	default:
		if fine > 0 {
			add(w.UploadOthers, media.Fail, fine)
		}
		add(w.UploadBoth, media.KeepBoth, taken) // before the one that nobody can take back
		add(w.UploadReplace, media.Replace, taken)
		if taken > 1 {
			options = append(options, b.eachOption(plan, taken, purge))
		}
	}
	options = append(options, rest...)
	options = append(options, dialog.Option{Label: b.env.Text.UI.Keys.Cancel})
	return dialog.NewChoice(b.env, title, lines, options...).With(purge.extras(b, question)...).Wording(again)
}

func total(plan media.PutPlan) int64 {
	var n int64
	for _, it := range plan.Items {
		if it.Code == "" || it.Code == media.CodeExists {
			n += it.Size
		}
	}
	return n
}

// uploadLines are the addresses to be, then what is in the way.
func (b *Browse) uploadLines(plan media.PutPlan) []dialog.Line {
	w := b.words()
	var lines []dialog.Line
	n := 0
	for _, it := range flaggedFirst(plan) {
		if it.Code != "" && it.Code != media.CodeExists {
			continue
		}
		if n++; n > 12 {
			continue
		}
		role, mark := dialog.Strong, "  "
		if it.Code == media.CodeExists || it.Guess.Flagged() || tells(it) {
			role, mark = dialog.Warn, "! "
		}
		size := grid.FitRight(text.Bytes(it.Size), 7)
		lines = append(lines, named(mark+size+"  ", it.Path, it.URL, role)...)
		if it.Code == media.CodeExists {
			lines = append(lines, dialog.Line{Text: text.Fill(w.Taken, "size", text.Bytes(it.Old.Size), "when", b.when(it.Old.Modified)), Role: dialog.Muted})
		}
		if it.Guess.Flagged() {
			lines = append(lines, dialog.Line{Text: text.Safe(b.env.Text.Meter(it.Guess)), Role: dialog.Warn, Wrap: true})
		}
		if tells(it) {
			lines = append(lines, b.tellLines(it)...)
		}
	}
	lines = append(lines, b.andMore(n-12)...)
	for _, it := range plan.Items {
		if it.Code != "" && it.Code != media.CodeExists && it.Code != media.CodeSame {
			lines = append(lines, dialog.Line{Text: "✗ " + b.naming(it.File, b.reason(it.Code, it.Path, it.Args), it.Path), Role: dialog.Bad, Wrap: true})
		}
	}
	if len(plan.LeftOut) > 0 {
		if len(lines) > 0 {
			lines = append(lines, dialog.Line{})
		}
		lines = append(lines, dialog.Line{Text: text.Fill(w.LeftOut, "n", itoa(len(plan.LeftOut))), Role: dialog.Muted})
		for i, l := range plan.LeftOut {
			if i == 5 {
				break
			}
			lines = append(lines, dialog.Line{Text: "  " + b.naming(l.File, b.reason(l.Code, l.File, nil)), Role: dialog.Muted, Wrap: true})
		}
	}
	if n == 0 { // nothing becomes public
		return lines
	}
	lines = append(append(lines, dialog.Line{}), b.privateLines(plan)...)
	return append(lines, b.nameLines(plan)...)
}

// naming is a sentence about a local file, with its name unless that is in it,
// or as one of the names that the file is to have.
func (b *Browse) naming(file, sentence string, as ...string) string {
	names := []string{file}
	for _, p := range as {
		if path.Base(p) == filepath.Base(file) {
			names = append(names, p)
		}
	}
	for _, n := range names {
		if strings.Contains(sentence, text.Safe(n)) {
			return sentence
		}
	}
	return b.env.Text.Labelled(text.Safe(file), sentence)
}

// settleUpload decides about the names that are taken, and uploads.
func (b *Browse) settleUpload(plan media.PutPlan, choice media.IfExists, purge *purging) tea.Cmd {
	if choice == media.Fail {
		return b.upload(plan, nil) // nothing is replaced
	}
	lib, asked := b.lib, b.asked
	defer func() { b.asked = asked }() // to be planned from the beginning, if it is to be done again
	return b.planning(b.words().PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) {
		for i := range plan.Items {
			if plan.Items[i].Code != media.CodeExists {
				continue
			}
			if err := lib.Decide(ctx, &plan, i, choice); err != nil {
				return nil, err
			}
		}
		return func() tea.Cmd { return b.upload(plan, purge) }, nil
	})
}

// upload puts what the plan still holds. What was refused is shown with it, and
// does not count as failed.
func (b *Browse) upload(plan media.PutPlan, purge *purging) tea.Cmd {
	kept := plan.Items[:0:0]
	var replaced []media.Item
	for _, it := range plan.Items {
		if it.Code == "" || it.Code == media.CodeSame {
			it.KeepPrivate() // what was not taken out was shown
			kept = append(kept, it)
			if it.Exists && it.Path == it.Old.Path {
				replaced = append(replaced, it.Old)
			}
		}
	}
	left, into := b.leftOut(plan)
	plan.Items = kept
	files := make([]transfers.File, 0, len(kept)+len(left))
	for _, it := range kept {
		files = append(files, transfers.File{Name: it.Path, Local: it.File, Size: it.Size, URL: it.URL})
	}
	files = append(files, left...)
	lib := b.lib
	plan.Control = &media.Control{}
	run := purge.then(b.place.Connection, replaced, nil, func(ctx context.Context, emit func(media.Event)) media.Summary { return lib.Put(ctx, plan, emit) })
	return b.begin(op{
		kind: media.OpPut, title: b.words().Uploading, items: len(kept) + len(plan.LeftOut), bytes: plan.Bytes,
		files: files, control: plan.Control, again: b.putAgain(plan, into, purge),
		purge: purge, run: run,
	})
}

// --- re-upload (D1)

func (b *Browse) askReplace(it media.Item) tea.Cmd {
	b.env.Post(screen.Ask{Dialog: b.replacePrompt(it, "")})
	return nil
}

func (b *Browse) replacePrompt(it media.Item, typed string) *dialog.Prompt {
	w := b.words()
	body := w.ReplaceBody
	if b.lib.FixedNames() {
		body = w.ReplaceFixed
	}
	check := func(v string) string {
		if len(line.Paths(v, b.there)) != 1 {
			return w.OneFile
		}
		return ""
	}
	return dialog.NewPrompt(b.env, text.Fill(w.ReplaceTitle, "name", text.Safe(it.Name())), dialog.Prose(body), w.ReplaceLabel, typed, check,
		func(v string) tea.Msg {
			return do{func() tea.Cmd { return b.planReplace(it, line.Paths(v, b.there)[0]) }}
		}).Completing(w.UploadHint, b.completeLast).Wording(func(typed string) *dialog.Prompt { return b.replacePrompt(it, typed) })
}

func (b *Browse) planReplace(it media.Item, file string) tea.Cmd {
	lib := b.lib
	cdn := b.purgingOf([]media.Item{it}) != nil
	return b.planning(b.words().PlanningUpload, func(ctx context.Context) (func() tea.Cmd, error) {
		plan, err := lib.PlanReplace(ctx, it.Path, file)
		if err != nil {
			return nil, err
		}
		name := ""
		if cdn && !plan.Renamed && !lib.FixedNames() {
			name = freeName(ctx, lib, plan)
		}
		return func() tea.Cmd { return b.showReplace(plan, name) }, nil
	})
}

// showReplace asks before a file is uploaded again. free is the name that it
// could have beside the old one; empty where it is not known.
func (b *Browse) showReplace(plan media.ReplacePlan, free string) tea.Cmd {
	w := b.words()
	sized := func(lead string, bytes int64) string { return lead + grid.FitRight(text.Bytes(bytes), 7) + "  " }
	lines := renamed(plan.Old.Path, plan.OldURL, plan.File.Path, plan.File.URL)
	lines[0].Lead, lines[1].Lead = sized(lines[0].Lead, plan.Old.Size), sized(lines[1].Lead, plan.File.Size)
	if !plan.Renamed {
		lines = lines[:3] // one address
	}
	lines = append(lines, dialog.Line{})
	if plan.Renamed {
		lines = append(lines, dialog.Line{Text: w.ReplaceRenames, Role: dialog.Warn, Wrap: true})
	} else {
		lines = append(lines, dialog.Line{Text: w.ReplaceSame, Wrap: true})
	}
	if plan.Retyped() {
		retyped := b.env.Text.Say("media.note.retyped", map[string]string{"old": text.Safe(plan.Old.ContentType), "new": plan.File.ContentType})
		lines = append(lines, dialog.Line{Text: retyped, Role: dialog.Warn, Wrap: true})
	}
	lines = append(lines, b.tellLines(plan.File)...)
	lines = append(lines, b.cacheLines()...)
	lib := b.lib
	purge := b.purgingOf([]media.Item{plan.Old})
	question := func() []dialog.Line { return append(slices.Clone(lines), b.purgeLine(purge)...) }
	if b.asksNewName(plan) {
		lines = append(lines, dialog.Line{Text: b.env.Text.UI.Grace.VersionedName, Role: dialog.Muted, Wrap: true})
	}
	plan.File.KeepPrivate() // unless it is taken out, which is offered
	run := purge.then(b.place.Connection, []media.Item{plan.Old}, nil, func(ctx context.Context, emit func(media.Event)) media.Summary { return lib.Replace(ctx, plan, emit) })
	options := append(b.stripReplace(plan, free),
		dialog.Option{Label: w.ReplaceYes, Answer: do{func() tea.Cmd {
			return b.begin(op{
				kind: media.OpReplace, title: w.Uploading, items: 1, bytes: plan.File.Size,
				files: []transfers.File{{Name: plan.Old.Path, Local: plan.File.File, Size: plan.File.Size, URL: plan.File.URL}},
				purge: purge, run: run,
			})
		}}})
	if b.asksNewName(plan) {
		label := b.env.Text.UI.Grace.NewName
		if free != "" {
			label = text.Fill(b.env.Text.UI.Grace.NewNameAs, "name", text.Safe(free))
		}
		options = append(options, dialog.Option{Label: label, Answer: do{func() tea.Cmd { return b.planVersion(plan) }}})
	}
	options = append(options, dialog.Option{Label: b.env.Text.UI.Keys.Cancel})
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, text.Fill(w.ReplaceTitle, "name", text.Safe(plan.Old.Name())), question(), options...).With(purge.extras(b, question)...)})
	return nil
}

func kindOf(it media.Item) string {
	ct := it.ContentType
	if ct == "" {
		ct = media.ContentType(it.Name(), nil)
	}
	main, sub, _ := strings.Cut(ct, "/")
	switch {
	case main == "image", main == "video", main == "audio", main == "text":
		return main
	case strings.HasPrefix(sub, "pdf"):
		return "pdf"
	}
	return "file"
}
