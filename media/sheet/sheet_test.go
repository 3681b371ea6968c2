package sheet

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

func TestDecode(t *testing.T) {
	const text = "path,alt\r\n写真.jpg,満開の桜①〜―\r\n"
	sjis, err := japanese.ShiftJIS.NewEncoder().String(strings.ReplaceAll(text, "〜", "～")) // as Windows has it
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ in, encoding string }{
		{text, UTF8}, {"\uFEFF" + text, UTF8}, {utf16, UTF16}, {sjis, ShiftJIS},
	} {
		got, encoding, err := Decode(strings.NewReader(c.in))
		if err != nil || encoding != c.encoding || strings.ReplaceAll(string(got), "～", "〜") != text {
			t.Errorf("%s: %q as %s, %v", c.encoding, got, encoding, err)
		}
	}
	for _, bad := range []string{"path\n\xff\xfd\xa0", "p\x00a\x00t\x00h\x00"} {
		if _, _, err := Decode(strings.NewReader(bad)); !errors.Is(err, ErrEncoding) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, _, err := Decode(strings.NewReader(strings.Repeat("a", Most+1))); !errors.Is(err, ErrTooLong) {
		t.Error(err)
	}
}

func TestSeparators(t *testing.T) {
	for _, in := range []string{"path,alt;x\na,b", "path;alt\n\"a,c\";b", "path\talt\na\tb"} {
		rows, err := Rows([]byte(in)).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[0]) != 2 {
			t.Errorf("%q: %q %v", in, rows, err)
		}
	}
}

// What goes out comes back, and no spreadsheet computes it.
func TestRoundTrip(t *testing.T) {
	texts := []string{"", "=1+1", "+81", "-5", "@x", "'", "''", "'=x", "it's", "a,b", "a\nb", `say "hi"`, "\tx", "写真"}
	var b bytes.Buffer
	w := NewWriter(&b, true)
	if err := w.Row(texts...); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	text, _, err := Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	row, err := Rows(text).Read()
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range row {
		if c != "" && strings.ContainsAny(c[:1], "=+-@\t") {
			t.Errorf("%q is a formula", c)
		}
		row[i] = Bare(c)
	}
	if !slices.Equal(row, texts) {
		t.Errorf("%q", row)
	}
}

func TestAnEmptyTableHasTheMark(t *testing.T) {
	var b bytes.Buffer
	if err := NewWriter(&b, true).Close(); err != nil || b.String() != "\uFEFF" {
		t.Errorf("%q %v", b.String(), err)
	}
	b.Reset()
	if err := NewWriter(&b, false).Close(); err != nil || b.Len() != 0 {
		t.Errorf("%q %v", b.String(), err)
	}
}
