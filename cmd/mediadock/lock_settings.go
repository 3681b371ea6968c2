package main

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

// maySaveAs refuses a name that belongs to another bucket or prefix, changes
// of locked settings while media exist (D3), and a connection that is not the
// one of base any more: the revision that the settings were changed from,
// empty for a new one. It returns the revision that may be replaced.
func (a *app) maySaveAs(ctx context.Context, name string, s wizard.Settings, base string) (revision string, err error) {
	saved, err := a.store.Load(name)
	switch {
	case errors.Is(err, store.ErrNotFound) && base == "":
		// Another name for a place that is saved already: what is locked
		// there is locked under the new name, too.
		return "", a.refuseLockedAt(ctx, name, s)
	case errors.Is(err, store.ErrNotFound):
		return "", refused("changed_meanwhile", map[string]string{"name": name})
	case err != nil:
		return "", a.storeFailure(err)
	case !samePlace(saved.Settings, s) || !sameIntegration(saved.Settings, s):
		return "", refused("name_taken", map[string]string{"name": name, "bucket": saved.Settings.Bucket, "prefix": saved.Settings.Prefix})
	case saved.Revision != base:
		return "", refused("changed_meanwhile", map[string]string{"name": name})
	}
	return saved.Revision, a.refuseLocked(ctx, saved, s)
}

// maySaveFrom is maySaveAs for settings that were changed from was, zero for
// a new connection. Changed from what is saved they may also be of another
// place, as long as no media exist.
func (a *app) maySaveFrom(ctx context.Context, name string, was, s wizard.Settings) (revision string, err error) {
	saved, err := a.store.Load(name)
	switch {
	case err == nil && !sameSettings(saved.Settings, was):
		return a.maySaveAs(ctx, name, s, "")
	case err == nil && !samePlace(saved.Settings, s):
		return saved.Revision, a.mayMove(ctx, saved, s)
	case err != nil && was != (wizard.Settings{}): // deleted meanwhile
		return a.maySaveAs(ctx, name, s, "deleted")
	}
	return a.maySaveAs(ctx, name, s, saved.Revision)
}

// mayMove refuses what the lock forbids to a connection that moves: where it
// is and where it would be.
func (a *app) mayMove(ctx context.Context, saved store.Connection, s wizard.Settings) error {
	if err := a.refuseLocked(ctx, saved, s); err != nil {
		return err
	}
	return a.refuseLockedAt(ctx, saved.Name, s)
}

// samePlace tells whether settings are of the same media.
func samePlace(a, b wizard.Settings) bool {
	// People write files by hand, too: media/ is media.
	a, _ = wizard.Normalise(a)
	b, _ = wizard.Normalise(b)
	return a.Bucket == b.Bucket && a.Prefix == b.Prefix
}

// sameIntegration tells whether settings are of the same service.
func sameIntegration(a, b wizard.Settings) bool {
	return wizard.Defaults(a).Integration == wizard.Defaults(b).Integration
}

// sameSettings tells whether settings mean the same, however they are spelt.
func sameSettings(a, b wizard.Settings) bool {
	a, _ = wizard.Normalise(wizard.Defaults(a))
	b, _ = wizard.Normalise(wizard.Defaults(b))
	return a == b
}

// lockedChanges are the settings that media would keep from changing.
func lockedChanges(saved, s wizard.Settings) []string {
	saved, _ = wizard.Normalise(wizard.Defaults(saved))
	return wizard.KeysOf(wizard.Diff(saved, s), wizard.Locked)
}

// refuseLocked refuses changes of locked settings while media exist (D3).
func (a *app) refuseLocked(ctx context.Context, saved store.Connection, s wizard.Settings) error {
	if locked := lockedChanges(saved.Settings, s); len(locked) > 0 {
		return a.refuseWhileMediaExist(ctx, saved, locked)
	}
	return nil
}

