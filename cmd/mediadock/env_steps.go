package main

import (
	"context"
	"errors"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/purge"
	"github.com/mediadock/mediadock/wizard/store"
)

// The steps of making and deleting an environment, in the order in which they
// are safe. A command and the screen take the same ones, and differ in how they
// ask and tell.

// envHow is how an environment is made.
type envHow struct {
	parallel                        int
	intoExisting, noCopy, checksums bool
	measure                         bool                       // how fast the bucket copies, which writes probes and removes them
	counting                        func(objects, bytes int64) // told while the plan is made; may be nil
}

// envCreation is the creation of an environment that is planned.
type envCreation struct {
	a           *app
	source, sel selection
	lib         *media.Library
	plan        media.EnvironmentPlan
	notes       *envNotes // what people wrote, which is copied, too; nil after an error
}

// planEnvironment finds out what making the environment name
// (CONNECTION/NAME) of a connection will do, and changes nothing but for the probes of how.measure. Errors of
// the library are a *media.Error, as they are; the rest is a *failure. The
// creation is there beside the error where the directory is occupied
// ("environment-taken").
func (a *app) planEnvironment(ctx context.Context, source selection, name string, how envHow) (*envCreation, error) {
	if err := a.mayCreate(name, source.name); err != nil {
		return nil, err
	}
	lib, err := a.library(ctx, source, media.Options{Parallel: how.parallel})
	if err != nil {
		return nil, err
	}
	c := &envCreation{a: a, source: source, sel: selectionNamed(name, source.settings), lib: lib}
	if err := c.samePlace(); err != nil {
		return nil, err
	}
	c.plan, err = lib.PlanEnvironment(ctx, c.sel.space().Environment, media.EnvironmentOptions{
		Name: name, IntoExisting: how.intoExisting || how.noCopy || a.begun(name), Checksums: how.checksums, Measure: how.measure, Counting: how.counting,
		Alike: func(from string, to media.Item) { c.notes.alike(ctx, from, to) },
	})
	if err == nil && !how.noCopy {
		c.notes = a.environmentNotes(ctx, source, c.sel)
	}
	return c, err
}

// begun tells of an environment that this computer began to create: what is in
// its directory is no surprise, also where the copy came to its end and is not
// whole, since something else is under a name or cannot be copied.
func (a *app) begun(name string) bool {
	_, err := a.store.Load(name)
	return err == nil && a.store.Phase(name) == store.Creating
}

// samePlace refuses to go on with a creation where the connection, or the
// environment, points to another place than when it was begun: copies would lie
// where the environment does not look.
func (c *envCreation) samePlace() error {
	begun, err := c.a.store.Load(c.sel.name)
	if err != nil {
		return nil //nolint:nilerr // mayCreate has told of those that cannot be read
	}
	there, here := selectionOf(begun).space(), c.sel.space()
	if there.Bucket == here.Bucket && there.Dir() == here.Dir() {
		return nil
	}
	connection, name := store.SplitName(c.sel.name)
	return refused("env_elsewhere", map[string]string{
		"environment": c.sel.name, "connection": connection, "name": name,
		"there": "s3://" + there.Bucket + "/" + there.Dir(), "here": "s3://" + here.Bucket + "/" + here.Dir(),
	})
}

// mayCreate refuses a name that is taken. A creation that was cut short goes
// on; a deletion has to be finished first.
func (a *app) mayCreate(name, connection string) error {
	args := map[string]string{"environment": name, "connection": connection}
	_, args["name"] = store.SplitName(name)
	_, err := a.store.Load(name)
	phase := a.store.Phase(name)
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && phase == store.Creating:
		return nil
	case err != nil:
		return a.storeFailure(err)
	case phase == store.Deleting:
		return refused("env_deleting", args)
	}
	return refused("env_taken", args)
}

// run copies and compares. It is whole when the environment has all that it
// can have; until then the same goes on where it stopped.
func (c *envCreation) run(ctx context.Context, emit func(media.Event)) (res media.EnvironmentResult, whole bool, err error) {
	if err := c.begin(); err != nil {
		return res, false, err
	}
	c.notes.begin(ctx, !c.plan.Resumes && c.plan.Same+c.plan.Different+c.plan.Foreign == 0)
	res = c.lib.CopyEnvironment(ctx, c.plan, emit)
	c.notes.flush(ctx)
	whole = res.Check.Done && !res.Resumable && res.Check.Different == 0 && res.Check.Missing <= c.plan.TooLong
	if whole {
		if err := c.a.store.SavePhase(c.sel.stored(), store.Whole); err != nil {
			return res, whole, c.a.storeFailure(err)
		}
	}
	return res, whole, nil
}

