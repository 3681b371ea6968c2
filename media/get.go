package media

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"

	"golang.org/x/sync/semaphore"
)

// Get fetches what a plan says. Every file is written under a hidden name
// beside its place, compared with its checksum, dated as S3 dates it, and only
// then put in place. Nothing is written outside the directory, whatever links
// are in it.
//
// What is interrupted is kept under the hidden name, and the next Get of the
// same object to the same place goes on with it if the object is still the
// same ("resumed"); otherwise it begins anew ("anew"). So does, once, a
// download whose object changes while it is read. Once the disk is full no
// further file is begun.
func (l *Library) Get(ctx context.Context, plan GetPlan, emit func(Event)) Summary {
	root, rootErr := openTarget(plan)
	if root != nil {
		defer func() { _ = root.Close() }()
	}
	slots := semaphore.NewWeighted(int64(l.o.Parallel))
	n := len(plan.Items)
	var full atomic.Bool
	return run(ctx, n+len(plan.Problems), l.o.Parallel, one, emit, func(ctx context.Context, i int, s sink) {
		if i >= n {
			p := plan.Problems[i-n]
			s.item(Event{Op: OpGet, Path: p.Path, Err: p})
			return
		}
		g := plan.Items[i]
		e := Event{Op: OpGet, Path: g.Path, Key: g.Key, To: filepath.Join(plan.Dir, g.Local), Total: g.Size}
		switch {
		case g.Code != "":
			e.Code = g.Code
			if g.Exists && root != nil {
				l.tidy(root, g)
			}
			if StatusOf(g.Code) != StatusSkipped {
				e.Err = &Error{Code: g.Code, Path: g.Path, Args: localArgs(e.To, g.Args)}
			}
		case rootErr != nil:
			e.Err = rootErr
		case full.Load():
			e.Err = &Error{Code: CodeDiskFull, Path: g.Path, Args: localArgs(e.To, nil), Err: syscall.ENOSPC}
		default:
			l.get(ctx, &fetch{l: l, root: root, item: g, shown: e.To, slots: slots, meter: newMeter(s, OpGet, g.Path, g.Key, g.Size)}, &e)
			if e.Code == CodeDiskFull {
				full.Store(true)
			}
		}
		s.item(e)
	})
}

// get fetches one file and completes the event of its end.
func (l *Library) get(ctx context.Context, f *fetch, e *Event) {
	err := f.run(ctx)
	if err != nil {
		failed := asError(err, f.item.Path)
		e.Err, e.Code, e.Kept = failed, failed.Code, f.kept
		return
	}
	e.Bytes, e.Total = f.item.Size, f.item.Size
	switch {
	case f.anew:
		e.Code = CodeAnew
	case f.resumed > 0:
		e.Code, e.Resumed = CodeResumed, f.resumed
	}
}

func localArgs(local string, more map[string]string) map[string]string {
	args := map[string]string{"file": local}
	for k, v := range more {
		args[k] = v
	}
	return args
}

// openTarget makes the directory unless nothing will be written.
func openTarget(plan GetPlan) (*os.Root, *Error) {
	if !plan.writes() {
		root, _ := os.OpenRoot(plan.Dir) // for tidying up alone
		return root, nil
	}
	if err := os.MkdirAll(plan.Dir, 0o777); err != nil {
		return nil, dirError(plan.Dir, err)
	}
	root, err := os.OpenRoot(plan.Dir)
	if err != nil {
		return nil, dirError(plan.Dir, err)
	}
	return root, nil
}

// dirError is about the directory itself.
func dirError(dir string, err error) *Error {
	code := localCode(err)
	if info, serr := os.Stat(dir); serr == nil && !info.IsDir() { // os.Root has no error value for it
		code = CodeLocalNotDir
	}
	return &Error{Code: code, Path: dir, Args: localArgs(dir, nil), Err: err}
}

func (p GetPlan) writes() bool {
	for _, g := range p.Items {
		if g.Code == "" {
			return true
		}
	}
	return false
}

// fetch is one file on its way here.
type fetch struct {
	l     *Library
	root  *os.Root
	item  GetItem
	shown string // the local file as people know it
	slots *semaphore.Weighted
	meter *meter
	sse   atomic.Value // string; a listing does not tell, the answers do
	// anew tells that something of another object had been fetched before.
	anew bool
	// kept tells that an interrupted download can go on, from what is here.
	kept    bool
	resumed int64
}

