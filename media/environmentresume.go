package media

import "time"

// countedPlan is what a plan counted, as the journal keeps it: a copy that was
// cut short goes on without listing everything once more before the first
// object. What changed meanwhile is found when both are compared.
type countedPlan struct {
	Objects       int64         `json:"objects"`
	Bytes         int64         `json:"bytes"`
	Large         int64         `json:"large,omitempty"`
	LargeBytes    int64         `json:"largeBytes,omitempty"`
	Archived      int64         `json:"archived,omitempty"`
	ArchivedBytes int64         `json:"archivedBytes,omitempty"`
	ArchivedPaths []string      `json:"archivedPaths,omitempty"`
	TooLong       int64         `json:"tooLong,omitempty"`
	TooLongPaths  []string      `json:"tooLongPaths,omitempty"`
	Probes        int64         `json:"probes,omitempty"`
	Markers       int64         `json:"markers,omitempty"`
	Environments  int           `json:"environments,omitempty"`
	Listing       time.Duration `json:"listing,omitempty"`
}

// counted is nil of a plan into a directory that had objects: what of the rest
// is there already only another listing tells.
func (p *EnvironmentPlan) counted() *countedPlan {
	if p.Same+p.Different+p.Foreign > 0 {
		return nil
	}
	return &countedPlan{
		Objects: p.Objects, Bytes: p.Bytes, Large: p.Large, LargeBytes: p.LargeBytes,
		Archived: p.Archived, ArchivedBytes: p.ArchivedBytes, ArchivedPaths: p.ArchivedPaths,
		TooLong: p.TooLong, TooLongPaths: p.TooLongPaths,
		Probes: p.Probes, Markers: p.Markers, Environments: p.Environments, Listing: p.listing,
	}
}

// resume takes what an interrupted copy has counted and done; false where
// everything has to be listed.
func (p *EnvironmentPlan) resume(left *environmentLeft) bool {
	k, done := left.operation.Counted, left.cursor
	if k == nil || left.entry == 0 || done.Done == 0 {
		return false
	}
	p.Objects, p.Bytes, p.Large, p.LargeBytes = k.Objects, k.Bytes, k.Large, k.LargeBytes
	p.Archived, p.ArchivedBytes, p.ArchivedPaths = k.Archived, k.ArchivedBytes, k.ArchivedPaths
	p.TooLong, p.TooLongPaths = k.TooLong, k.TooLongPaths
	p.Probes, p.Markers, p.Environments, p.listing = k.Probes, k.Markers, k.Environments, k.Listing
	p.Same, p.SameBytes = min(done.Done, k.Objects), min(done.Bytes, k.Bytes)
	p.ToCopy = max(0, k.Objects-k.TooLong-p.Same)
	p.BytesToCopy = k.Bytes - p.SameBytes
	return true
}
