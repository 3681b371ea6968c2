//go:build linux

package main

import (
	"strings"
	"syscall"
	"testing"
)

// A program that is killed between a change and what CloudFront is told of it:
// every command says so, and recovery tells CloudFront, once.
func TestAPurgeThatAKilledProgramOwes(t *testing.T) {
	t.Parallel()
	h := holding(t, "microcms-cloudfront")
	type summary struct {
		Purge *struct {
			Status        string
			Paths         []string
			Invalidations []struct{ ID string }
		}
	}
	for name, c := range map[string]struct {
		do   []string
		want string
	}{
		"rm": {[]string{"media", "rm", "hero.jpg", "--yes"}, "/media/hero.jpg*"},
		"mv": {[]string{"media", "mv", "docs/annual-report.pdf", "docs/report.pdf"}, "/media/docs/annual-report.pdf*"},
	} {
		h.end(syscall.SIGKILL, after("other", "delete", 1), c.do...)
		h.says("CloudFront was not told of a change", "media", "ls")
		h.says(c.want, "media", "recover", "--dry-run")
		exit, out := h.run("media", "recover", "--yes", "--json")
		got := lastJSON[summary](t, out).Purge
		if exit != 0 || got == nil || got.Status != "in-progress" || strings.Join(got.Paths, " ") != c.want || len(got.Invalidations) != 1 {
			t.Errorf("%s: exit %d, %+v\n%s", name, exit, got, out)
		}
		h.says("Nothing was cut short", "media", "recover")
	}
	// What comes to its end owes nothing, nor does what nobody wants purged.
	h.says("", "media", "rm", "ニュース/夏の海.jpg", "--yes")
	h.end(syscall.SIGKILL, nth("delete", 1), "media", "rm", "logo.png", "--yes", "--purge=false")
	h.says("Nothing was cut short", "media", "recover")
}
