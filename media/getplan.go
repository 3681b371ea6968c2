package media

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf16"
)

// GetOptions say where to and how.
type GetOptions struct {
	To        string // local directory; empty: the current one. Made if missing.
	Recursive bool   // folders too
	IfExists  IfExists
	// Filter chooses among the files; nil: all.
	Filter *Filter
}

// GetPlan is what a download will do.
type GetPlan struct {
	Dir   string
	Items []GetItem
	Bytes int64 // of the items without a Code
	// Problems are the paths that cannot be fetched at all.
	Problems []*Error

	same sameNames
}

// GetItem is one file of a download.
type GetItem struct {
	Item
	// Local is the file's name relative to the plan's Dir, in the form of
	// this operating system.
	Local  string
	Exists bool
	// Replace tells that an existing file is written over.
	Replace bool
	// Code says why this file will not be fetched; empty: it will be.
	Code string
	Args map[string]string
}

// PlanGet finds out what a download will do. "folder" keeps its name under
// the directory, "folder/" means its contents, both only with Recursive. No
// whole space is ".", an empty path is the problem "path-empty". No key can
// lead outside of the directory: names that would, or that this
// operating system has no file name for, are refused one by one.
func (l *Library) PlanGet(ctx context.Context, paths []string, o GetOptions) (GetPlan, error) {
	plan := GetPlan{Dir: o.To}
	if plan.Dir == "" {
		plan.Dir = "."
	}
	for _, p := range paths {
		err := l.planGet(ctx, &plan, p, o)
		if err == nil {
			continue
		}
		var e *Error
		if errors.As(err, &e) && concernsOnePath(e.Code) {
			plan.Problems = append(plan.Problems, e)
			continue
		}
		return GetPlan{}, err
	}
	return plan, l.settleGet(ctx, &plan, o.IfExists)
}

func (l *Library) planGet(ctx context.Context, plan *GetPlan, p string, o GetOptions) error {
	if p == "" {
		return refuse(CodePathEmpty, p)
	}
	if l.reserved(p) {
		return refuse(CodeReserved, p)
	}
	if !isFolderPath(p) {
		item, err := l.Info(ctx, p)
		if err == nil {
			name := path.Base(item.Path)
			plan.Items = append(plan.Items, getItem(item, name, name, o.Filter))
			return nil
		}
		if !mayBeFolder(err, o.Recursive) {
			return err
		}
	}
	if !o.Recursive {
		return refuse(CodeFolder, p)
	}
	folder, err := l.existingFolder(ctx, p)
	if err != nil {
		return err
	}
	base := folder
	if !isFolderPath(p) {
		base = folder[:strings.LastIndexByte(strings.TrimSuffix(folder, "/"), '/')+1]
	}
	return l.Walk(ctx, folder, func(item Item) error {
		plan.Items = append(plan.Items, getItem(item, strings.TrimPrefix(item.Path, base), strings.TrimPrefix(item.Path, folder), o.Filter))
		return nil
	})
}

// getItem finds the local name of an object; inside is its path as patterns
// see it.
func getItem(item Item, rel, inside string, filter *Filter) GetItem {
	g := GetItem{Item: item}
	local, err := filepath.Localize(rel)
	switch {
	case filter.LeavesOut(inside):
		g.Code = CodeExcluded
	case leadsOutside(rel):
		g.Code = CodeOutside
	case strings.HasSuffix(rel, "/"):
		g.Code = CodeLocalSlash
	case err != nil || isPartial(local):
		g.Code = CodeLocalName
	case !shortEnough(rel):
		g.Code = CodeLocalLong
	default:
		g.Local = local
	}
	return g
}

