package tuitest

import (
	"context"
	"errors"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/guess"
	"github.com/mediadock/mediadock/media/privacy"
)

// Library is a media library in memory. Paths of local files need not exist:
// every file is 1,000 bytes.
type Library struct {
	// Removing is told when a deletion is sent; nil: nobody is.
	Removing func()
	mu       sync.Mutex
	Files    map[string]int64 // path to size
	PageSize int
	Fixed    bool
	// Gate, when not nil, holds every item of a change back until something
	// is received.
	Gate chan struct{}
	// Fails are paths on which every change fails, with the error.
	Fails map[string]error
	// PageErr is returned by Page while it is set.
	PageErr error
	Pages   int // pages read
	// Skips are paths that a change skips, with the code of why.
	Skips map[string]string
	// Aborts makes a cancelled change end the item under way with an error,
	// as the real one does.
	Aborts bool
	// Keeps makes what is cancelled singly kept, as of large files.
	Keeps bool
	// Same are paths that hold the content of what is uploaded to them.
	Same map[string]bool
	// MoveErr, when not nil, is all that PlanMove answers.
	MoveErr error
	// Marked are empty folders whose markers cannot be removed.
	Marked map[string]bool
	// Content is what files hold, by path; others hold nothing but zeros.
	// Looks counts the reads of it, and Looking, when not nil, holds each of
	// them back until something is received or it is cancelled, which Unseen
	// counts.
	Content       map[string][]byte
	Looks, Unseen int
	Looking       chan struct{}
	// Notes are remarks about the names of uploads, by path.
	Notes map[string][]media.Note
	// Private is what uploads tell beside their content, by path, and Better
	// are better names.
	Private map[string]privacy.Report
	Better  map[string]string
	// Told, when not nil, hears of files before the caller does.
	Told func(media.Event)
	// Left are uploads that an earlier run did not end.
	Left []media.KeptUpload
	// Dirs are local directories that PlanPut finds files in.
	Dirs map[string][]string
	// Refuses are names that PlanPut refuses, with the code of why.
	Refuses map[string]string
	// PageErrs are returned by Page for folders.
	PageErrs map[string]error
	// Paged are the folders of which pages were read, in order.
	Paged []string

	importing media.IfExists // what the import that was planned last does
}

// NewLibrary holds the files given, 1,000 bytes each.
func NewLibrary(files ...string) *Library {
	l := &Library{Files: map[string]int64{}, PageSize: 1000, Fails: map[string]error{}}
	for _, f := range files {
		l.Files[f] = 1000
	}
	return l
}

// Has tells whether there is a file.
func (l *Library) Has(p string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, ok := l.Files[p]
	return ok
}

// Take puts a file of so many bytes there, as another person would.
func (l *Library) Take(p string, size int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Files[p] = size
}

// Count is how many pages were read.
func (l *Library) Count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Pages
}

func (l *Library) item(p string) media.Item {
	return media.Item{Path: p, Key: "media/" + p, Size: l.Files[p], Modified: Now.Add(-time.Hour)}
}

// Page lists a folder.
func (l *Library) Page(ctx context.Context, folder, token string) (media.Page, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Pages++
	l.Paged = append(l.Paged, folder)
	if l.PageErr != nil {
		return media.Page{}, l.PageErr
	}
	if err := l.PageErrs[folder]; err != nil {
		return media.Page{}, err
	}
	folders, files := map[string]bool{}, []media.Item{}
	for p := range l.Files {
		rest, ok := strings.CutPrefix(p, folder)
		if !ok || rest == "" {
			continue
		}
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			folders[folder+rest[:i+1]] = true
			continue
		}
		files = append(files, l.item(p))
	}
	var all []media.Item
	for f := range folders {
		all = append(all, media.Item{Path: f, Folder: true})
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Path < all[j].Path })
	sort.Slice(files, func(i, j int) bool { return files[i].Path < files[j].Path })
	all = append(all, files...)
	from, _ := strconv.Atoi(token)
	to := min(from+l.PageSize, len(all))
	next := ""
	if to < len(all) {
		next = strconv.Itoa(to)
	}
	return media.Page{Items: all[from:to], Next: next}, ctx.Err()
}

