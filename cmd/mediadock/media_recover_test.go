package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
)

// An interrupted upload is listed with its file and how much of it is sent.
func TestRecoverListsInterruptedUploads(t *testing.T) {
	plan := &media.RecoverPlan{Uploads: []media.KeptUpload{
		{File: "/home/taro/film.mp4", Path: "films/film.mp4", Bytes: 20 << 20, Sent: 16 << 20, Begun: time.Now()},
		{File: "/tmp/gone\x1b.mp4", Path: "gone.mp4", Bytes: 20 << 20, Stale: true, Begun: time.Now()},
	}}
	for lang, want := range map[string][]string{
		"en": {"/home/taro/film.mp4  ->  films/film.mp4: 16.8 MB of 21.0 MB sent, goes on", `gone\u{1b}.mp4`, "cannot go on: the file is gone or changed"},
		"ja": {"21.0 MB のうち 16.8 MB 送信済み", "再開できません"},
	} {
		var out bytes.Buffer
		a := &app{io: streams{out: &out, err: &out}, text: text.For(lang)}
		if err := a.showRecover(plan, false); err != nil {
			t.Fatal(err)
		}
		for _, s := range want {
			if !strings.Contains(out.String(), s) {
				t.Errorf("%s: no %q in\n%s", lang, s, out.String())
			}
		}
	}

	var out bytes.Buffer
	a := &app{io: streams{out: &out}, text: text.For("en")}
	a.flags.json = true
	if err := a.showRecover(plan, true); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Operations []any
		Uploads    []uploadJSON
		Undo       bool
	}
	if err := json.Unmarshal(out.Bytes(), &doc); err != nil || doc.Operations == nil || len(doc.Uploads) != 2 || !doc.Undo {
		t.Fatalf("%v in %s", err, out.String())
	}
	if u := doc.Uploads[0]; u.File != "/home/taro/film.mp4" || u.Path != "films/film.mp4" || u.Sent != 16<<20 || u.Bytes != 20<<20 || u.Stale || !doc.Uploads[1].Stale {
		t.Errorf("uploads %+v", doc.Uploads)
	}
}

// Nothing that was cut short is an empty list, never null.
func TestRecoverListsAreNeverNull(t *testing.T) {
	var out bytes.Buffer
	a := &app{io: streams{out: &out, err: &out}, text: text.For("en")}
	a.flags.json = true
	if err := a.showRecover(&media.RecoverPlan{}, false); err != nil || strings.Contains(out.String(), "null") {
		t.Errorf("%v, %s", err, out.String())
	}
}
