package catalog

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func saw(t *testing.T, p *Place, paths ...string) {
	t.Helper()
	for _, path := range paths {
		if err := p.Saw(t.Context(), Object{Path: path, Size: 1, Modified: time.Unix(1_700_000_000, 0)}); err != nil {
			t.Fatal(err)
		}
	}
}

func str(s string) *string { return &s }

func paths(t *testing.T, each func(yield func(Entry) error) error) []string {
	t.Helper()
	var out []string
	if err := each(func(e Entry) error { out = append(out, e.Path); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func missing(t *testing.T, p *Place) []string {
	return paths(t, func(yield func(Entry) error) error { return p.Each(t.Context(), Query{MissingAlt: true}, yield) })
}

// A decorative picture lacks no alt text, until somebody writes one.
func TestDecorative(t *testing.T) {
	p := openPlace(t, t.TempDir())
	saw(t, p, "line.png")
	if got := missing(t, p); len(got) != 1 {
		t.Fatalf("missing: %q", got)
	}
	if _, err := p.Edit(t.Context(), "line.png", Edit{Alt: str("a line")}); err != nil {
		t.Fatal(err)
	}
	e, err := p.Edit(t.Context(), "line.png", Edit{AltMark: str(MarkDecorative)})
	if err != nil || e.Alt != "" || e.AltMark != MarkDecorative {
		t.Fatalf("%+v %v", e, err)
	}
	if got := missing(t, p); len(got) != 0 {
		t.Errorf("a decorative picture is missing an alt text: %q", got)
	}
	// What listings and renames tell changes nothing of it.
	if err := p.Moved(t.Context(), Move{From: "line.png", To: Object{Path: "rule.png", Size: 2, Modified: time.Unix(1_700_000_100, 0)}}); err != nil {
		t.Fatal(err)
	}
	got, err := p.Get(t.Context(), "rule.png")
	if err != nil || got["rule.png"].AltMark != MarkDecorative {
		t.Fatalf("%+v %v", got, err)
	}
	if e, err = p.Edit(t.Context(), "rule.png", Edit{Alt: str("A rule")}); err != nil || e.AltMark != "" {
		t.Errorf("%+v %v", e, err)
	}
}

func TestACheckedMarkBelongsToItsText(t *testing.T) {
	p := openPlace(t, t.TempDir())
	saw(t, p, "a.png")
	e, err := p.Edit(t.Context(), "a.png", Edit{AltMark: str(MarkChecked)})
	if err != nil || e.AltMark != "" {
		t.Errorf("an empty alt text is checked: %+v %v", e, err)
	}
	if e, err = p.Edit(t.Context(), "a.png", Edit{Alt: str("a"), AltMark: str(MarkChecked)}); err != nil || e.AltMark != MarkChecked {
		t.Errorf("%+v %v", e, err)
	}
	if e, err = p.Edit(t.Context(), "a.png", Edit{Alt: str("a"), Creator: str("me")}); err != nil || e.AltMark != MarkChecked {
		t.Errorf("the same text lost its mark: %+v %v", e, err)
	}
	if e, err = p.Edit(t.Context(), "a.png", Edit{Alt: str("b")}); err != nil || e.AltMark != "" {
		t.Errorf("another text kept the mark: %+v %v", e, err)
	}
}

// Two people at once: what the other wrote is told, not overwritten.
func TestAnEditOfWhatIsNotThereAnyMore(t *testing.T) {
	p := openPlace(t, t.TempDir())
	saw(t, p, "a.png")
	shown := AltText{}
	if _, err := p.Edit(t.Context(), "a.png", Edit{Alt: str("theirs"), Seen: &shown}); err != nil {
		t.Fatal(err)
	}
	e, err := p.Edit(t.Context(), "a.png", Edit{Alt: str("mine"), Seen: &shown})
	if !errors.Is(err, ErrChanged) || e.Alt != "theirs" {
		t.Fatalf("%+v %v", e, err)
	}
	if e, err = p.Edit(t.Context(), "a.png", Edit{Alt: str("theirs"), Seen: &shown}); err != nil {
		t.Errorf("both wrote the same: %+v %v", e, err)
	}
	got, _ := p.Get(t.Context(), "a.png")
	if got["a.png"].Alt != "theirs" {
		t.Errorf("%+v", got)
	}
}

func TestPictures(t *testing.T) {
	p := openPlace(t, t.TempDir())
	saw(t, p, "b.png", "a/2.jpg", "a/1.webp", "a.pdf", "a/x.mp4", "ab/3.jpg", "写真/春.jpg", "a/gone.png")
	if err := p.Gone(t.Context(), "a/gone.png"); err != nil {
		t.Fatal(err)
	}
	for prefix, want := range map[string][]string{
		"": {"a/1.webp", "a/2.jpg", "ab/3.jpg", "b.png", "写真/春.jpg"}, "a/": {"a/1.webp", "a/2.jpg"}, "写真/": {"写真/春.jpg"}, "none/": nil,
	} {
		got := paths(t, func(yield func(Entry) error) error { return p.Pictures(t.Context(), prefix, yield) })
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", prefix, got, want)
		}
	}
}

func TestRepeated(t *testing.T) {
	p := openPlace(t, t.TempDir())
	saw(t, p, "1.png", "2.png", "3.png", "4.png", "5.png")
	for path, alt := range map[string]string{"1.png": "x", "2.png": "x", "3.png": "x", "4.png": "y", "5.png": "y"} {
		if _, err := p.Edit(t.Context(), path, Edit{Alt: str(alt)}); err != nil {
			t.Fatal(err)
		}
	}
	got := paths(t, func(yield func(Entry) error) error { return p.Repeated(t.Context(), 3, yield) })
	if !slices.Equal(got, []string{"1.png", "2.png", "3.png"}) {
		t.Errorf("%q", got)
	}
}

func TestEditAll(t *testing.T) {
	p := openPlace(t, t.TempDir())
	saw(t, p, "a.png", "b.png", "same.png")
	if _, err := p.Edit(t.Context(), "b.png", Edit{Alt: str("theirs")}); err != nil {
		t.Fatal(err)
	}
	wanted := []Wanted{
		{"a.png", Edit{Alt: str("A"), Seen: &AltText{}}}, {"b.png", Edit{Alt: str("B"), Seen: &AltText{}}},
		{"same.png", Edit{Alt: str(""), Seen: &AltText{Text: "old"}}}, {"later.png", Edit{Alt: str("L")}},
	}
	for _, dry := range []bool{true, false} {
		told := map[string]Outcome{}
		if err := p.EditAll(t.Context(), wanted, dry, func(w Wanted, o Outcome) { told[w.Path] = o }); err != nil {
			t.Fatal(err)
		}
		if o := told["a.png"]; !o.Changed() || o.After.Alt != "A" || !o.Known {
			t.Errorf("a: %+v", o)
		}
		if o := told["b.png"]; !o.Conflict || o.Changed() || o.After.Alt != "theirs" {
			t.Errorf("b: %+v", o)
		}
		if o := told["same.png"]; o.Conflict || o.Changed() {
			t.Errorf("same: %+v", o)
		}
		if o := told["later.png"]; o.Known || !o.Changed() {
			t.Errorf("later: %+v", o)
		}
		got, _ := p.Get(t.Context(), "a.png", "b.png", "later.png")
		if want := map[bool]string{true: "", false: "A"}[dry]; got["a.png"].Alt != want || got["b.png"].Alt != "theirs" || (got["later.png"].Alt == "L") == dry {
			t.Errorf("dry %v: %+v", dry, got)
		}
	}
}
