package tuitest

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/tui/world"
)

// Environments are a World that makes and deletes environments, of connections
// with a service ID. Set its fields before it is driven.
type Environments struct {
	*World
	Files     int64 // of production, of 1 MB each
	PlanErr   error // what planning answers
	Occupied  int64 // files that are in the directory already
	Denied    []string
	Theirs    []string      // somebody else's files, which a copy leaves as they are
	Stopped   *media.Error  // what ends a creation or a deletion in its middle
	Step      chan struct{} // when not nil, holds each step back until something is received
	Purge     *world.Purged
	CDN       bool
	Versioned bool

	seen sync.Mutex
	done map[string]int64 // files of each environment
	// Calls are what was asked for: "copy prod/staging", "known prod/staging",
	// "delete prod/staging".
	Calls []string
}

// Called are the calls so far.
func (e *Environments) Called() []string {
	e.seen.Lock()
	defer e.seen.Unlock()
	return slices.Clone(e.Calls)
}

func (e *Environments) call(what string) {
	e.seen.Lock()
	defer e.seen.Unlock()
	e.Calls = append(e.Calls, what)
}

func (e *Environments) files(name string) int64 {
	e.seen.Lock()
	defer e.seen.Unlock()
	return e.done[name]
}

func (e *Environments) setFiles(name string, n int64) {
	e.seen.Lock()
	defer e.seen.Unlock()
	if e.done == nil {
		e.done = map[string]int64{}
	}
	e.done[name] = n
}

// phase puts an environment into the list, or takes it out.
func (e *Environments) phase(name, unfinished string, gone bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	connection, _ := world.Connection{Name: name}.Of()
	var source world.Connection
	for _, c := range e.Conns {
		if c.Name == connection {
			source = c
		}
	}
	e.Conns = slices.DeleteFunc(e.Conns, func(c world.Connection) bool { return c.Name == name })
	if !gone {
		e.Conns = append(e.Conns, world.Connection{Name: name, Settings: source.Settings, Unfinished: unfinished, Media: -1})
	}
	world.Arrange(e.Conns)
}

var validEnvironment = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

// ValidEnvironment knows the rule.
func (e *Environments) ValidEnvironment(name string) bool { return validEnvironment.MatchString(name) }

// PlanEnvironment plans to copy Files.
func (e *Environments) PlanEnvironment(ctx context.Context, connection, environment string, how world.EnvironmentHow) (world.EnvironmentCreation, error) {
	how.Counting(e.Files/2, e.Files/2*1_000_000)
	if err := e.step(ctx); err != nil {
		return world.EnvironmentCreation{}, err
	}
	if e.PlanErr != nil {
		return world.EnvironmentCreation{}, e.PlanErr
	}
	name := connection + "/" + environment
	space := address.Space{Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Prefix: "media", Environment: address.EnvironmentID("alpha", environment)}
	there := e.files(name)
	plan := media.EnvironmentPlan{
		ID: space.Environment, Name: name, To: space, Objects: e.Files, Bytes: e.Files * 1_000_000,
		ToCopy: e.Files - there, BytesToCopy: (e.Files - there) * 1_000_000, Same: there, SameBytes: there * 1_000_000,
		Resumes: there > 0, Begun: Now, Done: there,
	}
	occupied := e.Occupied > 0 && !how.IntoExisting
	if plan.Foreign = e.Occupied; occupied {
		plan.Foreign = e.Occupied
	}
	return world.EnvironmentCreation{
		Plan: plan, Occupied: occupied,
		TakeUp: func(context.Context) error {
			e.call("known " + name)
			e.phase(name, "", false)
			return nil
		},
		Run: func(ctx context.Context, emit func(media.Event)) world.EnvironmentEnd {
			if occupied {
				return world.EnvironmentEnd{Err: errors.New("it is occupied")}
			}
			return e.copy(ctx, name, plan, emit)
		},
	}, nil
}

