package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestEnvironmentNames(t *testing.T) {
	for name, want := range map[string]bool{
		"prod": true, "prod/staging": true, "prod/1-a": true, "prod/": false, "/staging": false, "prod/a/b": false,
		"prod/Staging": false, "prod/a.b": false, "prod/a_b": false, "prod/-a": false, "prod/..": false, "../x": false,
		"prod/aaaaaaaaaabbbbbbbbbbccccccccccdd": true, "prod/aaaaaaaaaabbbbbbbbbbccccccccccdde": false,
	} {
		if got := ValidSaved(name); got != want {
			t.Errorf("ValidSaved(%q) = %v, want %v", name, got, want)
		}
	}
}

// M76: neither's settings have anything to do with the other's.
func TestEnvironmentIsIndependent(t *testing.T) {
	s := open(t)
	prod := save(t, s, "prod", alpha)
	staging := save(t, s, "prod/staging", prod.Settings)

	changed := prod
	changed.Settings.Notes = "production's"
	if err := s.Save(changed); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Load("prod/staging"); err != nil || got.Settings != alpha {
		t.Errorf("changing production changed the environment: %+v, %v", got.Settings, err)
	}
	staging.Settings.Domain = "https://staging.acme.jp"
	if err := s.Save(staging); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Load("prod"); err != nil || got.Settings.Domain != alpha.Domain {
		t.Errorf("changing the environment changed production: %+v, %v", got.Settings, err)
	}
	for _, name := range []string{"prod", "prod/staging"} {
		v := Verdict{Verdict: name, At: changed.SavedAt}
		if err := s.SaveVerdict(name, v); err != nil {
			t.Fatal(err)
		}
	}
	if v, _ := s.Verdict("prod"); v.Verdict != "prod" {
		t.Errorf("production's verdict is %q", v.Verdict)
	}
}

func TestListsKeepProductionAndEnvironmentsApart(t *testing.T) {
	s := open(t)
	// A connection whose name looks like another's file, or its directory.
	for _, name := range []string{"prod", "prod.yaml", "prod.environments"} {
		save(t, s, name, alpha)
	}
	for _, name := range []string{"prod/staging", "prod/dev", "prod.yaml/staging", "other/left"} {
		save(t, s, name, alpha)
	}
	put(t, filepath.Join(s.connections(), "prod.environments", "not_ours.yaml"), "schema: 1\n")
	all, err := s.List()
	if err != nil || len(all) != 3 {
		t.Fatalf("connections: %v, %v", namesOf(all), err)
	}
	for connection, want := range map[string][]string{"prod": {"prod/dev", "prod/staging"}, "prod.yaml": {"prod.yaml/staging"}, "none": nil} {
		got, err := s.Environments(connection)
		if err != nil || !slices.Equal(namesOf(got), want) {
			t.Errorf("environments of %s: %v, %v, want %v", connection, namesOf(got), err, want)
		}
	}
	if got, err := s.AllEnvironments(); err != nil || len(got) != 4 {
		t.Errorf("all environments: %v, %v", namesOf(got), err)
	}
	if _, err := s.Environments("../prod"); !errors.Is(err, ErrName) {
		t.Errorf("a name that is none: %v", err)
	}
}

func TestBrokenEnvironmentDoesNotHideTheOthers(t *testing.T) {
	s := open(t)
	save(t, s, "prod", alpha)
	save(t, s, "prod/staging", alpha)
	file := filepath.Join(s.connections(), "prod.environments", "dev.yaml")
	put(t, file, "bucket: [")
	got, err := s.Environments("prod")
	var corrupt *CorruptError
	if !errors.As(err, &corrupt) || corrupt.File != file || !slices.Equal(namesOf(got), []string{"prod/staging"}) {
		t.Errorf("%v, %v", namesOf(got), err)
	}
	if err := s.Save(Connection{Name: "prod/dev", Settings: alpha}); !errors.As(err, &corrupt) {
		t.Errorf("a file that cannot be read was replaced: %v", err)
	}
	if all, err := s.List(); err != nil || len(all) != 1 {
		t.Errorf("it hides the connections: %v, %v", namesOf(all), err)
	}
	if err := s.Delete("prod/dev"); err != nil {
		t.Errorf("the way out: %v", err)
	}
}

