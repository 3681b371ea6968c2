package main

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
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
