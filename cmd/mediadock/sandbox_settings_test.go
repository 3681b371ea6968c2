package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// What the sandbox says of the settings that fit its account is taken as it
// is: with flags where these hold all, else as a file.
func TestTheSandboxesSettingsCanBeUsed(t *testing.T) {
	for name, table := range map[string]bool{"microcms": false, "cloudinary-ready": false, "imgix-ready": true, "amplify": true} {
		onSandbox(t, name)
		_, meta, err := account.Scenario(name)
		if err != nil {
			t.Fatal(err)
		}
		file := tablesAsFile(meta.Settings)
		if (file != "") != table {
			t.Fatalf("%s: the file is %q", name, file)
		}
		if flags := settingsAsFlags(meta.Settings); strings.Contains(flags, "--integration=") != (name != "microcms") {
			t.Errorf("%s: %s", name, flags)
		}
		if !table {
			continue
		}
		path := filepath.Join(t.TempDir(), "settings.json")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		if exit, stdout, stderr := (program{home: t.TempDir()}).run("setup", "--no-input", "--from", path); exit != exitDone {
			t.Errorf("%s: %d\n%s\n%s%s", name, exit, file, stdout, stderr)
		}
	}
}