func TestForgettingAConnectionTakesItsEnvironmentsAlong(t *testing.T) {
	s := open(t)
	for _, name := range []string{"prod", "prod/staging", "prod2", "prod2/staging"} {
		save(t, s, name, alpha)
	}
	if err := s.SavePhase(Connection{Name: "prod/staging", Settings: alpha}, Creating); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete("prod"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load("prod/staging"); !errors.Is(err, ErrNotFound) {
		t.Errorf("the environment's settings stay: %v", err)
	}
	if p := s.Phase("prod/staging"); p != Whole {
		t.Errorf("its phase stays: %q", p)
	}
	if _, err := s.Load("prod2/staging"); err != nil {
		t.Errorf("another connection's environment went along: %v", err)
	}
}

func TestPhaseOfAnEnvironment(t *testing.T) {
	s := open(t)
	if p := s.Phase("prod/staging"); p != Whole {
		t.Errorf("nothing written down: %q", p)
	}
	for _, p := range []Phase{Creating, Deleting, Whole, Whole} {
		if err := s.SavePhase(Connection{Name: "prod/staging", Settings: alpha}, p); err != nil {
			t.Fatal(err)
		}
		if got := s.Phase("prod/staging"); got != p {
			t.Errorf("got %q, want %q", got, p)
		}
	}
	put(t, filepath.Join(s.phases(), "prod.environments", "staging.yaml"), "schema: 1\nphase: [")
	if got := s.Phase("prod/staging"); got != Creating {
		t.Errorf("unreadable: %q; a creation that is cut short is the careful answer", got)
	}
}

// Renaming a connection's file, and its environments' directory, by hand leaves
// unfinished what was: the phase goes by where the media lie.
func TestThePhaseOutlivesARenamedFile(t *testing.T) {
	s := open(t)
	save(t, s, "prod", alpha)
	for name, p := range map[string]Phase{"prod/staging": Creating, "prod/dev": Deleting, "prod/done": Whole} {
		save(t, s, name, alpha)
		if err := s.SavePhase(Connection{Name: name, Settings: alpha}, p); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{suffix, environmentsDir} {
		if err := os.Rename(filepath.Join(s.connections(), "prod"+file), filepath.Join(s.connections(), "main"+file)); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]Phase{"main/staging": Creating, "main/dev": Deleting, "main/done": Whole} {
		if got := s.Phase(name); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	// Another place under the same environment's name is another environment.
	beta := alpha
	beta.Bucket = "beta-assets"
	save(t, s, "beta/staging", beta)
	if got := s.Phase("beta/staging"); got != Whole {
		t.Errorf("another bucket's is %q", got)
	}
	// One that is whole now has no other phase under its earlier name.
	if err := s.SavePhase(Connection{Name: "main/staging", Settings: alpha}, Whole); err != nil {
		t.Fatal(err)
	}
	if got := s.Phase("main/staging"); got != Whole {
		t.Errorf("finished it is %q", got)
	}
	if got := s.Phase("main/dev"); got != Deleting {
		t.Errorf("the other is %q now", got)
	}
	// A connection beside it that has the same place has phases of its own.
	save(t, s, "prod/dev", alpha)
	if got := s.Phase("main/dev"); got != Whole {
		t.Errorf("the phase of an environment that is there: %q", got)
	}
}

// Changing an environment's settings may be left in the middle, too.
func TestDraftsOfEnvironments(t *testing.T) {
	s := open(t)
	for _, name := range []string{"prod", "prod/staging"} {
		if err := s.SaveDraft(Draft{Name: name, Settings: alpha, Edit: true, Step: "place"}); err != nil {
			t.Fatal(err)
		}
	}
	put(t, filepath.Join(s.drafts(), "prod.environments", "not_ours.yaml"), "schema: 1\n")
	listed := func() []string {
		all, err := s.Drafts()
		if err != nil {
			t.Error(err)
		}
		var names []string
		for _, d := range all {
			names = append(names, d.Name)
		}
		slices.Sort(names)
		return names
	}
	if got := listed(); !slices.Equal(got, []string{"prod", "prod/staging"}) {
		t.Errorf("%q", got)
	}
	if err := s.DeleteDraft("prod/staging"); err != nil {
		t.Fatal(err)
	}
	if got := listed(); !slices.Equal(got, []string{"prod"}) {
		t.Errorf("after deleting: %q", got)
	}
}

func namesOf(all []Connection) []string {
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	return names
}
