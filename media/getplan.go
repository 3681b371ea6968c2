package media

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// GetOptions say where to and how.
type GetOptions struct {
	To        string // local directory; empty: the current one. Made if missing.
	Recursive bool   // folders too
	IfExists  IfExists
}

// GetPlan is what a download will do.
type GetPlan struct {
	Dir   string
	Items []GetItem
	Bytes int64 // of the items without a Code
	// Problems are the paths that cannot be fetched at all.
	Problems []*Error
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
		err := l.planGet(ctx, &plan, p, o.Recursive)
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

func (l *Library) planGet(ctx context.Context, plan *GetPlan, p string, recursive bool) error {
	if p == "" {
		return refuse(CodePathEmpty, p)
	}
	if l.reserved(p) {
		return refuse(CodeReserved, p)
	}
	if !isFolderPath(p) {
		item, err := l.Info(ctx, p)
		if err == nil {
			plan.Items = append(plan.Items, getItem(item, path.Base(item.Path)))
			return nil
		}
		if !mayBeFolder(err, recursive) {
			return err
		}
	}
	if !recursive {
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
		plan.Items = append(plan.Items, getItem(item, strings.TrimPrefix(item.Path, base)))
		return nil
	})
}

// getItem finds the local name of an object.
func getItem(item Item, rel string) GetItem {
	g := GetItem{Item: item}
	local, err := filepath.Localize(rel)
	switch {
	case err == nil && shortEnough(rel):
		g.Local = local
	case leadsOutside(rel):
		g.Code = CodeOutside
	default:
		g.Code = CodeLocalName
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

// longestName is what file systems take for one name, in bytes. The name of
// the temporary file beside it does not depend on it.
const longestName = 255

func shortEnough(rel string) bool {
	for part := range strings.SplitSeq(rel, "/") {
		if len(part) > longestName {
			return false
		}
	}
	return true
}

// settleGet decides what becomes of each file.
func (l *Library) settleGet(ctx context.Context, plan *GetPlan, choice IfExists) error {
	root, err := os.OpenRoot(plan.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return localError(plan.Dir, err, CodeLocalUnwritable)
	}
	if root != nil {
		defer func() { _ = root.Close() }()
	}
	taken := make(map[string]bool, len(plan.Items))
	folders := plan.folders()
	for i := range plan.Items {
		g := &plan.Items[i]
		if g.Code != "" {
			continue
		}
		if folders[g.Local] || taken[g.Local] && choice != KeepBoth {
			g.Code = CodeDuplicate
			continue
		}
		if err := l.decideGet(ctx, plan.Dir, root, g, choice, taken); err != nil {
			return err
		}
		if g.Code == "" {
			taken[g.Local] = true
			plan.Bytes += g.Size
		}
	}
	return nil
}

// folders are the directories that the files need. A bucket may hold a file
// and a folder of one name; a disk may not.
func (p *GetPlan) folders() map[string]bool {
	all := map[string]bool{}
	for _, g := range p.Items {
		if g.Code != "" {
			continue
		}
		for dir := filepath.Dir(g.Local); dir != "." && !all[dir]; dir = filepath.Dir(dir) {
			all[dir] = true
		}
	}
	return all
}

func (l *Library) decideGet(ctx context.Context, dir string, root *os.Root, g *GetItem, choice IfExists, taken map[string]bool) error {
	info, err := statIn(root, g.Local)
	switch {
	case err != nil:
		g.Code = localCode(err)
		return nil
	case info == nil && !taken[g.Local]:
		return nil
	}
	g.Exists = info != nil
	switch {
	case choice == KeepBoth:
		g.Local, g.Exists = freeLocal(root, g.Local, taken), false
	case info.IsDir():
		g.Code = CodeLocalExists
	case choice == Replace:
		g.Replace = true
	case choice == Skip:
		same := false
		if info.Mode().IsRegular() {
			if same, err = l.sameContent(ctx, PutItem{File: filepath.Join(dir, g.Local), Size: info.Size()}, g.Item); err != nil {
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

// localCode classifies an error of a name inside the directory.
func localCode(err error) string {
	switch {
	case errors.Is(err, fs.ErrExist):
		return CodeLocalExists
	case errors.Is(err, fs.ErrPermission):
		return CodeLocalUnwritable
	case strings.Contains(err.Error(), "escapes"): // os.Root has no error value for it
		return CodeOutside
	}
	return CodeLocalUnwritable
}

func freeLocal(root *os.Root, name string, taken map[string]bool) string {
	for n := 2; ; n++ {
		candidate := filepath.FromSlash(numbered(filepath.ToSlash(name), n))
		if taken[candidate] {
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
