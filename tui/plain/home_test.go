package plain_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/plain"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

var whole = wizard.Defaults(wizard.Settings{
	Bucket: "alpha-prod-assets", Region: "ap-northeast-1", RoleARN: role, ExternalID: "md-7q4kz2m9x1c8v5b3n6t0w8r2", Prefix: "media",
})

// full is a world with two connections and a draft.
func full() *tuitest.World {
	w := tuitest.NewWorld()
	w.Conns = []world.Connection{
		{Name: "prod", Settings: whole, SavedAt: tuitest.Now, Verdict: awscheck.Ready, TestedAt: tuitest.Now.Add(-3 * time.Hour), Media: 1234},
		{Name: "torn", Broken: errors.New("torn.yaml:3: no such key"), Media: -1},
	}
	w.Kept = []world.Draft{{Name: "beta", Settings: wizard.Settings{Bucket: "beta-assets"}, Step: "access", SavedAt: tuitest.Now.Add(-26 * time.Hour)}}
	return w
}

// home answers the first page's questions with lines and returns what was
// printed.
func home(t *testing.T, w *tuitest.World, lang string, answers ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	o := plain.Options{
		In: strings.NewReader(strings.Join(append(answers, ""), "\n")), Out: &out, Piped: true, Command: func() string { return "mediadock" },
		Now: func() time.Time { return tuitest.Now },
	}
	err := plain.Home(context.Background(), w, text.For(lang), o)
	if strings.ContainsAny(out.String(), "\x1b\r\t✓✗│─●") {
		t.Errorf("the text is not plain:\n%s", out.String())
	}
	return out.String(), err
}

func wants(t *testing.T, out string, all ...string) {
	t.Helper()
	at := 0
	for _, want := range all {
		next := strings.Index(out[at:], want)
		if next < 0 {
			t.Fatalf("%q is missing, or too early, in:\n%s", want, out)
		}
		at += next
	}
}

func TestHomeListsWhatThereIsByNumber(t *testing.T) {
	out, err := home(t, full(), "en", "?", "6")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	wants(t, out,
		"mediadock runs as cms-admin, AWS account 9999-8888-7777.\n",
		"Connections\n1. prod: alpha-prod-assets/media, Asia Pacific (Tokyo), ready, 3 h ago\n2. torn: cannot be read\n",
		"\n3. beta: at: ", "saved 1 d ago\n", "More\n4. Connect a bucket\n5. ", "6. Leave mediadock\n", "Number > ", "Type the number of a connection")
	out, err = home(t, full(), "ja", "6")
	if err != nil {
		t.Fatal(err)
	}
	wants(t, out, "mediadockの実行者：cms-admin", "1. prod：alpha-prod-assets/media、アジアパシフィック (東京)、", "6. mediadockを終了する")
}

