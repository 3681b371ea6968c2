package media

import (
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/mediadock/mediadock/media/address"
)

// Filter chooses files by patterns. A file goes along if no exclusion fits it
// and, where there are inclusions, one of them does. A pattern fits a file if
// it fits the file or a folder that it is in.
//
// A pattern without a slash fits a name at any depth, one with a slash the
// path below the folder that was named; a slash at its end lets it fit
// folders alone. * and ? stop at slashes, ** does not; [a-z], {a,b} and \ are
// as in shells. Upper and lower case are the same, and so are the forms of
// Unicode: an exclusion that misses IMG.JPG would publish it.
//
// nil leaves nothing out.
type Filter struct{ include, exclude []pattern }

// PatternError is a pattern that cannot be read.
type PatternError struct{ Pattern string }

func (e *PatternError) Error() string { return "media: no pattern: " + e.Pattern }

// NewFilter reads patterns. The error is a *PatternError.
func NewFilter(include, exclude []string) (*Filter, error) {
	f := &Filter{}
	for _, side := range []struct {
		to   *[]pattern
		from []string
	}{{&f.include, include}, {&f.exclude, exclude}} {
		for _, s := range side.from {
			p, err := newPattern(s)
			if err != nil {
				return nil, err
			}
			*side.to = append(*side.to, p)
		}
	}
	return f, nil
}

type pattern struct {
	glob       string
	anyDepth   bool
	folderOnly bool
}

func newPattern(s string) (pattern, error) {
	glob := folded(s)
	p := pattern{folderOnly: strings.HasSuffix(glob, "/")}
	glob = strings.TrimSuffix(glob, "/")
	p.anyDepth = !strings.Contains(glob, "/")
	p.glob = strings.TrimPrefix(strings.TrimPrefix(glob, "./"), "/")
	if p.glob == "" || !doublestar.ValidatePattern(p.glob) {
		return p, &PatternError{Pattern: s}
	}
	return p, nil
}

func folded(s string) string { return strings.ToLower(strings.ToUpper(address.NFC(s))) }

// fits is about one path, a folder's or a file's, as folded gives it.
func (p pattern) fits(path string, folder bool) bool {
	if p.folderOnly && !folder {
		return false
	}
	if p.anyDepth {
		path = path[strings.LastIndexByte(path, '/')+1:]
	}
	return doublestar.MatchUnvalidated(p.glob, path)
}

// LeavesOut tells whether a file, by its path below the folder that was named,
// stays behind.
func (f *Filter) LeavesOut(path string) bool {
	if f == nil {
		return false
	}
	path = folded(path)
	return anyFits(f.exclude, path, false) || len(f.include) > 0 && !anyFits(f.include, path, false)
}

// leavesOutFolder tells whether all of a folder stays behind.
func (f *Filter) leavesOutFolder(path string) bool {
	return f != nil && anyFits(f.exclude, folded(path), true)
}

// anyFits looks at a path and at the folders that it is in.
func anyFits(patterns []pattern, path string, folder bool) bool {
	for _, p := range patterns {
		for at, isFolder := path, folder; ; isFolder = true {
			if p.fits(at, isFolder) {
				return true
			}
			slash := strings.LastIndexByte(at, '/')
			if slash < 0 {
				break
			}
			at = at[:slash]
		}
	}
	return false
}
