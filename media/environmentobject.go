package media

import (
	"context"
	"time"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
)

const (
	// busyTries is how often an object is tried again after S3 still said
	// SlowDown to the last attempt of a request, with fewer requests each time.
	busyTries = 6
	// changedTries is how often an object is copied anew that changed just
	// then.
	changedTries = 3
)

// sort decides in the first pass: what is not there is copied, what is there
// and another is left to the comparison.
func (c *environmentCopy) sort(p pair) (end environmentEnd, todo bool) {
	switch {
	case p.from == nil:
		return end, false
	case len(c.t.space.Key(p.from.Path)) > address.MaxKeyBytes:
		e := c.event(*p.from)
		e.Err = nameError(&address.NameError{Code: address.NameTooLong, Path: e.To, Bytes: len(c.t.space.Key(p.from.Path))})
		end.event = &e
		return end, false
	case p.to == nil:
		return end, true
	case likenessOf(*p.from, *p.to) == unlike:
		return end, false
	}
	e := c.event(*p.from)
	e.Code = CodeSame
	end.event = &e
	return end, false
}

func (c *environmentCopy) event(from Item) Event {
	return Event{Type: EventItem, Op: OpCopy, Path: from.Path, Key: from.Key, To: c.target(from.Path), URL: c.t.URL(from.Path), Total: from.Size}
}

// target is the path of a copy in the source's space: the environment's
// directory lies in it.
func (c *environmentCopy) target(path string) string { return c.plan.ID + "/" + path }

// work is what the first pass does.
func (c *environmentCopy) work(ctx context.Context, p pair) environmentEnd {
	end, there := c.copy(ctx, *p.from, nil)
	if there != nil && likenessOf(*p.from, *there) == unlike {
		end.event = nil // the comparison looks closer
	}
	return end
}

// copy copies one object, over what is there where old is not nil. there is
// what else is under its name: then nothing was done, and the event is "same".
func (c *environmentCopy) copy(ctx context.Context, from Item, old *Item) (end environmentEnd, there *Item) {
	e := c.event(from)
	end.event = &e
	_, end.before, _ = c.own.of(from.Path)
	for try := 0; ; try++ {
		begin := time.Now()
		made, err := c.once(ctx, from, old, try)
		e.Left = made.left
		if err == nil {
			e.Bytes, e.Total, e.ETag = from.Size, from.Size, made.etag
			end.took = time.Since(begin)
			c.own.add(from.Path, made.etag, from.ETag)
			c.times.add(made.at)
			if made.hidden {
				c.hidden.Add(1)
			}
			end.verdict = verdictCopied
			if made.etag != from.ETag {
				end.verdict = verdictCopiedBySize
			}
			return end, nil
		}
		failed := asError(err, from.Path)
		switch {
		case failed.Code == CodeExists:
			if there, err = c.l.look(ctx, e.To); err == nil && there != nil {
				e.Code = CodeSame
				return end, there
			}
		case failed.Code == CodeBusy && try < busyTries:
			if pause(ctx, try) { // the flow was told of each attempt
				continue
			}
		case failed.Code == CodeNotFound && failed.Path == e.To && try < changedTries:
			old = nil // somebody removed it
			continue
		case (failed.Code == CodeChanged || failed.Code == CodeNotFound) && try < changedTries:
			now, err := c.l.look(ctx, from.Path)
			if err == nil && now == nil {
				e.Code = CodeSourceGone
				return end, nil
			}
			if err == nil {
				from = *now
				continue
			}
			failed = asError(err, from.Path)
		}
		if ctx.Err() != nil {
			failed = failure("s3:CopyObject", from.Path, ctx.Err())
		}
		e.Err = failed
		return end, nil
	}
}

// once copies under a name that is free, or over what is there. Where the
// server may not know the condition, the name is looked at before; after a
// first try, which may have copied, the name alone.
func (c *environmentCopy) once(ctx context.Context, from Item, old *Item, try int) (copied, error) {
	to := copyTarget{path: c.target(from.Path)}
	if old != nil {
		to.over = old.ETag
	}
	if !c.conditional.Load() || old != nil && !c.l.checksums {
		look := c.targetTaken
		if try > 0 || old != nil {
			look = c.l.look
		}
		there, err := look(ctx, to.path)
		if err == nil {
			err = to.takes(there)
		}
		if err != nil {
			return copied{}, err
		}
	}
	note, settle, err := c.noting(from, to.path)
	if err != nil {
		return copied{}, err
	}
	made, err := c.l.copyTo(c.flow.in(ctx), from, to, note)
	settle(made.left)
	if err == nil && old == nil && from.Size <= c.l.copyLimit && c.asked.CompareAndSwap(false, true) {
		c.learn(ctx, from, to)
	}
	return made, err
}

// learn finds out whether the server keeps to the condition of a copy: the
// same once more must be refused.
func (c *environmentCopy) learn(ctx context.Context, from Item, to copyTarget) {
	_, err := c.l.copyOnce(ctx, from, to)
	c.conditional.Store(err != nil && codeIn(err) == CodeExists)
}

// noting writes a copy in parts to the journal, in an entry of its own that
// settle ends: that it begins, and then what note is told. An upload that is
// left stays there for the next run.
func (c *environmentCopy) noting(from Item, to string) (note func(state string, data any) error, settle func(left string), err error) {
	if from.Size <= c.l.copyLimit {
		return nil, func(string) {}, nil
	}
	id := c.op.NextID()
	write := func(s journal.Step) error {
		s.ID = id
		if err := c.op.Write(s); err != nil {
			return journalFailure(from.Path, err)
		}
		return nil
	}
	err = write(journal.Step{Kind: kindEnvironmentParts, State: stateIntent,
		Data: intent{From: from.Key, To: c.l.space.Key(to), ETag: from.ETag, Size: from.Size}})
	note = func(state string, data any) error { return write(journal.Step{State: state, Data: data}) }
	return note, func(left string) {
		if left != "" {
			c.uploads.leave(id)
			return
		}
		c.op.Note(journal.Step{ID: id, State: journal.Done})
	}, err
}

// replace copies over a copy that this operation made of what the source was
// before. At no moment is there nothing.
func (c *environmentCopy) replace(ctx context.Context, from, old Item) environmentEnd {
	end, there := c.copy(ctx, from, &old)
	switch {
	case there != nil:
		return c.kept(from)
	case end.event.Err != nil:
		end.verdict = verdictDifferent
	}
	return end
}
