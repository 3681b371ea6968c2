package tuitest

import (
	"context"
	"sync"

	"github.com/mediadock/mediadock/media/audit"
	"github.com/mediadock/mediadock/tui/world"
)

// Audited is a World whose audits find what they are given.
type Audited struct {
	*World
	Findings []audit.Finding
	Commands map[string]string // by path
	Ends     world.Audited     // Findings apart
	Err      error             // after the findings
	MendErr  error
	Theirs   map[string]bool // paths that somebody has changed meanwhile
	// Gate, when not nil, holds every finding and every mending back until
	// something is received.
	Gate chan struct{}

	mu     sync.Mutex
	Deeps  []bool // of each audit
	Mended []string
}

var _ world.Auditor = (*Audited)(nil)

func (a *Audited) wait(ctx context.Context) error {
	if a.Gate == nil {
		return ctx.Err()
	}
	select {
	case <-a.Gate:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Audit tells the findings that are not mended.
func (a *Audited) Audit(ctx context.Context, _ string, deep bool, progress func(audit.Step, int), found func(audit.Finding, string) error) (world.Audited, error) {
	a.mu.Lock()
	a.Deeps = append(a.Deeps, deep)
	mended := map[string]bool{}
	for _, p := range a.Mended {
		mended[p] = true
	}
	a.mu.Unlock()
	ends := a.Ends
	ends.Findings = map[audit.Kind]int{}
	progress(audit.Listing, ends.Files)
	for _, f := range a.Findings {
		if mended[f.Path] || !deep && (f.Kind == audit.Type || f.Kind == audit.Foreign) {
			continue
		}
		if err := a.wait(ctx); err != nil {
			return ends, err
		}
		ends.Findings[f.Kind]++
		if err := found(f, a.Commands[f.Path]); err != nil {
			return ends, err
		}
	}
	return ends, a.Err
}

// Mend keeps what was mended.
func (a *Audited) Mend(ctx context.Context, _ string, f audit.Finding) (bool, error) {
	if err := a.wait(ctx); err != nil {
		return false, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.MendErr != nil || a.Theirs[f.Path] {
		return false, a.MendErr
	}
	a.Mended = append(a.Mended, f.Path)
	return true, nil
}
