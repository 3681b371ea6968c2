package tuitest

import (
	"context"
	"maps"

	"github.com/mediadock/mediadock/wizard"
)

// Pasted answers Marked.
func (w *World) Pasted(_ context.Context, name string) map[string]wizard.PasteRecord {
	w.mu.Lock()
	defer w.mu.Unlock()
	return maps.Clone(w.Marked[name])
}

// KeepPasted keeps in Marked, unless WriteErr is set.
func (w *World) KeepPasted(_ context.Context, name string, records map[string]wizard.PasteRecord) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.WriteErr != nil {
		return w.WriteErr
	}
	w.keepPasted(name, records)
	return nil
}

func (w *World) keepPasted(name string, records map[string]wizard.PasteRecord) {
	if w.Marked == nil {
		w.Marked = map[string]map[string]wizard.PasteRecord{}
	}
	w.Marked[name] = maps.Clone(records)
}
