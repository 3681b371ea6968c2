package media

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media/doctor"
	"github.com/mediadock/mediadock/media/guess"
)

// Note is a remark about a file's name.
type Note = doctor.Note

// doctored is a name below the folder to, as media/doctor looks at it.
func (l *Library) doctored(to, local, name string, item *PutItem) doctor.Name {
	n := doctor.Name{Local: local, Path: name, Before: len(l.space.Dir()) + len(to), Around: len(l.URL(to+"x")) - 1}
	base, _, _ := strings.Cut(item.ContentType, ";")
	if item.Overruled || !strings.Contains(name[strings.LastIndexByte(name, '/')+1:], ".") {
		n.Type = base
	}
	return n
}

// noteName notes what is remarkable about an item's name below the folder to,
// and the better one that there is for it.
func (l *Library) noteName(item *PutItem, to, local string) {
	name := strings.TrimPrefix(item.Path, to)
	n := l.doctored(to, local, name, item)
	kept := slices.DeleteFunc(slices.Clone(item.Notes), func(n Note) bool { return local != "" || n.Code != doctor.Composed })
	item.Notes, item.Better = append(kept, doctor.Look(n)...), ""
	// A part that makes a name unguessable is never cut off again.
	if better := to + doctor.Fix(n); better != item.Path && (item.Guess.Level != guess.Unguessable || guess.Score(better).Level == guess.Unguessable) {
		item.Better = better
	}
}

// A look for twins among what is in the bucket already is cut short: it only
// serves a remark.
const (
	twinFolders = 4
	twinPages   = 2
)

// neighbours are the paths in the folders of some items, as far as few
// requests tell. What cannot be listed has none.
func (l *Library) neighbours(ctx context.Context, items []PutItem) []string {
	var folders []string
	for _, item := range items {
		if f := item.Path[:strings.LastIndexByte(item.Path, '/')+1]; !slices.Contains(folders, f) {
			if folders = append(folders, f); len(folders) > twinFolders {
				return nil
			}
		}
	}
	var there []string
	for _, folder := range folders {
		pages, token := 0, ""
		for {
			out, err := l.list(ctx, &s3.ListObjectsV2Input{
				Prefix: aws.String(l.space.Key(folder)), Delimiter: aws.String("/"), ContinuationToken: optional(token),
			})
			if err != nil {
				break
			}
			for _, it := range l.media(out) {
				there = append(there, it.Path)
			}
			if pages, token = pages+1, nextToken(out); token == "" || pages == twinPages {
				break
			}
		}
	}
	return there
}

// twinsOf keeps the paths of those keys that may be twins of some items: a look
// at many targets is a listing, which comes by their neighbours anyway.
func (l *Library) twinsOf(items []PutItem, found *[]string) func(key string) {
	if len(items) <= lookFew {
		return func(string) {} // they are asked for one by one
	}
	known := doctor.NewTwins()
	for _, item := range items {
		known.Add(item.Path)
	}
	return func(key string) {
		if path, ok := l.space.Path(key); ok && known.Of(path).Code != "" {
			*found = append(*found, path)
		}
	}
}

// noteTwins marks files whose paths differ from another's in case or form
// alone: two objects for S3, one file for Windows and macOS.
func (p *PutPlan) noteTwins() {
	twins := doctor.NewTwins()
	for _, item := range p.Items {
		twins.Add(item.Path)
	}
	for _, path := range p.there {
		twins.Add(path)
	}
	for i := range p.Items {
		item := &p.Items[i]
		item.Notes = slices.DeleteFunc(slices.Clone(item.Notes), isTwin)
		if n := twins.Of(item.Path); n.Code != "" {
			item.Notes = append(item.Notes, n)
		}
	}
	p.noteTwinFolders()
}

func isTwin(n Note) bool { return n.Code == doctor.CaseTwin || n.Code == doctor.FormTwin }

