package tui_test

import (
	"slices"
	"testing"

	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// Whatever takes an address away or changes what is behind it asks about the
// CDN's copies in its question, and purges the old addresses alone.
func TestChangesPurgeTheOldAddresses(t *testing.T) {
	for name, c := range map[string]struct {
		ask    func(d *tuitest.Driver)
		yes    []string
		done   string
		purged []string
	}{
		"rename": {func(d *tuitest.Driver) {
			d.Press("down", "down", "m", "ctrl+u")
			d.Type("mark.png")
			d.Press("enter")
			d.See("Rename 1 file")
		}, []string{"enter"}, "1 renamed", []string{"media/logo.png"}},
		"a folder": {func(d *tuitest.Driver) {
			d.Press("down", "m", "ctrl+u")
			d.Type("2027")
			d.Press("enter")
			d.See("Rename 2 files")
		}, []string{"enter"}, "2 renamed", []string{"media/2026/spring/hero.avif", "media/2026/spring/menu.pdf", "2026/"}},
		"re-upload": {func(d *tuitest.Driver) {
			d.Press("down", "down", "R")
			d.Type("/tmp/logo.png")
			d.Press("enter")
			d.See("A new name needs no purge")
		}, []string{"enter"}, "1 re-uploaded", []string{"media/logo.png"}},
		"upload over": {func(d *tuitest.Driver) {
			d.Press("u")
			d.Type("/tmp/logo.png /tmp/fresh.png")
			d.Press("enter")
			d.See("replacing 1")
		}, []string{"down", "down", "enter"}, "2 uploaded", []string{"media/logo.png"}},
	} {
		for _, on := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				cdn := &tuitest.CDN{On: true, Answer: world.Purged{Paths: 1}}
				d, _ := behind(t, cdn, "en", 100, 40)
				c.ask(d)
				d.See("F3 [x] invalidate the CDN's copies")
				if !on {
					d.Press("f3")
					d.See("F3 [ ] invalidate the CDN's copies")
				}
				d.Press(c.yes...)
				d.See(c.done)
				d.Settle()
				switch {
				case !on:
					if len(cdn.Purges) != 0 {
						t.Errorf("purged %v although it was switched off", cdn.Purges)
					}
				case len(cdn.Purges) != 1:
					t.Errorf("purged %v", cdn.Purges)
				default:
					slices.Sort(cdn.Purges[0])
					slices.Sort(c.purged)
					if !slices.Equal(cdn.Purges[0], c.purged) {
						t.Errorf("purged %v, want %v", cdn.Purges[0], c.purged)
					}
					d.See("CloudFront is invalidating 1 path")
				}
			})
		}
	}
}

// What gives nothing an other content asks nothing about the CDN, and a copy
// beside the old file purges nothing.
func TestUploadsBesidePurgeNothing(t *testing.T) {
	cdn := &tuitest.CDN{On: true}
	d, lib := behind(t, cdn, "en", 100, 40)
	d.Press("u")
	d.Type("/tmp/fresh.png")
	d.Press("enter")
	d.See("Upload 1 file")
	d.NotSee("invalidate")
	d.Press("esc", "down", "down", "R")
	d.Type("/tmp/logo.png")
	d.Press("enter")
	d.See("keep the old file, upload as logo-2.png") // the name is said before it is chosen
	d.Press("down", "enter")
	d.See("logo-2.png")
	d.Press("enter")
	d.See("1 uploaded")
	d.Settle()
	if !lib.Has("logo-2.png") || len(cdn.Purges) != 0 {
		t.Errorf("logo-2.png there: %v; purged %v", lib.Has("logo-2.png"), cdn.Purges)
	}
}

func TestARefusedPurgeAfterARenameIsTold(t *testing.T) {
	cdn := &tuitest.CDN{On: true, Answer: world.Purged{Reason: "CloudFront refused.", Commands: []string{"aws cloudfront create-invalidation --paths '/media/logo.png*'"}}}
	d, _ := behind(t, cdn, "en", 100, 30)
	d.Press("down", "down", "m", "ctrl+u")
	d.Type("mark.png")
	d.Press("enter")
	d.See("Rename 1 file")
	d.Press("enter")
	d.See("Done, but the CDN was not purged", "CloudFront refused.", "create-invalidation")
}
