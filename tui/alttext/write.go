package alttext

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media/alttext"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// mostPasted is how many bytes of a paste are taken: what is typed is judged at
// every key, and nobody listens to so much.
const mostPasted = 16 << 10

func (b *Bench) paste(m tea.PasteMsg) {
	switch {
	case b.item() == nil || b.load != nil || b.err != nil:
	case len(m.Content) > mostPasted:
		b.env.Post(screen.Say{Line: text.Fill(b.env.Text.UI.Frame.PastedTooMuch, "size", text.Bytes(int64(len(m.Content)))), Bad: true})
	default:
		b.field.Update(m)
		b.draft()
	}
}

// enter writes what stands in the field and goes on.
func (b *Bench) enter(it *item) tea.Cmd {
	value := strings.TrimSpace(b.field.Value())
	switch {
	case it.saving:
		return nil
	case value == "" && it.Class != alttext.Decorative:
		b.env.Post(screen.Say{Line: b.words().NothingTyped, Bad: true})
		return nil
	case value == it.Alt && it.theirs == nil:
		delete(b.drafts, it.Path)
		return b.next()
	}
	return tea.Batch(b.write(it, catalog.Edit{Alt: &value}), b.next())
}

// check tells that an alt text is right whatever it looks like.
func (b *Bench) check(it *item) tea.Cmd {
	if it.saving || it.Alt == "" || len(it.Reasons) == 0 {
		return nil
	}
	if b.touched(it) {
		b.env.Post(screen.Say{Line: b.words().TypedFirst, Bad: true})
		return nil
	}
	mark := catalog.MarkChecked
	return tea.Batch(b.write(it, catalog.Edit{AltMark: &mark}), b.next())
}

// bare is the yes to taking an alt text away from a decorative picture.
type bare struct{ it *item }

// askDecorative tells that a picture says nothing, or takes that back. Where
// there is a text, the person is asked: it goes.
func (b *Bench) askDecorative(it *item) tea.Cmd {
	w := b.words()
	switch {
	case it.saving:
		return nil
	case it.Class == alttext.Decorative:
		mark := ""
		return b.write(it, catalog.Edit{AltMark: &mark})
	case b.touched(it) && strings.TrimSpace(b.field.Value()) != "":
		b.env.Post(screen.Say{Line: w.TypedFirst, Bad: true})
		return nil
	case it.Alt == "":
		return b.decorate(it)
	}
	lines := []dialog.Line{{Text: w.DecorativeBody, Wrap: true}, {}, {Lead: "  ", Text: text.Safe(it.Alt), Role: dialog.Code, Wrap: true}}
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, w.DecorativeTitle, lines,
		dialog.Option{Label: b.env.Text.UI.Keys.Cancel}, dialog.Option{Label: w.DecorativeYes, Answer: bare{it}})})
	return nil
}

func (b *Bench) decorate(it *item) tea.Cmd {
	mark := catalog.MarkDecorative
	return tea.Batch(b.write(it, catalog.Edit{AltMark: &mark}), b.next())
}

// offered are the texts that tab takes: what somebody else wrote, then those
// of other forms of the picture.
func (b *Bench) offered(it *item) []string {
	if it.theirs != nil && it.theirs.Text != "" {
		return append([]string{it.theirs.Text}, it.offers...)
	}
	return it.offers
}

// offer puts the next offered text into the field, and after the last one what
// was typed.
func (b *Bench) offer(it *item) {
	offers := slices.Clone(b.offered(it))
	if len(offers) == 0 {
		return
	}
	b.keepOwn(it)
	if it.own != "" {
		offers = append(offers, it.own)
	}
	b.put(offers[(slices.Index(offers, b.field.Value())+1)%len(offers)])
}

// again puts the text that was entered last into the field; once more brings
// back what was typed.
func (b *Bench) again(it *item) {
	switch {
	case b.last == "":
		b.env.Post(screen.Say{Line: b.words().NoLast, Bad: true})
	case b.field.Value() == b.last && it.own != "":
		b.put(it.own)
	default:
		b.keepOwn(it)
		b.put(b.last)
	}
}

// keepOwn keeps what the person typed, before something else takes its place.
func (b *Bench) keepOwn(it *item) {
	v := b.field.Value()
	if strings.TrimSpace(v) != "" && v != it.Alt && v != b.last && !slices.Contains(b.offered(it), v) {
		it.own = v
	}
}

func (b *Bench) put(s string) {
	b.field.Set(s)
	b.draft()
}

