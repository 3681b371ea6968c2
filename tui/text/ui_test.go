package text

import (
	"reflect"
	"regexp"
	"slices"
	"testing"
)

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// Every word of the UI exists in both languages and takes the same values.
func TestUIWordsAreComplete(t *testing.T) {
	en, ja := uiEN(), uiJA()
	seen := 0
	walkWords(t, "UI", reflect.ValueOf(*en), reflect.ValueOf(*ja), &seen)
	if seen < 100 {
		t.Errorf("only %d words were compared", seen)
	}
}

func walkWords(t *testing.T, path string, en, ja reflect.Value, seen *int) {
	for i := range en.NumField() {
		name := path + "." + en.Type().Field(i).Name
		a, b := en.Field(i), ja.Field(i)
		switch a.Kind() {
		case reflect.Struct:
			walkWords(t, name, a, b, seen)
		case reflect.String:
			*seen++
			if a.String() == "" || b.String() == "" {
				t.Errorf("%s: en %q, ja %q", name, a.String(), b.String())
			}
			if x, y := marks(a.String()), marks(b.String()); !slices.Equal(x, y) {
				t.Errorf("%s: en takes %v, ja takes %v", name, x, y)
			}
		default:
			t.Errorf("%s is a %s; words are strings", name, a.Kind())
		}
	}
}

// marks are the placeholders of a text; the English plural is none.
func marks(s string) []string {
	m := slices.DeleteFunc(placeholder.FindAllString(s, -1), func(p string) bool { return p == "{s}" })
	slices.Sort(m)
	return slices.Compact(m)
}

func TestFill(t *testing.T) {
	if got := Fill("{n} of {m}", "n", "1", "m", "{n}"); got != "1 of {n}" {
		t.Errorf("values are filled in once, got %q", got)
	}
	if got := Fill("{n} file{s}", "n", "1") + ", " + Fill("{n} file{s}", "n", "0"); got != "1 file, 0 files" {
		t.Errorf("got %q", got)
	}
}
