package tui_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// listed tells whether home still has an environment.
func listed(w *tuitest.Environments, name string) bool {
	all, _ := w.Connections(nil) //nolint:staticcheck // the fake waits for nothing
	return slices.ContainsFunc(all, func(c world.Connection) bool { return c.Name == name })
}

func TestAnEnvironmentIsDeletedOnTheScreen(t *testing.T) {
	w := copies()
	has(w, "staging", "")
	has(w, "dev", "")
	w.CDN, w.Purge = true, &world.Purged{Paths: 1}
	d := startOn(t, w, tui.Options{}, 100, 30)
	d.Press("down", "down")
	d.See("> └ staging", "d delete")
	d.Press("d")
	d.See("prod and its other environments stay as they are.", "> keep it", "delete it with all its media…", "only forget its settings")
	d.Press("down", "enter")
	d.See("environment  prod/staging › delete", "Delete prod/staging: 100 files, 100 MB", "◆ PRODUCTION  prod and its other environments stay",
		"Every URL below https://media.acme.jp/media/env-", "news/sea.jpg", "CloudFront E2ALPHA", "Unless the bucket keeps versions", "d delete")
	d.Press("d")
	d.See("Delete prod/staging?", "Type its name, staging, to delete it")
	d.Type("dev")
	d.Press("enter")
	d.See("That is not staging. Nothing was done.")
	d.Settle()
	calls(t, w)
	d.Press("ctrl+u")
	d.Type("prod")
	d.Press("enter")
	d.Settle()
	calls(t, w)
	d.Press("ctrl+u")
	d.Type("staging")
	d.Press("enter")
	d.See("✓ prod/staging is deleted: 100 files, 100 MB, in 2.0 s", "CloudFront is invalidating 1 path")
	calls(t, w, "delete prod/staging")
	d.Press("enter")
	d.See("└ dev")
	d.NotSee("staging")
	if listed(w, "prod/staging") || !listed(w, "prod") || !listed(w, "prod/dev") {
		t.Error("not the environment alone is gone")
	}
}

func TestForgettingAnEnvironmentLeavesItsMedia(t *testing.T) {
	w := copies()
	has(w, "staging", "")
	d := startOn(t, w, tui.Options{}, 100, 30)
	d.Press("down", "d", "down", "down", "enter")
	d.See("Forget prod/staging?")
	d.Press("down", "enter")
	d.NotSee("└ staging")
	calls(t, w)
}

func TestProductionIsNotDeletedAsAnEnvironment(t *testing.T) {
	w := copies()
	has(w, "staging", "")
	d := startOn(t, w, tui.Options{}, 100, 30)
	d.Press("d")
	d.See("Forget prod?", "The settings of 1 environment go with it.")
	d.NotSee("with all its media")
}

func TestADeletionIsStoppedAndGoneOnWith(t *testing.T) {
	w := copies()
	has(w, "staging", "")
	w.Step = make(chan struct{})
	d := startOn(t, w, tui.Options{}, 80, 24)
	d.Press("down", "d", "down", "enter")
	d.See("Counting the files of prod/staging.")
	d.Release(w.Step)
	d.See("d delete")
	d.Press("d")
	d.See("Type its name")
	d.Resize(40, 12)
	d.Fits()
	d.Type("staging")
	d.Press("enter")
	d.See("Deleting  prod/staging", "50 of 100 files")
	d.Fits()
	d.Resize(80, 24)
	d.See("what is deleted stays deleted")
	d.Press("q")
	d.See("What is deleted stays deleted. Enter on prod/staging goes on.")
	d.Press("esc", "x")
	d.See("! prod/staging is not deleted yet: 50 files left.", "Stopped.", "r goes on")
	d.Press("esc")
	d.See("> └ staging", "! deletion unfinished", "Going on deletes the rest")
	d.Press("enter")
	d.See("The deletion of prod/staging was cut short", "> go on", "open it as it is")
	d.NotSee("delete it with all")
	d.Press("enter")
	d.Release(w.Step)
	d.See("Delete prod/staging: 50 files")
	d.Press("d")
	d.See("Type its name")
	d.Type("staging")
	d.Press("enter")
	d.Release(w.Step)
	d.See("✓ prod/staging is deleted: 50 files")
	calls(t, w, "delete prod/staging", "delete prod/staging")
}