// refuseLockedAt refuses settings that differ in what is locked from every
// other connection to the same place, while media exist there. A connection
// that cannot be read may be one of those.
func (a *app) refuseLockedAt(ctx context.Context, name string, s wizard.Settings) error {
	if _, environment := store.SplitName(name); environment != "" {
		return nil // no other name leads to its place, and production's lock is its own (M76)
	}
	all, unreadable := a.store.List()
	var first *store.Connection
	for _, c := range all {
		switch {
		case c.Name == name || !samePlace(c.Settings, s) || !sameIntegration(c.Settings, s): // imgix may stand in front of a CMS's bucket (M10)
		case len(lockedChanges(c.Settings, s)) == 0:
			return nil
		case first == nil:
			first = &c
		}
	}
	if first != nil {
		return a.refuseLocked(ctx, *first, s)
	}
	if unreadable == nil {
		return nil
	}
	count, _, err := a.countMedia(ctx, selectionNamed(name, s))
	if err == nil && count == 0 {
		return nil // nothing that a lock could protect
	}
	f := couldNot("lock_hidden", nil, unreadable)
	f.args = a.storeFailure(unreadable).args
	return f
}

// mediaUnder is the number of media as people read it, empty for none. The
// error is the refusal of D3 where they cannot be counted.
func (a *app) mediaUnder(ctx context.Context, c store.Connection) (string, *failure) {
	count, atLeast, err := a.countMedia(ctx, selectionOf(c))
	switch {
	case err != nil:
		return "", a.lockUnknown(ctx, c, err)
	case count == 0:
		return "", nil
	case atLeast:
		return strconv.Itoa(count) + "+", nil
	}
	return strconv.Itoa(count), nil
}

// refuseWhileMediaExist is the lock of D3: it counts, and fails closed when
// it cannot.
func (a *app) refuseWhileMediaExist(ctx context.Context, saved store.Connection, keys []string) error {
	return a.lock(ctx, saved, "lock_unknown", "locked", keys)
}

// rotateOnly refuses changes that only `connection rotate` may make while
// media exist.
func (a *app) rotateOnly(ctx context.Context, saved store.Connection, keys []string) error {
	return a.lock(ctx, saved, "rotate_unknown", "rotate_only", keys)
}

// refuseDeletionWhileMediaExist is the lock of D3 on the connection itself.
func (a *app) refuseDeletionWhileMediaExist(ctx context.Context, saved store.Connection) error {
	return a.lock(ctx, saved, "delete_unknown", "delete_locked", nil)
}

// lock refuses while media exist, with one code where they cannot be counted
// and one where they can.
func (a *app) lock(ctx context.Context, saved store.Connection, unknown, locked string, keys []string) error {
	count, f := a.mediaUnder(ctx, saved)
	if f != nil {
		f.code = unknown
		return f
	}
	if count == "" {
		return nil
	}
	return refused(locked, map[string]string{"name": saved.Name, "count": count, "fields": strings.Join(keys, ", ")})
}

// lockUnknown is the refusal of D3 when media cannot be counted: it says why
// in the words of the media library.
func (a *app) lockUnknown(ctx context.Context, saved store.Connection, err error) *failure {
	out := couldNot("lock_unknown", map[string]string{"name": saved.Name}, err)
	var f *failure
	if errors.As(a.mediaFailure(ctx, err, selectionOf(saved)), &f) {
		out.args["detail"] = a.sayFailure(f)
		out.causes = f.causes
	}
	return out
}

// unprovedPair are the rows about role and external ID that neither passed nor
// were vouched for by the owner's side: without them nothing is known about
// the pair, whatever else works.
func unprovedPair(r awscheck.Report) []string {
	unknown := r.Unproved()
	ids := []string{}
	for _, row := range r.Results {
		if row.ID != "role.assume" && row.ID != "role.requires-external-id" {
			continue
		}
		if row.Status == awscheck.Inconclusive || slices.Contains(unknown, row.ID) {
			ids = append(ids, row.ID)
		}
	}
	return ids
}

// refuseUnprovedPair refuses another role or external ID while media exist,
// where the test says nothing about the new pair (D3).
func (a *app) refuseUnprovedPair(ctx context.Context, c store.Connection, r awscheck.Report) error {
	rows := unprovedPair(r)
	saved, err := a.store.Load(c.Name)
	if err != nil || len(rows) == 0 {
		return nil //nolint:nilerr // a new connection, or saving will say it
	}
	was, _ := wizard.Normalise(wizard.Defaults(saved.Settings))
	if !wizard.LockedBy(wizard.Diff(was, c.Settings), wizard.Rotate) {
		return nil
	}
	count, f := a.mediaUnder(ctx, saved)
	switch {
	case f != nil:
		return f
	case count == "":
		return nil
	}
	return refused("rotate_unproved", map[string]string{"rows": strings.Join(rows, ", ")})
}
