package media

import (
	"context"
	"encoding/json"
	"time"

	"github.com/mediadock/mediadock/media/journal"
)

// OpRecover is the operation of what recovery only looked at or took back;
// what it moved is told as OpMove.
const OpRecover = "recover"

// Found says in which state a file of an operation that was cut short is.
type Found string

// The states that a file may be found in.
const (
	FoundMoved    Found = "moved"     // complete: only the journal's last line is missing
	FoundBoth     Found = "both"      // the original and its copy: either may go
	FoundNotBegun Found = "not-begun" // the original alone
	FoundChanged  Found = "changed"   // the original is another one by now
	FoundTaken    Found = "taken"     // the new name holds something else
	FoundUnsure   Found = "unsure"    // whether the copy is complete cannot be told
	FoundGone     Found = "gone"      // neither
)

// RecoverPlan is what was cut short at the library's place. It holds the
// journal's files until Close: nobody else recovers them meanwhile.
type RecoverPlan struct {
	Cuts []Cut
	// Uploads are those that were interrupted and can go on.
	Uploads []KeptUpload
	// Elsewhere are buckets and directories other than the library's where
	// something was cut short, too.
	Elsewhere []journal.Place
}

// Cut is one operation that was cut short.
type Cut struct {
	Op       string
	From, To string // paths; folders with a slash at the end
	Begun    time.Time
	Items    []CutItem

	left    *journal.Left
	folder  bool
	markers []string // keys
	marker  int      // the entry of the markers; 0: none is open
}

// CutItem is one file of it.
type CutItem struct {
	From, To string // paths
	Bytes    int64
	Found    Found
	// Settled tells that this file was moved before the cut. It matters to
	// undoing alone.
	Settled bool

	kind   string
	id     int
	intent intent
	upload string // a multipart upload that was begun for the copy
	sure   string // the copy's ETag as the journal knows it
	own    bool   // the copy is known to be the operation's own
	claim  string // the object by which both names were claimed
	from   *Item  // what there is
	to     *Item
}

// Close lets go of the journal's files.
func (p *RecoverPlan) Close() {
	for _, c := range p.Cuts {
		if c.left != nil { // a plan of nobody's journal has none
			c.left.Close()
		}
	}
	p.Cuts = nil
	p.LeaveUploads()
}

// LeaveUploads takes interrupted uploads out of the plan.
func (p *RecoverPlan) LeaveUploads() {
	for _, u := range p.Uploads {
		u.entry.Close() // more than once where several are of one operation
	}
	p.Uploads = nil
}

// Empty tells that nothing at the library's place was cut short.
func (p *RecoverPlan) Empty() bool { return len(p.Cuts) == 0 && len(p.Uploads) == 0 }

// Count is how many files that are not settled were found in a state.
func (c Cut) Count(state Found) int {
	n := 0
	for _, i := range c.Items {
		if !i.Settled && i.Found == state {
			n++
		}
	}
	return n
}

// CutShort tells how many operations at the library's place were cut short. It
// asks the local disk alone. Uploads are not among them: they go on by
// themselves when the same file is uploaded again.
func (l *Library) CutShort() int { return l.o.Journal.Waiting(OpMove, OpReplace) }

// PlanRecover finds the operations that were cut short, and in which state the
// bucket is about each file of them. Operations of processes that live are not
// among them; those of other machines are in other journals. The caller closes
// the plan.
func (l *Library) PlanRecover(ctx context.Context) (*RecoverPlan, error) {
	if err := l.mayWrite(""); err != nil {
		return nil, err
	}
	plan := &RecoverPlan{}
	for _, left := range l.o.Journal.Left() {
		if cut, ok := l.cutOf(left); ok {
			plan.Cuts = append(plan.Cuts, cut)
		} else if kept := l.keptOf(left); len(kept) > 0 {
			plan.Uploads = append(plan.Uploads, kept...)
		} else {
			left.Close()
		}
	}
	// Environments are gone on with by their own commands.
	plan.Elsewhere = l.o.Journal.Elsewhere(opEnvironmentCopy, opEnvironmentRemove)
	for i := range plan.Cuts {
		if err := l.findOut(ctx, &plan.Cuts[i]); err != nil {
			plan.Close()
			return nil, err
		}
	}
	return plan, nil
}

// cutOf reads an operation; ok is false if it is of a kind that this library
// does not recover.
func (l *Library) cutOf(left *journal.Left) (cut Cut, ok bool) {
	var op operation
	if json.Unmarshal(left.Data, &op) != nil || left.Name != OpMove && left.Name != OpReplace {
		return cut, false
	}
	cut = Cut{Op: left.Name, From: op.From, To: op.To, Begun: left.Begun, left: left, folder: op.Folder, markers: op.Markers}
	for _, e := range left.Entries {
		if e.Kind == kindMarkers {
			cut.marker = e.ID
		}
		if item, ok := l.cutItemOf(e); ok {
			cut.Items = append(cut.Items, item)
		}
	}
	ok = len(cut.Items) > 0 || cut.marker != 0
	for _, e := range left.Settled {
		if _, copied := e.Steps[stateCopied]; !copied {
			continue // it ended with nothing done
		}
		if item, ok := l.cutItemOf(e); ok {
			item.Settled = true
			cut.Items = append(cut.Items, item)
		}
	}
	return cut, ok
}

func (l *Library) cutItemOf(e journal.Entry) (item CutItem, ok bool) {
	if e.Kind != kindMove && e.Kind != kindReplace || !e.Decode(stateIntent, &item.intent) {
		return item, false
	}
	in := item.intent
	from, inside := l.space.Path(in.From)
	to, within := l.space.Path(in.To)
	if !inside || !within {
		return item, false
	}
	item.From, item.To, item.Bytes, item.kind, item.id = from, to, in.Size, e.Kind, e.ID
	var parts partsBegun
	if e.Decode(stateParts, &parts) {
		item.upload = parts.Upload
	}
	var m made
	if e.Decode(stateJoining, &m) {
		item.sure = m.ETag
	}
	if e.Decode(stateCopied, &m) {
		item.sure = m.ETag
		item.own = !m.Shared
	}
	var c claimed
	if e.Decode(stateClaim, &c) {
		item.claim = c.Key
	}
	return item, true
}

// findOut looks at both names of every file of a cut.
func (l *Library) findOut(ctx context.Context, cut *Cut) error {
	var spots []*spot
	for _, i := range cut.Items {
		spots = append(spots, &spot{path: i.From, key: i.intent.From}, &spot{path: i.To, key: i.intent.To})
	}
	if err := l.lookAll(ctx, spots); err != nil {
		return err
	}
	for n := range cut.Items {
		item := &cut.Items[n]
		item.from, item.to = spots[2*n].old, spots[2*n+1].old
		found, err := l.judge(ctx, item)
		if err != nil {
			return err
		}
		item.Found = found
	}
	return nil
}
