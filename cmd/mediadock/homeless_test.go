package main

import (
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/mediadock/mediadock/wizard/store"
)

// Without HOME nothing is saved in the root of the disk.
func TestHomeIsFoundWithoutTheVariable(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("HOME means nothing on Windows")
	}
	me, err := user.Current()
	if err != nil || me.HomeDir == "" {
		t.Skip("this user has no home directory")
	}
	for _, name := range []string{"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"} {
		t.Setenv(name, "")
	}
	elsewhere := t.TempDir()
	for _, tc := range []struct {
		name, home, want string
		unset            bool
	}{
		{name: "unset", unset: true, want: me.HomeDir},
		{name: "empty", want: me.HomeDir},
		{name: "set", home: elsewhere, want: elsewhere},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Setenv("HOME", tc.home)
			if tc.unset {
				os.Unsetenv("HOME")
			}
			atHome()
			if got := os.Getenv("HOME"); got != tc.want {
				t.Errorf("HOME is %q, want %q", got, tc.want)
			}
			dirs := store.DefaultDirs("")
			for _, dir := range []string{dirs.Config, dirs.Data, dirs.State} {
				if in, err := filepath.Rel(tc.want, dir); err != nil || !filepath.IsLocal(in) {
					t.Errorf("%s is not under %s", dir, tc.want)
				}
			}
		})
	}
}
