package purge

import (
	"context"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/media/address"
)

// Paths are the invalidation paths of keys, a folder's ending in a slash,
// folded to the fewest. With exact a file's path has no wildcard: copies under
// a query string stay then, where the distribution tells them apart.
func Paths(space address.Space, keys []string, exact bool) []string {
	var paths []string
	for _, key := range keys {
		for _, p := range space.InvalidationPaths(key) {
			if exact && !strings.HasSuffix(key, "/") {
				p = strings.TrimSuffix(p, "*")
			}
			paths = append(paths, p)
		}
	}
	return Fold(paths)
}

// Fold leaves out the paths that another one's wildcard covers, and doubles.
// What is left is sorted, and invalidates exactly what all of them do.
func Fold(paths []string) []string {
	sorted := slices.Clone(paths)
	// By what stands before the wildcard, and the wildcard first: then a
	// wildcard stands directly before all that it covers.
	slices.SortFunc(sorted, func(a, b string) int {
		x, y := strings.TrimSuffix(a, "*"), strings.TrimSuffix(b, "*")
		if x != y {
			return strings.Compare(x, y)
		}
		return len(b) - len(a)
	})
	var kept []string
	last, wild := "", false
	for _, p := range sorted {
		if wild && strings.HasPrefix(p, last) || p == last && len(kept) > 0 && !wild {
			continue
		}
		last, wild = strings.CutSuffix(p, "*")
		kept = append(kept, p)
	}
	return kept
}

// mostAsked is how many folders are looked at to fold what is in them: each
// costs a request.
const mostAsked = 64

// Emptied puts a folder in the place of its files' keys wherever nothing is
// left in it, so that one wildcard does for all of them and invalidates
// nothing that is still there. A folder is worth a look from two keys on. Top,
// the directory of the space, is never taken whole. Where empty fails, and
// beyond 64 folders, the keys stay.
func Emptied(ctx context.Context, top string, keys []string, empty func(ctx context.Context, folder string) (bool, error)) []string {
	gone := map[string]bool{} // what was looked at
	asked := 0
	look := func(folder string) bool {
		answer, known := gone[folder]
		if !known && asked < mostAsked {
			asked++
			is, err := empty(ctx, folder)
			answer = err == nil && is
			gone[folder] = answer
		}
		return answer
	}
	for {
		folders, several := parents(top, keys)
		changed := false
		for _, folder := range several {
			if !look(folder) {
				continue
			}
			inside := folders[folder]
			keys = slices.DeleteFunc(keys, func(k string) bool { return inside[k] })
			keys = append(keys, folder)
			changed = true
		}
		if !changed {
			return keys
		}
	}
}

// parents sorts keys into the folders that they lie in, below top, and names
// those that hold several.
func parents(top string, keys []string) (folders map[string]map[string]bool, several []string) {
	folders = map[string]map[string]bool{}
	for _, key := range keys {
		rest, ok := strings.CutPrefix(strings.TrimSuffix(key, "/"), top)
		slash := strings.LastIndexByte(rest, '/')
		if !ok || slash < 0 {
			continue
		}
		folder := top + rest[:slash+1]
		if folders[folder] == nil {
			folders[folder] = map[string]bool{}
		}
		folders[folder][key] = true
	}
	for folder, inside := range folders {
		if len(inside) > 1 {
			several = append(several, folder)
		}
	}
	slices.Sort(several)
	return folders, several
}
