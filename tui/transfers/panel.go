package transfers

import (
	"sort"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/keys"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/vlist"
)

// Verb is something that the person wants done.
type Verb int

// The verbs. Nothing means that the key was the panel's own.
const (
	Nothing Verb = iota
	Leave
	CancelFile
	CancelAll
	RetryFile
	RetryAll
	Pause
	CopyURL
	Discard
	Details
)

// Panel shows a log as a list, and says which of its keys was pressed. Costs
// are those of the rows on the screen.
type Panel struct {
	env  *screen.Env
	log  *Log
	list vlist.List
	w, h int

	only   bool // problems alone
	moved  bool // the person has moved the cursor: it does not follow any more
	at     row  // what the cursor stands on
	Paused bool // the queue is held
}

// row is a line of the list: a file, or with file -1 the operation itself.
type row struct {
	op   *Operation
	file int
}

// NewPanel shows a log.
func NewPanel(env *screen.Env, log *Log) *Panel { return &Panel{env: env, log: log} }

// Open shows the panel from where work goes on.
func (p *Panel) Open() {
	p.moved, p.only, p.at = false, false, row{}
	p.Sync()
	if !p.log.Busy() {
		p.list.Move(p.list.Len())
		p.remember()
		p.moved = true
	}
}

// Resize gives the area.
func (p *Panel) Resize(w, h int) {
	p.w, p.h = w, h
	p.list.SetHeight(p.rows())
	p.Sync()
}

// Sync brings the list up to date: the cursor stays on its file, or follows
// the work while nobody has moved it.
func (p *Panel) Sync() {
	p.list.SetLen(p.count())
	if !p.moved {
		p.follow()
		return
	}
	if i, ok := p.find(p.at); ok {
		p.list.Select(i)
		return
	}
	p.remember()
}

// follow puts the cursor on the first file that is on its way.
func (p *Panel) follow() {
	for _, o := range p.log.ops {
		if o.Begun.IsZero() || !o.Ended.IsZero() {
			continue
		}
		first := -1
		for i := range o.open {
			if first < 0 || i < first {
				first = i
			}
		}
		if i, ok := p.find(row{o, first}); ok {
			p.list.Select(i)
		}
		break
	}
	p.remember()
}

func (p *Panel) remember() { p.at, _ = p.current() }

func (p *Panel) current() (row, bool) {
	if i := p.list.Cursor(); i >= 0 {
		return p.row(i)
	}
	return row{}, false
}

// shown is how many rows an operation has.
func (p *Panel) shown(o *Operation) int {
	switch {
	case !p.only:
		return 1 + len(o.Files)
	case len(o.problems) > 0:
		return 1 + len(o.problems)
	}
	return 0
}

func (p *Panel) count() int {
	n := 0
	for _, o := range p.log.ops {
		n += p.shown(o)
	}
	return n
}

// row is what stands in a row.
func (p *Panel) row(i int) (row, bool) {
	for _, o := range p.log.ops {
		n := p.shown(o)
		switch {
		case i >= n:
			i -= n
			continue
		case i == 0:
			return row{o, -1}, true
		case p.only:
			return row{o, o.problems[i-1]}, true
		}
		return row{o, i - 1}, true
	}
	return row{}, false
}

// find is the row of something; of a file that is not shown, its operation's.
func (p *Panel) find(r row) (int, bool) {
	base := 0
	for _, o := range p.log.ops {
		n := p.shown(o)
		if o != r.op {
			base += n
			continue
		}
		switch {
		case n == 0:
			return 0, false
		case r.file < 0:
			return base, true
		case !p.only:
			return base + 1 + r.file, r.file < len(o.Files)
		}
		for k, i := range o.problems {
			if i == r.file {
				return base + 1 + k, true
			}
		}
		return base + 1 + min(sort.SearchInts(o.problems, r.file), n-2), true
	}
	return 0, false
}

// At is the operation under the cursor, and its file; nil where there is none.
func (p *Panel) At() (*Operation, *File) {
	r, ok := p.current()
	if !ok {
		return nil, nil
	}
	if r.file < 0 {
		return r.op, nil
	}
	return r.op, &r.op.Files[r.file]
}

// Index is the index of the file under the cursor, -1 without.
func (p *Panel) Index() int {
	if r, ok := p.current(); ok {
		return r.file
	}
	return -1
}

