package media

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/guess"
	"github.com/mediadock/mediadock/media/privacy"
)

// IfExists says what becomes of a file whose name is taken.
type IfExists string

// The choices of the contract's --if-exists, beside "ask", which is the
// caller's business: plan with Fail, ask for the items that were refused with
// "exists", and Decide.
const (
	Fail    IfExists = "fail" // the default
	Skip    IfExists = "skip" // the same size and checksum is done, anything else a conflict
	Replace IfExists = "replace"
	// KeepBoth gives the new file a free name: photo-2.jpg. A hyphen, since
	// brackets and spaces would be encoded in the URL.
	KeepBoth IfExists = "keep-both"
)

// PutOptions say where to and how.
type PutOptions struct {
	To       string // folder; empty: the space itself
	IfExists IfExists
	// RandomSuffix adds a part to each name that nobody can guess (M30), as
	// guess.Add does.
	RandomSuffix bool
	// Privacy says what becomes of what files tell beside their content (B10).
	Privacy Privacy
	// FixNames gives the files better names where they need one (B9), as
	// Library.FixNames does.
	FixNames bool
	// Filter chooses among the files; nil: all that are media.
	Filter *Filter
	// DryRun is for the caller's own use; a plan changes nothing.
	DryRun bool
}

// PutPlan is what an upload will do.
type PutPlan struct {
	Items []PutItem
	// LeftOut are sources, and files and directories inside them, that do not
	// exist, cannot be read or are no media. Put tells them as items.
	LeftOut []LeftOut
	Bytes   int64 // of the items without a Code
	// Control reaches into the upload while it runs; nil: nobody does.
	Control *Control
	looked  time.Time

	to       string // the folder to upload to
	ifExists IfExists
	privacy  Privacy
	there    []string // paths in the bucket beside the new ones, as far as known
	folders  []string // folders in the bucket that may be twins of the new ones
}

// PutItem is one file of an upload.
type PutItem struct {
	File        string // local
	Path        string
	Key         string
	URL         string
	Size        int64     // as it is uploaded: less than the local file's if Strip
	Modified    time.Time // of the local file
	ContentType string
	// Overruled tells that the content is plainly of another format than the
	// name says, and that ContentType follows the content.
	Overruled bool
	Exists    bool
	// Old is what is there, when Exists.
	Old Item
	// Code says why this file will not be uploaded; empty: it will be.
	Code string
	Args map[string]string
	// Guess says how easily the path is guessed.
	Guess guess.Result
	// Notes are what may surprise about the name. They stop nothing.
	Notes []Note
	// Better is a better path, where there is one; see FixNames.
	Better string
	// Private is what the file tells beside its content (B10).
	Private privacy.Report
	// Strip tells that it is taken out; see StripPrivate.
	Strip bool
	// Keep tells that somebody decided to publish it as it is; see KeepPrivate.
	Keep bool

	// Headers that a re-upload carries over from the old object.
	cacheControl, contentDisposition string
}

// LeftOut is a local file that will not be uploaded, and the code of why.
type LeftOut struct {
	File string
	Code string
	Err  error
}

