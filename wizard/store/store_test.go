package store

import (
	"errors"
	"testing"
	"time"

	"github.com/mediadock/mediadock/wizard"
)

func open(t *testing.T) *Store {
	t.Helper()
	return Open(DefaultDirs(t.TempDir()))
}

func TestConnectionComesBackAsSaved(t *testing.T) {
	s := open(t)
	want := wizard.Defaults(wizard.Settings{Bucket: "alpha-prod-assets", Region: "ap-northeast-1",
		ExternalID: "0123", Notes: " two\nlines: # \"quoted\" \t\u00e9 写真 \n", FixFileNames: true, TrustedPrincipal: "012345678901"})
	if err := s.Save(Connection{Name: "prod", Settings: want}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Load("prod")
	if err != nil {
		t.Fatal(err)
	}
	if got.Settings != want {
		t.Errorf("loaded %+v, want %+v", got.Settings, want)
	}
	if got.SavedAt.IsZero() || got.Name != "prod" {
		t.Errorf("loaded %+v: name or time is missing", got)
	}
}

func TestVerdictComesBackAsSaved(t *testing.T) {
	s := open(t)
	if _, ok := s.Verdict("prod"); ok {
		t.Error("a verdict before the first test")
	}
	want := Verdict{Verdict: "failed", FirstProblem: "delivery.url", Problems: 2, At: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), Media: -1}
	if err := s.SaveVerdict("prod", want); err != nil {
		t.Fatal(err)
	}
	got, ok := s.Verdict("prod")
	if !ok || got.Verdict != want.Verdict || !got.At.Equal(want.At) || got.Media != -1 || got.FirstProblem != want.FirstProblem {
		t.Errorf("got %+v, %v", got, ok)
	}
}

func TestNothingThereIsNotFound(t *testing.T) {
	s := open(t)
	if _, err := s.Load("none"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Load: %v", err)
	}
	if err := s.Delete("none"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Delete: %v", err)
	}
	if all, err := s.List(); len(all) != 0 || err != nil {
		t.Errorf("List: %v, %v", all, err)
	}
}
