package media

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gabriel-vasile/mimetype"
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
		own, end := m.plan.Control.begin(ctx, item.From)
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
	put, err := m.l.planFile(foundFile{name: file, size: info.Size(), modified: info.ModTime()}, name)
	if err != nil {
		return e, err
	}
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
	err = m.place(ctx, item, &put)
	e.Path, e.Key, e.URL, e.Total, e.Code = put.Path, put.Key, put.URL, put.Size, put.Code
	return e, err
}

// download brings a file to the disk.
func (m *importer) download(ctx context.Context, item *ImportItem, s sink) (string, remote.Answer, error) {
	dir, err := m.tempDir()
	if err != nil {
		return "", remote.Answer{}, localError(m.plan.o.TempDir, err, CodeLocalUnwritable)
	}
	f, err := os.CreateTemp(dir, "file-*")
	if err != nil {
		return "", remote.Answer{}, localError(dir, err, CodeLocalUnwritable)
	}
	meter := newMeter(s, OpImport, "", "", -1)
	meter.event.From = item.From
	var total int64 = -1
	answer, err := m.client.Get(ctx, item.url, limitedWriter{ctx, f, m.l.limit}, func(n, t int64) {
		if total = t; total >= 0 {
			meter.total = total
		}
		meter.add(n)
	})
	if cerr := f.Close(); err == nil && cerr != nil {
		err = localError(f.Name(), cerr, CodeLocalUnwritable)
	}
	return f.Name(), answer, err
}

// tempDir is made when it is first needed, and written down, so that a later
// run removes it if this one is killed.
func (m *importer) tempDir() (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dir != "" {
		return m.dir, nil
	}
	dir, err := os.MkdirTemp(m.plan.o.TempDir, importTempPrefix)
	if err != nil {
		return "", err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return "", err
	}
	m.dir = dir
	return dir, m.plan.state.note(importRecord{State: importTemp, Path: dir}, false)
}

// limitedWriter keeps downloads under the library's rate.
type limitedWriter struct {
	ctx   context.Context
	f     *os.File
	limit *limiter
}

func (w limitedWriter) Write(p []byte) (n int, err error) {
	for len(p) > 0 {
		step := w.limit.step(len(p))
		if err := w.limit.wait(w.ctx, step); err != nil {
			return n, err
		}
		k, err := w.f.Write(p[:step])
		n += k
		if err != nil {
			return n, err
		}
		p = p[step:]
	}
	return n, nil
}

// nameOf decides a file's path by what came: an explicit one as it is, else
// the server's name or that of the URL, with the extension of the type. What
// is plainly not the file that was meant is refused.
func (m *importer) nameOf(item *ImportItem, a remote.Answer, head []byte) (string, error) {
	if a.Size == 0 {
		return "", &Error{Code: CodeEmptyFile, Path: item.From}
	}
	name := cleanName(a.Name)
	if name == "" {
		name = item.Path[len(item.folder()):]
	}
	if item.Exact {
		name = item.Path
	}
	if err := isMeant(item, name, a, head); err != nil {
		return "", err
	}
	if item.Exact {
		return name, nil
	}
	full := withExtension(name, typeOf(name, a, head))
	if item.Twin && m.plan.o.IfExists == KeepBoth && a.Name == "" {
		full = apart(item.url, full)
	}
	return item.folder() + full, nil
}

// typeOf is what content is, for its extension: as recognised, else as the
// server says.
func typeOf(name string, a remote.Answer, head []byte) string {
	if t, ok := recognise(head); ok {
		return t
	}
	t, _, _ := strings.Cut(mimetype.Detect(head).String(), ";")
	if _, known := extensions[t]; known && t != "text/plain" {
		return t
	}
	if a.Type != "" && a.Type != binaryType {
		return a.Type
	}
	return t
}