// takeUp makes an environment that is there already known to this computer,
// and copies nothing.
func (c *envCreation) takeUp() error {
	if err := c.begin(); err != nil {
		return err
	}
	if err := c.a.store.SavePhase(c.sel.stored(), store.Whole); err != nil {
		return c.a.storeFailure(err)
	}
	return nil
}

// begin saves the settings, a copy of the connection's (M72), before anything
// is copied: whatever cuts it short, it can be seen and gone on with.
func (c *envCreation) begin() error {
	kept := c.a.store
	if err := kept.SavePhase(c.sel.stored(), store.Creating); err != nil {
		return c.a.storeFailure(err)
	}
	if _, err := kept.Load(c.sel.name); err == nil {
		return nil // it goes on, with its own settings
	}
	if err := kept.Save(c.sel.stored()); err != nil {
		_ = kept.SavePhase(c.sel.stored(), store.Whole)
		return c.a.storeFailure(err)
	}
	return nil
}

// envDeletion is the deletion of an environment that is planned.
type envDeletion struct {
	a               *app
	connection, sel selection
	lib             *media.Library
	plan            media.EnvironmentRemoval
	items           []media.Item // one of its files, or none
	sample          media.Item   // that one with all that S3 knows of it
	begun           bool         // it was begun before, and cut short
	unforgotten     *failure     // why the catalogue kept what was written about them; nil: it did not
}

// planEnvironmentRemoval finds out what deleting the environment name
// (CONNECTION/NAME) of a connection takes away, and changes nothing.
func (a *app) planEnvironmentRemoval(ctx context.Context, connection selection, name string, parallel int) (*envDeletion, error) {
	sel, err := a.load(name, false)
	if err != nil {
		return nil, err
	}
	lib, err := a.library(ctx, sel, media.Options{Parallel: parallel})
	if err != nil {
		return nil, err
	}
	d := &envDeletion{a: a, connection: connection, sel: sel, lib: lib, begun: a.store.Phase(name) == store.Deleting}
	if d.plan, err = lib.PlanRemoveEnvironment(ctx); err != nil {
		return nil, a.envFailure(ctx, err, sel, name)
	}
	_ = lib.Walk(ctx, "", func(it media.Item) error {
		if it.Folder {
			return nil
		}
		d.items = []media.Item{it}
		return errEnough
	})
	if len(d.items) > 0 {
		d.sample = a.sample(ctx, lib, d.items)
	}
	return d, nil
}

// run deletes. The settings go last, when nothing is left: until then the same
// goes on where it stopped. What the CDN is to be told is written down before
// anything goes, where the connection's commands find it.
func (d *envDeletion) run(ctx context.Context, after *aftermath, emit func(media.Event)) (res media.EnvironmentResult, whole bool, err error) {
	if err := d.a.store.SavePhase(d.sel.stored(), store.Deleting); err != nil {
		return res, false, d.a.storeFailure(err)
	}
	d.owe(ctx, after)
	res = d.lib.RemoveEnvironment(ctx, d.plan, emit)
	whole = !res.Resumable && res.Stopped == nil && res.Rest == 0 && res.Failed == 0
	if !whole {
		return res, false, nil
	}
	if source, err := d.a.library(ctx, d.connection, media.Options{}); err == nil {
		source.ForgetEnvironment(ctx, d.sel.space().Environment) // a copy that was cut short
	}
	errors.As(d.a.forgetNotes(ctx, d.sel), &d.unforgotten)
	err = d.a.store.Remove(d.sel.stored())
	switch {
	case errors.Is(err, store.ErrChanged):
		return res, whole, refused("changed_meanwhile", map[string]string{"name": d.sel.name})
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return res, whole, d.a.storeFailure(err)
	}
	return res, whole, nil
}

// owe writes down that the CDN is to forget the whole directory. It takes the
// place of what an earlier run owes, which was cut short: under that job
// CloudFront may have been asked before the rest was deleted. Where nothing
// takes its place it stays, unless it is not to be paid.
func (d *envDeletion) owe(ctx context.Context, after *aftermath) {
	if len(d.items) == 0 && !d.goesOn() {
		return
	}
	earlier := d.a.owedPurges(ctx, d.connection)
	defer earlier.close()
	owes := after.oweIn(ctx, d.connection, debt{
		Paths: purge.Paths(d.sel.space(), after.folders, false), Environment: d.sel.name,
		Distribution: d.sel.settings.Distribution, Domain: d.sel.settings.Domain,
	})
	if !owes && (!after.flag.set() || after.flag.on) {
		return
	}
	for _, o := range earlier {
		if o.Environment == d.sel.name {
			owedPurges{o}.settle(nil)
		}
	}
}

// goesOn tells that an earlier run may have deleted files whose copies it told
// nobody of.
func (d *envDeletion) goesOn() bool { return d.begun || d.plan.Resumes }
