package catalog

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media/privacy"
)

// decided is a decision of a minute after day began.
func decided(written string, minute int) Decided {
	d, err := privacy.ParseDecision(written)
	if err != nil {
		panic(err)
	}
	return Decided{d, day.Add(time.Duration(minute) * time.Minute)}
}

// wantDecided expects decisions by path, as they are written.
func wantDecided(t *testing.T, when string, p *Place, want map[string]string) {
	t.Helper()
	for path, written := range want {
		e, err := p.Get(t.Context(), path)
		if err != nil || e[path].Private.String() != written {
			t.Errorf("%s: %s: %q, want %q (%v)", when, path, e[path].Private, written, err)
		}
	}
}

func uploaded(t *testing.T, p *Place, uploads ...Upload) {
	t.Helper()
	if err := p.Uploaded(t.Context(), uploads...); err != nil {
		t.Fatal(err)
	}
}

func moved(t *testing.T, p *Place, moves ...Move) {
	t.Helper()
	if err := p.Moved(t.Context(), moves...); err != nil {
		t.Fatal(err)
	}
}

// What was decided goes with the file and stays as long as its content does.
func TestDecidedBelongsToTheContent(t *testing.T) {
	p := openPlace(t, t.TempDir())
	const kept, removed = "kept: gps; stays: maker", "removed: gps, camera"
	photo := object("photo.jpg", 1)
	uploaded(t, p, Upload{Object: photo, Private: decided(kept, 1)}, Upload{Object: object("plain.txt", 1)})
	wantDecided(t, "uploaded", p, map[string]string{"photo.jpg": kept, "plain.txt": ""})
	if e, _ := p.Get(t.Context(), "photo.jpg"); !e["photo.jpg"].Private.At.Equal(day.Add(time.Minute)) || e["photo.jpg"].Own != photo.ETag {
		t.Errorf("%+v", e["photo.jpg"])
	}

	to := object("team/photo.jpg", 2)
	moved(t, p, Move{From: "photo.jpg", To: to})
	wantDecided(t, "renamed", p, map[string]string{"photo.jpg": "", "team/photo.jpg": kept})
	refreshed(t, p, object("plain.txt", 1), to)
	wantDecided(t, "listed", p, map[string]string{"team/photo.jpg": kept})

	// Deleted, it is kept as an alt text is, and is there again with that content.
	if err := p.Gone(t.Context(), "team/photo.jpg"); err != nil {
		t.Fatal(err)
	}
	refreshed(t, p, object("plain.txt", 1))
	if e, _ := p.Get(t.Context(), "team/photo.jpg"); e["team/photo.jpg"].Present || e["team/photo.jpg"].Private.Empty() {
		t.Errorf("deleted: %+v", e["team/photo.jpg"])
	}
	refreshed(t, p, object("plain.txt", 1), to)
	wantDecided(t, "back", p, map[string]string{"team/photo.jpg": kept})

	// Changed outside, nothing is known any more.
	other := to
	other.ETag = "of-the-cms"
	refreshed(t, p, object("plain.txt", 1), other)
	wantDecided(t, "changed outside", p, map[string]string{"team/photo.jpg": ""})

	// A re-upload replaces it, also under another name.
	uploaded(t, p, Upload{Object: to, Private: decided(kept, 3)})
	uploaded(t, p, Upload{Object: to, Private: decided(removed, 4)})
	wantDecided(t, "uploaded again", p, map[string]string{"team/photo.jpg": removed})
	moved(t, p, Move{From: "team/photo.jpg", To: object("team/new.jpg", 5), Uploaded: ptr(decided(kept, 5))})
	wantDecided(t, "replaced", p, map[string]string{"team/photo.jpg": "", "team/new.jpg": kept})
	moved(t, p, Move{From: "team/new.jpg", To: object("team/clean.jpg", 6), Uploaded: &Decided{}})
	wantDecided(t, "replaced by what tells nothing", p, map[string]string{"team/new.jpg": "", "team/clean.jpg": ""})
	uploaded(t, p, Upload{Object: to, Private: decided(kept, 7)})
	if err := p.Stored(t.Context(), object("team/photo.jpg", 8)); err != nil {
		t.Fatal(err)
	}
	wantDecided(t, "of nothing", p, map[string]string{"team/photo.jpg": ""})
}

