package media

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
)

// removalRounds is how often what is still there is looked for: somebody may
// upload while the environment is deleted.
const removalRounds = 3

// PlanRemoveEnvironment finds out what deleting this library's environment
// takes away. The library is the environment's own (its Space has Environment
// set); everything else is refused ("environment-id", "environment-prefix"), and
// one at which another process of this computer is just now ("environment-busy").
func (l *Library) PlanRemoveEnvironment(ctx context.Context) (EnvironmentRemoval, error) {
	if err := l.mayRemove(); err != nil {
		return EnvironmentRemoval{}, err
	}
	if err := l.notBusy(); err != nil {
		return EnvironmentRemoval{}, err
	}
	dir := l.space.Dir()
	plan := EnvironmentRemoval{ID: l.space.Environment, Space: l.space, Dir: dir, URL: l.space.URL(dir), Purge: l.space.InvalidationPath(dir)}
	if left := l.environmentLeft(opEnvironmentRemove, dir); left != nil {
		plan.Resumes, plan.Begun = true, left.Begun
		left.Close()
	}
	err := l.walkWide(ctx, dir, "", func(page *s3.ListObjectsV2Output) error {
		for _, o := range page.Contents {
			key := listedKey(page, o.Key)
			path, inside := l.space.Path(key)
			switch {
			case !inside:
			case !l.space.Hidden(key, aws.ToInt64(o.Size)):
				plan.Objects++
				plan.Bytes += aws.ToInt64(o.Size)
				if len(plan.URLs) < fewExamples {
					plan.URLs = append(plan.URLs, l.space.URL(key))
				}
			case l.space.HiddenPath(path):
				plan.Probes++
			default:
				plan.Markers++
			}
		}
		return nil
	})
	return plan, err
}

// mayRemove refuses everything but an environment's own directory.
func (l *Library) mayRemove() error {
	if err := l.mayWrite(""); err != nil {
		return err
	}
	return checkEnvironment(l.space)
}

// RemoveEnvironment deletes everything under the environment's directory, and
// nothing else, whatever came there since the plan. It is written to the
// journal; the same again goes on where it was cut short. It emits an item
// event a media file, progress events with Environment set, and a summary. On
// a versioned bucket Hidden counts what left its bytes behind (see Summary).
func (l *Library) RemoveEnvironment(ctx context.Context, plan EnvironmentRemoval, emit func(Event)) EnvironmentResult {
	begin := time.Now()
	r := &environmentRemoval{l: l, plan: plan, emit: l.telling(emit), flow: newFlow(l.o.Parallel, l.large == 1), d: &deletion{l: l}}
	if r.emit == nil {
		r.emit = func(Event) {}
	}
	if err := r.begin(); err != nil {
		r.res.Stopped = asError(err, plan.Dir)
		r.res.Rest = plan.Objects
	} else {
		r.run(ctx)
		l.sweepProbes(ctx) // the journal of a measurement that was killed: they are gone
	}
	r.close()
	_, r.res.SlowDowns = r.flow.state()
	r.res.Hidden, r.res.Duration = int(r.d.hidden.Load()), time.Since(begin)
	r.res.NotStarted = int(r.res.Rest)
	r.emit(Event{Type: EventSummary, Op: OpRemove, Summary: &r.res.Summary})
	return r.res
}

// environmentRemoval is a removal on its way.
type environmentRemoval struct {
	l     *Library
	plan  EnvironmentRemoval
	op    *journal.Operation
	left  *environmentLeft
	entry int
	// release lets others at the environment.
	release func()
	emit    func(Event)
	flow    *flow
	d       *deletion
	res     EnvironmentResult
	speed   pace
	// failed are the failures of this round; streak those in a row.
	failed, streak int
}

func (r *environmentRemoval) begin() error {
	if err := r.l.mayRemove(); err != nil {
		return err
	}
	dir := r.l.space.Dir()
	if r.plan.Dir != dir || r.plan.ID != r.l.space.Environment { // another environment's plan
		return refuse(CodeEnvironmentID, r.plan.Dir, "id", r.plan.ID)
	}
	release, err := r.l.hold()
	if err != nil {
		return err
	}
	r.release = release
	if r.left = r.l.environmentLeft(opEnvironmentRemove, dir); r.left != nil && r.left.entry != 0 {
		r.op, r.entry = r.left.Operation, r.left.entry
		return nil
	}
	r.op = r.l.o.Journal.Begin(opEnvironmentRemove, environmentOperation{ID: r.plan.ID, Dir: dir})
	r.entry = r.op.NextID()
	if err := r.op.Write(journal.Step{ID: r.entry, Kind: kindEnvironment, State: stateIntent}); err != nil {
		return journalFailure(dir, err)
	}
	return nil
}

func (r *environmentRemoval) close() {
	if r.op != nil && r.res.Stopped == nil && !r.res.Resumable {
		r.op.Note(journal.Step{ID: r.entry, State: journal.Done})
	}
	switch {
	case r.left != nil:
		r.left.Close()
	case r.op != nil:
		r.op.Close()
	}
	if r.release != nil {
		r.release()
	}
}

