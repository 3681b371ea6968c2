package media

import (
	"context"
	"io"
	"os"
	"slices"

	"github.com/mediadock/mediadock/media/privacy"
)

// Privacy says what becomes of what files tell beside their content (B10).
type Privacy string

// The choices; none is that of Options.Privacy, and none there is AskPrivate.
// What is found is in PutItem.Private in any case.
const (
	AskPrivate   Privacy = "ask"   // files are uploaded as they are; it may be decided about each
	KeepPrivate  Privacy = "keep"  // files are uploaded as they are, because somebody said so
	StripPrivate Privacy = "strip" // it is taken out where it can be
)

// privacyOr is what was chosen, or else what holds for the library.
func (l *Library) privacyOr(chosen Privacy) Privacy {
	if chosen == "" && l.o.Privacy != nil {
		return l.o.Privacy()
	}
	return chosen
}

// lookPrivate finds what a local file tells beside its content.
func lookPrivate(f foundFile, head []byte) (privacy.Report, error) {
	if !privacy.Knows(head) {
		return privacy.Report{}, nil
	}
	file, err := os.Open(f.name)
	if err != nil {
		return privacy.Report{}, localError(f.name, err, CodeLocalUnreadable)
	}
	defer file.Close()
	report, err := privacy.Look(file, f.size)
	if err != nil {
		return report, localError(f.name, err, CodeLocalUnreadable)
	}
	return report, nil
}

// StripPrivate lets the upload leave out what the file tells beside its
// content, as far as it can be taken out. The local file stays as it is.
func (i *PutItem) StripPrivate() {
	if i.Strip || !i.Private.Strippable() {
		return
	}
	i.Strip, i.Keep, i.Size = true, false, i.Private.StrippedSize()
}

// KeepPrivate notes that somebody decided to publish what the file tells, as
// far as it is not taken out.
func (i *PutItem) KeepPrivate() { i.Keep = !i.Strip }

// settlePrivate does what was chosen for all files.
func (i *PutItem) settlePrivate(chosen Privacy) {
	switch chosen {
	case StripPrivate:
		i.StripPrivate()
	case KeepPrivate:
		i.KeepPrivate()
	}
}

// Decided is what the upload makes of what the file tells.
func (i PutItem) Decided() privacy.Decision { return i.Private.Decided(i.Strip, i.Keep) }

// localSize is the size of the local file.
func (i PutItem) localSize() int64 {
	if i.Strip {
		return i.Private.Size()
	}
	return i.Size
}

// open opens the local file to be read as it is uploaded.
func (i PutItem) open() (*localFile, error) {
	f, err := openLocal(i.File, i.localSize(), i.Modified)
	if err == nil && i.Strip {
		f.content = i.Private.Stripped(f.File)
	}
	return f, err
}

// reader is the content as it is uploaded, from the beginning.
func (i PutItem) reader() (io.ReadCloser, error) {
	f, err := os.Open(i.File)
	if err != nil {
		return nil, localError(i.File, err, CodeLocalUnreadable)
	}
	if !i.Strip {
		return f, nil
	}
	return struct {
		io.Reader
		io.Closer
	}{io.NewSectionReader(i.Private.Stripped(f), 0, i.Size), f}, nil
}

// WithPrivate are the items that would be uploaded, or that wait for a
// decision, and tell something that can still be taken out. With grave, only
// those that say where somebody was or who somebody is.
func (p *PutPlan) WithPrivate(grave bool) []int {
	var all []int
	for i, item := range p.Items {
		if item.renamable() && !item.Strip && item.Private.Strippable() && (!grave || item.Private.Grave()) {
			all = append(all, i)
		}
	}
	return all
}

// Unsure are the items that would be uploaded, or that wait for a decision, and
// of which PutItem.Unsure holds.
func (p *PutPlan) Unsure() []int {
	var all []int
	for i, item := range p.Items {
		if item.renamable() && item.Unsure() {
			all = append(all, i)
		}
	}
	return all
}

// Unsure holds for what would be public whatever is stripped: a picture or film
// that tells where somebody was or who is in it, or that could not be looked at
// in full. What documents say about their authors is only told.
func (i PutItem) Unsure() bool {
	if i.Private.Trouble != "" && i.Private.Pictures() {
		return true
	}
	return slices.ContainsFunc(i.Private.Findings, func(f privacy.Finding) bool {
		return f.Stays && f.Grave() && f.Code != privacy.Owner
	})
}

// StripPrivate takes out what some items of a plan tell beside their content
// (PutItem.StripPrivate); no index means all. Whether a file is in the bucket
// already is then decided anew.
func (l *Library) StripPrivate(ctx context.Context, plan *PutPlan, items ...int) error {
	plan.Items = slices.Clone(plan.Items)
	var again []int
	for i := range plan.Items {
		item := &plan.Items[i]
		if len(items) > 0 && !slices.Contains(items, i) || item.Strip || !item.Private.Strippable() {
			continue
		}
		item.StripPrivate()
		if item.Code == CodeSame || item.Code == CodeConflict {
			item.Code = ""
			again = append(again, i)
		}
	}
	return l.settleSome(ctx, plan, again)
}

// KeepPrivate notes that somebody decided to publish what some items of a plan
// tell (PutItem.KeepPrivate); no index means all.
func (p *PutPlan) KeepPrivate(items ...int) {
	p.Items = slices.Clone(p.Items)
	for i := range p.Items {
		if len(items) == 0 || slices.Contains(items, i) {
			p.Items[i].KeepPrivate()
		}
	}
}

// LeaveOut takes items out of a plan. They are told as skipped.
func (p *PutPlan) LeaveOut(items ...int) {
	p.Items = slices.Clone(p.Items)
	for _, i := range items {
		if p.Items[i].Code == "" || StatusOf(p.Items[i].Code) == StatusRefused {
			p.Items[i].Code, p.Items[i].Args = CodeLeftOut, nil
		}
	}
	p.count()
}

// uploadedAs is a local file as it was uploaded, to compare it with an object
// of that size: stripped, if that is what makes the sizes agree.
func uploadedAs(name string, size int64) PutItem {
	item := PutItem{File: name, Size: size}
	info, err := os.Stat(name)
	if err != nil || info.Size() <= size || !info.Mode().IsRegular() {
		return item
	}
	f, err := os.Open(name)
	if err != nil {
		return item
	}
	defer f.Close()
	report, err := privacy.Look(f, info.Size())
	if err == nil && report.StrippedSize() == size {
		item.Private, item.Strip = report, true
	}
	return item
}
