// Package alttext is the workbench for alt texts (B11): how much is described,
// and one picture after another that somebody should look at. What is typed is
// written when it is entered, and never over what somebody else has written
// meanwhile.
package alttext

import (
	"context"
	"errors"
	"path"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/alttext"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/line"
	"github.com/mediadock/mediadock/tui/preview"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// Bench is the screen.
type Bench struct {
	env   *screen.Env
	place screen.Place
	whole bool // every folder; otherwise that of the place, with all beneath it
	w, h  int
	// counted is whether the queue is of every folder: while it is counted
	// anew, or where that was stopped, whole may be otherwise.
	counted bool

	cat  world.AltTexts
	load *job.Job
	read int // files of the list so far, while it is read
	err  error

	coverage alttext.Coverage
	queue    []*item
	at       int // len(queue): behind the last
	field    line.Field
	// drafts are texts that were typed and not entered, by path.
	drafts map[string]string
	saves  int // under way
	saved  string
	last   string // the text that was entered last
	told   bool   // that something could not be written, since the last key

	sight  preview.Sight
	source source
	large  bool // the picture is shown where there is no room beside
	// leaving tells that the screen closes once everything is written.
	leaving bool
}

// item is a picture of the queue.
type item struct {
	alttext.Judged
	done   bool // written in this sitting
	saving bool
	writes int // how often it was written about, so that an older answer is known
	// theirs is what somebody else has written since it was shown.
	theirs *catalog.AltText
	offers []string // alt texts of other forms of the picture
	own    string   // what was typed before an offer took its place
	asked  bool
	file   *media.Item // what there is to read; nil: not known yet, or gone
	gone   bool        // it is no longer in the bucket
}

func (it *item) seen() catalog.AltText {
	if it.theirs != nil {
		return *it.theirs
	}
	return catalog.AltText{Text: it.Alt, Mark: it.Mark}
}

// New opens the workbench for a saved connection; the place's folder narrows
// it.
func New(env *screen.Env, p screen.Place) *Bench {
	return &Bench{env: env, place: p, whole: p.Folder == "", field: line.New(""), drafts: map[string]string{}}
}

// Init counts the pictures.
func (b *Bench) Init() tea.Cmd { return b.survey(false) }

// again is the answer when the credentials were mended.
type again struct{ force bool }

// Update takes counts, answers and input, and looks at the picture that is
// shown then.
func (b *Bench) Update(msg tea.Msg) tea.Cmd { return tea.Batch(b.update(msg), b.watch()) }

// Cover ends the reading of what is not shown any more.
func (b *Bench) Cover() { b.watch() }

// Resume looks at the picture again.
func (b *Bench) Resume() tea.Cmd { return b.watch() }

// Sized looks at the picture where there is room for it now.
func (b *Bench) Sized() tea.Cmd { return b.watch() }

func (b *Bench) update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case job.Event:
		b.progress(m)
	case job.Done:
		return b.done(m)
	case again:
		return b.survey(m.force)
	case left:
		return b.leave(m)
	case bare:
		return b.decorate(m.it)
	case screen.Identity:
		return b.identity(m)
	case screen.Beat:
		return b.sight.Beat(b.env, time.Time(m), b.source.reader(b.env, b.place.Connection))
	case screen.Row, screen.Wheel, screen.Crumb, offered:
		return b.mouse(m)
	case tea.PasteMsg:
		b.paste(m)
	case tea.KeyPressMsg:
		return b.press(m)
	}
	return nil
}

// identity begins anew what was refused to who the program ran as before.
func (b *Bench) identity(m screen.Identity) tea.Cmd {
	if m.Anew {
		b.source.forget()
		b.sight.Forget()
		if b.err != nil {
			return b.survey(false)
		}
	}
	return nil
}

func (b *Bench) done(m job.Done) tea.Cmd {
	if b.sight.Done(m) {
		return nil
	}
	switch r := m.Result.(type) {
	case surveyed:
		return b.surveyed(m, r)
	case looked:
		b.looked(r)
	case written:
		return b.written(r)
	}
	return nil
}