// Info tells all of a file.
func (l *Library) Info(_ context.Context, p string) (media.Item, error) {
	if !l.Has(p) {
		return media.Item{}, &media.Error{Code: media.CodeNotFound, Path: p}
	}
	it := l.item(p)
	it.ContentType, it.StorageClass = "image/png", "STANDARD"
	it.Metadata = map[string]string{"upload-source": "microcms", "microcms-status": "public"}
	return it, nil
}

// Bytes reads a part of a file.
func (l *Library) Bytes(ctx context.Context, item media.Item, off, n int64) ([]byte, error) {
	l.mu.Lock()
	l.Looks++
	data, gate := l.Content[item.Path], l.Looking
	l.mu.Unlock()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			l.mu.Lock()
			l.Unseen++
			l.mu.Unlock()
			return nil, ctx.Err()
		}
	}
	if item.Key == "" { // S3 has no such
		return nil, errors.New("no key is given")
	}
	if err := l.Fails[item.Path]; err != nil {
		return nil, err
	}
	if data == nil {
		data = make([]byte, item.Size)
	}
	return data[min(off, int64(len(data))):min(off+n, int64(len(data)))], nil
}

// Looked is how many reads there were, and how many of them were cancelled.
func (l *Library) Looked() (reads, cancelled int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Looks, l.Unseen
}

// PlanPut plans files by their last name; names that are taken are refused.
func (l *Library) PlanPut(_ context.Context, sources []string, o media.PutOptions) (media.PutPlan, error) {
	var plan media.PutPlan
	for i, s := range sources {
		if in := l.Dirs[s]; in != nil {
			sources = slices.Concat(sources[:i], in, sources[i+1:])
		}
	}
	for _, s := range sources {
		if strings.Contains(s, "missing") {
			return plan, &media.Error{Code: media.CodeLocalMissing, Path: s}
		}
		p := o.To + path.Base(s)
		it := media.PutItem{File: s, Path: p, Key: "media/" + p, URL: l.URL(p), Size: 1000, Guess: guess.Score(p), Notes: l.Notes[p], Private: l.Private[p], Better: l.Better[p]}
		if l.Has(p) {
			it.Exists, it.Code, it.Old = true, media.CodeExists, l.item(p)
		} else if it.Code = l.Refuses[path.Base(s)]; it.Code == "" {
			plan.Bytes += it.Size
		}
		plan.Items = append(plan.Items, it)
	}
	return plan, nil
}

// Suffix is what makes names unguessable here.
const Suffix = "k7m3x9q2w8h5t4r6n2c7v9d3z8"

// MakeUnguessable adds the same part to every name.
func (l *Library) MakeUnguessable(_ context.Context, plan *media.PutPlan, items ...int) error {
	plan.Items, plan.Bytes = slices.Clone(plan.Items), 0
	for i := range plan.Items {
		it := &plan.Items[i]
		if len(items) == 0 || slices.Contains(items, i) {
			it.Path = guess.Add(it.Path, Suffix, address.MaxKeyBytes)
			it.Key, it.URL, it.Guess = "media/"+it.Path, l.URL(it.Path), guess.Score(it.Path)
			it.Code, it.Exists = "", false
		}
		if it.Code == "" {
			plan.Bytes += it.Size
		}
	}
	return nil
}

// StripPrivate strips what the items of a plan tell.
func (l *Library) StripPrivate(_ context.Context, plan *media.PutPlan, items ...int) error {
	plan.Items = slices.Clone(plan.Items)
	for i := range plan.Items {
		if len(items) == 0 || slices.Contains(items, i) {
			plan.Items[i].StripPrivate()
		}
	}
	return nil
}

// FixNames takes the better names.
func (l *Library) FixNames(_ context.Context, plan *media.PutPlan, items ...int) error {
	plan.Items = slices.Clone(plan.Items)
	for i := range plan.Items {
		if it := &plan.Items[i]; it.Better != "" && (len(items) == 0 || slices.Contains(items, i)) {
			it.Path, it.Better, it.Notes = it.Better, "", nil
			it.Key, it.URL = "media/"+it.Path, l.URL(it.Path)
		}
	}
	return nil
}

