package catalog

import (
	"time"

	"github.com/mediadock/mediadock/media/privacy"
)

// Decided is what became of what a file told beside its content when it was
// uploaded (B10). It belongs to that content: of another one under the same
// name nothing is known.
type Decided struct {
	privacy.Decision
	// At is when; zero: not known.
	At time.Time `json:"at,omitzero"`
}

// decidedOf reads the columns.
func decidedOf(written string, ms int64) Decided {
	d, err := privacy.ParseDecision(written)
	if err != nil || d.Empty() {
		return Decided{}
	}
	return Decided{d, timeOf(ms)}
}

// columns are how it is kept.
func (d Decided) columns() (written string, ms int64) {
	if d.Empty() {
		return "", 0
	}
	return clean(d.String()), millis(d.At)
}

func sameDecided(a, b Decided) bool {
	writtenA, atA := a.columns()
	writtenB, atB := b.columns()
	return writtenA == writtenB && atA == atB
}

// PrivateOf is what was decided about the content of an ETag: nothing where
// the catalogue knows another content under that name.
func (e Entry) PrivateOf(etag string) Decided {
	if otherContent(e.ETag, etag) {
		return Decided{}
	}
	return e.Private
}

// after tells whether d says something that is not there yet, nor older than
// what is.
func (d Decided) after(there Decided) bool {
	return !d.Empty() && !sameDecided(d, there) && millis(d.At) >= millis(there.At)
}

// decidedWith is what is known of a file that was renamed to m.To: old is the
// original, or what was there before where that is not known.
func (m Move) decidedWith(old Entry, known bool) Decided {
	switch {
	case m.Uploaded != nil:
		return *m.Uploaded
	case !known && otherContent(old.ETag, m.To.ETag):
		return Decided{}
	}
	return old.Private
}

// otherContent tells whether two ETags are known and differ.
func otherContent(a, b string) bool { return a != "" && b != "" && a != b }

// decideLate lets what was decided follow a rename that is noted only now,
// unless something was decided about either name since, or another content is
// there.
func (w *writer) decideLate(m Move, old Entry, known bool) {
	private := old.Private
	switch {
	case m.Uploaded != nil:
		private = *m.Uploaded
	case !known || m.From == m.To.Path || private.At.After(m.At):
		return
	}
	if known && m.From != m.To.Path && !old.Private.At.After(m.At) {
		from := w.at(m.From).now
		from.Private = Decided{}
		w.put(from)
	}
	to, there := w.find(m.To.Path)
	if there && !to.Private.At.After(m.At) && !otherContent(to.ETag, m.To.ETag) {
		to.Private = private
		w.put(to)
	}
}

// cells are how it is written in a spreadsheet.
func (d Decided) cells() []string {
	written, _ := d.columns()
	if written == "" || d.At.IsZero() {
		return []string{written, ""}
	}
	return []string{written, d.At.UTC().Format(time.RFC3339Nano)}
}

// decidedIn reads cells; nil where they say nothing.
func decidedIn(written, at string) (*Decided, error) {
	var d Decided
	var err error
	if d.Decision, err = privacy.ParseDecision(written); err != nil || d.Empty() {
		return nil, err
	}
	if at != "" {
		if d.At, err = time.Parse(time.RFC3339, at); err != nil {
			return nil, err
		}
		d.At = d.At.UTC().Truncate(time.Millisecond)
	}
	return &d, nil
}
