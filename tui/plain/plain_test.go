package plain_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/plain"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const role = "arn:aws:iam::123456789012:role/MediaRole"

// setup answers the questions with lines and returns what was printed.
func setup(t *testing.T, w *tuitest.World, o plain.Options, answers ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	o.In, o.Out = strings.NewReader(strings.Join(answers, "\n")+"\n"), &out
	err := plain.Setup(context.Background(), w, text.For("en"), o)
	return out.String(), err
}

// good are the answers of a person who knows; the external ID is kept.
var good = []string{
	"1",                               // service
	"alpha-prod-assets", "tokyo", "1", // bucket; region: found by name, then by number
	"3", role, "", // who uses the role: mediadock alone; role, external ID
	"media", "", "", // prefix, domain, distribution
	"1", "", "first line of notes", // rules
}

func TestAnswersFromAPipeSetUpAConnection(t *testing.T) {
	w := tuitest.NewWorld()
	out, err := setup(t, w, plain.Options{}, append(good, "wrong-name", "alpha-prod-assets")...)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s, ok := w.Saved["alpha-prod-assets"]
	if !ok || s.Region != "ap-northeast-1" || s.Prefix != "media" || s.Notes != "first line of notes" || !strings.HasPrefix(s.ExternalID, "md-") {
		t.Errorf("saved %+v", s)
	}
	for _, want := range []string{
		"Step 2 of 6: Bucket", "1. microCMS (microcms)", "Asia Pacific (Tokyo) (ap-northeast-1)", "That is not alpha-prod-assets",
		"https://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/image.png", "16 of 16, passed", "Result: ready",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said in:\n%s", want, out)
		}
	}
	if strings.ContainsAny(out, "\x1b\r") {
		t.Error("the text is not plain")
	}
	if len(w.Kept) != 0 {
		t.Errorf("a draft is left: %+v", w.Kept)
	}
}

func TestInputThatEndsTooEarlyIsAnErrorAndKeepsADraft(t *testing.T) {
	for n := range len(good) {
		w := tuitest.NewWorld()
		out, err := setup(t, w, plain.Options{}, good[:n]...)
		if n == 0 {
			out, err = setup(t, w, plain.Options{}) // one empty line
		}
		if !errors.Is(err, plain.ErrNoAnswer) {
			t.Errorf("after %d answers: %v\n%s", n, err, out)
		}
		if len(w.Saved) != 0 {
			t.Errorf("after %d answers something was saved", n)
		}
		if n >= 2 && len(w.Kept) != 1 {
			t.Errorf("after %d answers %d drafts are kept", n, len(w.Kept))
		}
	}
}

func TestAnInvalidAnswerIsAskedAgainAndASuggestionCanBeTaken(t *testing.T) {
	w := tuitest.NewWorld()
	answers := append([]string{"9", "1", "", "Alpha-Prod-Assets", "y", "nowhere-at-all", "eu-central-1"}, good[4:]...)
	out, err := setup(t, w, plain.Options{}, append(answers, "alpha-prod-assets")...)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if s := w.Saved["alpha-prod-assets"]; s.Region != "eu-central-1" {
		t.Errorf("saved %+v", s)
	}
	if strings.Count(out, "This is needed.") != 1 || !strings.Contains(out, "Type a number from 1 to 4.") || !strings.Contains(out, "Suggestion for Bucket name: alpha-prod-assets") {
		t.Errorf("printed:\n%s", out)
	}
}

func TestGoingBackKeepsWhatWasAnswered(t *testing.T) {
	w := tuitest.NewWorld()
	answers := []string{"1", "first-bucket", "eu-central-1", "<", "<", "second-bucket", ""} // from the role to the region to the bucket
	out, err := setup(t, w, plain.Options{}, append(append(answers, good[4:]...), "second-bucket")...)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if s, ok := w.Saved["second-bucket"]; !ok || s.Region != "eu-central-1" {
		t.Errorf("saved %+v", w.Saved)
	}
}

