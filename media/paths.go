package media

import (
	"context"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/media/address"
)

// isRoot tells whether people mean the space itself, in whatever way they
// write it: "", ".", "./", "/./." and so on. A lone slash is not among it: a
// bucket may have a folder without a name.
func isRoot(path string) bool {
	return path == "" || strings.Contains(path, ".") && strings.Trim(path, "./") == "" && !strings.Contains(path, "..")
}

// checkNamed refuses a path that names nothing, before anything is taken away:
// an empty one is most likely a variable that was never set, and what else
// could be read as the whole library, a lone slash among it, must not grow
// from one path.
func checkNamed(path string) error {
	switch {
	case path == "":
		return refuse(CodePathEmpty, path)
	case isRoot(path) || strings.Trim(path, "/") == "":
		return refuse(CodeWholeLibrary, path)
	}
	return nil
}

// isFolderPath tells whether a path can only mean a folder.
func isFolderPath(path string) bool { return isRoot(path) || strings.HasSuffix(path, "/") }

// asFolder is a folder's path as keys have it: "" for the space itself, else
// ending in a slash.
func asFolder(path string) string {
	if isRoot(path) {
		return ""
	}
	if strings.HasSuffix(path, "/") {
		return path
	}
	return path + "/"
}

// clean takes off what people write in front of a path and no key begins with
// on purpose.
func clean(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, "./"), "/")
}

// newPath is the path of a new file that people wrote: composed, and without
// what clean takes off.
func newPath(path string) string { return address.NFC(clean(path)) }

// newFolder is newPath for a folder to write into; it ends in a slash unless
// it is the space itself.
func newFolder(path string) string {
	path = strings.TrimRight(newPath(path), "/")
	if isRoot(path) {
		return ""
	}
	return path + "/"
}

// readings are the paths that something may mean, the likeliest first: the
// very bytes, since keys may be anything, then without a slash in front, then
// composed, since a Mac types decomposed names.
func readings(path string) []string {
	all := []string{path}
	for _, p := range []string{clean(path), newPath(path)} {
		if p != "" && !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}

// reserved tells whether a path, as a file or a folder, is the probes' or an
// environment's.
func (l *Library) reserved(path string) bool {
	return slices.ContainsFunc(readings(path), func(p string) bool {
		return l.space.HiddenPath(strings.TrimSuffix(p, "/") + "/")
	})
}

// existingFolder is the folder that a path means, as the bucket has it; the
// error is "not-found" if nothing lies in it. The space itself always exists.
func (l *Library) existingFolder(ctx context.Context, path string) (string, error) {
	if isRoot(path) {
		return "", nil
	}
	for _, p := range readings(path) {
		ok, err := l.isFolder(ctx, p)
		if err != nil {
			return "", err
		}
		if ok {
			return asFolder(p), nil
		}
	}
	return "", refuse(CodeNotFound, path)
}

// readable is existingFolder for looking only: what does not exist is empty,
// and a lone slash is the space itself after all. Where a path has one reading
// nothing is asked.
func (l *Library) readable(ctx context.Context, path string) (string, error) {
	if !isRoot(path) && path != "/" && len(readings(path)) == 1 {
		return asFolder(path), nil
	}
	folder, err := l.existingFolder(ctx, path)
	switch {
	case codeIn(err) == CodeNotFound && path == "/":
		return "", nil
	case codeIn(err) == CodeNotFound:
		return asFolder(newPath(path)), nil
	}
	return folder, err
}
