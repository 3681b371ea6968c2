package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mediadock/mediadock/wizard"
)

func open(t *testing.T) *Store {
	t.Helper()
	return Open(DefaultDirs(t.TempDir()))
}

func save(t *testing.T, s *Store, name string, settings wizard.Settings) Connection {
	t.Helper()
	if err := s.Save(Connection{Name: name, Settings: settings}); err != nil {
		t.Fatal(err)
	}
	c, err := s.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// put writes a file as a person would, by hand.
func put(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

var alpha = wizard.Defaults(wizard.Settings{
	Bucket: "alpha-prod-assets", Region: "ap-northeast-1", RoleARN: "arn:aws:iam::210987654321:role/R",
	ExternalID: "0123456789", TrustedPrincipal: "012345678901", Prefix: "media", Domain: "https://m.acme.jp",
	Distribution: "E2EXAMPLE", ServiceID: "SERVICE#0f1e2d3c-4b5a-4678-9abc-def012345678",
	FixFileNames: true, Notes: "two\nlines: # \"quoted\" \t写真 👩\u200d🔧",
})

func TestConnectionComesBackAsSaved(t *testing.T) {
	s := open(t)
	before := time.Now().Add(-time.Minute)
	got := save(t, s, "prod", alpha)
	if got.Settings != alpha {
		t.Errorf("loaded %+v\nwant %+v", got.Settings, alpha)
	}
	if got.SavedAt.Before(before) || got.Name != "prod" || got.Revision == "" {
		t.Errorf("loaded %+v: name, time or revision is missing", got)
	}
}

func TestListIsInOrderAndOneBadFileHidesNone(t *testing.T) {
	s := open(t)
	for _, name := range []string{"prod", "a", "stg-2"} {
		save(t, s, name, alpha)
	}
	dir := s.connections()
	put(t, filepath.Join(dir, "broken.yaml"), "schema: 1\nbucket: x\ncolour: red\n")
	put(t, filepath.Join(dir, "newer.yaml"), "schema: 7\nbucket: x\n")
	put(t, filepath.Join(dir, "Prod2.yaml"), "schema: 1\n")
	put(t, filepath.Join(dir, ".prod.yaml123"), "left by a crash")
	put(t, filepath.Join(dir, "notes.txt"), "not ours")
	put(t, filepath.Join(dir, "a dir.yaml", "x"), "")
	all, err := s.List()
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	if !slices.Equal(names, []string{"a", "prod", "stg-2"}) {
		t.Errorf("listed %q", names)
	}
	for _, want := range []string{
		filepath.Join(dir, "broken.yaml") + `:3: unknown key "colour"`,
		filepath.Join(dir, "newer.yaml") + ":1: schema 7",
		filepath.Join(dir, "Prod2.yaml") + ": the file's name",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not told: %v", want, err)
		}
	}
	var corrupt *CorruptError
	if !errors.As(err, &corrupt) {
		t.Errorf("no CorruptError in %v", err)
	}
}

func TestCorruptFilesSayWhereAndWhy(t *testing.T) {
	for name, test := range map[string]struct {
		text, reason string
		line         int
	}{
		"unknown key":      {"schema: 1\nbucket: x\nbuckt: y\n", "unknown key", 3},
		"missing schema":   {"bucket: x\n", "schema: 1", 0},
		"newer schema":     {"bucket: x\nschema: 2\n", "schema 2", 2},
		"no number":        {"schema: one\n", "schema one", 1},
		"not on or off":    {"schema: 1\nfix_file_names: maybe\n", "neither true nor false", 2},
		"list":             {"schema: 1\nbucket: [a]\n", "no plain value", 2},
		"empty":            {"", "empty", 0},
		"cut short":        {"schema: 1\nnotes: \"abc", "end character", 2},
		"binary":           {"\x00\x01\x02", "", 1},
		"two documents":    {"schema: 1\n---\nschema: 1\n", "", 3},
		"step in settings": {"schema: 1\nstep: place\n", "unknown key", 2},
		"huge":             {"schema: 1\nnotes: " + strings.Repeat("x", 1<<21), "not a file that the program wrote", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			file := filepath.Join(s.connections(), "prod.yaml")
			put(t, file, test.text)
			_, err := s.Load("prod")
			var c *CorruptError
			if !errors.As(err, &c) {
				t.Fatalf("got %v", err)
			}
			if c.File != file || c.Line != test.line || !strings.Contains(c.Reason, test.reason) {
				t.Errorf("got %s, line %d, %q; want line %d, %q", c.File, c.Line, c.Reason, test.line, test.reason)
			}
			if name != "missing schema" && name != "huge" {
				var f *wizard.FileError
				if !errors.As(err, &f) {
					t.Errorf("%v cannot be said in the person's language", err)
				}
			}
		})
	}
}

