package main

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/wizard/store"
)

// Deleting an environment takes its cached copies, by one path, and nobody
// else's: what the CDN still has of a file that is gone elsewhere stays.
func TestDeletingAnEnvironmentPurgesItAlone(t *testing.T) {
	for name, forbidden := range map[string]bool{"allowed": false, "denied": true} {
		t.Run(name, func(t *testing.T) {
			p, visit := behindCDN(t)
			if forbidden {
				p, visit = behindCDN(t, nothingOfCloudFront)
			}
			c, err := p.app().store.Load("prod")
			if err != nil {
				t.Fatal(err)
			}
			dir := func(environment string) string {
				return address.EnvironmentID(c.Settings.ServiceID, environment) + "/"
			}
			must := func(args ...string) string {
				t.Helper()
				exit, out, errs := p.run(args...)
				if exit != 0 {
					t.Fatalf("%q: %d\n%s%s", args, exit, out, errs)
				}
				return out + errs
			}
			for _, environment := range []string{"dev", "dev2"} {
				must("env", "create", environment, "--from", "prod")
			}
			files := []string{dir("dev") + "hero.jpg", dir("dev") + "docs/annual-report.pdf", dir("dev2") + "hero.jpg", "hero.jpg"}
			for _, file := range files {
				if got := visit(file); got != "200" {
					t.Fatalf("%s: %s", file, got)
				}
			}
			// Gone, and kept by the CDN: what is invalidated shows.
			for _, connection := range []string{"prod", "prod/dev2"} {
				must("media", "rm", "hero.jpg", "-c", connection, "--yes", "--purge=false")
			}
			path := "/media/" + dir("dev") + "*"
			out := must("env", "delete", "dev", "-c", "prod", "--yes", "--json")
			if forbidden {
				if !strings.Contains(out, "aws cloudfront create-invalidation") || !strings.Contains(out, path) {
					t.Errorf("no command: %s", out)
				}
				if got := visit(files[0]); got != "200" {
					t.Errorf("invalidated without being allowed: %s", got)
				}
				return
			}
			if !strings.Contains(out, `"paths":["`+path+`"]`) || !strings.Contains(out, `"state":"deleted"`) {
				t.Errorf("%s", out)
			}
			for i, file := range files {
				if got := visit(file); (got == "200") != (i >= 2) {
					t.Errorf("%s: %s", file, got)
				}
			}
			if _, err := p.app().store.Load(store.EnvironmentName("prod", "dev2")); err != nil {
				t.Error(err)
			}
		})
	}
}