// run removes in rounds until nothing is there.
func (r *environmentRemoval) run(ctx context.Context) {
	r.speed.begun = time.Now()
	for round := range removalRounds {
		r.failed = 0
		seen, err := r.round(ctx)
		if round > 0 { // the one before removed all that it saw
			r.res.Appeared += int64(seen)
		}
		if ctx.Err() == nil && err == nil && r.res.Stopped == nil {
			switch {
			case seen == 0:
				r.res.Rest = 0
				return
			case r.failed == 0 && round < removalRounds-1:
				continue
			case r.failed == 0 && r.remaining(ctx) == 0:
				return
			case r.failed == 0:
				r.res.Stopped = refuse(CodeEnvironmentWritten, r.plan.Dir, "id", r.plan.ID, "count", strconv.FormatInt(r.res.Appeared, 10))
			}
		}
		if err != nil && ctx.Err() == nil && r.res.Stopped == nil {
			r.res.Stopped = asError(err, r.plan.Dir)
		}
		break
	}
	r.res.Resumable = true
	if r.res.Rest == 0 {
		r.res.Rest = max(0, r.plan.Objects-int64(r.res.Done))
	}
}

// remaining looks once more what is there. Where that cannot be seen, it is
// taken for something.
func (r *environmentRemoval) remaining(ctx context.Context) int64 {
	r.res.Rest = 0
	err := r.l.walkWide(ctx, r.l.space.Dir(), "", func(page *s3.ListObjectsV2Output) error {
		r.res.Rest += int64(len(r.inside(page)))
		return nil
	})
	if err != nil {
		r.res.Rest = max(1, r.res.Rest)
	}
	return r.res.Rest
}

// removalBatch is what one request removed.
type removalBatch struct {
	items []Item
	errs  []*Error
}

// round removes what a listing of the directory shows, and gives back how much
// it showed.
func (r *environmentRemoval) round(ctx context.Context) (seen int, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer r.flow.waking(ctx)()
	ends := make(chan removalBatch)
	var listed error
	go func() {
		defer close(ends)
		listed = r.dispatch(ctx, ends)
	}()
	for b := range ends {
		seen += len(b.items)
		if r.take(b) {
			stop()
		}
	}
	return seen, listed
}

// dispatch lists the directory, and has workers remove what is in it.
func (r *environmentRemoval) dispatch(ctx context.Context, ends chan<- removalBatch) error {
	var busy sync.WaitGroup
	defer busy.Wait()
	return r.l.walkWide(ctx, r.l.space.Dir(), "", func(page *s3.ListObjectsV2Output) error {
		for _, items := range batchesOf(r.inside(page)) {
			if err := r.flow.begin(ctx); err != nil {
				return err
			}
			busy.Go(func() {
				begin := time.Now()
				errs := r.d.remove(r.flow.in(ctx), items)
				r.flow.end(time.Since(begin), 0)
				ends <- removalBatch{items, errs}
			})
		}
		return nil
	})
}

// inside are the objects of a page that lie in the environment's directory. A
// server that lists others than it was asked for must not have them deleted.
func (r *environmentRemoval) inside(page *s3.ListObjectsV2Output) []Item {
	dir := r.l.space.Dir()
	var items []Item
	for _, o := range page.Contents {
		if key := listedKey(page, o.Key); inEnvironment(dir, key) {
			items = append(items, r.l.itemOf(o, key))
		}
	}
	return items
}

// inEnvironment tells that a key is one of the directory of an environment.
func inEnvironment(dir, key string) bool {
	name, ok := strings.CutSuffix(dir, "/")
	return ok && address.IsEnvironmentID(name[strings.LastIndexByte(name, '/')+1:]) && strings.HasPrefix(key, dir)
}

// take counts and tells what was removed; true when the rest is not worth
// trying.
func (r *environmentRemoval) take(b removalBatch) (hopelessly bool) {
	for i, item := range b.items {
		err := b.errs[i]
		if err != nil && err.Code == CodeAborted {
			continue
		}
		if r.count(err) {
			hopelessly = true
		}
		if err == nil {
			r.speed.add(item.Size)
		}
		if err == nil && r.l.space.Hidden(item.Key, item.Size) {
			continue // gone with the rest, and counted nowhere
		}
		e := removed(item, err)
		e.Type, e.Status = EventItem, StatusDone
		if err != nil {
			e.Code, e.Status = err.Code, StatusOf(err.Code)
		}
		r.res.count(e)
		r.emit(e)
	}
	now := &EnvironmentProgress{Phase: PhaseRemove, Done: r.speed.objects, DoneBytes: r.speed.bytes,
		Objects: r.plan.Objects + r.plan.Probes + r.plan.Markers, Bytes: r.plan.Bytes}
	now.PerSecond, now.BytesPerSecond, now.Left = r.speed.measure(time.Now(), now.Objects-now.Done, 0)
	now.Parallel, now.SlowDowns = r.flow.state()
	r.emit(Event{Type: EventProgress, Op: OpRemove, Environment: now, Bytes: now.DoneBytes, Total: now.Bytes})
	return hopelessly
}

// count stops when what fails would fail all.
func (r *environmentRemoval) count(err *Error) bool {
	if err == nil {
		r.streak = 0
		return false
	}
	r.failed++
	if err.passing() || err.Code == CodeDenied {
		r.streak++
	}
	if r.streak >= hopeless && r.res.Stopped == nil {
		r.res.Stopped = err
	}
	return r.streak >= hopeless
}
