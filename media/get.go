package media

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
)

// Get fetches what a plan says. Every file is written under a temporary name
// beside its place, compared with its checksum, dated as S3 dates it, and only
// then put in place. Nothing is written outside the directory, whatever links
// are in it. A cancellation leaves no half file.
func (l *Library) Get(ctx context.Context, plan GetPlan, emit func(Event)) Summary {
	root, rootErr := openTarget(plan)
	if root != nil {
		defer func() { _ = root.Close() }()
	}
	slots := semaphore.NewWeighted(int64(l.o.Parallel))
	n := len(plan.Items)
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
			if StatusOf(g.Code) != StatusSkipped {
				e.Err = &Error{Code: g.Code, Path: g.Path, Args: localArgs(e.To, g.Args)}
			}
		case rootErr != nil:
			e.Err = rootErr
		default:
			f := &fetch{l: l, root: root, item: g, shown: e.To, slots: slots, meter: newMeter(s, OpGet, g.Path, g.Key, g.Size)}
			if err := f.run(ctx); err != nil {
				e.Err = asError(err, g.Path)
			} else {
				e.Bytes = g.Size
			}
		}
		s.item(e)
	})
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
	if plan.Bytes == 0 && !plan.writes() {
		return nil, nil
	}
	if err := os.MkdirAll(plan.Dir, 0o777); err != nil {
		return nil, localError(plan.Dir, err, CodeLocalUnwritable)
	}
	root, err := os.OpenRoot(plan.Dir)
	if err != nil {
		return nil, localError(plan.Dir, err, CodeLocalUnwritable)
	}
	return root, nil
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
}

func (f *fetch) run(ctx context.Context) error {
	dir := filepath.Dir(f.item.Local)
	if dir != "." {
		if err := f.root.MkdirAll(dir, 0o777); err != nil {
			return f.trouble(err)
		}
	}
	temp := filepath.Join(dir, ".mediadock-"+strings.ToLower(rand.Text())+".part")
	file, err := f.root.OpenFile(temp, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return f.trouble(err)
	}
	err = f.fill(ctx, file)
	if cerr := file.Close(); err == nil && cerr != nil {
		err = f.trouble(cerr)
	}
	if err == nil {
		err = f.settle(temp)
	}
	if err != nil {
		_ = f.root.Remove(temp)
	}
	return err
}

func (f *fetch) trouble(err error) *Error {
	return &Error{Code: localCode(err), Path: f.item.Path, Args: localArgs(f.shown, nil), Err: err}
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
		_ = f.root.Remove(temp)
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
