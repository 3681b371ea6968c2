package catalog

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/mediadock/mediadock/media/privacy"
)

// Query says what is looked for; empty parts do not narrow it.
type Query struct {
	// Text are words, parted by blanks, that name, alt text, tags or creator
	// hold, all of them. A word of one or two Latin letters is looked for at
	// the beginning of words only.
	Text       string
	Tags       []string // whole tags, all of them
	Creator    string   // a whole creator
	Kind       string   // one of Kinds
	MissingAlt bool     // pictures without alt text
	Private    string   // one of privacy.DecisionKinds
	// Folder, ending in a slash, narrows to what lies under it.
	Folder      string
	From, Until time.Time // stored at From or later, before Until
}

// Limits of a search.
const (
	Shown   = 100  // hits that Search gives
	Counted = 1000 // hits that Count counts
)

// Hits are the first that a search found, the newest first.
type Hits struct {
	Entries []Entry // at most Shown
	More    bool    // there are more: Count says how many
}

// Search finds present files: the first Shown, the newest first. How many there
// are altogether takes longer to find out, and is Count's.
func (p *Place) Search(ctx context.Context, q Query) (Hits, error) {
	var h Hits
	err := p.each(ctx, q, Shown+1, func(e Entry) error {
		if len(h.Entries) == Shown {
			h.More = true
			return errEnough
		}
		h.Entries = append(h.Entries, e)
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return h, err
}

// Total is how many files a search finds.
type Total struct {
	Files int  // at most Counted
	More  bool // there are more than Files: say "1,000+"
}

// Count counts what a search finds, up to Counted. Where the index alone decides,
// no row is read for it.
func (p *Place) Count(ctx context.Context, q Query) (Total, error) {
	var n int
	var err error
	if a, _ := p.ask(q); !a.check && q.From.IsZero() && q.Until.IsZero() {
		n, err = p.c.engine.count(ctx, p.c, a, Counted+1)
		err = p.c.engine.failure(err)
	} else {
		err = p.each(ctx, q, Counted+1, func(Entry) error {
			if n++; n > Counted {
				return errEnough
			}
			return nil
		})
		if errors.Is(err, errEnough) {
			err = nil
		}
	}
	return Total{Files: min(n, Counted), More: n > Counted}, err
}

var errEnough = errors.New("catalog: enough")

// Each calls yield for everything that a search finds, the newest first, until
// it returns an error, which Each then returns.
func (p *Place) Each(ctx context.Context, q Query, yield func(Entry) error) error {
	return p.each(ctx, q, 0, yield)
}

// each is Each, where so many hits are wanted; 0: all.
func (p *Place) each(ctx context.Context, q Query, wanted int, yield func(Entry) error) error {
	a, check := p.ask(q)
	a.first = wanted
	err := p.c.engine.search(ctx, p.c, a, func(e Entry) error {
		if !q.inTime(e) || !strings.HasPrefix(e.Path, q.Folder) || !holdsAll(e, check) {
			return nil
		}
		return yield(e)
	})
	return p.c.engine.failure(err)
}

// ask is what the engine is asked, and the words that each row still has to be
// looked at for.
func (p *Place) ask(q Query) (a ask, check []string) {
	a.from, a.to = span(p.id)
	if !q.From.IsZero() {
		a.from = max(a.from, firstID(p.id, q.From.Add(-spill)))
	}
	if !q.Until.IsZero() {
		a.to = min(a.to, lastID(p.id, q.Until))
	}
	cut := p.cut.Load()
	a.tokens, check = q.match(cut)
	a.check = len(check) > 0 || q.Folder != "" && !q.byFolder(cut)
	return a, check
}

// byFolder tells whether the index knows what lies in the folder.
func (q Query) byFolder(cut int64) bool {
	return cut != cutThrees && strings.HasSuffix(q.Folder, "/")
}

// match is what the index is asked, as the rows were cut; check are the words that each row still
// has to be looked at for.
func (q Query) match(cut int64) (tokens, check []string) {
	for _, w := range strings.Fields(fold(q.Text)) {
		more, exact := sought(w, cut)
		tokens = append(tokens, more...)
		if !exact {
			check = append(check, w)
		}
	}
	for _, t := range CleanTags(q.Tags) {
		tokens = append(tokens, tagToken(t))
	}
	if q.Creator != "" {
		tokens = append(tokens, creatorToken(q.Creator))
	}
	if q.Kind != "" {
		kind := q.Kind
		if !slices.Contains(Kinds(), kind) {
			kind = "none" // nothing is of it
		}
		tokens = append(tokens, kindToken(kind))
	}
	if q.MissingAlt {
		tokens = append(tokens, missingToken)
	}
	if q.Private != "" {
		kind := q.Private
		if !slices.Contains(privacy.DecisionKinds(), kind) {
			kind = "none"
		}
		tokens = append(tokens, privateToken(kind))
	}
	if q.byFolder(cut) {
		tokens = append(tokens, folderToken(q.Folder))
	}
	slices.Sort(tokens)
	return slices.Compact(tokens), check
}

// inTime is exact where the ids are not: they count seconds, and a full second
// goes on in the one before.
func (q Query) inTime(e Entry) bool {
	return (q.From.IsZero() || !e.Modified.Before(q.From)) && (q.Until.IsZero() || e.Modified.Before(q.Until))
}

func holdsAll(e Entry, words []string) bool {
	if len(words) == 0 {
		return true
	}
	text := e.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
