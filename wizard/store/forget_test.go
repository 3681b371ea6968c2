package store

import (
	"errors"
	"testing"

	"github.com/mediadock/mediadock/wizard"
)

// Whoever forgets a connection forgets the change of it that was begun, whose
// draft holds its role and external ID; a set-up that only shares the name was
// never part of it.
func TestForgettingTakesItsChangeAlong(t *testing.T) {
	settings := wizard.Settings{Bucket: "alpha-prod-assets", ExternalID: "md-7q4kz2m9x1c8v5b3n6t0w8r2"}
	ways := map[string]func(*Store, Connection) error{
		"forget": func(s *Store, c Connection) error { return s.Delete(c.Name) },
		"delete": func(s *Store, c Connection) error { return s.Remove(c) },
	}
	for way, gone := range ways {
		for _, tc := range []struct {
			name  string
			draft Draft
			stays bool
		}{
			{"a change of it", Draft{Name: "prod", Settings: settings, Edit: true}, false},
			{"a change of another", Draft{Name: "other", Settings: settings, Edit: true}, true},
			{"a set-up of that name", Draft{Name: "prod", Settings: settings}, true},
		} {
			t.Run(way+", "+tc.name, func(t *testing.T) {
				s := Open(DefaultDirs(t.TempDir()))
				if err := s.Save(Connection{Name: "prod", Settings: settings}); err != nil {
					t.Fatal(err)
				}
				if err := s.SaveDraft(tc.draft); err != nil {
					t.Fatal(err)
				}
				c, err := s.Load("prod")
				if err != nil {
					t.Fatal(err)
				}
				if err := gone(s, c); err != nil {
					t.Fatal(err)
				}
				_, err = s.LoadDraft(tc.draft.Name)
				if stays := !errors.Is(err, ErrNotFound); stays != tc.stays {
					t.Errorf("the draft stays: %v (%v), want %v", stays, err, tc.stays)
				}
			})
		}
	}
}
