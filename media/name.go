package media

import (
	"context"
	"path"
	"slices"
	"strconv"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/guess"
)

// name gives an item a path, and all that follows from it.
func (l *Library) name(item *PutItem, path string) {
	item.Path, item.Key, item.URL = path, l.space.Key(path), l.URL(path)
	item.Guess = guess.Score(path)
}

// numbered is photo-2.jpg for photo.jpg.
func numbered(name string, n int) string {
	folder, file := path.Split(name)
	stem, ext := guess.Split(file)
	return folder + stem + "-" + strconv.Itoa(n) + ext
}

// unguessable is the path with a part that nobody can guess, cut to fit into
// a key.
func (l *Library) unguessable(path string) (string, error) {
	suffix, err := guess.Suffix(nil)
	if err != nil {
		return path, &Error{Code: CodeUnexpected, Path: path, Err: err}
	}
	return guess.Add(path, suffix, address.MaxKeyBytes-len(l.space.Dir())), nil
}

// Flagged are the items that would be uploaded, or that wait for a decision,
// under a path that looks confidential and can be guessed.
func (p *PutPlan) Flagged() []int {
	var flagged []int
	for i, item := range p.Items {
		if item.renamable() && item.Guess.Flagged() {
			flagged = append(flagged, i)
		}
	}
	return flagged
}

// renamable holds for what another name can still help.
func (i PutItem) renamable() bool {
	return i.Code == "" || i.Code == CodeExists || i.Code == CodeConflict || i.Code == CodeDuplicate
}

// MakeUnguessable adds a part that nobody can guess (M30) to the names of some
// items of a plan; no index means all. Items that cannot be uploaded anyway
// stay as they are. A name that was taken is free after it.
func (l *Library) MakeUnguessable(ctx context.Context, plan *PutPlan, items ...int) error {
	var chosen []int
	for i, item := range plan.Items {
		if item.renamable() && (len(items) == 0 || slices.Contains(items, i)) {
			chosen = append(chosen, i)
		}
	}
	return l.rename(ctx, plan, chosen, func(item *PutItem) error {
		path, err := l.unguessable(item.Path)
		if err == nil {
			l.name(item, path)
			l.noteName(item, plan.to, "")
		}
		return err
	})
}
