package media

import "time"

// CopyInPartsAbove makes copies above a size go in parts.
func (l *Library) CopyInPartsAbove(limit, part int64) { l.copyLimit, l.copyPart = limit, part }

// SettleAfter sets how old a copy must be that is removed though it may be
// somebody else's.
func (l *Library) SettleAfter(d time.Duration) { l.settleTime = d }

// ClaimsLive sets after how long a claim may be taken over.
func (l *Library) ClaimsLive(d time.Duration) { l.claimLife = d }

// TrustCopiesFor sets how long a rename relies on its copies.
func (l *Library) TrustCopiesFor(d time.Duration) { l.copyTrust = d }

// LookAgainAfter sets how old a plan's look may be on a custom endpoint.
func (l *Library) LookAgainAfter(d time.Duration) { l.lookAgain = d }
