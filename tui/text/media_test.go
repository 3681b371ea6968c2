package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/mediadock/mediadock/media/doctor"
	"github.com/mediadock/mediadock/media/guess"
	"github.com/mediadock/mediadock/media/privacy"
)

// mediaCodes reads the codes from the source of package media, so that one
// that is added there without a text fails here.
func mediaCodes(t *testing.T) []string {
	t.Helper()
	codes := codesIn(t, "../../media/codes.go")
	if len(codes) < 40 {
		t.Fatalf("found only %d codes", len(codes))
	}
	return codes
}

// codesIn are the values of the constants of a file whose names begin with
// "Code".
func codesIn(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for i, name := range spec.Names {
			if i >= len(spec.Values) {
				continue
			}
			if lit, ok := spec.Values[i].(*ast.BasicLit); ok && strings.HasPrefix(name.Name, "Code") {
				code, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				codes = append(codes, code)
			}
		}
		return true
	})
	return codes
}

func TestEveryMediaCodeHasATextInBothLanguages(t *testing.T) {
	for _, code := range mediaCodes(t) {
		for lang, words := range map[string]map[string]string{"en": mediaEN, "ja": mediaJA} {
			if words["media."+code] == "" {
				t.Errorf("media.%s has no %s text", code, lang)
			}
		}
	}
}

func TestEveryNoteLevelAndReasonHasAText(t *testing.T) {
	ids := []string{}
	for _, n := range doctor.Codes() {
		ids = append(ids, "media.note."+n)
	}
	for _, c := range privacy.Codes() {
		ids = append(ids, "media.private."+c)
	}
	for _, c := range []string{privacy.Damaged, privacy.TooComplex, privacy.Encrypted, privacy.Unsupported, privacy.TooLarge} {
		ids = append(ids, "media.private.trouble."+c)
	}
	for _, k := range append(privacy.DecisionKinds(), "unknown") {
		ids = append(ids, "media.decided."+k)
	}
	for _, l := range []guess.Level{guess.Guessable, guess.Hard, guess.Unguessable} {
		ids = append(ids, "media.guess."+string(l))
	}
	for _, r := range guess.Reasons() {
		ids = append(ids, "media.guess.reason."+string(r))
	}
	for _, id := range ids {
		if privateEN[id]+mediaEN[id] == "" || privateJA[id]+mediaJA[id] == "" {
			t.Errorf("%s has no text", id)
		}
	}
}

var mediaPlaceholder = regexp.MustCompile(`\{[a-z]+\}`)

func TestMediaTextsAgreeAcrossLanguages(t *testing.T) {
	allEN, allJA := merge(mediaEN, privateEN), merge(mediaJA, privateJA)
	en, ja := slices.Sorted(maps.Keys(allEN)), slices.Sorted(maps.Keys(allJA))
	if !slices.Equal(en, ja) {
		t.Fatalf("ids differ:\n en %q\n ja %q", en, ja)
	}
	for id, text := range allEN {
		names := func(s string) []string {
			found := mediaPlaceholder.FindAllString(s, -1)
			slices.Sort(found)
			return slices.Compact(found)
		}
		if a, b := names(text), names(allJA[id]); !slices.Equal(a, b) {
			t.Errorf("%s: placeholders %v in English, %v in Japanese", id, a, b)
		}
		if !strings.ContainsFunc(allJA[id], func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han) }) {
			t.Errorf("%s is not Japanese: %q", id, allJA[id])
		}
	}
}

// What every event and left-out file can fill: codes that come without an
// error have a path and nothing else.
func TestMediaTextsOfSkippedFilesNeedAPathAlone(t *testing.T) {
	for _, code := range []string{"same", "junk", "hidden-file", "symlink", "not-regular", "exists", "conflict", "duplicate"} {
		for _, words := range []map[string]string{mediaEN, mediaJA} {
			for _, name := range mediaPlaceholder.FindAllString(words["media."+code], -1) {
				if name != "{path}" {
					t.Errorf("media.%s needs %s", code, name)
				}
			}
		}
	}
}
