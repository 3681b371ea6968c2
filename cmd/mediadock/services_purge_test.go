package main

import (
	"context"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/purge"
)

// What the terminal UI deletes leaves the CDN as with the command, and is told
// in the language of the screen where it may not.
func TestServicesPurge(t *testing.T) {
	p, visit := behindCDN(t)
	s := &services{app: p.app()}
	t.Cleanup(s.app.forgetSource)
	visit(hero)
	visit(sea)
	plan := media.RemovePlan{Items: []media.Item{{Path: "hero.jpg", Key: "media/hero.jpg"}, {Path: "ニュース/夏の海.jpg", Key: "media/ニュース/夏の海.jpg"}}, Folders: []string{"ニュース/"}}
	if got, ok := s.PurgePlan("prod", plan); !ok || !got.On || got.Paths != 2 || got.Free != 1000 {
		t.Errorf("plan: %+v %v", got, ok)
	}
	got := s.Purge(t.Context(), "prod", []string{"media/hero.jpg", "media/ニュース/夏の海.jpg"}, plan.Folders)
	if got.Paths != 2 || got.Reason != "" {
		t.Errorf("%+v", got)
	}
	noDistribution(t, p)
	if got, ok := s.PurgePlan("prod", plan); !ok || got.On {
		t.Errorf("without a distribution nobody is looked for unasked: %+v %v", got, ok)
	}

	p, _ = behindCDN(t, nothingOfCloudFront)
	s = &services{app: p.app()}
	t.Cleanup(s.app.forgetSource)
	s.Speak("ja")
	got = s.Purge(t.Context(), "prod", []string{"media/hero.jpg"}, nil)
	if got.Paths != 0 || !strings.Contains(got.Reason, "CloudFrontに拒否されました") || len(got.Commands) != 1 || !strings.Contains(got.Commands[0], "'/media/hero.jpg*'") {
		t.Errorf("%+v", got)
	}
}

// What an earlier run was killed before is asked for when the library is opened
// next, and once; where CloudFront cannot be asked now it stays owed.
func TestServicesPayWhatIsOwed(t *testing.T) {
	p, visit := behindCDN(t)
	s := &services{app: p.app()}
	t.Cleanup(s.app.forgetSource)
	if got, ok := s.PayOwed(t.Context(), "prod"); ok {
		t.Errorf("nothing is owed: %+v", got)
	}
	plan := media.RemovePlan{Items: []media.Item{{Path: "hero.jpg", Key: "media/hero.jpg"}}}
	s.Owe(t.Context(), "prod", plan)() // settled
	if _, ok := s.PayOwed(t.Context(), "prod"); ok {
		t.Error("what was settled is owed")
	}

	sel, err := s.app.load("prod", false)
	if err != nil {
		t.Fatal(err)
	}
	j, err := s.app.journalOf(t.Context(), sel)
	if err != nil {
		t.Fatal(err)
	}
	killed := func() { // as a run leaves it that is killed
		op := j.Begin(opPurge, nil)
		if err := op.Write(journal.Step{ID: op.NextID(), Kind: opPurge, State: stateOwed, Data: debt{Paths: []string{"/media/hero.jpg*"}, Job: "j"}}); err != nil {
			t.Fatal(err)
		}
		op.Close()
	}
	answered := func(code string) {
		owed := s.app.owedPurges(t.Context(), sel)
		owed.settle(&purge.Error{Code: code})
		owed.close()
	}
	killed()
	answered(purge.CodeDenied) // and the person knows what to run
	if got, ok := s.PayOwed(t.Context(), "prod"); ok {
		t.Errorf("owed after it was refused for good: %+v", got)
	}
	killed()
	answered(purge.CodeSession)
	answered(purge.CodeNetwork)
	visit(hero)
	gone, end := context.WithCancel(t.Context())
	end()
	if got, ok := s.PayOwed(gone, "prod"); !ok || got.Reason == "" {
		t.Errorf("asked for without a network: %+v %v", got, ok)
	}
	if got, ok := s.PayOwed(t.Context(), "prod"); !ok || got.Paths != 1 || got.Reason != "" || got.Follow == nil {
		t.Errorf("%+v %v", got, ok)
	}
	if got, ok := s.PayOwed(t.Context(), "prod"); ok {
		t.Errorf("asked for twice: %+v", got)
	}
}

// What is owed to two distributions, a connection's and that of an environment
// which is gone, is asked of each; one that refuses keeps the other from nothing.
func TestServicesPayTwoDistributions(t *testing.T) {
	for _, to := range []struct {
		distribution string
		paths        int
		refused      bool
	}{{"", 2, false}, {"E0NOBODYS", 1, true}} {
		p, _ := behindCDN(t)
		s := &services{app: p.app()}
		t.Cleanup(s.app.forgetSource)
		sel, err := s.app.load("prod", false)
		if err != nil {
			t.Fatal(err)
		}
		j, err := s.app.journalOf(t.Context(), sel)
		if err != nil {
			t.Fatal(err)
		}
		gone := debt{Paths: []string{"/media/env-a/*"}, Job: "2", Environment: "prod/dev", Distribution: to.distribution, Domain: sel.settings.Domain}
		for _, owed := range []debt{{Paths: []string{"/media/hero.jpg*"}, Job: "1"}, gone} {
			op := j.Begin(opPurge, nil)
			if err := op.Write(journal.Step{ID: op.NextID(), Kind: opPurge, State: stateOwed, Data: owed}); err != nil {
				t.Fatal(err)
			}
			op.Close()
		}
		got, ok := s.PayOwed(t.Context(), "prod")
		if !ok || got.Paths != to.paths || (got.Reason != "") != to.refused || to.refused && (len(got.Commands) != 1 || !strings.Contains(got.Commands[0], to.distribution)) {
			t.Errorf("%q: %+v %v", to.distribution, got, ok)
		}
	}
}

// Documents of two distributions are one, in which what was refused is told.
func TestPurgesAreJoined(t *testing.T) {
	done, refused := emptyPurge("E1", "in-progress", []string{"/a"}), emptyPurge("E2", "failed", []string{"/b"})
	refused.Code, refused.Left, refused.Commands = "purge.denied", []string{"/b"}, []string{"aws"}
	for _, got := range []*purgeJSON{done.with(&refused), refused.with(&done)} {
		if got.Status != "partly" || got.Code != "purge.denied" || len(got.Paths) != 2 || len(got.Left) != 1 || len(got.Commands) != 1 || got.Cost.Paths != 2 || got.Fixes == nil {
			t.Errorf("%+v", got)
		}
	}
	whole := emptyPurge("E3", "completed", []string{"/c"})
	for _, got := range []*purgeJSON{done.with(&whole), whole.with(&done)} {
		if got.Status != "in-progress" {
			t.Errorf("%+v", got)
		}
	}
	if got := (*purgeJSON)(nil).with(&done); got != &done {
		t.Errorf("%+v", got)
	}
}