// isMeant refuses a web page in place of a file, as sign-in pages and errors
// with the status 200 are, and text in place of an image or another format
// that no text is.
func isMeant(item *ImportItem, name string, a remote.Answer, head []byte) error {
	if len(head) == 0 {
		return nil // unknown
	}
	got, _, _ := strings.Cut(mimetype.Detect(head).String(), ";")
	want := ContentType(name, nil)
	if got == "text/html" && want != "text/html; charset=utf-8" && want != "text/html" && want != "application/xhtml+xml" {
		return &Error{Code: CodeHTML, Path: item.From, Args: map[string]string{"url": a.URL}}
	}
	text := strings.HasPrefix(got, "text/") || got == "application/json" || got == "application/xml"
	if text && definite[want] {
		return &Error{Code: CodeWrongType, Path: item.From, Args: map[string]string{"type": got, "want": want}}
	}
	return nil
}

// place finds out whether a name is free, and decides by the plan's policy.
// On a name of this run only one file is stored, whatever the policy.
func (m *importer) place(ctx context.Context, item *ImportItem, put *PutItem) error {
	if m.plan.o.RandomSuffix && !item.Exact {
		path, err := m.l.unguessable(put.Path)
		if err != nil {
			return err
		}
		m.l.name(put, path)
	}
	if err := m.l.space.CheckName(put.Path); err != nil {
		return nameError(err)
	}
	if put.Path == item.put.Path {
		put.Exists, put.Old = item.put.Exists, item.put.Old
	} else {
		one := []PutItem{*put}
		if err := m.l.lookAt(ctx, one); err != nil {
			return err
		}
		*put = one[0]
	}
	if item.Twin && m.plan.o.IfExists != KeepBoth && put.Path == item.Path {
		return refuse(CodeSameURLName, put.Path) // whichever arrives first, the first of the list has the name
	}
	for {
		taken := m.claim(put.Key)
		if taken == nil && !put.Exists {
			return nil
		}
		if taken != nil && m.plan.o.IfExists != KeepBoth {
			return refuse(CodeSameURLName, put.Path)
		}
		if err := m.decide(ctx, item, put, taken); err != nil {
			return err
		}
		if put.Code != "" || m.plan.o.IfExists != KeepBoth || put.Exists {
			return nil
		}
	}
}

// claim takes a key for this run; where another file has it already, it gives
// all that are taken.
func (m *importer) claim(key string) map[string]bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.taken[key] {
		return maps.Clone(m.taken)
	}
	m.taken[key] = true
	return nil
}

// decide is the plan's policy about a name that is taken. What an earlier run
// had begun to store may be there: then it is done.
func (m *importer) decide(ctx context.Context, item *ImportItem, put *PutItem, taken map[string]bool) error {
	policy := m.plan.o.IfExists
	if m.dry && policy == Skip { // nothing is here to compare with
		put.Code = CodeExists
		return nil
	}
	if item.begun && !m.dry && put.Exists {
		again := *put
		if err := m.l.decide(ctx, &again, Skip, taken); err == nil && again.Code == CodeSame {
			*put = again
			return nil
		}
	}
	return m.l.decide(ctx, put, policy, taken)
}

// store uploads a file that is here.
func (m *importer) store(ctx context.Context, item *ImportItem, put PutItem, e Event) (Event, error) {
	err := m.place(ctx, item, &put)
	e.Path, e.Key, e.URL, e.Total = put.Path, put.Key, put.URL, put.Size
	if err != nil {
		return e, err
	}
	record := importRecord{State: importBegun, ID: item.stateKey(), From: item.From, Path: put.Path, Size: put.Size}
	if put.Code == CodeSame {
		record.State, record.ETag = importDone, put.Old.ETag
		e.Code = CodeSame
		return e, m.plan.state.note(record, false)
	}
	if put.Code == "" {
		if err := m.plan.state.note(record, true); err != nil {
			return e, err
		}
	}
	looked := m.plan.looked
	if put.Path != item.put.Path {
		looked = time.Now()
	}
	done := m.l.putItem(ctx, put, looked, OpImport, m.slots, m.uploads, sink{})
	e.Code, e.Err, e.Bytes, e.Left, e.ETag = done.Code, done.Err, done.Bytes, done.Left, done.ETag
	e.Kept = done.Kept
	if e.Err == nil && e.Code == "" {
		record.State, record.ETag = importDone, done.ETag
		return e, m.plan.state.note(record, false)
	}
	return e, nil
}