// Key takes a key and says what is wanted; ok tells whether it was a key of the
// panel.
func (p *Panel) Key(m tea.KeyPressMsg) (v Verb, ok bool) {
	k := p.env.Keys
	if p.list.Key(m, k) {
		p.moved = true
		p.remember()
		return Nothing, true
	}
	if key.Matches(m, k.Problems) {
		p.only = !p.only
		p.list.SetLen(p.count())
		if i, ok := p.find(p.at); ok {
			p.list.Select(i)
		} else if p.only {
			p.list.Select(0)
		}
		p.remember()
		return Nothing, true
	}
	for _, c := range p.can() {
		if key.Matches(m, c.key) {
			p.moved = p.moved || c.verb == CancelFile || c.verb == RetryFile // it stays where it acted
			return c.verb, true
		}
	}
	return Nothing, key.Matches(m, k.StopFile, k.StopAll, k.RetryFile, k.RetryAll, k.Pause, k.Discard, k.URL)
}

// Turn moves the cursor by rows, as the wheel does.
func (p *Panel) Turn(rows int) {
	p.list.Move(rows)
	p.moved = true
	p.remember()
}

// Spots are the rows that can be clicked, the first at y.
func (p *Panel) Spots(y int) []screen.Spot { return p.list.Spots(y, p.w, p.env.Keys.Open) }

// Pick puts the cursor on a row that was clicked.
func (p *Panel) Pick(i int) {
	if i >= p.list.Len() {
		return
	}
	p.list.Select(i)
	p.moved = true
	p.remember()
}

type ability struct {
	key  key.Binding
	verb Verb
}

// can is what can be done now, the most useful first.
func (p *Panel) can() []ability {
	k, w := p.env.Keys, &p.env.Text.UI.Transfers
	var out []ability
	add := func(b key.Binding, v Verb) { out = append(out, ability{b, v}) }
	o, f := p.At()
	if f != nil {
		switch {
		case (f.State == Waiting || f.State == Running) && o.Each:
			add(k.StopFile, CancelFile)
		case f.State == Interrupted && f.Code == "" && !f.Again:
			add(keys.As(k.RetryFile, w.Resume), RetryFile)
		case o.Each && !o.Ended.IsZero() && f.Retries():
			add(keys.As(k.RetryFile, p.retry(f)), RetryFile)
		}
		if !f.Again && (f.State == Interrupted || f.Kept && !o.Ended.IsZero()) {
			add(k.Discard, Discard)
		}
		if f.State == Done && f.URL != "" {
			add(keys.As(k.URL, p.env.Text.UI.Browse.KeyURL), CopyURL)
		}
	} else if o != nil && o.Each && !o.Ended.IsZero() && o.LeftOut() > 0 {
		add(keys.As(k.RetryFile, text.Fill(w.AskLeftOut, "n", text.Thousands(int64(o.LeftOut())))), RetryFile)
	}
	if p.Failed() > 0 {
		add(k.RetryAll, RetryAll)
	}
	if p.log.Busy() {
		if pause := k.Pause; p.Paused {
			add(keys.As(pause, w.GoOn), Pause)
		} else {
			add(pause, Pause)
		}
		add(k.StopAll, CancelAll)
	}
	if f != nil {
		add(keys.As(k.Open, p.env.Text.UI.Browse.KeyInfo), Details)
	}
	add(k.Back, Leave)
	add(keys.As(k.Transfers, w.Close), Leave)
	return out
}

// retry names trying a file again: what the plan left out is asked about.
func (p *Panel) retry(f *File) string {
	if f.Ask {
		return p.env.Text.UI.Transfers.AskAgain
	}
	return p.env.Text.UI.Keys.RetryFile
}

// Failed is how many files can be planned once more because they failed.
func (p *Panel) Failed() int {
	n := 0
	for _, o := range p.log.ops {
		if o.Ended.IsZero() {
			continue
		}
		for _, i := range o.problems {
			if o.Files[i].State == Failed && o.Files[i].Retries() {
				n++
			}
		}
	}
	return n
}

// Keys are those that work now.
func (p *Panel) Keys() []key.Binding {
	k, w := p.env.Keys, &p.env.Text.UI.Transfers
	var out []key.Binding
	for _, c := range p.can() {
		if c.verb == Leave && !key.Matches(tea.KeyPressMsg{Code: tea.KeyEscape}, c.key) {
			continue // esc says it
		}
		if c.verb == Leave {
			filter := k.Problems
			if p.only {
				filter = keys.As(filter, w.All)
			}
			out = append(out, filter)
		}
		out = append(out, c.key)
	}
	return out
}
