package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/text"
)

// What is put together in words follows the language of the screen.
func TestBrokenFilesAreToldInTheLanguageOfTheScreen(t *testing.T) {
	a := &app{text: text.For("en")}
	a.useHome(t.TempDir())
	dir := filepath.Join(a.dirs.Config, "connections")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "prod.yaml"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := &services{app: a}
	told := func() string {
		all, err := s.Connections(t.Context())
		if err != nil || len(all) != 1 || all[0].Broken == nil {
			t.Fatalf("%+v, %v", all, err)
		}
		return all[0].Broken.Error()
	}
	for lang, want := range map[string]string{"ja": text.For("ja").Say("error.file.empty", nil), "en": text.For("en").Say("error.file.empty", nil)} {
		if s.Speak(lang); !strings.HasSuffix(told(), want) {
			t.Errorf("in %s: %q, want %q", lang, told(), want)
		}
	}
}