// halfDeleted has staging deleted from home, up to its middle.
func halfDeleted(d *tuitest.Driver, w *tuitest.Environments) {
	d.Press("down", "d", "down", "enter")
	d.Release(w.Step)
	d.See("d delete")
	d.Press("d")
	d.See("Type its name")
	d.Type("staging")
	d.Press("enter")
	d.See("50 of 100 files")
}

// What ends while nobody looks is told, and a deletion leaves nothing to see.
func TestADeletionEndsElsewhere(t *testing.T) {
	w := copies()
	has(w, "staging", "")
	w.Step = make(chan struct{})
	d := startOn(t, w, tui.Options{}, 100, 30)
	halfDeleted(d, w)
	d.Press("esc")
	d.See("↻ deleting 50 %")
	d.Release(w.Step)
	d.See("prod/staging is deleted: 100 files")
	d.NotSee("└ staging")
	d.Press("c") // the name is free again
	d.See("Name of the environment")
	d.Type("staging")
	d.See("✓", "s3://")
}

// In a browser that is open meanwhile production is told apart as long as there
// is something to tell it from.
func TestTheLastEnvironmentTakesTheWordWithIt(t *testing.T) {
	for _, others := range []bool{true, false} {
		w := copies()
		has(w, "staging", "")
		if others {
			has(w, "zeta", "")
		}
		w.Step = make(chan struct{})
		d := startOn(t, w, tui.Options{}, 100, 30)
		halfDeleted(d, w)
		d.Press("esc", "up", "enter")
		d.See("◆ PRODUCTION", "prod › media", "logo.png")
		d.Release(w.Step)
		d.See("prod/staging is deleted: 100 files")
		d.Settle()
		if others {
			d.See("◆ PRODUCTION")
		} else {
			d.NotSee("PRODUCTION")
		}
	}
}

func TestADeletionThatFails(t *testing.T) {
	w := copies()
	has(w, "staging", "")
	w.Stopped = &media.Error{Code: media.CodeDenied}
	d := startOn(t, w, tui.Options{}, 100, 30)
	d.Press("down", "d", "down", "enter")
	d.See("d delete")
	d.Press("d")
	d.See("Type its name")
	d.Type("staging")
	d.Press("enter")
	d.See("! prod/staging is not deleted yet: 50 files left.", "media: denied", "r goes on where it stopped")
	d.Press("enter") // there is nothing to open, and it is not gone
	d.Settle()
	d.See("not deleted yet")
	if !listed(w, "prod/staging") {
		t.Error("the environment is gone from the list")
	}
}

// A CDN that was not purged is told with the command that does it.
func TestADeletedEnvironmentAndTheCDN(t *testing.T) {
	w := copies()
	has(w, "staging", "")
	w.CDN, w.Versioned = true, true
	w.Purge = &world.Purged{Reason: "CloudFront refused.", Commands: []string{"aws cloudfront create-invalidation --paths '/media/env-*'"}}
	d := startOn(t, w, tui.Options{}, 100, 40)
	d.Press("down", "d", "down", "enter")
	d.See("The bucket keeps old versions")
	d.Press("d")
	d.See("Type its name")
	d.Type("staging")
	d.Press("enter")
	d.See("Deleted, but the CDN was not purged", "CloudFront refused.", "create-invalidation")
	d.Press("enter")
	d.See("✓ prod/staging is deleted", "create-invalidation")
}

// What CloudFront was asked for is followed to its end.
func TestTheCDNOfADeletedEnvironmentIsFollowed(t *testing.T) {
	w := copies()
	has(w, "staging", "")
	gate := make(chan struct{})
	w.CDN = true
	w.Purge = &world.Purged{Paths: 1, Follow: func(context.Context, func(world.PurgeSeen)) world.PurgeSeen {
		<-gate
		return world.PurgeSeen{Done: 1, Of: 1, Waited: time.Minute}
	}}
	d := startOn(t, w, tui.Options{}, 100, 40)
	d.Press("down", "d", "down", "enter")
	d.See("d delete")
	d.Press("d")
	d.See("Type its name")
	d.Type("staging")
	d.Press("enter")
	d.See("✓ prod/staging is deleted", "CloudFront is invalidating 1 path")
	d.Release(gate)
	d.NotSee("CloudFront is invalidating 1 path")
	d.See("1 min 0 s")
}
