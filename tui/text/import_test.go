package text

import (
	"slices"
	"testing"

	"github.com/mediadock/mediadock/media/remote"
)

// Whatever keeps a URL from being imported has a text in both languages, and
// none is left over.
func TestEveryReasonOfAnImportHasAText(t *testing.T) {
	ids := []string{}
	for _, code := range codesIn(t, "../../media/importcodes.go") {
		ids = append(ids, "media."+code)
	}
	for _, code := range codesIn(t, "../../media/remote/errors.go") {
		if code != remote.CodeAborted && code != remote.CodeWrite { // these have the library's own
			ids = append(ids, "media.url-"+code)
		}
	}
	if len(ids) < 25 {
		t.Fatalf("found only %d codes", len(ids))
	}
	for _, id := range ids {
		if importEN[id] == "" || importJA[id] == "" {
			t.Errorf("%s has no text", id)
		}
	}
	for id := range importEN {
		if len(id) > 10 && id[:10] == "media.url-" && !slices.Contains(ids, id) {
			t.Errorf("%s is the text of nothing", id)
		}
	}
}