// step waits for Step.
func (e *Environments) step(ctx context.Context) error {
	if e.Step == nil {
		return ctx.Err()
	}
	select {
	case <-e.Step:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// copy copies in two steps: half, and the rest with those that are denied.
func (e *Environments) copy(ctx context.Context, name string, plan media.EnvironmentPlan, emit func(media.Event)) world.EnvironmentEnd {
	e.call("copy " + name)
	e.phase(name, "creating", false)
	res := media.EnvironmentResult{}
	at := func(phase string, n, of int64) {
		emit(media.Event{Type: media.EventProgress, Op: media.OpCopy, Environment: &media.EnvironmentProgress{
			Phase: phase, Done: n, DoneBytes: n * 1_000_000, Objects: of, Bytes: of * 1_000_000,
			PerSecond: 420, BytesPerSecond: 420_000_000, Left: 90 * time.Second, Parallel: 64, SlowDowns: 2,
		}})
	}
	half := plan.ToCopy / 2
	at(media.PhaseCopy, half, plan.ToCopy)
	for _, p := range e.Denied {
		emit(media.Event{Type: media.EventItem, Op: media.OpCopy, Path: p, Status: media.StatusFailed, Code: media.CodeDenied, Err: &media.Error{Code: media.CodeDenied, Path: p}})
	}
	for _, p := range e.Theirs {
		emit(media.Event{Type: media.EventItem, Op: media.OpCopy, Path: p, Status: media.StatusRefused, Code: media.CodeExists, Err: &media.Error{Code: media.CodeExists, Path: p}})
	}
	res.Failed, res.Refused = len(e.Denied), len(e.Theirs)
	e.setFiles(name, plan.Same+half)
	if e.step(ctx) != nil || e.Stopped != nil {
		res.Done, res.Resumable, res.Stopped = int(half), true, e.Stopped
		return world.EnvironmentEnd{EnvironmentResult: res}
	}
	at(media.PhaseVerify, plan.ToCopy, plan.ToCopy)
	copied := plan.ToCopy - int64(len(e.Denied))
	res.Done, res.Bytes, res.Duration = int(copied), copied*1_000_000, 3*time.Minute
	res.Check = media.EnvironmentCheck{Done: true, Source: plan.Objects, Target: plan.Same + copied, ByETag: plan.Same + copied, Missing: int64(len(e.Denied)), MissingPaths: e.Denied, Different: int64(len(e.Theirs)), DifferentPaths: e.Theirs}
	res.There, res.ThereBytes = plan.Same, plan.SameBytes
	e.setFiles(name, plan.Same+copied)
	whole := len(e.Denied)+len(e.Theirs) == 0
	if whole {
		e.phase(name, "", false)
	}
	return world.EnvironmentEnd{EnvironmentResult: res, Whole: whole}
}

// PlanEnvironmentRemoval plans to delete what is in an environment, 100 files
// where nothing was copied.
func (e *Environments) PlanEnvironmentRemoval(ctx context.Context, name string) (world.EnvironmentDeletion, error) {
	if err := e.step(ctx); err != nil {
		return world.EnvironmentDeletion{}, err
	}
	if e.PlanErr != nil {
		return world.EnvironmentDeletion{}, e.PlanErr
	}
	n := e.files(name)
	if n == 0 {
		n = 100
	}
	_, environment := world.Connection{Name: name}.Of()
	space := address.Space{Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Prefix: "media", Domain: "https://media.acme.jp", Environment: address.EnvironmentID("alpha", environment)}
	plan := media.EnvironmentRemoval{ID: space.Environment, Space: space, Dir: space.Dir(), Objects: n, Bytes: n * 1_000_000, URL: space.URL(space.Dir())}
	for _, p := range []string{"logo.png", "news/sea.jpg"} {
		plan.URLs = append(plan.URLs, space.URL(space.Key(p)))
	}
	return world.EnvironmentDeletion{
		Plan: plan, CDN: e.CDN, Purges: e.CDN, Distribution: "E2ALPHA", Versioned: e.Versioned,
		Run: func(ctx context.Context, emit func(media.Event)) world.EnvironmentEnd {
			return e.remove(ctx, name, n, emit)
		},
	}, nil
}

func (e *Environments) remove(ctx context.Context, name string, n int64, emit func(media.Event)) world.EnvironmentEnd {
	e.call("delete " + name)
	e.phase(name, "deleting", false)
	emit(media.Event{Type: media.EventProgress, Op: media.OpRemove, Environment: &media.EnvironmentProgress{
		Phase: media.PhaseRemove, Done: n / 2, DoneBytes: n / 2 * 1_000_000, Objects: n, Bytes: n * 1_000_000, PerSecond: 900, Parallel: 4,
	}})
	if e.step(ctx) != nil || e.Stopped != nil {
		e.setFiles(name, n-n/2)
		return world.EnvironmentEnd{EnvironmentResult: media.EnvironmentResult{Summary: media.Summary{Done: int(n / 2)}, Resumable: true, Rest: n - n/2, Stopped: e.Stopped}}
	}
	e.setFiles(name, 0)
	e.phase(name, "", true)
	return world.EnvironmentEnd{EnvironmentResult: media.EnvironmentResult{Summary: media.Summary{Done: int(n), Bytes: n * 1_000_000, Duration: 2 * time.Second}}, Whole: true, Purged: e.Purge}
}