func TestAFailedTestIsExplainedAndNothingIsSaved(t *testing.T) {
	w := tuitest.NewWorld()
	w.Rows = tuitest.RoleFails
	out, err := setup(t, w, plain.Options{}, append(good, "1", "3")...)
	if !errors.Is(err, plain.ErrNotReady) {
		t.Fatalf("%v\n%s", err, out)
	}
	if strings.Count(out, "Result: failed") != 2 || !strings.Contains(out, "aws iam update-assume-role-policy") {
		t.Errorf("printed:\n%s", out)
	}
	if len(w.Saved) != 0 || len(w.Kept) != 1 {
		t.Errorf("saved %v, drafts %v", w.Saved, w.Kept)
	}
}

func TestWhatToMendFirstIsSaidInStepsAndWays(t *testing.T) {
	w := tuitest.NewWorld()
	w.Rows = tuitest.RoleFails
	out, _ := setup(t, w, plain.Options{}, append(good, "3")...)
	at := -1
	for _, want := range []string{"To mend first: Assume the role.\n", "failed: role.assume", "Compare the external ID", "or: 1. ", "    2. "} {
		next := strings.Index(out, want)
		if next <= at {
			t.Fatalf("%q is missing or too early in:\n%s", want, out)
		}
		at = next
	}
	w.Rows = tuitest.AllPass
	if out, _ := setup(t, w, plain.Options{}, append(good, "alpha-prod-assets")...); strings.Contains(out, "mend first") {
		t.Errorf("printed:\n%s", out)
	}
}

// Whoever listens hears of what a line is, and the document to save.
func TestLinesSayOfWhatTheyAre(t *testing.T) {
	w := tuitest.NewWorld()
	w.Rows = func(s wizard.Settings) []awscheck.Result {
		rows := tuitest.RoleFails(s)
		rows[2].Causes = []diagnose.Cause{diagnose.Because("put-denied", diagnose.Certain, diagnose.Facts{Bucket: "alpha", RoleARN: role})}
		return append(rows, rows[2], awscheck.Result{ID: "owner.versioning", Status: awscheck.Pass, Reason: "result.owner.versioning.off"})
	}
	var out bytes.Buffer
	if _, err := plain.Check(context.Background(), w, text.For("en"), w.Saved["none"], "", world.CheckOptions{}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"skipped: Upload: needs: Assume the role\n", "passed: Versioning: Off: what is deleted is gone.\n", "    permissions.json:\n{\n  \"Version\": \"2012-10-17\","} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in:\n%s", want, out.String())
		}
	}
	if n := strings.Count(out.String(), ", failed: Assume the role"); n != 1 {
		t.Errorf("a row that ends twice in the same way is told %d times", n)
	}
	if strings.Count(out.String(), "permissions.json:\n") != 1 {
		t.Error("a document is printed twice")
	}
}

func TestTheOwnersSideCanBeReadAfterAFailure(t *testing.T) {
	w := tuitest.NewWorld()
	w.Rows = tuitest.RoleFails
	out, err := setup(t, w, plain.Options{}, append(good, "4", "bucket-admin", "3")...)
	if !errors.Is(err, plain.ErrNotReady) || !strings.Contains(out, "AWS profile > ") {
		t.Fatalf("%v\n%s", err, out)
	}
	if o := w.LastAsked().Owner; o == nil || o.Profile != "bucket-admin" {
		t.Errorf("asked for %+v", o)
	}
	// A profile that does not exist is told, and the rest goes on without it.
	w.OwnerErr = &tuitest.TroubleError{Trouble: world.Trouble{Raw: "no profile nobody"}}
	out, err = setup(t, w, plain.Options{}, append(good, "4", "nobody", "3")...)
	if !errors.Is(err, plain.ErrNotReady) || !strings.Contains(out, "no profile nobody") || w.LastAsked().Owner != nil {
		t.Errorf("%v, asked for %+v\n%s", err, w.LastAsked(), out)
	}
}

