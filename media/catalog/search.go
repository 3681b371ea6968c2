package catalog

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
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
	// Folder, ending in a slash, narrows to what lies under it.
	Folder      string
	From, Until time.Time // stored at From or later, before Until
}

// Limits of a search.
const (
	Shown   = 100  // hits that are given
	Counted = 1000 // hits that are counted
)

// Hits are what a search found, the newest first.
type Hits struct {
	Entries []Entry // at most Shown
	Total   int     // at most Counted
	More    bool    // there are more than Total: say "1,000+"
}

// Search finds present files, the newest first.
func (p *Place) Search(ctx context.Context, q Query) (Hits, error) {
	var h Hits
	err := p.Each(ctx, q, func(e Entry) error {
		if h.Total == Counted {
			h.More = true
			return errEnough
		}
		h.Total++
		if len(h.Entries) < Shown {
			h.Entries = append(h.Entries, e)
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return h, err
}

var errEnough = errors.New("catalog: enough")

// Each calls yield for everything that a search finds, the newest first, until
// it returns an error, which Each then returns.
func (p *Place) Each(ctx context.Context, q Query, yield func(Entry) error) error {
	from, to := span(p.id)
	if !q.From.IsZero() {
		from = max(from, firstID(p.id, q.From.Add(-spill)))
	}
	if !q.Until.IsZero() {
		to = min(to, lastID(p.id, q.Until))
	}
	tokens, check := q.match()
	err := p.c.engine.search(ctx, p.c, tokens, from, to, func(e Entry) error {
		if !q.inTime(e) || !strings.HasPrefix(e.Path, q.Folder) || !holdsAll(e, check) {
			return nil
		}
		return yield(e)
	})
	return p.c.engine.failure(err)
}

// match is what the index is asked; check are the words that each row still
// has to be looked at for.
func (q Query) match() (tokens, check []string) {
	for _, w := range strings.Fields(fold(q.Text)) {
		more, exact := sought(w)
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
