package plain_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/tui/plain"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// markersOf answers at the page of the marker files of clouds.
func markersOf(t *testing.T, w *tuitest.World, lang string, answers ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := plain.Home(context.Background(), w, text.For(lang), plain.Options{
		In: strings.NewReader(strings.Join(append([]string{"1", "8"}, append(answers, "")...), "\n")), Out: &out, Piped: true, Now: func() time.Time { return tuitest.Now },
	})
	if strings.ContainsAny(out.String(), "\x1b\r\t✓✗│─●◆") {
		t.Errorf("the text is not plain:\n%s", out.String())
	}
	return out.String(), err
}

// Marker files are listed, added after a look at what will be written, and
// removed only by their cloud name.
func TestLinesLookAfterMarkers(t *testing.T) {
	for name, c := range map[string]struct {
		lang    string
		answers []string
		there   []string
		says    []string
	}{
		"looked at":            {answers: []string{"<"}, there: []string{"alpha-prod"}, says: []string{"8. Marker files", "alpha-prod  .wellknown/cloudinary/alpha-prod: allowed", "alpha-staging  .wellknown/cloudinary/alpha-staging: missing"}},
		"added":                {answers: []string{"2", "2", "<"}, there: []string{"alpha-prod", "alpha-staging"}, says: []string{"add missing: alpha-staging", "1 empty file will be written", "Marker files added: 1"}},
		"not added":            {answers: []string{"2", "", "<"}, there: []string{"alpha-prod"}},
		"removed":              {answers: []string{"1", "alpha-prod", "<"}, there: nil, says: []string{"read nothing more of alpha-prod-assets for alpha-prod", "alpha-prod may no longer use the bucket."}},
		"another name typed":   {answers: []string{"1", "alpha", "<"}, there: []string{"alpha-prod"}, says: []string{"That is not alpha-prod. Nothing was done."}},
		"removal thought over": {answers: []string{"1", "", "<"}, there: []string{"alpha-prod"}},
		"in Japanese":          {lang: "ja", answers: []string{"2", "2", "<"}, there: []string{"alpha-prod", "alpha-staging"}, says: []string{"8. マーカーファイル", "不足分を追加：alpha-staging", "追加したマーカーファイル：1 件"}},
	} {
		w := tuitest.Clouds()
		out, err := markersOf(t, w, c.lang, c.answers...)
		if err != nil || !slices.Equal(w.Marks.There, c.there) && len(w.Marks.There)+len(c.there) > 0 {
			t.Errorf("%s: %v; there are %q, want %q\n%s", name, err, w.Marks.There, c.there, out)
		}
		wants(t, out, c.says...)
	}

	w := tuitest.Clouds()
	w.Marks.Err = errors.New("AccessDenied")
	if out, err := markersOf(t, w, "en"); !errors.Is(err, plain.ErrNotReady) {
		t.Errorf("%v\n%s", err, out)
	}
	w = tuitest.Clouds()
	w.Conns[0].Settings.Integration = "imgix"
	if out, _ := markersOf(t, w, "en"); strings.Contains(out, "Marker files") {
		t.Errorf("imgix has marker files:\n%s", out)
	}
}
