package media

import "time"

// alike tells who wants to know it that a path has the same content on both
// sides, once the comparison has found it so or has copied it.
func (c *environmentCopy) alike(n environmentEnd, phase string) {
	if c.plan.options.Alike == nil || phase != PhaseVerify {
		return
	}
	to := Item{Path: n.path(), Key: c.t.space.Key(n.path()), Size: n.size()}
	switch n.verdict {
	case verdictETag, verdictChecksum, verdictSize:
		if n.to != nil {
			to = *n.to
		}
	case verdictCopied, verdictCopiedBySize:
		to.ETag, to.Modified = n.event.ETag, time.Now().UTC().Truncate(time.Second)
	default:
		return
	}
	from := ""
	if n.from != nil {
		from = n.from.ETag
	}
	c.plan.options.Alike(from, to)
}