// What can be done with a connection is done, and said in lines.
func TestHomeDoesWhatIsChosen(t *testing.T) {
	for name, c := range map[string]struct {
		answers []string
		want    []string
		err     error
		after   func(*tuitest.World) string // what is wrong with the world
	}{
		"test": {[]string{"1", "1", "<", "6"}, []string{"What can be done", "16 of 16, passed", "Result: ready"}, nil, func(w *tuitest.World) string {
			return unless(w.Checks == 1, "not tested")
		}},
		"documents": {[]string{"1", "3", "1", "trust.json", "", "<", "6"}, []string{"1. Trust policy of the role: ready to paste", `"sts:ExternalId": "md-7q4kz2m9x1c8v5b3n6t0w8r2"`, "for example trust-policy.json", "written to /home/taro/trust.json"}, nil,
			func(w *tuitest.World) string { return unless(w.File("trust.json") != "", "no file") }},
		"a file that exists": {[]string{"1", "3", "1", "a.json", "1", "a.json", "", "", "", "6"}, []string{"written to", "file already exists", "Name of a file"}, nil, func(*tuitest.World) string { return "" }},
		"edit": {[]string{"1", "4", "", "", "", "", "", "", "", "", "", "", "", "new notes", "alpha-prod-assets", "<", "6"}, []string{"Edit prod", "prod is saved"}, nil,
			func(w *tuitest.World) string { return unless(w.Saved["prod"].Notes == "new notes", "not saved") }},
		"forget, kept":    {[]string{"1", "5", "", "6"}, []string{"Forget prod?", "1. keep it", "2. forget it"}, nil, func(w *tuitest.World) string { return unless(len(w.Conns) == 2, "gone") }},
		"forget":          {[]string{"1", "5", "2", "5"}, []string{"prod is forgotten", "1. torn"}, nil, func(w *tuitest.World) string { return unless(len(w.Conns) == 1, "not gone") }},
		"forget a broken": {[]string{"2", "1", "2", "5"}, []string{"torn.yaml:3: no such key", "torn is forgotten"}, nil, func(w *tuitest.World) string { return unless(len(w.Conns) == 1, "not gone") }},
		"delete":          {[]string{"1", "6", "<", "6"}, []string{"  mediadock connection delete prod\n"}, nil, func(w *tuitest.World) string { return unless(len(w.Conns) == 2, "gone") }},
		"discard":         {[]string{"3", "3", "2", "5"}, []string{"Discard the draft beta?", "the draft beta is discarded"}, nil, func(w *tuitest.World) string { return unless(len(w.Kept) == 0, "not gone") }},
		"a draft's documents": {[]string{"3", "2", "1", "", "6"}, []string{"Trust policy of the role: still needs: External ID", "Permissions policy of the role: ready to paste"}, nil,
			func(*tuitest.World) string { return "" }},
		"a document marked as pasted": {[]string{"1", "3", "＋１", "<", "6"}, []string{"1. Trust policy of the role: ready to paste", "1. Trust policy of the role: marked as pasted"}, nil,
			func(w *tuitest.World) string {
				return unless(w.Marked["prod"]["trust"].Pasted.Document != "", "not kept")
			}},
		"a mark taken back": {[]string{"1", "3", "?", "+2", "+2", "<", "6"}, []string{"such as +1", "Permissions policy of the role: marked as pasted", "Permissions policy of the role: ready to paste"}, nil,
			func(w *tuitest.World) string { return unless(len(w.Marked["prod"]) == 0, "still marked") }},
		"nothing to mark": {[]string{"3", "2", "+1", "+99", "<", "6"}, []string{"There is nothing to mark", "Type a number from 1 to"}, nil,
			func(w *tuitest.World) string { return unless(len(w.Marked) == 0, "marked") }},
		"a draft, given up": {[]string{"3", "1", "3", role}, []string{"Step 3 of 6", "kept as the draft beta"}, plain.ErrNoAnswer, func(w *tuitest.World) string {
			return unless(len(w.Kept) == 1 && len(w.Saved) == 0, "draft lost")
		}},
		"new, given up": {[]string{"4", "", "gamma-assets", "tokyo"}, []string{"Step 1 of 6", "kept as the draft gamma-assets"}, plain.ErrNoAnswer, func(w *tuitest.World) string {
			return unless(len(w.Kept) == 2 && len(w.Saved) == 0, "draft lost")
		}},
		"nothing chosen":        {nil, []string{"Number > "}, plain.ErrNoAnswer, func(*tuitest.World) string { return "" }},
		"the end after a test":  {[]string{"1", "1"}, []string{"Result: ready"}, nil, func(*tuitest.World) string { return "" }},
		"full-width digits":     {[]string{"１", "１", "＜", "６"}, []string{"Result: ready"}, nil, func(*tuitest.World) string { return "" }},
		"numbers that are none": {[]string{"0", "7", "x", "", "6"}, []string{"Type a number from 1 to 6", "Type a number from 1 to 6", "Type a number from 1 to 6", "Type a number from 1 to 6"}, nil, func(*tuitest.World) string { return "" }},
	} {
		w := full()
		out, err := home(t, w, "en", c.answers...)
		if !errors.Is(err, c.err) || c.err == nil && err != nil {
			t.Errorf("%s: %v, want %v\n%s", name, err, c.err, out)
			continue
		}
		t.Run(name, func(t *testing.T) { wants(t, out, c.want...) })
		if wrong := c.after(w); wrong != "" {
			t.Errorf("%s: %s\n%s", name, wrong, out)
		}
	}
}

func unless(ok bool, wrong string) string {
	if ok {
		return ""
	}
	return wrong
}

// A test that fails is the outcome of a pipe of answers that ends after it.
func TestHomeEndsInWhatWasAskedFor(t *testing.T) {
	w := full()
	w.Rows = tuitest.RoleFails
	for _, answers := range [][]string{{"1", "1"}, {"1", "1", "3"}, {"1", "1", "1", ""}} {
		if out, err := home(t, w, "en", answers...); !errors.Is(err, plain.ErrNotReady) {
			t.Errorf("%q: %v\n%s", answers, err, out)
		}
	}
	if _, err := home(t, w, "en", "1", "1", "3", "<", "6"); err != nil {
		t.Errorf("leaving is no failure: %v", err)
	}
}

// Where nothing is saved the set-up begins at once, and home follows it.
func TestHomeBeginsWithTheSetUpWhereNothingIsThere(t *testing.T) {
	w := tuitest.NewWorld()
	w.Left = 2
	out, err := home(t, w, "en", append(good, "alpha-prod-assets")...)
	if err != nil || len(w.Saved) != 1 {
		t.Fatalf("%v\n%s", err, out)
	}
	wants(t, out, "2 left-over test files", "stored in your own S3 bucket", "Step 1 of 6", "alpha-prod-assets is saved", "1. alpha-prod-assets: ")
}

// Media are listed folder by folder, and what changes them is named.
func TestHomeShowsMedia(t *testing.T) {
	w := full()
	w.Lib = tuitest.NewLibrary("docs/annual.pdf", "docs/deep/x.txt", "logo.png")
	out, err := home(t, w, "en", "1", "2", "1", "1", "<", "2", "<", "2", "<", "<", "6")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	wants(t, out, "  mediadock media put FILE -c prod\n", "\nMedia\n1. folder docs\n2. logo.png, ",
		"folder docs/\n1. folder deep\n2. annual.pdf", "folder docs/deep/\n1. x.txt", "folder docs/\n", "Address of docs/annual.pdf:\n  https://", "\nMedia\n", "Address of logo.png:")
	files := make([]string, 45)
	for i := range files {
		files[i] = fmt.Sprintf("%02d.png", i)
	}
	w.Lib = tuitest.NewLibrary(files...)
	out, err = home(t, w, "en", "1", "2", "21", "21", "5", "<", "<", "6")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	wants(t, out, "20. 19.png", "21. More", "1. 20.png", "5. 44.png", "Address of 44.png")
}
