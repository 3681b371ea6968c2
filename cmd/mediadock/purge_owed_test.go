//go:build linux

package main

import (
	"strings"
	"syscall"
	"testing"

	"github.com/mediadock/mediadock/media/address"
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
		h.end(syscall.SIGKILL, nth("cdn", 1), c.do...)
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

// kill -9 at the steps of an environment's deletion: whoever goes on, CloudFront
// is told of the whole directory, also when its settings are gone; by each
// command once, and of the environment's own distribution.
func TestADeletedEnvironmentThatAKilledProgramOwes(t *testing.T) {
	t.Parallel()
	h := holding(t, "microcms-cloudfront")
	type summary struct {
		Purge *struct {
			Status        string
			Distribution  string
			Paths         []string
			Invalidations []struct{ Earlier bool }
		}
	}
	remove := []string{"env", "delete", "dev", "-c", "prod", "--yes"}
	dir := "/media/" + address.EnvironmentID(serviceIDOf(t, h), "dev") + "/*"
	told := func(args ...string) {
		t.Helper()
		exit, out := h.run(append(args, "--json")...)
		got := lastJSON[summary](t, out).Purge
		if exit != 0 || got == nil || got.Status != "in-progress" || strings.Join(got.Paths, " ") != dir || len(got.Invalidations) != 1 || got.Invalidations[0].Earlier || got.Distribution == "" {
			t.Errorf("%q: exit %d, %+v\n%s", args, exit, got, out)
		}
		h.says("Nothing was cut short", "media", "recover")
	}
	create := func() { h.says("is ready", "env", "create", "dev", "--from", "prod") }

	create()
	h.end(syscall.SIGKILL, nth("cdn", 1), remove...) // the settings are gone
	h.says("No environments", "env", "list")
	if exit, out := h.run(remove...); exit != exitCouldNot || !strings.Contains(out, "CloudFront was not told of a change") {
		t.Errorf("once more: %d %s", exit, out)
	}
	h.says(dir, "media", "recover", "--dry-run")
	told("media", "recover", "--yes")

	create()
	h.end(syscall.SIGKILL, nth("delete", 1), remove...)
	h.says("CloudFront was not told of a change", "media", "ls")
	told(remove...)

	create()
	h.end(syscall.SIGKILL, after("list", "delete", 1), remove...) // all is gone but the settings
	told(remove...)

	// What the connection has as its CDN meanwhile is not the environment's.
	create()
	h.end(syscall.SIGKILL, nth("cdn", 1), remove...)
	h.says("", "connection", "edit", "prod", "--distribution", "E0ANOTHERONE")
	told("media", "recover", "--yes")
}

func serviceIDOf(t *testing.T, h *gate) string {
	t.Helper()
	_, out := h.run("connection", "show", "prod", "--json")
	return lastJSON[struct {
		Settings struct {
			ServiceID string `json:"service_id"`
		}
	}](t, strings.Join(strings.Fields(out), " ")).Settings.ServiceID
}
