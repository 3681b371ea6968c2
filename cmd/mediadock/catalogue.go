package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/world"
)

// catalogueFile is where what is known beyond S3 is kept (contract, section 7)
// unless MEDIADOCK_CATALOGUE says otherwise.
func (a *app) catalogueFile() string { return filepath.Join(a.dirs.Data, "catalogue.db") }

// catalogueAt is where the catalogue is: a file, or the URL of a server, which
// may hold a password.
func (a *app) catalogueAt() string {
	if at := a.getenv("MEDIADOCK_CATALOGUE"); at != "" {
		return at
	}
	return a.catalogueFile()
}

func (a *app) getenv(name string) string {
	if a.io.getenv == nil {
		return ""
	}
	return a.io.getenv(name)
}

// catalogueMade tells whether there is a catalogue already; a server is asked
// when something is looked for in it.
func (a *app) catalogueMade() bool {
	at := a.catalogueAt()
	if catalog.IsServer(at) {
		return true
	}
	_, err := os.Stat(at)
	return err == nil
}

// openAt opens a catalogue anywhere.
func (a *app) openAt(ctx context.Context, at string) (*catalog.Catalog, error) {
	if strings.Contains(at, "://") && !catalog.IsServer(at) {
		return nil, usage("catalogue_where", map[string]string{"where": catalog.Redacted(at)})
	}
	c, err := catalog.Open(ctx, at)
	return c, a.catalogueFailureAt(ctx, at, err)
}

// openCatalogue opens the selection's part of the catalogue. The file stays
// open until the program ends.
func (a *app) openCatalogue(ctx context.Context, sel selection) (*catalog.Place, error) {
	a.catalogueMu.Lock()
	defer a.catalogueMu.Unlock()
	if a.catalogue == nil {
		c, err := a.openAt(ctx, a.catalogueAt())
		if err != nil {
			return nil, err
		}
		a.catalogue = c
	}
	place, err := a.catalogue.Place(ctx, catalogueKey(sel))
	if err == nil {
		_ = a.noteLate(ctx, sel, place) // what fails is tried again the next time
	}
	return place, a.catalogueFailure(ctx, err)
}

func (a *app) closeCatalogue() {
	a.catalogueMu.Lock()
	defer a.catalogueMu.Unlock()
	if a.catalogue != nil {
		a.catalogue.Close()
		a.catalogue = nil
	}
}

// catalogueKey is the place in AWS that a selection points to.
func catalogueKey(sel selection) catalog.Key {
	space := sel.space()
	partition := "aws"
	if p, ok := address.PartitionOf(space.Region); ok {
		partition = p.ID
	}
	return catalog.Key{Partition: partition, Bucket: space.Bucket, Directory: space.Dir()}
}

func (a *app) catalogueFailure(ctx context.Context, err error) error {
	return a.catalogueFailureAt(ctx, a.catalogueAt(), err)
}

// catalogueFailureAt words what a catalogue did not do. No password is in it.
func (a *app) catalogueFailureAt(ctx context.Context, at string, err error) error {
	args := map[string]string{"file": catalog.Redacted(at)}
	var server *catalog.ServerError
	var worded *failure
	switch {
	case err == nil || ctx.Err() != nil || errors.As(err, &worded):
		return err
	case errors.Is(err, catalog.ErrNewer):
		return couldNot("catalogue_newer", args, err)
	case errors.Is(err, catalog.ErrBusy):
		return couldNot("catalogue_busy", args, err)
	case errors.Is(err, catalog.ErrChanged):
		f := refused("catalogue_meanwhile", nil)
		f.err = err // the terminal UI shows what the other one wrote
		return f
	case errors.As(err, &server):
		args["server"], args["reason"] = server.Server, server.Reason
		return couldNot("catalogue_server."+server.Code, args, server)
	}
	if path := (*fs.PathError)(nil); errors.As(err, &path) { // of the system: nothing is wrong with the file
		return couldNot("catalogue_denied", args, path.Err)
	}
	return couldNot("catalogue", args, err)
}

// refreshCatalogue brings the catalogue in line with the bucket before
// something is looked for in it: when it never was, when it is asked for, and
// when that is quick. Otherwise it says how old it is.
func (a *app) refreshCatalogue(ctx context.Context, lib *media.Library, place *catalog.Place, force bool) error {
	at, known, err := place.Refreshed(ctx)
	if err != nil {
		return a.catalogueFailure(ctx, err)
	}
	switch now := time.Now(); {
	case force || world.ReadList(at, known, now):
	case !world.ListOld(at, now):
		return nil
	default:
		a.tell(a.text.Say("cmd.catalogue_age", map[string]string{"time": at.Local().Format("2006-01-02 15:04")}))
		return nil
	}
	_, err = place.Refresh(ctx, func(yield func(catalog.Object) error) error {
		return lib.Walk(ctx, "", func(it media.Item) error { return yield(objectOf(it)) })
	})
	return a.refreshFailure(ctx, err)
}

// refreshFailure tells what the bucket did not give from what the catalogue
// did not take.
func (a *app) refreshFailure(ctx context.Context, err error) error {
	var asked *media.Error
	if errors.As(err, &asked) {
		return err
	}
	return a.catalogueFailure(ctx, err)
}

func objectOf(it media.Item) catalog.Object {
	return catalog.Object{Path: it.Path, Size: it.Size, Modified: it.Modified, ETag: it.ETag}
}

// written is what people wrote about a file; known is false where there is no
// catalogue, or it does not have the file.
func (a *app) written(ctx context.Context, sel selection, path string) (e catalog.Entry, known bool) {
	if !a.catalogueMade() {
		return e, false
	}
	place, err := a.openCatalogue(ctx, sel)
	if err != nil {
		a.notRead(err)
		return e, false
	}
	all, err := place.Get(ctx, path)
	e, known = all[path]
	return e, known && err == nil
}

// notRead says that what people wrote about a file cannot be told.
func (a *app) notRead(err error) {
	var f *failure
	if !a.flags.json && errors.As(err, &f) {
		a.tell(a.text.Say("cmd."+f.code, f.args))
	}
}

// printDetails prints what people wrote about a file.
func (a *app) printDetails(e catalog.Entry) {
	a.infoRow("alt", e.Alt)
	if e.AltMark != "" {
		a.infoRow("alt_mark", a.text.Say("media.alt.mark."+e.AltMark, nil))
	}
	a.infoRow("tags", strings.Join(e.Tags, ", "))
	a.infoRow("creator", e.Creator)
	date := ""
	if !e.Private.At.IsZero() {
		date = e.Private.At.Format(time.DateOnly)
	}
	a.infoRow("private", a.text.DecidedOn(e.Private.Decision, date))
}