// Mendable are the items that a better name is known for.
func (p *PutPlan) Mendable() []int {
	var all []int
	for i, item := range p.Items {
		if item.mendable() && (item.Better != "" || slices.ContainsFunc(item.Notes, isTwin)) {
			all = append(all, i)
		}
	}
	return all
}

// mendable holds for what a better name can help: also names that are refused.
func (i PutItem) mendable() bool {
	switch i.Code {
	case CodeNameTooLong, CodeNameUTF8, CodeNameControl, CodeNameBidi, CodeNameEmptyPart, CodeNameDotPart:
		return true
	}
	return i.renamable()
}

// FixNames gives some items of a plan the better names that are known for them
// (B9); no index means all. A name that has a twin in case or form, in the plan
// or in the bucket, is numbered. The folder that the plan uploads to keeps its
// name. Items that cannot be uploaded anyway stay as they are.
func (l *Library) FixNames(ctx context.Context, plan *PutPlan, items ...int) error {
	chosen := slices.DeleteFunc(plan.Mendable(), func(i int) bool { return len(items) > 0 && !slices.Contains(items, i) })
	twins := doctor.NewTwins()
	ours := map[string]bool{} // as many files stay as many
	for i, item := range plan.Items {
		if !slices.Contains(chosen, i) {
			twins.Add(item.Path)
			ours[item.Path] = true
		}
	}
	for _, path := range plan.there {
		twins.Add(path)
	}
	return l.rename(ctx, plan, chosen, func(item *PutItem) error {
		return l.fixName(plan.to, item, twins, ours)
	})
}

func (l *Library) fixName(to string, item *PutItem, twins *doctor.Twins, ours map[string]bool) error {
	path := better(item)
	for n := 2; ours[path] || twins.Of(path).Code != ""; n++ {
		path = numbered(better(item), n)
	}
	twins.Add(path)
	ours[path] = true
	l.name(item, path)
	head, err := headOf(item.File)
	if err != nil {
		return err
	}
	item.ContentType, item.Overruled = contentType(path, head)
	l.noteName(item, to, "")
	return nil
}

func better(item *PutItem) string {
	if item.Better != "" {
		return item.Better
	}
	return item.Path
}

// rename changes the paths of some items and looks what is there. What is
// taken then is decided as the plan was told to.
func (l *Library) rename(ctx context.Context, plan *PutPlan, items []int, change func(*PutItem) error) error {
	var renamed []PutItem
	for _, i := range items {
		item := plan.Items[i]
		if err := change(&item); err != nil {
			return err
		}
		item.Code, item.Args, item.Exists, item.Old = "", nil, false, Item{}
		if err := l.space.CheckName(item.Path); err != nil {
			e := nameError(err)
			item.Code, item.Args = e.Code, e.TextArgs()
		}
		renamed = append(renamed, item)
	}
	var passed []string
	if err := l.lookPast(ctx, renamed, l.twinsOf(renamed, &passed)); err != nil {
		return err
	}
	plan.there = append(slices.Clone(plan.there), passed...)
	plan.Items = slices.Clone(plan.Items)
	for n, i := range items {
		plan.Items[i] = renamed[n]
	}
	if err := l.settleSome(ctx, plan, items); err != nil {
		return err
	}
	plan.noteTwins()
	return nil
}

// settleSome decides anew what becomes of some items that have no code.
func (l *Library) settleSome(ctx context.Context, plan *PutPlan, items []int) error {
	taken := map[string]bool{}
	for i, item := range plan.Items {
		if item.Code == "" && !slices.Contains(items, i) {
			taken[item.Key] = true
		}
	}
	for _, i := range items {
		item := &plan.Items[i]
		switch {
		case item.Code != "":
			continue
		case taken[item.Key] && plan.ifExists != KeepBoth:
			item.Code = CodeDuplicate
			continue
		}
		if err := l.decide(ctx, item, plan.ifExists, taken); err != nil {
			return err
		}
		taken[item.Key] = true
	}
	plan.count()
	return nil
}
