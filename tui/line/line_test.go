package line

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

var plain = lipgloss.NewStyle()

func press(f *Field, keys ...tea.KeyPressMsg) {
	for _, k := range keys {
		f.Update(k)
	}
}

func typed(f *Field, s string) {
	for _, r := range s {
		f.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// An input method composes at the terminal's cursor: it has to stand where
// the next character will be, counted in cells.
func TestTheCursorCountsCells(t *testing.T) {
	f := New("")
	f.SetWidth(20)
	typed(&f, "写真a")
	if _, x := f.View(plain, "", plain); x != 5 {
		t.Errorf("after 写真a the cursor is in cell %d", x)
	}
	press(&f, tea.KeyPressMsg{Code: tea.KeyLeft}, tea.KeyPressMsg{Code: tea.KeyLeft})
	if _, x := f.View(plain, "", plain); x != 2 {
		t.Errorf("before 真 the cursor is in cell %d", x)
	}
}

func TestALongTextIsScrolledWithTheCursorInSight(t *testing.T) {
	f := New("")
	f.SetWidth(10)
	for i := range 40 {
		typed(&f, []string{"写", "a", "真"}[i%3])
		v, x := f.View(plain, "", plain)
		if n := ansi.StringWidth(v); n != 10 {
			t.Fatalf("after %d characters the field is %d wide", i+1, n)
		}
		if x < 0 || x > 9 {
			t.Fatalf("after %d characters the cursor is in cell %d", i+1, x)
		}
	}
	press(&f, tea.KeyPressMsg{Code: tea.KeyHome})
	if v, x := f.View(plain, "", plain); x != 0 || !strings.HasPrefix(v, "写a真") {
		t.Errorf("at home it shows %q with the cursor in %d", v, x)
	}
}

// A whole file may be pasted by mistake; what is measured to draw the field
// must not grow with its square.
func TestALongPasteIsDrawnAtOnce(t *testing.T) {
	f := New("")
	f.SetWidth(40)
	f.Update(tea.PasteMsg{Content: strings.Repeat("写a\u200b", 4_000)})
	allocs := testing.AllocsPerRun(1, func() {
		f.left = 0
		f.View(plain, "", plain)
	})
	if allocs > 20_000 {
		t.Errorf("drawing 12,000 characters takes %.0f allocations", allocs)
	}
	v, x := f.View(plain, "", plain)
	if n := ansi.StringWidth(v); n != 40 || x > 39 || !strings.HasSuffix(strings.TrimRight(v, " "), `a\u{200b}`) {
		t.Errorf("the end is drawn as %q, %d wide, the cursor in %d", v, n, x)
	}
	press(&f, tea.KeyPressMsg{Code: tea.KeyHome})
	if v, x := f.View(plain, "", plain); x != 0 || !strings.HasPrefix(v, `写a\u{200b}写`) {
		t.Errorf("at home it shows %q with the cursor in %d", v, x)
	}
}

func TestPastesLoseTheirLineEndsAndCannotReachTheTerminal(t *testing.T) {
	f := New("")
	f.SetWidth(60)
	f.Update(tea.PasteMsg{Content: "secret\r\n"})
	if f.Value() != "secret" {
		t.Errorf("the paste became %q", f.Value())
	}
	f.Set("a\u202eb\u200bc")
	if v, x := f.View(plain, "", plain); strings.ContainsAny(v, "\u202e\u200b") || x != 1+8+1+8+1 {
		t.Errorf("drawn %q, the cursor in %d", v, x)
	}
}

func TestControlVDoesNotAskTheComputersClipboard(t *testing.T) {
	f := New("x")
	if f.Update(tea.KeyPressMsg{Code: 'v', Mod: tea.ModCtrl}) || f.Value() != "x" {
		t.Error("ctrl+v changed the text")
	}
}

func TestUnquote(t *testing.T) {
	for in, want := range map[string][]string{
		"":                             nil,
		"  a  b ":                      {"a", "b"},
		`'a b' "c d" e\ f`:             {"a b", "c d", "e f"},
		`/tmp/it's.png`:                {"/tmp/it's.png"},
		`"say \"hi\".png"`:             {`say "hi".png`},
		`'a\b'`:                        {`a\b`},
		"/写真　集/a.png":                  {"/写真　集/a.png"},
		"a\tb\nc":                      {"a", "b", "c"},
		`''`:                           {""},
		`file\`:                        {"file"},
		`'/home/taro/b.png' /tmp/c\ d`: {"/home/taro/b.png", "/tmp/c d"},
		// dropped by GNOME, with an apostrophe in the name
		`'/tmp/it'\''s.png' '/tmp/b.png'`: {"/tmp/it's.png", "/tmp/b.png"},
		// by file managers as URLs, several at once; folders with a slash
		"file:///tmp/a%20b.png\r\nfile:///tmp/%E5%86%99%E7%9C%9F.jpg": {"/tmp/a b.png", "/tmp/写真.jpg"},
		"file:///tmp/photos/":             {"/tmp/photos"},
		"file://localhost/tmp/100%25.png": {"/tmp/100%.png"},
		"file:///tmp/50%.png":             {"file:///tmp/50%.png"}, // no URL: told as it is
		"file:///C:/Users/taro/a.png":     {"C:/Users/taro/a.png"},
		// network shares of Windows
		"file://nas/photos/a%20b.png":           {`\\nas\photos\a b.png`},
		`"\\nas\My Photos\a.png" \\nas\p\b.png`: {`\\nas\My Photos\a.png`, `\\nas\p\b.png`},
		`FILE:///tmp/x`:                         {"/tmp/x"},
		// by Windows Terminal
		`"C:\Users\taro\my photo.png" C:\b.png`: {`C:\Users\taro\my photo.png`, `C:\b.png`},
		`"C:\photos\"`:                          {`C:\photos\`},
		`'/mnt/c/Users/taro/写真 1.jpg'`:          {"/mnt/c/Users/taro/写真 1.jpg"},
		// a screenshot of macOS: before PM is a narrow blank that does not break
		"/tmp/Shot\\ 9.41\u202fPM.png /tmp/b": {"/tmp/Shot 9.41\u202fPM.png", "/tmp/b"},
		"/tmp/a\u00a0b.png":                   {"/tmp/a\u00a0b.png"},
		"/tmp/か\u3099.png":                    {"/tmp/か\u3099.png"}, // exactly as the disk has it
	} {
		if got := Unquote(in); !slices.Equal(got, want) {
			t.Errorf("Unquote(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestQuoteIsReadBackAsOne(t *testing.T) {
	for _, p := range []string{"a b", `it's`, `'quoted'`, `"q"`, `\ x\ y`, `back\slash`, "写真 1.jpg", "/tmp/x", `C:\a b\c.png`, `C:\c.png`, "a\u202fb"} {
		if got := Unquote(Quote(p)); len(got) != 1 || got[0] != p {
			t.Errorf("Quote(%q) = %q reads as %q", p, Quote(p), got)
		}
	}
}

func TestPathsWithBareBlanks(t *testing.T) {
	disk := map[string]bool{
		"/p/a.png": true, "/p/My Photos/a b.jpg": true, "/p/it's me.png": true, "/p/写真 1.jpg": true, "/p/c": true,
	}
	there := func(p string) bool { return disk[p] }
	for in, want := range map[string][]string{
		"/p/My Photos/a b.jpg": {"/p/My Photos/a b.jpg"},
		" /p/it's me.png ":     {"/p/it's me.png"},
		"/p/My Photos/a b.jpg /p/写真 1.jpg  /p/a.png\n": {"/p/My Photos/a b.jpg", "/p/写真 1.jpg", "/p/a.png"},
		"/p/a.png /p/c":          {"/p/a.png", "/p/c"},
		`/p/My\ Photos/a\ b.jpg`: {"/p/My Photos/a b.jpg"},
		"'/p/写真 1.jpg' /p/gone":  {"/p/写真 1.jpg", "/p/gone"},
		"/p/a.png /p/gone twice": {"/p/a.png", "/p/gone", "twice"}, // told as they are
		"":                       nil,
	} {
		if got := Paths(in, there); !slices.Equal(got, want) {
			t.Errorf("Paths(%q) = %q, want %q", in, got, want)
		}
	}
	looks := 0
	Paths(strings.Repeat("/p/gone ", 5000), func(string) bool { looks++; return false })
	if looks != 0 {
		t.Errorf("%d looks at the disk for a long list", looks)
	}
}

func TestSplitLast(t *testing.T) {
	for in, want := range map[string][2]string{
		"":                {"", ""},
		"/tmp/a":          {"", "/tmp/a"},
		"/tmp/a /tmp/b":   {"/tmp/a ", "/tmp/b"},
		"/tmp/a ":         {"/tmp/a ", ""},
		`/tmp/a 'b c`:     {"/tmp/a ", "b c"},
		`/tmp/a /tmp/b\ `: {"/tmp/a ", "/tmp/b "},
	} {
		head, last := SplitLast(in)
		if head != want[0] || last != want[1] {
			t.Errorf("SplitLast(%q) = %q, %q, want %q", in, head, last, want)
		}
	}
}