// What is noted late does not undo what was decided since.
func TestDecidedThatIsNotedLate(t *testing.T) {
	p := openPlace(t, t.TempDir())
	at := func(minute int) time.Time { return day.Add(time.Duration(minute) * time.Minute) }
	uploaded(t, p,
		Upload{Object: object("a", 1), Private: decided("kept: gps", 1)},
		Upload{Object: object("b", 1), Private: decided("kept: date", 1)},
		Upload{Object: object("newer", 9), Private: decided("removed: owner", 9)},
		Upload{Object: object("to/newer", 9), Private: decided("removed: gps", 9)},
		Upload{Object: object("c", 9), Private: decided("stays: owner", 9)},
	)
	uploaded(t, p,
		Upload{Object: object("newer", 5), Private: decided("kept: owner", 5), At: at(5)},
		Upload{Object: object("late", 5), Private: decided("kept: people", 5), At: at(5)})
	late := func(from, to string) Move {
		m := Move{From: from, To: object(to, 5), At: at(5)}
		return m
	}
	replaced := late("d", "to/d")
	replaced.Uploaded = ptr(decided("removed: path", 5))
	edit(t, p, "a", Edit{Alt: ptr("written since")})
	moved(t, p, late("a", "to/a"), late("b", "to/b"), late("late", "to/newer"), late("c", "to/c"), replaced)
	wantDecided(t, "late", p, map[string]string{
		"newer": "removed: owner", "b": "", "to/b": "kept: date",
		"to/newer": "removed: gps", "late": "", // that file is gone, whatever was stored there since
		"c": "stays: owner", "to/c": "", // another file by now
		"to/d": "removed: path",
	})
	// The listing has another content under the new name.
	uploaded(t, p, Upload{Object: object("e", 1), Private: decided("kept: gps", 1)})
	if err := p.Saw(t.Context(), Object{Path: "to/e", Size: 3, ETag: "theirs", Modified: at(9)}); err != nil {
		t.Fatal(err)
	}
	moved(t, p, late("e", "to/e"))
	wantDecided(t, "another content", p, map[string]string{"to/e": ""})
}

func TestDecidedIsFound(t *testing.T) {
	p := openPlace(t, t.TempDir())
	uploaded(t, p,
		Upload{Object: object("kept.jpg", 1), Private: decided("kept: gps; removed: date", 1)},
		Upload{Object: object("unasked.jpg", 2), Private: decided("undecided: gps", 1)},
		Upload{Object: object("a.pdf", 3), Private: decided("stays: owner", 1)},
		Upload{Object: object("odd.psd", 4), Private: decided("unknown: damaged", 1)},
		Upload{Object: object("clean.jpg", 5), Private: decided("removed: gps", 1)},
		Upload{Object: object("plain.txt", 6)})
	find := func(when string, want map[string]string) {
		t.Helper()
		for kind, paths := range want {
			if got := strings.Join(found(t, p, Query{Private: kind}), " "); got != paths {
				t.Errorf("%s: %s: %q, want %q", when, kind, got, paths)
			}
		}
	}
	find("uploaded", map[string]string{"kept": "kept.jpg", "undecided": "unasked.jpg", "stays": "odd.psd a.pdf", "removed": "clean.jpg", "no-such": ""})
	uploaded(t, p, Upload{Object: object("kept.jpg", 1), Private: decided("removed: gps", 2)})
	find("again", map[string]string{"kept": "", "removed": "clean.jpg kept.jpg"})
}

