package media

import "time"

// CopyInPartsAbove makes copies above a size go in parts.
func (l *Library) CopyInPartsAbove(limit, part int64) { l.copyLimit, l.copyPart = limit, part }

// LookAgainAfter sets how old a plan's look may be on a custom endpoint.
func (l *Library) LookAgainAfter(d time.Duration) { l.lookAgain = d }