// run fetches, and once again from the start if the object is another one than
// was planned, or changes while it is read.
func (f *fetch) run(ctx context.Context) error {
	for try := 0; ; try++ {
		err := f.once(ctx)
		code := codeIn(err)
		again := code == CodeChanged || code == CodeUnverified && f.resumed > 0
		if err == nil || try > 0 || !again || ctx.Err() != nil {
			return err
		}
		item, err := f.l.Info(ctx, f.item.Path)
		if err != nil {
			return err
		}
		if item.Key != f.item.Key { // another one that the path may mean as well
			return refuse(CodeNotFound, f.item.Path)
		}
		f.item.Item, f.anew = item, true
		f.meter.anew(item.Size)
	}
}

// once fetches to a partial file, and puts it in its place.
func (f *fetch) once(ctx context.Context) error {
	if err := f.ready(); err != nil {
		return err
	}
	part := f.part()
	name := partialName(f.l.space.Bucket, f.item.Key, f.item.Local)
	p, err := partialOf(f.root, name, f.item.Local, partCount(f.item.Size, part), f.identityOf(part)...)
	if err != nil {
		return f.trouble(err)
	}
	f.anew = f.anew || p.stale
	err = f.fill(ctx, p)
	f.resumed = p.resumed
	if err == nil && f.item.Size > singleLimit { // a full disk may say so only now
		if serr := p.file.Sync(); serr != nil && !errors.Is(serr, errors.ErrUnsupported) {
			err = f.trouble(serr)
		}
	}
	if err != nil && p.worth() && goesOn(codeIn(err)) {
		p.keep()
		f.kept = true
		return err
	}
	if cerr := p.file.Close(); err == nil && cerr != nil {
		err = f.trouble(cerr)
	}
	if err == nil {
		err = f.settle(name + partialSuffix)
	}
	p.discard() // after settle there is only the state left
	return err
}

// tidy removes what an earlier run left beside a finished file: one that has
// its content, or that it was killed over.
func (l *Library) tidy(root *os.Root, g GetItem) {
	name := partialName(l.space.Bucket, g.Key, g.Local)
	part, err := root.Lstat(name + partialSuffix)
	if err != nil {
		return
	}
	there, err := root.Lstat(g.Local)
	if err != nil || g.Code != CodeSame && !os.SameFile(part, there) {
		return
	}
	if state, err := lockedState(root, name+partialStateSuffix); err == nil {
		p := &partial{root: root, name: name, state: state}
		p.discard()
	}
}

// goesOn tells whether what is here of a download that ended with a code is
// good, and of use the next time. On a full disk it would be in the way.
func goesOn(code string) bool {
	switch code {
	case CodeAborted, CodeNetwork, CodeBusy, CodeSession, CodeDenied:
		return true
	}
	return false
}

// ready makes the directory and looks whether the file can be put into it,
// before anything is fetched.
func (f *fetch) ready() error {
	if dir := filepath.Dir(f.item.Local); dir != "." {
		if err := f.root.MkdirAll(dir, 0o777); err != nil {
			return f.trouble(err)
		}
	}
	info, err := statIn(f.root, f.item.Local)
	switch {
	case err != nil:
		return f.trouble(err)
	case info != nil && (!f.item.Replace || info.IsDir()):
		return f.trouble(fs.ErrExist)
	}
	return nil
}

func (f *fetch) trouble(err error) *Error {
	code := localCode(err)
	if errors.Is(err, errBusy) {
		code = CodeLocalBusy
	}
	return &Error{Code: code, Path: f.item.Path, Args: localArgs(f.shown, nil), Err: err}
}

// settle dates the finished file and puts it in its place, over another file
// only if the plan said so.
func (f *fetch) settle(temp string) error {
	if !f.item.Modified.IsZero() {
		_ = f.root.Chtimes(temp, f.item.Modified, f.item.Modified) // a file system without dates is no reason to fail
	}
	if f.item.Replace {
		if err := f.root.Rename(temp, f.item.Local); err != nil {
			return f.trouble(err)
		}
		return nil
	}
	err := f.root.Link(temp, f.item.Local)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return f.trouble(err)
	}
	// No hard links here: look, then rename.
	if info, err := statIn(f.root, f.item.Local); err != nil || info != nil {
		return f.trouble(errors.Join(err, fs.ErrExist))
	}
	if err := f.root.Rename(temp, f.item.Local); err != nil {
		return f.trouble(err)
	}
	return nil
}