func TestDecisionsTravel(t *testing.T) {
	from := openPlace(t, t.TempDir())
	uploaded(t, from,
		Upload{Object: object("photo.jpg", 1), Private: decided("kept: gps; unknown: too-large", 1)},
		Upload{Object: object("team.jpg", 1), Private: decided("removed: owner", 1)})
	edit(t, from, "team.jpg", Edit{Alt: ptr("The team")})
	want := notes(t, from, false)
	if len(want) != 2 || want[0].Alt != nil || want[1].Alt == nil {
		t.Fatalf("%+v", want)
	}
	for name, write := range map[string]func(*bytes.Buffer) (func(Noted) error, func() error){
		"csv":  func(b *bytes.Buffer) (func(Noted) error, func() error) { return WriteCSV(b, true) },
		"json": func(b *bytes.Buffer) (func(Noted) error, func() error) { return WriteJSON(b) },
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			row, end := write(&b)
			for _, n := range want {
				if err := row(n); err != nil {
					t.Fatal(err)
				}
			}
			if err := end(); err != nil {
				t.Fatal(err)
			}
			read, err := ReadNotes(bytes.NewReader(b.Bytes()))
			if err != nil {
				t.Fatalf("%v in\n%s", err, b.String())
			}
			to := openPlace(t, t.TempDir())
			edit(t, to, "photo.jpg", Edit{Alt: ptr("mine")})
			uploaded(t, to, Upload{Object: object("team.jpg", 1), Private: decided("removed: gps", 2)})
			taken, err := to.TakeNotes(t.Context(), read, false)
			if err != nil || taken.Changed != 2 {
				t.Fatalf("%+v, %v", taken, err)
			}
			got, err := to.Get(t.Context(), "photo.jpg", "team.jpg")
			if err != nil || got["photo.jpg"].Alt != "mine" || got["team.jpg"].Alt != "The team" || !got["photo.jpg"].Private.At.Equal(day.Add(time.Minute)) {
				t.Errorf("%+v, %v", got, err)
			}
			// Of two decisions the later one holds.
			wantDecided(t, name, to, map[string]string{"photo.jpg": "kept: gps; unknown: too-large", "team.jpg": "removed: gps"})
			if again, err := to.TakeNotes(t.Context(), read, false); err != nil || again.Changed != 0 || again.Same != 2 {
				t.Errorf("the second time: %+v, %v", again, err)
			}
		})
	}
}

func TestWrittenDecisionsAreChecked(t *testing.T) {
	for file, code := range map[string]string{
		"path,alt\na.jpg,x\n":                                               "",
		"path,private_data\na.jpg,\n":                                       "",
		"path,private_data\na.jpg,removed: gps\n":                           "",
		"path,private_data\na.jpg,gps\n":                                    "private",
		"path,private_data,private_data_at\na.jpg,removed: gps,today\n":     "private",
		`{"version":1,"media":[{"path":"a.jpg"}]}`:                          "",
		`{"version":1,"media":[{"path":"a","private_data":{}}]}`:            "",
		`{"version":1,"media":[{"path":"a","private_data":{"kept":[""]}}]}`: "private",
	} {
		_, err := ReadNotes(strings.NewReader(file))
		var e *FileError
		if errors.As(err, &e); (code == "") != (err == nil) || e != nil && e.Code != code {
			t.Errorf("%s: %v, want %q", file, err, code)
		}
	}
}

func carryDecided(t *testing.T, from, to *Place) {
	t.Helper()
	uploaded(t, from,
		Upload{Object: object("new.jpg", 1), Private: decided("kept: gps", 1)},
		Upload{Object: object("older.jpg", 1), Private: decided("kept: gps", 1)},
		Upload{Object: object("later.jpg", 1), Private: decided("removed: gps", 3)})
	uploaded(t, to,
		Upload{Object: object("older.jpg", 1), Private: decided("removed: gps", 2)},
		Upload{Object: object("later.jpg", 1), Private: decided("kept: gps", 2)})
	edit(t, to, "later.jpg", Edit{Alt: ptr("mine")})
	c, err := Carry(context.Background(), from, to, KeepNone, false)
	if err != nil || c.New != 2 || c.Verified != 3 || c.Conflicts != 0 {
		t.Fatalf("%+v, %v", c, err)
	}
	wantDecided(t, "carried", to, map[string]string{"new.jpg": "kept: gps", "older.jpg": "removed: gps", "later.jpg": "removed: gps"})
	if e, _ := to.Get(t.Context(), "later.jpg"); e["later.jpg"].Alt != "mine" {
		t.Errorf("%+v", e["later.jpg"])
	}
}

func TestCarryDecided(t *testing.T) {
	carryDecided(t, openPlace(t, t.TempDir()), openPlace(t, t.TempDir()))
}
