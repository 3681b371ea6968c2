package media

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
)

// ReplacePlan is what a re-upload will do.
type ReplacePlan struct {
	Old  Item
	File PutItem
	// Renamed tells that the object takes the file's name: the old URL
	// stops working.
	Renamed bool
	OldURL  string
	looked  time.Time
}

// Retyped tells that the object will be delivered as another kind of file than
// so far, which pages may not expect, whatever becomes of the address.
func (p ReplacePlan) Retyped() bool {
	old, now := baseType(p.Old.ContentType), baseType(p.File.ContentType)
	return old != "" && now != "" && old != now
}

// baseType is a content type without its parameters.
func baseType(contentType string) string {
	base, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(base))
}

// PlanReplace finds out what re-uploading a file will do (D1). With fixed file
// names only a file of the same name is taken; names are compared after
// composition (NFC), and case counts. Otherwise a file of another name is
// taken too, and the object then has that name. A name that is taken by
// another object is refused with "replace-exists".
func (l *Library) PlanReplace(ctx context.Context, target, file string) (ReplacePlan, error) {
	if err := l.mayWrite(target); err != nil {
		return ReplacePlan{}, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return ReplacePlan{}, localError(file, err, CodeLocalUnreadable)
	}
	if !info.Mode().IsRegular() {
		return ReplacePlan{}, refuse(CodeLocalNotFile, file)
	}
	old, err := l.Info(ctx, target)
	if err != nil {
		return ReplacePlan{}, err
	}
	name := address.NFC(filepath.Base(file))
	same := address.SameName(name, old.Name())
	if !same && l.o.FixFileNames {
		return ReplacePlan{}, refuse(CodeNameFixed, old.Path, "name", old.Name(), "given", name)
	}
	to := old.Path
	if !same {
		to = path.Join(path.Dir(old.Path), name)
	}
	item, err := l.planFile(foundFile{name: file, size: info.Size(), modified: info.ModTime()}, to)
	if err != nil {
		return ReplacePlan{}, err
	}
	if item.Code != "" {
		return ReplacePlan{}, refuse(item.Code, to)
	}
	item.settlePrivate(l.privacyOr(""))
	item.cacheControl = old.CacheControl
	plan := ReplacePlan{Old: old, File: item, Renamed: !same, OldURL: l.space.URL(old.Key), looked: time.Now()}
	if same {
		// A name that the object has already is good enough for it.
		plan.File.Exists, plan.File.Old = true, old
		plan.File.contentDisposition = old.ContentDisposition
		return plan, nil
	}
	if err := l.space.CheckName(to); err != nil {
		return ReplacePlan{}, nameError(err)
	}
	there, err := l.look(ctx, to)
	if err != nil {
		return ReplacePlan{}, err
	}
	if there != nil {
		return ReplacePlan{}, refuse(CodeReplaceExists, old.Path, "to", to, "name", old.Name())
	}
	return plan, nil
}

// Replace does what a plan says, only if the object still is what the plan
// saw. Under a new name the new object is stored before the old one is
// removed; if that fails, the item fails with "left-old". In between both are
// in the journal, where PlanRecover finds them.
func (l *Library) Replace(ctx context.Context, plan ReplacePlan, emit func(Event)) Summary {
	emit = l.telling(emit)
	d := &deletion{l: l, match: true}
	slots := semaphore.NewWeighted(int64(l.o.Parallel))
	us := l.uploads()
	defer us.close()
	sum := run(ctx, 1, 1, one, summaryLater(emit), func(ctx context.Context, _ int, s sink) {
		var e Event
		if plan.Renamed {
			e = l.replaceRenamed(ctx, plan, d, slots, us, s)
		} else {
			e = l.putItem(ctx, plan.File, plan.looked, OpReplace, slots, us, s)
		}
		e.Path, e.Key, e.To = plan.Old.Path, plan.Old.Key, plan.File.Path
		s.item(e)
	})
	sum.Hidden = int(d.hidden.Load())
	if emit != nil {
		emit(Event{Type: EventSummary, Op: OpReplace, Summary: &sum})
	}
	return sum
}

// replaceRenamed stores the file under its own name and then removes the old
// object.
func (l *Library) replaceRenamed(ctx context.Context, plan ReplacePlan, d *deletion, slots *semaphore.Weighted, us *uploads, s sink) Event {
	op := l.o.Journal.Begin(OpReplace, operation{From: plan.Old.Path, To: plan.File.Path})
	defer op.Close()
	id := op.NextID()
	err := op.Write(journal.Step{ID: id, Kind: kindReplace, State: stateIntent, Data: intent{
		From: plan.Old.Key, To: plan.File.Key, ETag: plan.Old.ETag, Size: plan.Old.Size, Version: plan.Old.VersionID,
		Changed: plan.Old.Modified, File: absolute(plan.File.File), FileSize: plan.File.Size, Private: plan.File.Decided(),
	}})
	if err != nil {
		return Event{Op: OpReplace, URL: plan.File.URL, Total: plan.File.Size, Err: journalFailure(plan.Old.Path, err)}
	}
	e := l.putItem(ctx, plan.File, plan.looked, OpReplace, slots, us, s)
	ctx, cancel := evenAfter(ctx) // two were not asked for
	defer cancel()
	if e.Err != nil {
		if there, err := l.look(ctx, plan.File.Path); err == nil && there == nil || !unanswered(asError(e.Err, plan.Old.Path)) {
			op.Note(journal.Step{ID: id, State: journal.Done})
		}
		return e
	}
	stored, err := l.look(ctx, plan.File.Path)
	if err == nil && stored != nil {
		// The old object is removed also if this is not written: the intent is.
		_ = op.Write(journal.Step{ID: id, State: stateCopied, Data: made{ETag: stored.ETag}})
	}
	if err := d.remove(ctx, []Item{plan.Old})[0]; err != nil {
		e.Err = &Error{Code: CodeLeftOld, Path: plan.Old.Path, Evidence: err.Evidence, Err: err,
			Args: map[string]string{"to": plan.File.Path, "operation": "s3:DeleteObject", "reason": err.Code}}
		return e
	}
	op.Note(journal.Step{ID: id, State: journal.Done})
	return e
}

// absolute is a local file's name as another working directory finds it.
func absolute(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		return abs
	}
	return file
}
