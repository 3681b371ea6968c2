package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media/mediatest"
)

// bigTIFF is a picture of a form that cannot be looked at.
const bigTIFF = "II+\x00\x08\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00"

// itemsOf are the items of a run's JSON by their path.
func itemsOf(t *testing.T, stdout string) map[string]eventJSON {
	t.Helper()
	items := map[string]eventJSON{}
	for line := range strings.Lines(stdout) {
		var e eventJSON
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%v\n%s", err, line)
		}
		if e.Type == "item" {
			items[e.Path] = e
		}
	}
	return items
}

func privateSite(t *testing.T) string {
	t.Helper()
	photo := mediatest.Photo(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".tif") {
			_, _ = w.Write([]byte(bigTIFF))
			return
		}
		_, _ = w.Write(photo)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// With --json everything is in the items, and nobody is asked.
func TestImportTellsWhatFilesTell(t *testing.T) {
	s := onSandbox(t, "microcms")
	site := privateSite(t)
	p := program{home: t.TempDir()}
	fetch := func(args ...string) (int, string, string) {
		return p.run(append(append([]string{"media", "import", "--allow-http", "--allow-private"}, args...), flagsOf(s)...)...)
	}
	exit, stdout, stderr := fetch(site+"/a%20b.jpg", "--json")
	e := itemsOf(t, stdout)["a b.jpg"]
	if exit != exitDone || len(e.Findings) == 0 || e.Findings[0].Code != "gps" || e.Findings[0].Removed || e.Better != "a-b.jpg" || e.Guessable == nil {
		t.Errorf("exit code %d, %+v\n%s", exit, e, stderr)
	}
	if len(e.Notes) != 1 || e.Notes[0].Code != "name-spaces" {
		t.Errorf("%+v", e.Notes)
	}
	exit, stdout, _ = fetch(site+"/a%20b.jpg", "--json", "--strip-metadata", "--fix-names")
	e = itemsOf(t, stdout)["a-b.jpg"]
	if exit != exitDone || len(e.Findings) == 0 || !e.Findings[0].Removed {
		t.Errorf("exit code %d, %+v", exit, e)
	}
	// Without a terminal and without --json it goes on, and warns.
	exit, _, stderr = fetch(site + "/c.jpg")
	if exit != exitDone || !strings.Contains(stderr, "c.jpg tells where it was taken") {
		t.Errorf("exit code %d\n%s", exit, stderr)
	}
	// A preview shows the mended name, and says what it cannot know.
	exit, stdout, stderr = fetch(site+"/d%20e.jpg", "--dry-run", "--fix-names")
	if exit != exitDone || !strings.Contains(stdout, "/d-e.jpg") || !strings.Contains(stderr, "once they have come") {
		t.Errorf("exit code %d\n%s%s", exit, stdout, stderr)
	}
}

// Asked about each file before it is stored, answers hold, and what cannot be
// stripped is asked about by itself.
func TestImportAsksAboutWhatFilesTell(t *testing.T) {
	s := onSandbox(t, "microcms")
	site := privateSite(t)
	p := program{home: t.TempDir(), in: "x\nl\nS\nL\n"}
	args := []string{
		"media", "import", "--accessible", "--allow-http", "--allow-private", "--parallel", "1",
		site + "/1.jpg", site + "/2.jpg", site + "/3.tif", site + "/4.jpg", site + "/5.tif",
	}
	exit, stdout, stderr := p.run(append(args, flagsOf(s)...)...)
	if exit != exitDone || strings.Count(stderr, "[l]eave the file out") != 4 || !strings.Contains(stderr, "cannot be stripped") {
		t.Errorf("exit code %d\n%s%s", exit, stdout, stderr)
	}
	p.in = ""
	_, stdout, _ = p.run(append([]string{"media", "ls", "--json"}, flagsOf(s)...)...)
	for name, there := range map[string]bool{"1.jpg": false, "2.jpg": true, "3.tif": false, "4.jpg": true, "5.tif": false} {
		if strings.Contains(stdout, `"path":"`+name+`"`) != there {
			t.Errorf("%s there: %v\n%s", name, !there, stdout)
		}
	}
	for _, name := range []string{"2.jpg", "4.jpg"} {
		dir := t.TempDir()
		if exit, _, stderr := p.run(append([]string{"media", "get", name, "--to", dir}, flagsOf(s)...)...); exit != exitDone {
			t.Fatal(stderr)
		}
		if data, _ := os.ReadFile(filepath.Join(dir, name)); len(data) == 0 || strings.Contains(string(data), "Yamada") {
			t.Errorf("%s was not stripped: %d bytes", name, len(data))
		}
	}
}

// Put asks about what cannot be stripped as well; an answer for all that can
// be does not cover it.
func TestPutAsksAboutWhatCannotBeStripped(t *testing.T) {
	s := onSandbox(t, "microcms")
	dir := t.TempDir()
	for name, content := range map[string]string{"a.jpg": string(mediatest.Photo(t)), "b.tif": bigTIFF, "c.jpg": string(mediatest.Photo(t))} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := program{home: t.TempDir(), in: "S\ns\nl\n"}
	exit, stdout, stderr := p.run(append([]string{"media", "put", "--accessible", dir + "/"}, flagsOf(s)...)...)
	if exit != exitDone || strings.Count(stderr, "cannot be stripped") != 2 { // s is no answer to it
		t.Errorf("exit code %d\n%s%s", exit, stdout, stderr)
	}
	p.in = ""
	if _, stdout, _ = p.run(append([]string{"media", "ls"}, flagsOf(s)...)...); strings.Contains(stdout, "b.tif") || !strings.Contains(stdout, "c.jpg") {
		t.Errorf("%s", stdout)
	}
}

// A preview says why a name is refused, and not that it is there already.
func TestPutPreviewSaysWhyANameIsRefused(t *testing.T) {
	s := onSandbox(t, "microcms")
	dir := t.TempDir()
	for _, name := range []string{"a\u202egpj.txt", "b.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := program{home: t.TempDir()}
	exit, stdout, _ := p.run(append([]string{"media", "put", "--dry-run", dir + "/"}, flagsOf(s)...)...)
	if exit != exitRefused || strings.Contains(stdout, "already there") || !strings.Contains(stdout, "reverses the writing direction") {
		t.Errorf("exit code %d\n%s", exit, stdout)
	}
	if exit, stdout, _ = p.run(append([]string{"media", "put", filepath.Join(dir, "b.txt")}, flagsOf(s)...)...); exit != exitDone {
		t.Fatal(stdout)
	}
	exit, stdout, _ = p.run(append([]string{"media", "put", "--dry-run", filepath.Join(dir, "b.txt")}, flagsOf(s)...)...)
	if exit != exitRefused || !strings.Contains(stdout, "already there") {
		t.Errorf("exit code %d\n%s", exit, stdout)
	}
}
