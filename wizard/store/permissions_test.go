//go:build !windows

package store

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/mediadock/mediadock/wizard"
)

// open to others: what a file or directory of ours must never be.
func openToOthers(root string) (bad []string) {
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == root {
			return nil // renamed or removed while we looked
		}
		if info, err := d.Info(); err == nil && info.Mode().Perm()&0o077 != 0 {
			bad = append(bad, path+" "+info.Mode().String())
		}
		return nil
	})
	return bad
}

// With a umask that takes nothing away, no file is open to others, not even
// while it is being written.
func TestNothingIsEverOpenToOthers(t *testing.T) {
	home := t.TempDir()
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	s := Open(DefaultDirs(home))
	ctx, stop := context.WithCancel(context.Background())
	var watcher sync.WaitGroup
	var seen []string
	watcher.Go(func() {
		for ctx.Err() == nil && len(seen) == 0 {
			seen = openToOthers(home)
		}
	})
	for range 30 {
		revision := ""
		if c, err := s.Load("prod"); err == nil {
			revision = c.Revision
		}
		for _, err := range []error{
			s.Save(Connection{Name: "prod", Settings: wizard.Settings{ExternalID: "secret-enough"}, Revision: revision}),
			s.SaveDraft(Draft{Name: "new"}), s.SaveVerdict("prod", Verdict{}), s.SaveConsent("prod", time.Now()),
		} {
			if err != nil {
				t.Error(err)
			}
		}
	}
	stop()
	watcher.Wait()
	for _, bad := range append(seen, openToOthers(home)...) {
		t.Errorf("open to others: %s", bad)
	}
}

func TestAnOpenFileIsClosedWhenSaved(t *testing.T) {
	s := open(t)
	c := save(t, s, "prod", alpha)
	file := filepath.Join(s.connections(), "prod.yaml")
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(s.connections(), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(c); err != nil {
		t.Fatal(err)
	}
	if bad := openToOthers(s.dirs.Config); len(bad) > 0 {
		t.Errorf("open to others: %q", bad)
	}
}

// People keep their configuration elsewhere and link to it.
func TestSavingKeepsASymbolicLink(t *testing.T) {
	s := open(t)
	c := save(t, s, "prod", alpha)
	file := filepath.Join(s.connections(), "prod.yaml")
	real := filepath.Join(t.TempDir(), "dotfiles.yaml")
	if err := os.Rename(file, real); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, file); err != nil {
		t.Fatal(err)
	}
	c.Settings.Notes = "changed"
	if err := s.Save(c); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(file); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v %v", info, err)
	}
	if got, err := s.Load("prod"); err != nil || got.Settings.Notes != "changed" {
		t.Errorf("%+v %v", got, err)
	}
}

// A save that cannot be completed leaves nothing beside what was there.
func TestAFailedSaveLeavesNothing(t *testing.T) {
	s := open(t)
	inTheWay := filepath.Join(s.drafts(), "new.yaml")
	if err := os.MkdirAll(inTheWay, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveDraft(Draft{Name: "new"}); err == nil {
		t.Error("a draft replaced a directory")
	}
	entries, err := os.ReadDir(s.drafts())
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ".lock" })
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}