func TestFilesMadeByHandAreRead(t *testing.T) {
	s := open(t)
	put(t, filepath.Join(s.connections(), "prod.yaml"), "# by hand\nschema: 1\nbucket: alpha\ntrusted_principal: 012345678901\nfix_file_names: yes\n")
	c, err := s.Load("prod")
	if err != nil {
		t.Fatal(err)
	}
	if c.Settings.TrustedPrincipal != "012345678901" || !c.Settings.FixFileNames || c.Settings.Bucket != "alpha" {
		t.Errorf("got %+v", c.Settings)
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]bool{
		"a": true, "prod": true, "alpha-prod.assets_2": true, "0": true, strings.Repeat("a", 63): true,
		"": false, strings.Repeat("a", 64): false, "Prod": false, "-a": false, ".a": false, "..": false,
		"a/b": false, `a\b`: false, "a b": false, "写真": false, "a\x00": false, "a\n": false,
	} {
		if got := ValidName(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
	s := open(t)
	for _, name := range []string{"../x", "", "A"} {
		_, loaded := s.Load(name)
		_, draft := s.LoadDraft(name)
		_, known := s.Verdict(name)
		for _, err := range []error{s.Save(Connection{Name: name}), loaded, s.Delete(name), s.SaveDraft(Draft{Name: name}), draft,
			s.DeleteDraft(name), s.SaveVerdict(name, Verdict{}), s.SaveConsent(name, time.Now())} {
			if !errors.Is(err, ErrName) {
				t.Errorf("%q: %v", name, err)
			}
		}
		if known {
			t.Errorf("%q has a verdict", name)
		}
	}
}

func TestNothingThereIsNotFound(t *testing.T) {
	s := open(t)
	_, load := s.Load("none")
	_, draft := s.LoadDraft("none")
	for _, err := range []error{load, draft, s.Delete("none")} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}
	if err := s.DeleteDraft("none"); err != nil {
		t.Errorf("DeleteDraft: %v", err)
	}
	connections, err1 := s.List()
	drafts, err2 := s.Drafts()
	if len(connections)+len(drafts) != 0 || err1 != nil || err2 != nil {
		t.Errorf("%v %v %v %v", connections, drafts, err1, err2)
	}
}

func TestSaveRefusesToOverwriteWhatItHasNotSeen(t *testing.T) {
	s := open(t)
	mine := save(t, s, "prod", alpha)
	theirs := mine
	theirs.Settings.Notes = "theirs"
	if err := s.Save(theirs); err != nil {
		t.Fatal(err)
	}
	mine.Settings.Notes = "mine"
	for what, c := range map[string]Connection{
		"an older version":  mine,
		"a new one":         {Name: "prod", Settings: alpha},
		"one deleted since": {Name: "gone", Settings: alpha, Revision: mine.Revision},
	} {
		if err := s.Save(c); !errors.Is(err, ErrChanged) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if c, err := s.Load("prod"); err != nil || c.Settings.Notes != "theirs" {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := s.Load("gone"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a deleted connection came back: %v", err)
	}
}

// Of several that change a connection at once, none overwrites another.
func TestConcurrentSavesLoseNothing(t *testing.T) {
	s := open(t)
	save(t, s, "prod", wizard.Settings{Notes: "0"})
	const savers, each = 4, 10
	var wg sync.WaitGroup
	failed := make(chan error, savers*each)
	for range savers {
		wg.Go(func() {
			other := Open(s.dirs)
			for range each {
				if err := increment(other); err != nil {
					failed <- err
				}
			}
		})
	}
	wg.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	c, err := s.Load("prod")
	if err != nil || c.Settings.Notes != strconv.Itoa(savers*each) {
		t.Errorf("counted %s of %d, %v", c.Settings.Notes, savers*each, err)
	}
}

func increment(s *Store) error {
	for {
		c, err := s.Load("prod")
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(c.Settings.Notes)
		if err != nil {
			return fmt.Errorf("half a file: %w", err)
		}
		c.Settings.Notes = strconv.Itoa(n + 1)
		if err := s.Save(c); !errors.Is(err, ErrChanged) && !errors.Is(err, ErrBusy) { // a slow disk keeps it locked for seconds
			return err
		}
	}
}

func TestDraftKeepsWhatWasTyped(t *testing.T) {
	s := open(t)
	want := wizard.Settings{Bucket: " Alpha_Prod ", Region: "東京", RoleARN: "arn:aws:iam::1:role/x\t", ExternalID: "md-0123456789abcdef",
		Prefix: "//", Domain: "http://x\u200b", Access: "?", Notes: "\x1b[31m\r\n\n", Integration: "imgix"}
	if err := s.SaveDraft(Draft{Name: "new", Settings: want, Step: "access", Edit: true}); err != nil {
		t.Fatal(err)
	}
	got, err := s.LoadDraft("new")
	if err != nil || got.Settings != want || got.Step != "access" || !got.Edit || got.SavedAt.IsZero() {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestDraftsAreNewestFirst(t *testing.T) {
	s := open(t)
	now := time.Now()
	for i, name := range []string{"b", "c", "a"} {
		if err := s.SaveDraft(Draft{Name: name}); err != nil {
			t.Fatal(err)
		}
		at := now.Add(time.Duration(i) * time.Hour)
		if err := os.Chtimes(filepath.Join(s.drafts(), name+".yaml"), at, at); err != nil {
			t.Fatal(err)
		}
	}
	put(t, filepath.Join(s.drafts(), "bad.yaml"), "?")
	all, err := s.Drafts()
	var names []string
	for _, d := range all {
		names = append(names, d.Name)
	}
	if !slices.Equal(names, []string{"a", "c", "b"}) {
		t.Errorf("listed %q", names)
	}
	var c *CorruptError
	if !errors.As(err, &c) {
		t.Errorf("the bad draft is not told: %v", err)
	}
	if err := s.DeleteDraft("a"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.LoadDraft("a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("after DeleteDraft: %v", err)
	}
}

func TestVerdictAndConsentGoWithTheirConnection(t *testing.T) {
	s := open(t)
	save(t, s, "prod", alpha)
	if _, ok := s.Verdict("prod"); ok {
		t.Error("a verdict before the first test")
	}
	at := time.Date(2026, 11, 21, 18, 0, 0, 0, time.FixedZone("JST", 9*3600))
	want := Verdict{Verdict: "failed", FirstProblem: "delivery.url", Problems: 2, Cause: "tls-name-mismatch",
		CauseArgs: map[string]string{"host": "m.acme.jp: \"x\"\n"}, At: at, Media: -1, MediaAtLeast: true}
	if err := s.SaveVerdict("prod", want); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveConsent("prod", at); err != nil {
		t.Fatal(err)
	}
	got, ok := s.Verdict("prod")
	if !ok || !got.At.Equal(at) || got.CauseArgs["host"] != want.CauseArgs["host"] {
		t.Fatalf("got %+v, %v", got, ok)
	}
	got.At, got.CauseArgs, want.At, want.CauseArgs = time.Time{}, nil, time.Time{}, nil
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if when, ok := s.Consented("prod"); !ok || !when.Equal(at) {
		t.Errorf("consent: %v %v", when, ok)
	}
	if err := s.Delete("prod"); err != nil {
		t.Fatal(err)
	}
	save(t, s, "prod", alpha)
	if _, ok := s.Verdict("prod"); ok {
		t.Error("another connection of the same name has the verdict")
	}
	if _, ok := s.Consented("prod"); ok {
		t.Error("another connection of the same name has the consent")
	}
}

func TestABadVerdictIsNone(t *testing.T) {
	s := open(t)
	for _, text := range []string{"", "schema: 2\nverdict: ready\n", "schema: 1\nverdict: [\n", "schema: 1\nmood: good\n"} {
		put(t, filepath.Join(s.verdicts(), "prod.yaml"), text)
		if v, ok := s.Verdict("prod"); ok {
			t.Errorf("%q was read as %+v", text, v)
		}
	}
}

func TestDefaultDirs(t *testing.T) {
	home := t.TempDir()
	if got, want := DefaultDirs(home), (Dirs{filepath.Join(home, "config"), filepath.Join(home, "data"), filepath.Join(home, "state")}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	// The environment counts as it is when asked, not as it was at start.
	for i, name := range []string{"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"} {
		t.Setenv(name, filepath.Join(home, strconv.Itoa(i)))
	}
	want := Dirs{filepath.Join(home, "0", "mediadock"), filepath.Join(home, "1", "mediadock"), filepath.Join(home, "2", "mediadock")}
	if got := DefaultDirs(""); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