// item is the picture that is shown; nil behind the last one.
func (b *Bench) item() *item {
	if b.at < 0 || b.at >= len(b.queue) {
		return nil
	}
	return b.queue[b.at]
}

// show shows a picture of the queue, and asks how it is now.
func (b *Bench) show(i int) tea.Cmd {
	b.at = min(max(i, 0), len(b.queue))
	it := b.item()
	if it == nil {
		b.field.Set("")
		return nil
	}
	b.fill(it)
	return b.look(it)
}

// fill puts what was typed for a picture into the field, or what it has.
func (b *Bench) fill(it *item) {
	value, typed := b.drafts[it.Path]
	if !typed {
		value = it.Alt
	}
	b.field = line.New(value)
}

// draft keeps what is typed.
func (b *Bench) draft() {
	it := b.item()
	if it == nil {
		return
	}
	if b.field.Value() == it.Alt {
		delete(b.drafts, it.Path)
		return
	}
	b.drafts[it.Path] = b.field.Value()
}

// touched tells whether something else stands in the field than the picture
// has.
func (b *Bench) touched(it *item) bool { _, typed := b.drafts[it.Path]; return typed }

// next goes to the next picture that nobody has written about.
func (b *Bench) next() tea.Cmd {
	for i := b.at + 1; i < len(b.queue); i++ {
		if b.queue[i].open() {
			return b.show(i)
		}
	}
	return b.show(len(b.queue))
}

func (it *item) open() bool { return !it.done && !it.saving }

// missing goes to the next picture without alt text, and from the last one to
// the first that was skipped; where none is left, to the next that somebody
// should look at.
func (b *Bench) missing() tea.Cmd {
	for _, wanted := range []func(*item) bool{
		func(it *item) bool { return it.open() && it.Class == alttext.Missing }, (*item).open,
	} {
		for step := range b.queue {
			if i := (min(b.at+1, len(b.queue)) + step) % len(b.queue); i != b.at && wanted(b.queue[i]) {
				return b.show(i)
			}
		}
	}
	b.env.Post(screen.Say{Line: b.words().NoneLeft})
	return nil
}

func (b *Bench) press(m tea.KeyPressMsg) tea.Cmd {
	b.told = false
	k := b.env.Keys
	switch {
	case key.Matches(m, k.Back):
		return b.back()
	case key.Matches(m, k.Refresh) && b.load == nil:
		return b.survey(true)
	case key.Matches(m, k.Profiles):
		b.env.Post(screen.ChooseCaller{})
		return nil
	case b.load != nil || b.err != nil:
		return nil
	case key.Matches(m, k.AltScope) && b.place.Folder != "":
		b.whole = !b.whole
		return b.survey(false)
	case key.Matches(m, k.AltPrev):
		return b.show(b.at - 1)
	case key.Matches(m, k.AltNext):
		return b.missing()
	}
	it := b.item()
	if it == nil {
		return nil
	}
	switch {
	case key.Matches(m, k.AltSave):
		return b.enter(it)
	case key.Matches(m, k.AltSkip):
		return b.show(b.at + 1)
	case key.Matches(m, k.AltDecorative):
		return b.askDecorative(it)
	case key.Matches(m, k.AltChecked):
		return b.check(it)
	case key.Matches(m, k.AltOffer):
		b.offer(it)
	case key.Matches(m, k.AltAgain):
		b.again(it)
	case key.Matches(m, k.AltPicture):
		b.togglePicture()
	case key.Matches(m, k.AltURL):
		b.env.Post(screen.Copy{What: b.env.Text.UI.Browse.TheURL, Text: b.cat.URL(it.Path)})
	case b.field.Update(m):
		b.draft()
	}
	return nil
}

