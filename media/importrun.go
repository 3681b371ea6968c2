package media

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/mediadock/mediadock/media/remote"
)

const (
	importPerHost  = 4
	importAttempts = 5
	importPause    = time.Second
	// longestPause is how long a server may ask to be left alone before the
	// file is given up for this run.
	longestPause = 2 * time.Minute
)

// Import fetches what a plan says and stores it, each file by way of a
// temporary one, so that memory depends on no file's size, and nothing is
// stored that did not arrive whole. It emits progress and item events and at
// last a summary, all from the calling goroutine. After a cancellation what is
// done stays done, and a plan of the same sources goes on from there.
func (l *Library) Import(ctx context.Context, plan *ImportPlan, emit func(Event)) Summary {
	return l.runImport(ctx, plan, false, emit)
}

// PreviewImport asks the servers for the beginning of each file and emits what
// Import would do, as items; nothing is stored or written down.
func (l *Library) PreviewImport(ctx context.Context, plan *ImportPlan, emit func(Event)) Summary {
	return l.runImport(ctx, plan, true, emit)
}

// importer is one run.
type importer struct {
	l      *Library
	plan   *ImportPlan
	client *remote.Client
	queue  *importQueue
	dry    bool
	slots  *semaphore.Weighted
	dir    string
	// uploads write down large uploads that are under way.
	uploads *uploads

	mu    sync.Mutex
	taken map[string]bool // keys of this run

	asking sync.Mutex // held while a person is asked
}

func (l *Library) runImport(ctx context.Context, plan *ImportPlan, dry bool, emit func(Event)) Summary {
	if !dry {
		emit = l.telling(emit)
	}
	if plan.o.PerHost <= 0 {
		plan.o.PerHost = importPerHost
	}
	if plan.o.Attempts <= 0 {
		plan.o.Attempts = importAttempts
	}
	if plan.o.Pause <= 0 {
		plan.o.Pause = importPause
	}
	m := &importer{
		l: l, plan: plan, dry: dry, client: remote.New(plan.o.Fetch), queue: newImportQueue(plan.o.PerHost),
		slots: semaphore.NewWeighted(int64(l.o.Parallel)), taken: map[string]bool{},
	}
	defer m.client.Close()
	if !dry {
		m.uploads = l.uploads()
		defer m.uploads.close()
	}
	for i, item := range plan.Items {
		host := ""
		if item.Code == "" {
			host = item.url.Host
		} else if item.Code == CodeImported {
			m.taken[item.stored.Key] = true
		}
		m.queue.add(i, host)
	}
	defer func() { removeLeftTemp(m.dir) }()
	return run(ctx, len(plan.Items), l.o.Parallel, one, emit, func(ctx context.Context, _ int, s sink) { m.finishOne(ctx, s) })
}

// finishOne works until one item has ended, with whichever is to be tried.
func (m *importer) finishOne(ctx context.Context, s sink) {
	for {
		job, ok := m.queue.take(ctx)
		if !ok {
			return
		}
		item := &m.plan.Items[job.item]
		e := Event{Op: OpImport, From: item.From, Item: job.item, Path: item.Path}
		if item.Code != "" {
			m.queue.done(job)
			s.item(m.decided(item, e))
			return
		}
		own, end := m.plan.Control.Begin(ctx, item.From)
		e, err := m.one(own, item, e, s)
		cut := own.Err() != nil
		end()
		if after, whole, again := m.again(ctx, job, err); again && !cut {
			m.queue.retry(job, after, whole)
			continue
		}
		m.queue.done(job)
		if err != nil {
			e.Err = importError(err, item.From)
		}
		s.item(e)
		return
	}
}

// decided is the event of an item that the plan has decided about.
func (m *importer) decided(item *ImportItem, e Event) Event {
	e.Code, e.Err = item.Code, item.Err
	if item.Code == CodeImported {
		e.Path, e.Key, e.URL, e.Total = item.stored.Path, item.stored.Key, m.l.URL(item.stored.Path), item.stored.Size
	}
	return e
}

// again tells whether to try once more, when, and whether the host's other
// files wait as well.
func (m *importer) again(ctx context.Context, job importJob, err error) (after time.Duration, whole, ok bool) {
	var f *remote.Error
	if ctx.Err() != nil || !errors.As(err, &f) || !f.Passing() || job.tries+1 >= m.plan.o.Attempts || f.After > longestPause {
		return 0, false, false
	}
	return max(f.After, backOff(m.plan.o.Pause, job.tries)), f.Code == remote.CodeBusy, true
}

// one fetches a file and stores it, or tells what would be stored.
func (m *importer) one(ctx context.Context, item *ImportItem, e Event, s sink) (Event, error) {
	if err := ctx.Err(); err != nil {
		return e, &Error{Code: CodeAborted, Path: item.From, Err: err}
	}
	if m.dry {
		return m.preview(ctx, item, e)
	}
	file, answer, err := m.download(ctx, item, s)
	if file != "" {
		defer os.Remove(file)
	}
	if err != nil {
		return e, err
	}
	head, err := headOf(file)
	if err != nil {
		return e, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return e, localError(file, err, CodeLocalUnreadable)
	}
	name, err := m.nameOf(item, answer, head)
	if err != nil {
		return e, err
	}
	put, err := m.l.planFile(foundFile{name: file, size: info.Size(), modified: info.ModTime(), to: item.folder()}, name)
	if err != nil {
		return e, err
	}
	put.addTwin(item)
	return m.store(ctx, item, put, e)
}

func (m *importer) preview(ctx context.Context, item *ImportItem, e Event) (Event, error) {
	answer, err := m.client.Look(ctx, item.url)
	if err != nil {
		return e, err
	}
	name, err := m.nameOf(item, answer, answer.Head)
	if err != nil {
		return e, err
	}
	put := PutItem{Size: max(0, answer.Size)}
	m.l.name(&put, name)
	put.ContentType, put.Overruled = contentType(name, answer.Head)
	m.l.noteName(&put, item.folder(), "")
	put.addTwin(item)
	err = m.place(ctx, item, &put)
	e.Path, e.Key, e.URL, e.Total, e.Code, e.File = put.Path, put.Key, put.URL, put.Size, put.Code, &put
	return e, err
}