// written is the end of writing about a picture.
type written struct {
	it    *item
	typed string
	entry catalog.Entry
	err   error
}

// write writes about a picture, beside the loop: the person goes on meanwhile.
func (b *Bench) write(it *item, edit catalog.Edit) tea.Cmd {
	seen, typed, cat := it.seen(), b.drafts[it.Path], b.cat
	edit.Seen = &seen
	if edit.Alt != nil {
		b.last = *edit.Alt
	}
	it.saving = true
	it.writes++
	b.saves++
	delete(b.drafts, it.Path)
	_, cmd := b.env.Do(func(ctx context.Context) any {
		// It is short, and what was entered is not to be lost with the screen.
		e, err := cat.Edit(context.WithoutCancel(ctx), it.Path, edit)
		return written{it, typed, e, err}
	})
	return cmd
}

// written counts what was written. What was not is shown again, with what was
// typed.
func (b *Bench) written(r written) tea.Cmd {
	it := r.it
	b.saves--
	it.saving = false
	if r.err == nil {
		if slices.Contains(b.queue, it) { // else it was counted anew meanwhile
			b.take(it, r.entry)
		}
		it.done = it.Class != alttext.Missing
		b.saved, it.gone = it.Path, !r.entry.Present
		if b.leaving && b.saves == 0 {
			b.env.Post(screen.Leave{})
		}
		if it == b.item() {
			b.fill(it)
		}
		return nil
	}
	b.leaving = false
	if r.typed != "" {
		b.drafts[it.Path] = r.typed
	}
	if !slices.ContainsFunc(b.queue, func(q *item) bool { return q.Path == it.Path }) && r.typed != "" {
		b.queue = append(b.queue, it) // of what was counted before: it is not lost with that
	}
	if !errors.Is(r.err, catalog.ErrChanged) {
		if !b.told { // several fail together, of one cause
			b.env.Post(screen.Failed{Trouble: b.env.World.Explain(b.place.Connection, r.err)})
		}
		b.told = true
		return b.comeBack(it)
	}
	theirs := r.entry.AltText()
	it.theirs = &theirs
	if r.typed == "" && slices.Contains(b.queue, it) { // nothing of the person's own is at stake
		b.take(it, r.entry)
	}
	b.env.Post(screen.Say{Line: text.Fill(b.words().ChangedSay, "name", text.Safe(it.Path)), Bad: true})
	return b.comeBack(it)
}

// comeBack shows a picture again, at once or, where the person is typing about
// another, next.
func (b *Bench) comeBack(it *item) tea.Cmd {
	i := slices.Index(b.queue, it)
	if i < 0 { // counted anew meanwhile
		return nil
	}
	now := b.item()
	if now == nil || now == it || !b.touched(now) {
		return b.show(i)
	}
	b.queue = slices.Delete(b.queue, i, i+1)
	at := slices.Index(b.queue, now)
	b.queue = slices.Insert(b.queue, at+1, it)
	b.at = at
	return nil
}

// left is what becomes of texts that were typed and not entered.
type left struct{ write bool }

// back leads out. Texts that were typed and not entered are asked about.
func (b *Bench) back() tea.Cmd {
	w := b.words()
	switch {
	case b.load != nil && len(b.queue) > 0:
		b.load.Cancel()
	case b.unsaved() > 0:
		n := strconv.Itoa(b.unsaved())
		b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, text.Fill(w.LeaveTitle, "n", n), dialog.Prose(w.LeaveBody),
			dialog.Option{Label: w.LeaveWrite, Answer: left{write: true}},
			dialog.Option{Label: b.env.Text.UI.Frame.Stay},
			dialog.Option{Label: w.LeaveDrop, Answer: left{}})})
	case b.saves > 0:
		b.leaving = true
	default:
		b.env.Post(screen.Leave{})
	}
	return nil
}

// leave writes what was typed, or drops it, and closes the screen.
func (b *Bench) leave(l left) tea.Cmd {
	var cmds []tea.Cmd
	for _, it := range b.queue {
		typed, ok := b.drafts[it.Path]
		if !ok || it.saving {
			continue
		}
		delete(b.drafts, it.Path)
		if value := strings.TrimSpace(typed); l.write && value != "" {
			b.drafts[it.Path] = typed
			cmds = append(cmds, b.write(it, catalog.Edit{Alt: &value}))
		}
	}
	if b.leaving = b.saves > 0; !b.leaving {
		b.env.Post(screen.Leave{})
	}
	return tea.Batch(cmds...)
}