// PlanPut finds out what an upload of files and directories will do, without
// changing anything. "DIR" keeps its own name, "DIR/" means its contents. What
// does not exist, is unreadable, or inside a directory is no media is left out
// and named, so that the others go on. A target folder whose name a file has
// is refused with "target-is-file".
func (l *Library) PlanPut(ctx context.Context, sources []string, o PutOptions) (PutPlan, error) {
	if err := l.mayWrite(o.To); err != nil {
		return PutPlan{}, err
	}
	to := newFolder(o.To)
	if to != "" {
		if err := l.space.CheckName(strings.TrimSuffix(to, "/")); err != nil {
			return PutPlan{}, nameError(err)
		}
		if err := l.checkFolder(ctx, to); err != nil {
			return PutPlan{}, err
		}
	}
	o.Privacy = l.privacyOr(o.Privacy)
	found, err := gather(ctx, sources, o.Filter)
	if err != nil {
		return PutPlan{}, err
	}
	items, errs := l.planFiles(ctx, found.files, to, o)
	if err := ctx.Err(); err != nil {
		return PutPlan{}, failure("", "", err)
	}
	plan := PutPlan{
		LeftOut: found.leftOut, Items: make([]PutItem, 0, len(found.files)), looked: time.Now(),
		to: to, ifExists: o.IfExists, privacy: o.Privacy,
	}
	for i, item := range items {
		if errs[i] != nil {
			plan.LeftOut = append(plan.LeftOut, LeftOut{File: item.File, Code: codeIn(errs[i]), Err: errs[i]})
			continue
		}
		if err := l.space.CheckName(item.Path); err != nil {
			e := nameError(err)
			item.Code, item.Args = e.Code, e.TextArgs()
		}
		plan.Items = append(plan.Items, item)
	}
	if err := l.lookAround(ctx, &plan); err != nil {
		return PutPlan{}, err
	}
	if err := l.settle(ctx, &plan, o.IfExists); err != nil {
		return PutPlan{}, err
	}
	plan.noteTwins()
	if o.FixNames {
		if err := l.FixNames(ctx, &plan); err != nil {
			return PutPlan{}, err
		}
		if o.RandomSuffix { // after it, or it could be cut off again
			if err := l.MakeUnguessable(ctx, &plan); err != nil {
				return PutPlan{}, err
			}
		}
	}
	return plan, nil
}

// lookAround finds out what is at the targets, and what is beside them.
func (l *Library) lookAround(ctx context.Context, plan *PutPlan) error {
	g, both := errgroup.WithContext(ctx)
	paths := slices.Clone(plan.Items) // before lookAt writes to them
	var passed []string
	g.Go(func() error { return l.lookPast(both, plan.Items, l.twinsOf(paths, &passed)) })
	g.Go(func() error {
		plan.there = l.neighbours(both, paths)
		return nil
	})
	g.Go(func() error {
		plan.folders = l.foldersBeside(both, paths)
		return nil
	})
	err := g.Wait()
	plan.there = append(plan.there, passed...)
	return err
}

// planFiles is planFile for many, several at once, since each is opened.
func (l *Library) planFiles(ctx context.Context, files []foundFile, to string, o PutOptions) ([]PutItem, []error) {
	items, errs := make([]PutItem, len(files)), make([]error, len(files))
	var g errgroup.Group
	g.SetLimit(l.o.Parallel)
	for i, f := range files {
		if ctx.Err() != nil {
			break
		}
		g.Go(func() error {
			name := to + address.NFC(f.target)
			f.to = to
			if o.RandomSuffix && !o.FixNames {
				if name, errs[i] = l.unguessable(name); errs[i] != nil {
					items[i].File = f.name
					return nil //nolint:nilerr // it is in errs
				}
			}
			items[i], errs[i] = l.planFile(f, name)
			items[i].settlePrivate(o.Privacy)
			return nil
		})
	}
	_ = g.Wait() // the errors are each file's own
	return items, errs
}

// planFile decides everything about a local file that depends on itself and
// on the name that it is to have.
func (l *Library) planFile(f foundFile, name string) (PutItem, error) {
	item := PutItem{
		File:     f.name,
		Size:     f.size,
		Modified: f.modified,
	}
	l.name(&item, name)
	head, err := headOf(f.name)
	if err != nil {
		return item, err
	}
	item.ContentType, item.Overruled = contentType(name, head)
	l.noteName(&item, f.to, f.target)
	if item.Private, err = lookPrivate(f, head); err != nil {
		return item, err
	}
	if f.size > maxObject {
		item.Code = CodeTooLarge
	}
	return item, nil
}

// headOf reads the beginning of a file: a little, or for text what it takes
// to see whether it is UTF-8.
func headOf(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, localError(name, err, CodeLocalUnreadable)
	}
	defer f.Close()
	n := int64(4 << 10)
	if t := ContentType(name, nil); strings.HasPrefix(t, "text/") || t == binaryType {
		n = HeadBytes
	}
	head, err := io.ReadAll(io.LimitReader(f, n))
	if err != nil {
		return nil, localError(name, err, CodeLocalUnreadable)
	}
	return head, nil
}

func codeIn(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeUnexpected
}