// leadsOutside tells a name that would leave the directory from one that
// merely is no file name here.
func leadsOutside(rel string) bool {
	if strings.HasPrefix(rel, "/") || strings.HasPrefix(rel, `\`) || filepath.VolumeName(rel) != "" || len(rel) > 1 && rel[1] == ':' {
		return true
	}
	for part := range strings.FieldsFuncSeq(rel, func(r rune) bool { return r == '/' || r == '\\' }) {
		if part == ".." {
			return true
		}
	}
	return false
}

// longestName is what no disk has longer names than, in UTF-16 code units. Many
// have less room, such as 255 bytes; they are asked for each name.
const longestName = 255

func shortEnough(rel string) bool {
	for part := range strings.SplitSeq(rel, "/") {
		units := 0
		for _, r := range part {
			units += max(1, utf16.RuneLen(r))
		}
		if units > longestName {
			return false
		}
	}
	return true
}

// settleGet decides what becomes of each file.
func (l *Library) settleGet(ctx context.Context, plan *GetPlan, choice IfExists) error {
	root, err := os.OpenRoot(plan.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return dirError(plan.Dir, err)
	}
	if root != nil {
		defer func() { _ = root.Close() }()
	}
	plan.same = l.sameNamesIn(plan)
	taken := make(map[string]string, len(plan.Items))
	folders := plan.folders()
	for i := range plan.Items {
		g := &plan.Items[i]
		if g.Code != "" {
			continue
		}
		name := plan.same.of(g.Local)
		other, twice := taken[name]
		switch folder, both := folders[name]; {
		case both && folder != g.Local, twice && other != g.Local && choice != KeepBoth:
			g.Code = CodeLocalTwin
			continue
		case both, twice && choice != KeepBoth:
			g.Code = CodeDuplicate
			continue
		}
		if err := l.decideGet(ctx, plan, root, g, choice, taken); err != nil {
			return err
		}
		if g.Code == "" {
			taken[plan.same.of(g.Local)] = g.Local
		}
	}
	plan.count()
	return nil
}

// sameNamesIn asks the disk which names it takes for the same, if there are
// any in the plan that it could.
func (l *Library) sameNamesIn(plan *GetPlan) sameNames {
	all := sameNames{letterCase: true, form: true}
	seen := make(map[string]string, len(plan.Items))
	for _, g := range plan.Items {
		for name := g.Local; g.Code == "" && name != "."; name = filepath.Dir(name) {
			folded := all.of(name)
			if other, is := seen[folded]; is && other != name {
				return l.disk.same(plan.Dir)
			} else if is {
				break // and its directories, too
			}
			seen[folded] = name
		}
	}
	return sameNames{}
}

func (p *GetPlan) count() {
	p.Bytes = 0
	for _, g := range p.Items {
		if g.Code == "" {
			p.Bytes += g.Size
		}
	}
}

// LeaveOut takes items out of a plan. They are told as skipped.
func (p *GetPlan) LeaveOut(items ...int) {
	for _, i := range items {
		if code := p.Items[i].Code; code == "" || StatusOf(code) == StatusRefused {
			p.Items[i].Code = CodeLeftOut
		}
	}
	p.count()
}

// DecideGet changes what becomes of one file that was refused with
// "local-exists".
func (l *Library) DecideGet(ctx context.Context, plan *GetPlan, i int, choice IfExists) error {
	g := &plan.Items[i]
	if !g.Exists || g.Code != CodeLocalExists {
		return nil
	}
	root, err := os.OpenRoot(plan.Dir)
	if err != nil {
		return dirError(plan.Dir, err)
	}
	defer func() { _ = root.Close() }()
	taken := make(map[string]string, len(plan.Items))
	for j, other := range plan.Items {
		if j != i && other.Code == "" {
			taken[plan.same.of(other.Local)] = other.Local
		}
	}
	if other, is := taken[plan.same.of(g.Local)]; is && choice != KeepBoth {
		g.Code = CodeDuplicate
		if other != g.Local {
			g.Code = CodeLocalTwin
		}
		return nil
	}
	g.Code = ""
	if err := l.decideGet(ctx, plan, root, g, choice, taken); err != nil {
		return err
	}
	plan.count()
	return nil
}

// folders are the directories that the files need. A bucket may hold a file
// and a folder of one name; a disk may not.
func (p *GetPlan) folders() map[string]string {
	all := map[string]string{}
	for _, g := range p.Items {
		if g.Code != "" {
			continue
		}
		for dir := filepath.Dir(g.Local); dir != "."; dir = filepath.Dir(dir) {
			if _, is := all[p.same.of(dir)]; is {
				break
			}
			all[p.same.of(dir)] = dir
		}
	}
	return all
}

func (l *Library) decideGet(ctx context.Context, plan *GetPlan, root *os.Root, g *GetItem, choice IfExists, taken map[string]string) error {
	_, mine := taken[plan.same.of(g.Local)]
	info, err := statIn(root, g.Local)
	switch {
	case err != nil:
		g.Code = localCode(err)
		return nil
	case info == nil && !mine:
		return nil
	}
	g.Exists = info != nil
	switch {
	case choice == KeepBoth:
		g.Local, g.Exists = freeLocal(root, g.Local, plan.same, taken), false
	case info.IsDir():
		g.Code = CodeLocalExists
	case choice == Replace:
		g.Replace = true
	case choice == Skip:
		same := false
		if info.Mode().IsRegular() {
			if same, err = l.sameContent(ctx, PutItem{File: filepath.Join(plan.Dir, g.Local), Size: info.Size()}, g.Item); err != nil {
				return err
			}
		}
		g.Code = CodeConflict
		if same {
			g.Code = CodeSame
		}
	default:
		g.Code = CodeLocalExists
	}
	return nil
}

// statIn looks at a name inside the directory without following a link at its
// end; nil without an error means that nothing is there.
func statIn(root *os.Root, name string) (fs.FileInfo, error) {
	if root == nil {
		return nil, nil
	}
	info, err := root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return info, err
}

func freeLocal(root *os.Root, name string, same sameNames, taken map[string]string) string {
	for n := 2; ; n++ {
		candidate := filepath.FromSlash(numbered(filepath.ToSlash(name), n))
		if _, is := taken[same.of(candidate)]; is {
			continue
		}
		if info, err := statIn(root, candidate); err == nil && info == nil {
			return candidate
		}
		if n > 10_000 { // an unreadable directory; creating the file will tell
			return candidate
		}
	}
}
