package environments

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// Runs are the creations and deletions that are under way. They belong to the
// root: whoever began one may go elsewhere meanwhile.
type Runs struct {
	env *screen.Env
	all map[string]*run
}

var _ screen.Works = (*Runs)(nil)

// NewRuns returns none. env is the root's: its jobs are the root's.
func NewRuns(env *screen.Env) *Runs { return &Runs{env: env, all: map[string]*run{}} }

// mostProblems is how many objects are named that did not make it.
const mostProblems = 200

// run is one creation or deletion.
type run struct {
	name    string
	removal bool
	job     *job.Job
	now     media.EnvironmentProgress
	// problems are the first of those that did not make it, first their first
	// error, failed how many there are.
	problems []media.Event
	first    error
	failed   int
	stopping bool
	over     bool
	stopped  bool
	end      world.EnvironmentEnd
}

type ended struct{ world.EnvironmentEnd }

// begin starts to copy or to delete so many objects.
func (r *Runs) begin(name string, removal bool, objects, bytes int64, work func(context.Context, func(media.Event)) world.EnvironmentEnd) tea.Cmd {
	x := &run{name: name, removal: removal, now: media.EnvironmentProgress{Phase: media.PhaseCopy, Objects: objects, Bytes: bytes}}
	if removal {
		x.now.Phase = media.PhaseRemove
	}
	r.all[name] = x
	var cmd tea.Cmd
	x.job, cmd = r.env.Jobs.Start(func(ctx context.Context, emit func(any)) any {
		return ended{work(ctx, func(e media.Event) {
			// What is done is counted by the progress: millions need no event.
			if e.Environment != nil || e.Type == media.EventItem && e.Code != "" && e.Status != media.StatusDone {
				emit(e)
			}
		})}
	})
	return cmd
}

// Update takes the messages of the root's jobs. It gives the name of what has
// just ended.
func (r *Runs) Update(msg tea.Msg) (over string) {
	switch m := msg.(type) {
	case job.Event:
		for _, x := range r.all {
			if x.job.Is(m.ID) {
				x.told(m.Items)
			}
		}
	case job.Done:
		for _, x := range r.all {
			if e, ok := m.Result.(ended); ok && x.job.Is(m.ID) {
				x.over, x.stopped, x.end = true, m.Canceled, e.EnvironmentEnd
				return x.name
			}
		}
	}
	return ""
}

func (x *run) told(items []any) {
	for _, item := range items {
		e, ok := item.(media.Event)
		switch {
		case !ok:
		case e.Environment != nil:
			x.now = *e.Environment
		case e.Status == media.StatusFailed || e.Status == media.StatusRefused:
			if x.failed++; len(x.problems) < mostProblems {
				x.problems = append(x.problems, e)
			}
			// What somebody else's file has kept is told by the comparison; another
			// name, which helps elsewhere, cannot be taken here.
			if me := (*media.Error)(nil); x.first == nil && errors.As(e.Err, &me) && me.Code != media.CodeExists {
				x.first = me
			}
		}
	}
}

// percent is how much is done. Comparing is the last tenth of a creation.
func (x *run) percent() int {
	part := 0.0
	switch {
	case x.now.Bytes > 0 && x.now.Objects > 0: // large files take longer, many small ones, too
		part = (float64(x.now.DoneBytes)/float64(x.now.Bytes) + float64(x.now.Done)/float64(x.now.Objects)) / 2
	case x.now.Objects > 0:
		part = float64(x.now.Done) / float64(x.now.Objects)
	}
	part = min(max(part, 0), 1)
	switch x.now.Phase {
	case media.PhaseCopy:
		part *= 0.9
	case media.PhaseVerify:
		part = 0.9 + part*0.1
	}
	return min(int(part*100), 99)
}

// of is what is done to an environment, nil where nothing is.
func (r *Runs) of(name string) *run { return r.all[name] }

// drop forgets what is over.
func (r *Runs) drop(name string) {
	if x := r.all[name]; x != nil && x.over {
		delete(r.all, name)
	}
}

func (r *Runs) words() *text.EnvironmentWords { return &r.env.Text.UI.Environments }

// Doing implements screen.Works.
func (r *Runs) Doing(name string) string {
	x := r.all[name]
	switch {
	case x == nil:
		return ""
	case x.over && x.end.Whole && !x.removal:
		return r.words().DoneUnseen
	case x.over:
		return ""
	case x.removal:
		return text.Fill(r.words().DoingRemoval, "n", strconv.Itoa(x.percent()))
	}
	return text.Fill(r.words().Doing, "n", strconv.Itoa(x.percent()))
}

// Has implements screen.Works.
func (r *Runs) Has(name string) bool { return r.all[name] != nil }

// Busy implements screen.Works.
func (r *Runs) Busy(name string) string {
	for _, x := range r.running() {
		if x.name == name || strings.HasPrefix(x.name, name+"/") {
			return x.name
		}
	}
	return ""
}

func (r *Runs) running() []*run {
	var out []*run
	for _, name := range slices.Sorted(maps.Keys(r.all)) {
		if x := r.all[name]; !x.over {
			out = append(out, x)
		}
	}
	return out
}

// Losing names what ending the program would cut short; empty where nothing
// runs.
func (r *Runs) Losing() string {
	for _, x := range r.running() {
		if x.removal {
			return text.Fill(r.words().LosingRemoval, "name", text.Safe(x.name))
		}
		return text.Fill(r.words().LosingCopy, "name", text.Safe(x.name))
	}
	return ""
}

// Leaves says what stays behind of each.
func (r *Runs) Leaves() []string {
	var out []string
	for _, x := range r.running() {
		words := r.words().LeavesCopy
		if x.removal {
			words = r.words().LeavesRemoval
		}
		out = append(out, text.Fill(words, "name", text.Safe(x.name)))
	}
	return out
}

// Stop stops all of them.
func (r *Runs) Stop() {
	for _, x := range r.running() {
		x.stop()
	}
}

func (x *run) stop() {
	x.stopping = true
	x.job.Cancel()
}

// News says in one line how something ended, and whether badly. seen tells that
// a screen shows it; else it is forgotten where there is nothing more to see.
func (r *Runs) News(name string, seen bool) (line string, bad bool) {
	x := r.all[name]
	if x == nil || !x.over {
		return "", false
	}
	line = outcome(r.env.Text, x)
	if x.end.Whole && x.removal && !seen {
		r.drop(name)
	}
	return line, !x.end.Whole
}

// outcome is how a run ended, in one sentence.
func outcome(c *text.Catalog, x *run) string {
	n := int64(x.end.Done)
	if x.removal && !x.end.Whole {
		n = x.end.Rest
	}
	return c.EnvironmentEnd(x.name, x.removal, x.end.Whole, n, x.end.Bytes, x.end.Duration)
}