func TestEditDoesNotAskForWhatIsLocked(t *testing.T) {
	w := tuitest.NewWorld()
	w.Locks["prod"] = world.Lock{Media: 3}
	s := w.Saved["x"]
	s.Integration, s.Bucket, s.Region, s.RoleARN, s.ExternalID, s.Access, s.ManagedBy = "microcms", "alpha-prod-assets", "ap-northeast-1", role, "md-2f6b7c1e9a04d853", "role", "mediadock"
	out, err := setup(t, w, plain.Options{Name: "prod", Prefill: s, Edit: true},
		"", "arn:aws:iam::123456789012:role/OtherRole", "", "", "", "alpha-prod-assets")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got := w.Saved["prod"]; got.RoleARN != "arn:aws:iam::123456789012:role/OtherRole" || got.Bucket != "alpha-prod-assets" {
		t.Errorf("saved %+v", got)
	}
	if !strings.Contains(out, "Bucket name: alpha-prod-assets (locked") {
		t.Errorf("printed:\n%s", out)
	}
}

func TestACancelledContextStopsTheQuestions(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out bytes.Buffer
	err := plain.Setup(ctx, tuitest.NewWorld(), text.For("ja"), plain.Options{In: strings.NewReader("1\n"), Out: &out})
	if !errors.Is(err, context.Canceled) && !errors.Is(err, plain.ErrNoAnswer) {
		t.Errorf("got %v", err)
	}
}

func TestCheckPrintsRowsAndVerdictInBothLanguages(t *testing.T) {
	for lang, want := range map[string]string{"en": "Result: ready", "ja": "結果：準備完了"} {
		var out bytes.Buffer
		w := tuitest.NewWorld()
		r, err := plain.Check(context.Background(), w, text.For(lang), w.Saved["none"], "", world.CheckOptions{}, &out)
		if err != nil || len(r.Results) != 16 || !strings.Contains(out.String(), want) {
			t.Errorf("%s: %v, %d rows:\n%s", lang, err, len(r.Results), out.String())
		}
	}
}

// The review of the line mode says all that is to be known, and where each
// document goes, before anything is tested.
func TestTheReviewIsWhole(t *testing.T) {
	w := tuitest.NewWorld()
	out, err := setup(t, w, plain.Options{}, append(good, "alpha-prod-assets")...)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	before, _, _ := strings.Cut(out, "Connection test. It uploads")
	c := text.For("en")
	for _, f := range wizard.Facts(w.Saved["alpha-prod-assets"]) {
		if said := f.Words(c.Say); !strings.Contains(before, said) {
			t.Errorf("%s is not said: %s", f.ID, said)
		}
	}
	for _, want := range []string{
		"browsers show https://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/写真.png",
		"Trust policy of the role: ready to paste", "IAM › Roles › MediaRole › Trust relationships",
		"Service ID: made when it is saved", "/media/env-xxxxxxxxxxxxxxxx/image.png",
	} {
		if !strings.Contains(before, want) {
			t.Errorf("%q is not said in:\n%s", want, before)
		}
	}
}

// A table is asked for row by row: rows are put, replaced and removed, and what
// is wrong with one is said at once.
func TestTablesAreAskedForRowByRow(t *testing.T) {
	w := tuitest.NewWorld()
	answers := []string{
		"4", "alpha-prod-assets", "ap-northeast-1", "mediaBucket", "",
		"", "public/* guest read", "public owner write", "too few", "-9", "-2", "public/* authenticated get, list, write", "public/* guest get", "",
		"guest arn:aws:iam::210987654321:role/amplify-app-unauth", "", "",
		"public", "", "", "",
	}
	out, err := setup(t, w, plain.Options{}, append(answers, "alpha-prod-assets")...)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s := w.Saved["alpha-prod-assets"]
	if string(s.Paths) != `{"public/*":{"guest":["get"],"authenticated":["get","list","write"]}}` || string(s.AppRoles) != `{"guest":"arn:aws:iam::210987654321:role/amplify-app-unauth"}` {
		t.Errorf("saved %+v", s)
	}
	for _, say := range []string{
		"Say who may do what under which path.", "public: a path ends in /*.", "Suggestion for Paths: public/{entity_id}/* entityidentity write",
		"  2. public owner write", "There is no row of that number.", "Type a row: PATH WHO ACTIONS",
	} {
		if !strings.Contains(out, say) {
			t.Errorf("nothing says %q:\n%s", say, out)
		}
	}
}
