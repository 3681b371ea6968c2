package plain

import (
	"context"
	"time"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// closing bounds what is written at the end: a small local file.
const closing = 3 * time.Second

// unnamed is the draft's name while the bucket is not known.
const unnamed = "new"

// draftName is what the draft is called: like the connection, once the bucket
// is known and its name is not another connection's.
func (a *asker) draftName() string {
	if a.name != "" {
		return a.name
	}
	if b := a.flow.Settings().Bucket; b != "" && a.flow.Problem("bucket") == nil && !a.taken[b] {
		return b
	}
	return unnamed
}

// names finds out which names are other connections'.
func (a *asker) names(ctx context.Context) {
	a.taken = map[string]bool{}
	conns, _ := a.world.Connections(ctx) // what cannot be read is said when it is to be replaced
	for _, c := range conns {
		if !a.edit || c.Name != a.name {
			a.taken[c.Name] = true
		}
	}
}

// keepStep keeps the answers at the end of a step, so that nothing is lost
// however the program ends. That it could not is said at the end.
func (a *asker) keepStep() {
	if a.changed {
		_, _ = a.put()
	}
}

// keep keeps the answers when the questions end unfinished, also when the
// context has ended, and says so.
func (a *asker) keep() {
	name, err := a.put()
	a.t.line("")
	if err != nil {
		a.t.line(text.Fill(a.c.UI.Setup.DraftNotKept, "reason", safe(err.Error())))
		return
	}
	a.t.line(text.Fill(a.c.UI.Setup.DraftKept, "name", safe(name)))
}

// put writes the draft; one that lies under an earlier name goes.
func (a *asker) put() (name string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	d := world.Draft{Name: a.draftName(), Settings: a.flow.Settings(), Step: a.flow.Step().ID, Edit: a.edit}
	if err := a.world.SaveDraft(ctx, d); err != nil {
		return d.Name, err
	}
	if a.kept != "" && a.kept != d.Name {
		_ = a.world.DeleteDraft(ctx, a.kept)
	}
	a.kept = d.Name
	return d.Name, nil
}
