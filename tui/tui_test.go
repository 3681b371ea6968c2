package tui_test

import (
	"context"
	"image/color"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // dates on the screen are local ones
	goleak.VerifyTestMain(m)
}

// start runs the whole UI on a world, in English, 80 x 24 unless told
// otherwise, and stops it when the test ends.
func start(t testing.TB, w *tuitest.World, o tui.Options, width, height int) *tuitest.Driver {
	t.Helper()
	return startOn(t, w, o, width, height)
}

// startOn is start on any world.
func startOn(t testing.TB, w tui.Services, o tui.Options, width, height int) *tuitest.Driver {
	t.Helper()
	o.Still = true
	o.Clock = func() time.Time { return tuitest.Now }
	m := tui.New(context.Background(), w, o)
	t.Cleanup(func() {
		if !m.Close(5 * time.Second) {
			t.Error("a job did not end")
		}
	})
	return tuitest.Start(t, m, width, height)
}

func prod() wizard.Settings {
	return wizard.Settings{
		Integration: "microcms", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Access: "role",
		RoleARN: "arn:aws:iam::123456789012:role/MediaRole", ExternalID: "md-2f6b7c1e9a04d853aa11", Prefix: "media",
		ManagedBy: "mediadock", ServiceID: "SERVICE#00000000-0000-4000-8000-000000000000",
	}
}

// busy is a world with three connections and a draft.
func busy() *tuitest.World {
	w := tuitest.NewWorld()
	staging, partner := prod(), prod()
	staging.Prefix = "stg"
	partner.Bucket, partner.Region, partner.Prefix = "partner-media", "eu-central-1", ""
	w.Conns = []world.Connection{
		{Name: "partner", Settings: partner, Verdict: awscheck.Failed, Problems: 1, FirstProblem: "delivery.url", Cause: "bucket-policy-missing", TestedAt: tuitest.Now.Add(-20 * time.Second), Media: -1},
		{Name: "prod", Settings: prod(), Verdict: awscheck.Ready, TestedAt: tuitest.Now.Add(-2 * time.Hour), Media: 1284},
		{Name: "staging", Settings: staging, Verdict: awscheck.ReadyWithWarnings, Problems: 1, FirstProblem: "scope.prefix", TestedAt: tuitest.Now.Add(-72 * time.Hour), Media: 96},
	}
	w.Kept = []world.Draft{{Name: "new-bucket", Settings: wizard.Settings{Bucket: "new-bucket"}, Step: "access", SavedAt: tuitest.Now.Add(-5 * time.Minute)}}
	return w
}

// light is a terminal's answer that its background is white.
func light() tea.BackgroundColorMsg { return tea.BackgroundColorMsg{Color: color.White} }

var sizes = []struct {
	name string
	w, h int
}{{"80x24", 80, 24}, {"40x12", 40, 12}, {"120x40", 120, 40}}

// A test in which nothing failed may still leave rows that nobody could answer:
// there is no problem to name then.
func TestHomeNamesNoProblemWhereThereIsNone(t *testing.T) {
	for lang, says := range map[string]string{"en": "not everything could be proved", "ja": "確認できなかった項目があります"} {
		w := busy()
		w.Conns = w.Conns[2:]
		w.Conns[0].Problems, w.Conns[0].FirstProblem = 0, ""
		d := start(t, w, tui.Options{Lang: lang}, 120, 40)
		d.See(says)
		d.NotSee("check.")
	}
}

func TestHomeLooks(t *testing.T) {
	for _, s := range sizes {
		t.Run(s.name, func(t *testing.T) {
			start(t, busy(), tui.Options{}, s.w, s.h).Golden("home-" + s.name)
		})
	}
	start(t, busy(), tui.Options{Lang: "ja"}, 80, 24).Golden("home-80x24-ja")
}
