package plain_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/plain"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
)

// copied is a world with a connection that can have environments, and those.
func copied(environments ...string) *tuitest.Environments {
	w := tuitest.NewWorld()
	s := whole
	s.ServiceID = "SERVICE#00000000-0000-4000-8000-000000000000"
	w.Conns = []world.Connection{{Name: "prod", Settings: s, Verdict: awscheck.Ready, TestedAt: tuitest.Now, Media: 12}}
	for _, name := range environments {
		environment, unfinished, _ := strings.Cut(name, " ")
		w.Conns = append(w.Conns, world.Connection{Name: "prod/" + environment, Settings: s, Media: -1, Unfinished: unfinished})
	}
	world.Arrange(w.Conns)
	return &tuitest.Environments{World: w, Files: 1284}
}

func homeOf(t *testing.T, w *tuitest.Environments, lang string, answers ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := plain.Home(context.Background(), w, text.For(lang), plain.Options{
		In: strings.NewReader(strings.Join(append(answers, ""), "\n")), Out: &out, Piped: true, Now: func() time.Time { return tuitest.Now },
	})
	if strings.ContainsAny(out.String(), "\x1b\r\t✓✗│─●◆") {
		t.Errorf("the text is not plain:\n%s", out.String())
	}
	return out.String(), err
}

func called(t *testing.T, w *tuitest.Environments, want ...string) {
	t.Helper()
	if got := w.Called(); !slices.Equal(got, want) {
		t.Errorf("it did %q, want %q", got, want)
	}
}

func TestLinesMakeAnEnvironment(t *testing.T) {
	w := copied("dev")
	out, err := homeOf(t, w, "en", "1", "8", "?", "Staging", "dev", "staging", "2")
	wants(t, out, "8. Make an environment of it", "prod is only read", "Name of the environment", "Small letters, digits and hyphens",
		"Small letters only: staging", "prod/dev exists already", "Counting the files of prod.", "Copy prod to prod/staging: 1,284 files",
		"prod is only read.", "1. Not now", "2. Begin to copy", "ctrl+c stops it", "Copying 642/1,284", "Comparing", "1,284 by ETag", "prod/staging is ready: 1,284 files")
	if err != nil {
		t.Error(err)
	}
	called(t, w, "copy prod/staging")

	w = copied()
	out, _ = homeOf(t, w, "ja", "1", "8", "staging", "")
	wants(t, out, "環境名（enterだけなら戻る）", "1. 今はしない")
	called(t, w)

	w = copied()
	w.Denied = []string{"a.jpg"}
	out, err = homeOf(t, w, "en", "1", "8", "staging", "2")
	wants(t, out, "a.jpg", "Missing in the environment: 1 ", "prod/staging is not whole yet")
	if !errors.Is(err, plain.ErrNotReady) {
		t.Errorf("it ends with %v", err)
	}

	w = copied()
	w.Occupied = 7
	out, _ = homeOf(t, w, "en", "1", "8", "staging", "2")
	wants(t, out, "has 7 files that no creation on this computer", "2. make it known here", "prod/staging is known on this computer now")
	called(t, w, "known prod/staging")

	w = copied()
	w.Agreed["prod"] = false
	out, _ = homeOf(t, w, "en", "1", "8", "staging", "2", "1")
	wants(t, out, "The CMS writes to this bucket, too")
	called(t, w)
}

func TestLinesGoOnWithAnEnvironment(t *testing.T) {
	w := copied("staging creating")
	out, _ := homeOf(t, w, "en", "2", "6", "2")
	wants(t, out, "creation unfinished", "was cut short", "6. Go on with its creation", "7. Delete it with all its media", "prod/staging is ready")
	called(t, w, "copy prod/staging")
}

func TestLinesDeleteAnEnvironment(t *testing.T) {
	w := copied("staging")
	w.CDN, w.Purge = true, &world.Purged{Reason: "CloudFront refused.", Commands: []string{"aws cloudfront create-invalidation"}}
	out, err := homeOf(t, w, "en", "2", "6", "prod", "6", "staging")
	wants(t, out, "6. Delete it with all its media", "Delete prod/staging: 100 files", "prod and its other environments stay as they are.",
		"Every URL below", "Type its name, staging", "That is not staging. Nothing was deleted.", "Type its name, staging", "Deleting 50/100",
		"CloudFront refused.", "create-invalidation", "prod/staging is deleted: 100 files")
	if err != nil {
		t.Error(err)
	}
	called(t, w, "delete prod/staging")

	w = copied("staging")
	out, _ = homeOf(t, w, "en", "1")
	if strings.Contains(out, "Delete it with all its media") {
		t.Errorf("production can be deleted:\n%s", out)
	}

	w = copied("staging deleting")
	w.Stopped = &media.Error{Code: media.CodeDenied}
	out, err = homeOf(t, w, "en", "2", "6", "staging")
	wants(t, out, "The deletion of prod/staging was cut short", "prod/staging is not deleted yet: 50 files left.")
	if !errors.Is(err, plain.ErrNotReady) {
		t.Errorf("it ends with %v", err)
	}
}