// Keys are what works on the picture that is shown.
func (b *Bench) Keys() []key.Binding {
	k := b.env.Keys
	switch {
	case b.load != nil:
		return []key.Binding{k.Back}
	case b.err != nil:
		return []key.Binding{keys.As(k.Refresh, b.env.Text.UI.Browse.KeyRetry), k.Profiles, k.Back}
	}
	var out []key.Binding
	if it := b.item(); it != nil {
		out = append(out, b.itemKeys(it)...)
	}
	if b.at > 0 {
		out = append(out, k.AltPrev)
	}
	if len(b.queue) > 1 {
		out = append(out, k.AltNext)
	}
	if b.place.Folder != "" {
		scope := b.words().ScopeWhole
		if b.whole {
			scope = b.words().ScopeFolder
		}
		out = append(out, keys.As(k.AltScope, scope))
	}
	return append(out, k.Refresh, k.Back)
}

// itemKeys are those about the picture that is shown.
func (b *Bench) itemKeys(it *item) []key.Binding {
	k := b.env.Keys
	out := []key.Binding{k.AltSave}
	if b.w < 60 { // the one that matters most is never without room
		out[0] = keys.As(k.AltSave, b.env.Text.UI.Keys.Save)
	}
	if len(b.offered(it)) > 0 {
		out = append(out, k.AltOffer)
	}
	out = append(out, k.AltPicture, k.AltSkip)
	if it.Alt != "" && it.Class != alttext.Fine {
		out = append(out, k.AltChecked)
	}
	decorative := k.AltDecorative
	if it.Class == alttext.Decorative {
		decorative = keys.As(decorative, b.words().NotDecorative)
	}
	if out = append(out, decorative); b.last != "" {
		out = append(out, k.AltAgain)
	}
	return append(out, k.AltURL)
}

// Resize gives the area.
func (b *Bench) Resize(w, h int) { b.w, b.h = w, h }

// Title is the connection, the folder and how far the queue is.
func (b *Bench) Title() (crumbs []string, right string) {
	crumbs = []string{b.place.Connection, b.words().Title}
	if !b.whole {
		crumbs = append(crumbs, path.Clean(b.place.Folder))
	}
	if len(b.queue) == 0 || b.load != nil {
		return crumbs, ""
	}
	return crumbs, text.Fill(b.words().Position, "n", text.Thousands(int64(min(b.at+1, len(b.queue)))), "of", text.Thousands(int64(len(b.queue))))
}

// Typing is true while there is a picture to write about.
func (b *Bench) Typing() bool { return b.load == nil && b.err == nil && b.item() != nil }

// Losing names texts that are being written.
func (b *Bench) Losing() string {
	if b.saves > 0 {
		return text.Fill(b.words().Unsaved, "n", strconv.Itoa(b.saves))
	}
	return ""
}

// Unsaved names texts that are typed and not entered.
func (b *Bench) Unsaved() string {
	if n := b.unsaved(); n > 0 {
		return text.Fill(b.words().LeaveTitle, "n", strconv.Itoa(n))
	}
	return ""
}

// unsaved is how many texts are typed and not entered. One that was emptied is
// none: there is nothing to lose.
func (b *Bench) unsaved() (n int) {
	for _, typed := range b.drafts {
		if strings.TrimSpace(typed) != "" {
			n++
		}
	}
	return n
}

// Close ends the counting. What is being written is written.
func (b *Bench) Close() {
	b.load.Cancel()
	b.sight.Close()
}

func (b *Bench) words() *text.AltWords { return &b.env.Text.UI.Alt }

// errNoCatalogue is a world without alt texts.
var errNoCatalogue = errors.New("no alt texts can be kept here")

// open opens the connection's catalogue.
func (b *Bench) open(ctx context.Context, have world.AltTexts) (world.AltTexts, error) {
	if have != nil {
		return have, nil
	}
	cat, err := b.env.World.Catalogue(ctx, b.place.Connection)
	if err != nil {
		return nil, err
	}
	if alts, ok := cat.(world.AltTexts); ok {
		return alts, nil
	}
	return nil, errNoCatalogue
}
