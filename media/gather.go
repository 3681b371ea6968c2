package media

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// foundFile is a local file and its path under the target folder.
type foundFile struct {
	name     string
	target   string
	to       string // the folder to upload to
	size     int64
	modified time.Time
}

type found struct {
	filter  *Filter
	files   []foundFile
	leftOut []LeftOut
}

// gather lists the files of the sources, in the order given and within a
// directory in the order of names.
func gather(ctx context.Context, sources []string, filter *Filter) (found, error) {
	f := found{filter: filter}
	for _, source := range sources {
		if source == "" {
			f.leave(source, CodePathEmpty, refuse(CodePathEmpty, source))
			continue
		}
		info, err := os.Stat(source) // a link that was named is followed
		if err != nil {
			e := localError(source, err, CodeLocalUnreadable)
			f.leave(source, e.Code, e)
			continue
		}
		switch {
		case info.IsDir():
			err = f.directory(ctx, source)
		case !info.Mode().IsRegular():
			f.leave(source, CodeNotRegular, nil)
		case isJunk(filepath.Base(source)):
			f.leave(source, CodeJunk, nil)
		case filter.LeavesOut(filepath.Base(source)):
			f.leave(source, CodeExcluded, nil)
		default:
			f.add(source, filepath.Base(source), info)
		}
		switch {
		case ctx.Err() != nil:
			return found{}, &Error{Code: CodeAborted, Path: source, Err: ctx.Err()}
		case err != nil:
			f.leave(source, codeIn(err), err)
		}
	}
	return f, nil
}

func (f *found) add(name, target string, info fs.FileInfo) {
	f.files = append(f.files, foundFile{name: name, target: target, size: info.Size(), modified: info.ModTime()})
}

func (f *found) leave(name, code string, err error) {
	f.leftOut = append(f.leftOut, LeftOut{File: name, Code: code, Err: err})
}

// directory walks a directory. Links inside are left out, since they may lead
// anywhere or in circles; so are dot files, which are settings and secrets
// rather than media.
func (f *found) directory(ctx context.Context, source string) error {
	root, err := filepath.EvalSymlinks(source)
	if err != nil {
		return localError(source, err, CodeLocalUnreadable)
	}
	base := ""
	if keepsName(source) {
		base = filepath.Base(source) + "/"
	}
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		rel, _ := filepath.Rel(root, name)
		shown := filepath.Join(source, rel)
		if err != nil {
			if name == root {
				return err
			}
			f.leave(shown, CodeLocalUnreadable, localError(shown, err, CodeLocalUnreadable))
			return nil
		}
		if name == root {
			return nil
		}
		if code := f.leaveCode(d, filepath.ToSlash(rel)); code != "" {
			f.leave(shown, code, nil)
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			f.leave(shown, CodeLocalUnreadable, localError(shown, err, CodeLocalUnreadable))
			return nil
		}
		f.add(shown, base+filepath.ToSlash(rel), info)
		return nil
	})
	if err == nil {
		return nil
	}
	return localError(source, err, CodeLocalUnreadable)
}

// keepsName tells "photos", which keeps its name under the target, from
// "photos/", "." and "..", which mean the contents.
func keepsName(source string) bool {
	if os.IsPathSeparator(source[len(source)-1]) {
		return false
	}
	base := source[strings.LastIndexFunc(source, func(r rune) bool { return r < 0x80 && os.IsPathSeparator(uint8(r)) })+1:]
	return base != "." && base != ".."
}

// leaveCode says why an entry of a directory is left out.
func (f *found) leaveCode(d fs.DirEntry, rel string) string {
	switch {
	case isJunk(d.Name()):
		return CodeJunk
	case strings.HasPrefix(d.Name(), "."):
		return CodeHiddenFile
	case d.IsDir() && f.filter.leavesOutFolder(rel), !d.IsDir() && f.filter.LeavesOut(rel):
		return CodeExcluded
	case d.Type()&fs.ModeSymlink != 0:
		return CodeSymlink
	case !d.IsDir() && !d.Type().IsRegular():
		return CodeNotRegular
	}
	return ""
}

// isJunk recognises what operating systems and offices leave beside files.
func isJunk(name string) bool {
	if strings.HasPrefix(name, "._") || strings.HasPrefix(name, "~$") {
		return true
	}
	switch strings.ToLower(name) {
	case ".ds_store", ".appledouble", ".spotlight-v100", ".trashes", ".fseventsd", ".temporaryitems", ".localized", "__macosx", "icon\r",
		"thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "@eadir", ".directory":
		return true
	}
	return false
}
