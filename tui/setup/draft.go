package setup

import (
	"context"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// save keeps the connection; the person has typed the bucket's name.
func (s *Setup) save(r awscheck.Report) tea.Cmd {
	settings := s.flow.Settings()
	if settings.ServiceID == "" && settings.Integration == wizard.DefaultIntegration {
		settings.ServiceID = wizard.GenerateServiceID()
	}
	name, was, pasted := s.connectionName(), s.was, s.pastes.records
	var cmd tea.Cmd
	s.saving, cmd = s.env.Do(func(ctx context.Context) any {
		if len(pasted) > 0 { // the test's proofs are added to them
			_ = s.env.World.KeepPasted(ctx, name, pasted)
		}
		return savedAnswer{s.env.World.SaveConnection(ctx, name, was, settings, r), r}
	})
	return cmd
}

// compare takes the saved connection that a draft changes as it is now, and
// tells when it was changed after the draft was left: saving would take that
// back.
func (s *Setup) compare(own *world.Connection) {
	if !s.edit || own == nil || s.draftAt.IsZero() {
		return
	}
	s.was = own.Settings
	if own.SavedAt.After(s.draftAt) {
		s.env.Post(screen.Say{Line: fill(s.env.Text.UI.Setup.SavedSince, "name", safe(s.name)), Bad: true})
	}
}

// finish leaves: after an edit to where it was begun, with a new connection
// to its media.
func (s *Setup) finish() {
	s.saved = true
	if gone := s.connectionName(); s.drafts[gone] {
		s.keep.drop("") // another draft's name
	} else {
		s.keep.drop(gone)
	}
	s.env.Post(screen.Say{Line: fill(s.env.Text.UI.Setup.Saved, "name", safe(s.connectionName()))})
	if s.edit {
		s.env.Post(screen.Leave{})
		return
	}
	s.env.Post(screen.Swap{To: screen.Place{Screen: screen.Browse, Connection: s.connectionName(), Settings: s.flow.Settings()}})
}

type takeName struct{ name string }

// connectionName is what the connection will be called: as told, else like
// the bucket.
func (s *Setup) connectionName() string {
	if s.name != "" {
		return s.name
	}
	return s.nameOf()
}

// draftName is what the draft is called: like the connection, once the
// bucket is known. It never takes another draft's place: the external ID in
// that one may have been given away already.
func (s *Setup) draftName() string {
	if s.edit {
		return s.name
	}
	base := "new"
	if s.name != "" {
		base = s.name
	} else if b := s.flow.Settings().Bucket; b != "" && s.flow.Problem("bucket") == nil && !s.taken[b] {
		base = b
	}
	name := base
	for n := 2; s.drafts[name]; n++ {
		tail := "-" + itoa(n)
		name = strings.TrimRight(base[:min(len(base), longestName-len(tail))], "-.") + tail
	}
	return name
}

// longestName is that of connections and drafts.
const longestName = 63

func (s *Setup) draft() world.Draft {
	return world.Draft{Name: s.draftName(), Settings: s.flow.Settings(), Step: s.flow.Step().ID, Edit: s.edit, Pasted: s.pastes.records}
}

// keepDraft saves the draft beside the loop.
func (s *Setup) keepDraft() tea.Cmd {
	if !s.changed || s.saved {
		return nil
	}
	if s.later = !s.named; s.later { // it could take another draft's name
		return nil
	}
	d := s.draft()
	seq := s.keep.next()
	s.under, s.typed = d.Name, false
	_, cmd := s.env.Do(func(ctx context.Context) any { return draftAnswer{s.keep.save(ctx, seq, d)} })
	return cmd
}

// note keeps what was typed since the draft was last kept, beside the loop
// and one at a time, so that the end of the program, however it comes, loses
// none of it. The name of the draft stays as it is until the step ends: the
// beginning of a bucket's name may be another draft's.
func (s *Setup) note() tea.Cmd {
	if s.edit && s.under == "" {
		s.under = s.draftName()
	}
	if !s.typed || s.noting || s.under == "" || s.saved || s.saving != nil || s.keeping != nil {
		return nil
	}
	d, seq := s.draft(), s.keep.next()
	d.Name = s.under
	s.typed, s.noting = false, true
	_, cmd := s.env.Do(func(ctx context.Context) any { return notedAnswer{s.keep.save(ctx, seq, d)} })
	return cmd
}

// notedAnswer is the end of keeping what was typed.
type notedAnswer struct{ err error }

// draftAnswer is the end of keeping the draft on the way. It is tried again at
// the next step, and what keeps it from being kept is told once.
type draftAnswer struct{ err error }

func (s *Setup) draftKept(a draftAnswer) {
	if a.err != nil && !s.unkept {
		s.sayUnkept(a.err)
	}
	s.unkept = a.err != nil
}

func (s *Setup) sayUnkept(err error) {
	s.env.Post(screen.Say{Line: fill(s.env.Text.UI.Setup.DraftNotKept, "reason", safe(err.Error())), Bad: true})
}

// test keeps the draft and then runs the connection test: what was answered
// is on the disk before anything is asked of AWS, however the program ends.
func (s *Setup) test() tea.Cmd {
	if s.keeping != nil {
		return nil
	}
	if s.edit && !s.changed { // saved as it is
		s.openTest()
		return nil
	}
	s.changed = true
	d, seq := s.draft(), s.keep.next()
	var cmd tea.Cmd
	s.keeping, cmd = s.env.Do(func(ctx context.Context) any { return keptAnswer{s.keep.save(ctx, seq, d)} })
	return cmd
}

// keptAnswer is the end of keeping the draft before the test.
type keptAnswer struct{ err error }

func (s *Setup) openTest() {
	s.env.Post(screen.Open{To: screen.Place{
		Screen: screen.Check, Settings: s.flow.Settings(), Connection: s.connectionName(), BeforeSaving: true,
	}})
}

// kept goes on to the test. A draft that cannot be kept is told, and does not
// keep anybody from testing.
func (s *Setup) kept(k keptAnswer) {
	s.keeping = nil
	if s.review == nil {
		return // the person went back meanwhile
	}
	s.openTest()
	if k.err != nil {
		s.sayUnkept(k.err)
	}
}

// keeper saves drafts one at a time, never an older one over a newer one, and
// moves the draft when its name changes.
type keeper struct {
	world world.Services
	mu    sync.Mutex
	seq   int
	done  int
	name  string // under which the draft lies now
}

func (k *keeper) next() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seq++
	return k.seq
}

func (k *keeper) save(ctx context.Context, seq int, d world.Draft) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if seq < k.done {
		return nil
	}
	if err := k.world.SaveDraft(ctx, d); err != nil {
		return err
	}
	k.done = seq
	if k.name != "" && k.name != d.Name {
		_ = k.world.DeleteDraft(ctx, k.name)
	}
	k.name = d.Name
	return nil
}

// drop removes the draft of a connection that was saved.
func (k *keeper) drop(saved string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.done = k.seq + 1 // nothing older may come back
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	for _, n := range []string{k.name, saved} {
		if n != "" {
			_ = k.world.DeleteDraft(ctx, n)
		}
	}
}

// closing bounds what is written while the screen closes: a small local file.
const closing = 3 * time.Second

// Close keeps the draft at once: after it the program may end.
func (s *Setup) Close() {
	s.lockJob.Cancel()
	s.asked.Cancel()
	if !s.changed || s.saved {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	_ = s.keep.save(ctx, s.keep.next(), s.draft())
}
