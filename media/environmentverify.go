package media

import (
	"context"

	"github.com/mediadock/mediadock/media/address"
)

// verdict is what the comparison says of a path.
type verdict int

const (
	verdictNone verdict = iota
	verdictETag
	verdictChecksum
	verdictSize
	verdictCopied       // it was missing, and is copied now
	verdictCopiedBySize // so, and has another ETag
	verdictMissing
	verdictDifferent
	verdictExtra
)

// add counts an end of the comparison.
func (c *EnvironmentCheck) add(n environmentEnd, phase string) {
	if phase != PhaseVerify {
		return
	}
	if n.from != nil && n.verdict != verdictExtra {
		c.Source++
		c.SourceBytes += n.from.Size
	}
	switch n.verdict {
	case verdictMissing, verdictNone:
	case verdictCopied, verdictCopiedBySize:
		c.Target++
		c.TargetBytes += n.size()
	default:
		c.Target++
		if n.to != nil {
			c.TargetBytes += n.to.Size
		}
	}
	if n.again && n.made() {
		c.Gone++
		example(&c.GonePaths, n.path())
	}
	switch n.verdict {
	case verdictETag, verdictCopied:
		c.ByETag++
	case verdictChecksum:
		c.ByChecksum++
	case verdictSize, verdictCopiedBySize:
		c.BySize++
	case verdictMissing:
		c.Missing++
		example(&c.MissingPaths, n.path())
	case verdictDifferent:
		c.Different++
		example(&c.DifferentPaths, n.path())
	case verdictExtra:
		c.Extra++
		example(&c.ExtraPaths, n.path())
	}
}

// size is how many bytes the path has in the source, or where it has it not,
// in the environment.
func (n environmentEnd) size() int64 {
	if n.from != nil {
		return n.from.Size
	}
	return n.to.Size
}

// compare tells what two listings tell of a path, or that it takes a closer
// look.
func (c *environmentCopy) compare(p pair) (end environmentEnd, todo bool) {
	switch {
	case p.from == nil && c.l.inOrder:
		end.verdict = verdictExtra
	case p.from == nil || p.to == nil:
		if p.from != nil && len(c.t.space.Key(p.from.Path)) > address.MaxKeyBytes {
			end.verdict = verdictMissing
			return end, false
		}
		return end, true
	default:
		switch likenessOf(*p.from, *p.to) {
		case alike:
			end.verdict = verdictETag
		case doubtful:
			sums := !inParts(p.from.ETag) && !inParts(p.to.ETag)
			switch {
			case c.plan.options.Checksums:
				return end, true
			case c.madeOf(*p.from, *p.to): // S3 copied it under the condition of this ETag
			case sums, !p.to.Modified.After(p.from.Modified):
				return end, true
			}
			end.verdict = verdictSize
		default:
			return end, true
		}
	}
	return end, false
}

// settle takes a closer look at a path, and copies what is missing or was
// changed in the source since.
func (c *environmentCopy) settle(ctx context.Context, p pair) environmentEnd {
	from, to := p.from, p.to
	var err error
	if from == nil { // a server without order may have told it at another place
		if from, err = c.l.look(ctx, p.to.Path); err != nil || from == nil {
			return c.unseen(p, err, verdictExtra)
		}
	}
	if to == nil && !c.l.inOrder {
		if to, err = c.l.look(ctx, c.target(from.Path)); err != nil {
			return c.unseen(p, err, verdictMissing)
		}
	}
	if to == nil {
		end, there := c.copy(ctx, *from, nil)
		end.again = end.before
		switch {
		case there != nil:
			return c.closer(ctx, *from, *there)
		case end.event.Code == CodeSourceGone:
			end.verdict = verdictNone
		case end.event.Err != nil:
			end.verdict = verdictMissing
		}
		return end
	}
	return c.closer(ctx, *from, *to)
}

func (c *environmentCopy) unseen(p pair, err error, v verdict) environmentEnd {
	if err == nil {
		return environmentEnd{verdict: v}
	}
	item := p.from
	if item == nil {
		item = p.to
	}
	e := c.event(*item)
	e.Err = asError(err, item.Path)
	return environmentEnd{event: &e, verdict: v}
}

// closer asks for both objects' heads.
func (c *environmentCopy) closer(ctx context.Context, from, to Item) environmentEnd {
	a, err := c.l.head(ctx, from.Key, withChecksum)
	if err != nil {
		failed := c.l.headFailure(ctx, from.Path, err)
		if failed.Code == CodeNotFound {
			return environmentEnd{verdict: verdictExtra}
		}
		return c.unseen(pair{from: &from}, failed, verdictDifferent)
	}
	target := c.target(from.Path)
	b, err := c.l.head(ctx, c.l.space.Key(target), withChecksum)
	if err != nil {
		failed := c.l.headFailure(ctx, target, err)
		if failed.Code == CodeNotFound {
			end, _ := c.copy(ctx, c.l.itemOfHead(from.Path, a), nil)
			if end.event.Err != nil {
				end.verdict = verdictMissing
			}
			return end
		}
		return c.unseen(pair{from: &from}, failed, verdictDifferent)
	}
	from, to = c.l.itemOfHead(from.Path, a), c.t.itemOfHead(from.Path, b)
	sums := inParts(from.ETag) || inParts(to.ETag) || isKMS(from.Encryption) || isKMS(to.Encryption)
	outdated := c.outdated(from, to)
	switch same := sameChecksum(a, b); {
	case from.Size != to.Size:
	case from.ETag == to.ETag:
		return environmentEnd{verdict: verdictETag}
	case same == yes:
		return environmentEnd{verdict: verdictChecksum}
	case same == unknown && sums && !outdated && !to.Modified.Before(from.Modified):
		return environmentEnd{verdict: verdictSize}
	}
	if outdated {
		return c.replace(ctx, from, to)
	}
	return c.kept(from)
}

// kept says that something else is under the name, and stays.
func (c *environmentCopy) kept(from Item) environmentEnd {
	e := c.event(from)
	e.Err = refuse(CodeExists, e.To)
	_, before, _ := c.own.of(from.Path)
	return environmentEnd{event: &e, verdict: verdictDifferent, before: before}
}
