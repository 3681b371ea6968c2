package tuitest

import (
	"context"
	"errors"

	"github.com/mediadock/mediadock/wizard"
)

// Assets answers Found, cut short where MoreFound is set; an error without.
func (w *World) Assets(context.Context, wizard.Settings) ([]string, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.Found == nil {
		return nil, false, errors.New("nothing can be listed here")
	}
	return w.Found, w.MoreFound, nil
}
