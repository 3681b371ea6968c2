package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
)

func notes(t *testing.T, p *Place, all bool) []Noted {
	t.Helper()
	var out []Noted
	if err := p.Notes(t.Context(), all, func(n Noted) error { out = append(out, n); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestNotesTravel takes notes out of one catalogue as each form, and into
// another, and expects the same there.
func TestNotesTravel(t *testing.T) {
	from := library(t)
	edit(t, from, "docs/写真集.txt", Edit{Alt: ptr("=1+1"), Creator: ptr("'-quoted")})
	edit(t, from, "ﾊﾝｶｸ.jpg", Edit{Alt: ptr("two\nlines, \"quoted\"")})
	want := notes(t, from, false)
	forms := map[string]func() []byte{
		"csv": func() []byte {
			var b bytes.Buffer
			row, end := WriteCSV(&b, true)
			for _, n := range want {
				if err := row(n); err != nil {
					t.Fatal(err)
				}
			}
			if err := end(); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		},
		"json": func() []byte {
			var b bytes.Buffer
			if err := allJSON(&b, want); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		},
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			data := form()
			if name == "csv" && strings.Contains(string(data), ",=1") {
				t.Errorf("a spreadsheet would compute a cell of\n%s", data)
			}
			read, err := ReadNotes(bytes.NewReader(data))
			if err != nil {
				t.Fatalf("%v in\n%s", err, data)
			}
			to := openPlace(t, t.TempDir())
			taken, err := to.TakeNotes(t.Context(), read, false)
			if err != nil || taken.Changed != len(want) || len(taken.Unknown) != len(want) {
				t.Fatalf("%+v, %v", taken, err)
			}
			got := notes(t, to, false)
			if len(got) != len(want) {
				t.Fatalf("%d of %d", len(got), len(want))
			}
			for i := range want {
				if got[i].Path != want[i].Path || *got[i].Alt != *want[i].Alt || *got[i].Creator != *want[i].Creator || !slices.Equal(*got[i].Tags, *want[i].Tags) {
					t.Errorf("got %+v, want %+v", got[i], want[i])
				}
			}
			if again, err := to.TakeNotes(t.Context(), read, false); err != nil || again.Changed != 0 || again.Same != len(want) {
				t.Errorf("the second time: %+v, %v", again, err)
			}
		})
	}
}

func TestTakeNotesKeepsWhatIsNotSaid(t *testing.T) {
	p := library(t)
	read, err := ReadNotes(strings.NewReader("alt,path\n,2026/IMG_1234.jpg\nnew,teaser.mp4\n"))
	if err != nil {
		t.Fatal(err)
	}
	dry, err := p.TakeNotes(t.Context(), read, true)
	if err != nil || dry.Changed != 1 || dry.Same != 1 || len(dry.Unknown) != 0 {
		t.Fatalf("%+v, %v", dry, err)
	}
	if got := found(t, p, Query{Text: "new"}); len(got) != 0 {
		t.Errorf("finding out changed %q", got)
	}
	if _, err := p.TakeNotes(t.Context(), read, false); err != nil {
		t.Fatal(err)
	}
	e, err := p.Get(t.Context(), "2026/IMG_1234.jpg", "teaser.mp4")
	if err != nil || e["2026/IMG_1234.jpg"].Alt != "Cherry blossoms in Ueno" || e["teaser.mp4"].Alt != "new" || e["teaser.mp4"].Creator != "花子" {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestReadNotesSaysWhatIsWrong(t *testing.T) {
	for _, tt := range []struct {
		name, text, code string
		line             int
	}{
		{"nothing", "", "empty", 0},
		{"blanks", " \n\t", "empty", 0},
		{"a mark alone", "\uFEFF", "empty", 0},
		{"no path", "alt\nx\n", "no-path", 1},
		{"another column", "path,title\na,b\n", "column", 1},
		{"a row without a path", "path,alt\na,x\n,y\n", "path", 3},
		{"a path twice", "path,alt\na,x\nb,\na,z\n", "twice", 4},
		{"an open quote", "path,alt\na,\"x\n", "syntax", 2},
		{"broken JSON", "{\"version\":1,", "syntax", 0},
		{"JSON of another version", `{"version":2,"media":[]}`, "syntax", 0},
		{"JSON with another field", `{"version":1,"media":[{"path":"a","title":"x"}]}`, "syntax", 0},
		{"JSON without a path", `{"version":1,"media":[{"alt":"x"}]}`, "path", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ReadNotes(strings.NewReader(tt.text))
			var fe *FileError
			if !errors.As(err, &fe) || fe.Code != tt.code || fe.Line != tt.line {
				t.Errorf("got %v, want %s on line %d", err, tt.code, tt.line)
			}
		})
	}
}

func FuzzReadNotes(f *testing.F) {
	f.Add("path,alt,tags,creator\na.jpg,'=1,\"x, y\",taro\n")
	f.Add(`{"version":1,"media":[{"path":"a","tags":["x"]}]}`)
	f.Add("\uFEFFpath\n'")
	f.Fuzz(func(t *testing.T, s string) {
		read, err := ReadNotes(strings.NewReader(s))
		if err != nil {
			return
		}
		// What was read comes back from what is written.
		var b bytes.Buffer
		if err := allJSON(&b, read); err != nil {
			t.Fatal(err)
		}
		again, err := ReadNotes(&b)
		if err != nil || len(again) != len(read) {
			t.Errorf("%v, %d of %d", err, len(again), len(read))
		}
	})
}

// Spreadsheets save CSV in other encodings, and rows of nothing.
func TestReadNotesAsASpreadsheetSavesThem(t *testing.T) {
	for name, in := range map[string]string{
		"Shift_JIS":    "path,alt\na.jpg,\x8f\x74\x82\xcc\n",
		"UTF-16":       "\xff\xfep\x00a\x00t\x00h\x00\r\x00\n\x00",
		"UTF-16, bare": "p\x00a\x00t\x00h\x00\n\x00",
	} {
		_, err := ReadNotes(strings.NewReader(in))
		var bad *FileError
		if !errors.As(err, &bad) || bad.Code != "encoding" || bad.Line == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	notes, err := ReadNotes(strings.NewReader("path,alt\r\na.jpg,x\r\n,\r\n,\r\n"))
	if err != nil || len(notes) != 1 || notes[0].Path != "a.jpg" {
		t.Errorf("%+v, %v", notes, err)
	}
}

func allJSON(b *bytes.Buffer, notes []Noted) error {
	row, end := WriteJSON(b)
	for _, n := range notes {
		if err := row(n); err != nil {
			return err
		}
	}
	return end()
}

// What is written row by row is what would be written at once.
func TestJSONIsWrittenRowByRow(t *testing.T) {
	alt, tags := "a <b> & \"c\"", []string{"x", "y"}
	for _, notes := range [][]Noted{{}, {{Path: "a.jpg", Alt: &alt}}, {{Path: "a.jpg", Alt: &alt, Tags: &tags}, {Path: "写真.jpg"}}} {
		var got, want bytes.Buffer
		if err := allJSON(&got, notes); err != nil {
			t.Fatal(err)
		}
		out := json.NewEncoder(&want)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		if err := out.Encode(jsonNotes{Version: 1, Media: notes}); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("got\n%swant\n%s", got.String(), want.String())
		}
	}
}