// PlanAgain plans items of a plan anew, under their paths.
func (l *Library) PlanAgain(_ context.Context, plan media.PutPlan, paths ...string) (media.PutPlan, error) {
	again := media.PutPlan{}
	for _, it := range plan.Items {
		if len(paths) > 0 && !slices.Contains(paths, it.Path) {
			continue
		}
		if it.Code, it.Exists = "", false; l.Has(it.Path) {
			it.Exists, it.Code, it.Old = true, media.CodeExists, l.item(it.Path)
		} else {
			again.Bytes += it.Size
		}
		again.Items = append(again.Items, it)
	}
	return again, nil
}

// Decide settles a name that is taken.
func (l *Library) Decide(_ context.Context, plan *media.PutPlan, i int, choice media.IfExists) error {
	it := &plan.Items[i]
	if choice == media.Skip {
		it.Code = media.CodeConflict
		if l.Same[it.Path] {
			it.Code = media.CodeSame
		}
		return nil
	}
	it.Code = ""
	if choice == media.KeepBoth {
		ext := path.Ext(it.Path)
		it.Path = strings.TrimSuffix(it.Path, ext) + "-2" + ext
		it.URL = l.URL(it.Path)
	}
	plan.Bytes += it.Size
	return nil
}

// run works on paths one by one behind the gate.
func (l *Library) run(ctx context.Context, opName string, paths []string, emit func(media.Event), do func(i int) media.Event) media.Summary {
	return l.runUnder(ctx, nil, opName, paths, emit, do)
}

// runUnder is run of what a control reaches.
func (l *Library) runUnder(ctx context.Context, control *media.Control, opName string, paths []string, emit func(media.Event), do func(i int) media.Event) media.Summary {
	var sum media.Summary
	for i, p := range paths {
		own, end := control.Begin(ctx, p)
		if l.Gate != nil && own.Err() == nil {
			emit(media.Event{Type: media.EventProgress, Op: opName, Path: p, Bytes: 400, Total: 1000})
			select {
			case <-l.Gate:
			case <-own.Done():
			}
		}
		dropped := own.Err() != nil && ctx.Err() == nil
		end()
		if dropped {
			err := &media.Error{Code: media.CodeAborted, Path: p, Err: context.Canceled}
			emit(media.Event{Type: media.EventItem, Op: opName, Path: p, Status: media.StatusFailed, Code: media.CodeAborted, Err: err, Kept: l.Keeps})
			sum.Failed++
			continue
		}
		if ctx.Err() != nil && l.Aborts {
			err := &media.Error{Code: media.CodeAborted, Path: p, Err: ctx.Err()}
			emit(media.Event{Type: media.EventItem, Op: opName, Path: p, Status: media.StatusFailed, Code: media.CodeAborted, Err: err})
			sum.Failed++
			i++
		}
		if ctx.Err() != nil {
			sum.NotStarted += len(paths) - i
			break
		}
		e := media.Event{Type: media.EventItem, Op: opName, Path: p, Key: "media/" + p, Status: media.StatusDone}
		if code := l.Skips[p]; code != "" {
			e.Status, e.Code = media.StatusSkipped, code
			sum.Skipped++
			emit(e)
			continue
		}
		if err := l.Fails[p]; err != nil {
			e.Status, e.Err, e.Code = media.StatusFailed, err, media.CodeDenied
			sum.Failed++
		} else {
			l.mu.Lock()
			done := do(i)
			l.mu.Unlock()
			e.To, e.Bytes, e.URL, e.Private = done.To, done.Bytes, done.URL, done.Private
			sum.Done++
			sum.Bytes += done.Bytes
		}
		if l.Told != nil {
			l.Told(e)
		}
		emit(e)
	}
	sum.Duration = time.Second
	emit(media.Event{Type: media.EventSummary, Op: opName, Summary: &sum})
	return sum
}

// Put uploads.
func (l *Library) Put(ctx context.Context, plan media.PutPlan, emit func(media.Event)) media.Summary {
	var paths []string
	for _, it := range plan.Items {
		paths = append(paths, it.Path)
	}
	return l.runUnder(ctx, plan.Control, media.OpPut, paths, emit, func(i int) media.Event {
		l.Files[paths[i]] = plan.Items[i].Size
		return media.Event{Bytes: plan.Items[i].Size, Private: plan.Items[i].Decided()}
	})
}

// URL is the default S3 address.
func (l *Library) URL(p string) string {
	s := address.Space{Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Prefix: "media"}
	return s.URL(s.Key(p))
}

// FixedNames answers Fixed.
func (l *Library) FixedNames() bool { return l.Fixed }
