package tuitest

import (
	"context"
	"slices"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Connections answers Conns.
func (w *World) Connections(ctx context.Context) ([]world.Connection, error) {
	if w.Reading != nil {
		select {
		case <-w.Reading:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.Conns), nil
}

// Drafts answers what was kept.
func (w *World) Drafts(context.Context) ([]world.Draft, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.Kept), w.DraftsErr
}

// Draft finds a draft by its name.
func (w *World) Draft(name string) (world.Draft, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, d := range w.Kept {
		if d.Name == name {
			return d, true
		}
	}
	return world.Draft{}, false
}

// SaveDraft keeps a draft.
func (w *World) SaveDraft(_ context.Context, d world.Draft) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.KeepErr != nil {
		return w.KeepErr
	}
	d.SavedAt = Now
	if d.Pasted != nil {
		w.keepPasted(d.Name, d.Pasted)
	}
	w.Kept = slices.DeleteFunc(w.Kept, func(x world.Draft) bool { return x.Name == d.Name })
	w.Kept = append([]world.Draft{d}, w.Kept...)
	return nil
}

// DeleteDraft drops a draft.
func (w *World) DeleteDraft(_ context.Context, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Kept = slices.DeleteFunc(w.Kept, func(x world.Draft) bool { return x.Name == name })
	return nil
}

// Lock answers Locks.
func (w *World) Lock(_ context.Context, name string) (world.Lock, error) { return w.Locks[name], nil }

// SaveConnection saves, unless SaveErr is set.
func (w *World) SaveConnection(ctx context.Context, name string, was, s wizard.Settings, r awscheck.Report) error {
	if w.SaveErr != nil {
		return w.SaveErr
	}
	_ = w.DeleteDraft(ctx, name)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Saved[name], w.Was[name] = s, was
	w.Conns = slices.DeleteFunc(w.Conns, func(c world.Connection) bool { return c.Name == name })
	w.Conns = append(w.Conns, world.Connection{Name: name, Settings: s, SavedAt: Now, Verdict: r.Verdict, TestedAt: Now, Media: -1})
	return nil
}

// ForgetConnection drops a connection.
func (w *World) ForgetConnection(_ context.Context, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Conns = slices.DeleteFunc(w.Conns, func(c world.Connection) bool { return c.Name == name })
	return nil
}

// Consented answers Agreed; a connection that is not in it need not agree.
func (w *World) Consented(_ context.Context, name string) (bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	yes, asked := w.Agreed[name]
	return yes || !asked, nil
}

// Consent records.
func (w *World) Consent(_ context.Context, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Agreed[name] = true
	return nil
}

// StripFromNowOn records.
func (w *World) StripFromNowOn(_ context.Context, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Stripped = append(w.Stripped, name)
	return nil
}
