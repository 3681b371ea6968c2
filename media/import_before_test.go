package media_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/doctor"
	"github.com/mediadock/mediadock/media/guess"
	"github.com/mediadock/mediadock/media/mediatest"
)

// photos answers with a photo that tells where it was taken and by whom.
func photos(t *testing.T) *web {
	photo := mediatest.Photo(t)
	return serveWeb(t, func(w http.ResponseWriter, r *http.Request) {
		if name := r.URL.Query().Get("name"); name != "" {
			w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
		}
		_, _ = w.Write(photo)
	})
}

func TestImportStripsWhatPhotosTell(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := photos(t)
	got := imported(t, r.Library, media.ImportOptions{}, w.URL+"/as-is.jpg")
	got.want(t, "done as-is.jpg")
	if f := got.events[0].File; f == nil || !f.Private.Grave() || f.Strip {
		t.Errorf("what was stored as it is is not told: %+v", f)
	}
	got = imported(t, r.Library, media.ImportOptions{Privacy: media.StripPrivate}, w.URL+"/stripped.jpg")
	got.want(t, "done stripped.jpg")
	e := got.events[0]
	if e.File == nil || !e.File.Strip || e.Bytes != e.File.Private.StrippedSize() {
		t.Errorf("%+v", e)
	}
	if content, _, _ := r.Read("as-is.jpg"); content != string(mediatest.Photo(t)) {
		t.Error("as it is is not as it was")
	}
	mediatest.Upright(t, r, "stripped.jpg", mediatest.Photo(t))
}

// The question comes before anybody can see the file, and its answer holds.
func TestImportAsksBeforeItStores(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := photos(t)
	broken := errors.New("the terminal is gone")
	var asked []string
	before := func(_ context.Context, item media.PutItem) (media.ImportChoice, error) {
		if keys := r.Keys(); slices.Contains(keys, item.Key) {
			t.Errorf("%s is there already", item.Key)
		}
		asked = append(asked, item.Path)
		switch item.Path {
		case "strip.jpg":
			return media.ImportStripped, nil
		case "not.jpg":
			return media.ImportNot, nil
		case "gone.jpg":
			return "", broken
		}
		return media.ImportKept, nil
	}
	r.Lay("taken.jpg", "another")
	got := imported(t, r.Library, media.ImportOptions{Before: before}, w.URL+"/strip.jpg", w.URL+"/not.jpg", w.URL+"/keep.jpg", w.URL+"/gone.jpg", w.URL+"/taken.jpg")
	got.want(t, "done strip.jpg", "skipped:left-out not.jpg", "done keep.jpg")
	if e := got.events[3]; e.Status != media.StatusFailed || !errors.Is(e.Err, broken) {
		t.Errorf("%+v", e)
	}
	for i, want := range map[int]string{0: "removed: gps, owner", 1: "", 2: "kept: gps, owner", 3: ""} {
		if d := got.events[i].Private; d.String() != want {
			t.Errorf("of %s it is told %q, want %q", got.events[i].Path, d, want)
		}
	}
	slices.Sort(asked)
	if want := []string{"gone.jpg", "keep.jpg", "not.jpg", "strip.jpg"}; !slices.Equal(asked, want) {
		t.Errorf("asked about %q, want %q", asked, want)
	}
	mediatest.Upright(t, r, "strip.jpg", mediatest.Photo(t))
	for _, path := range []string{"not.jpg", "gone.jpg"} {
		if _, _, ok := r.Read(path); ok {
			t.Errorf("%s was stored", path)
		}
	}
	// A preview asks nobody.
	asked = nil
	runImport(t, t.Context(), r.Library, media.ImportOptions{Before: before}, true, w.URL+"/other.jpg")
	if len(asked) > 0 {
		t.Errorf("asked about %q", asked)
	}
}

func TestImportMendsNames(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := photos(t)
	r.Lay("new/Photo-1.jpg", "there")
	urls := []string{
		w.URL + "/%EF%BC%A1%EF%BC%A2%201.jpg",     // ＡＢ 1.jpg
		w.URL + "/%EF%BD%B6%EF%BE%9E.jpg",         // ｶﾞ.jpg
		w.URL + "/x?name=%E8%AB%8B%20%23%201.jpg", // 請 # 1.jpg
		w.URL + "/Logo.jpg", w.URL + "/logo.jpg",
		w.URL + "/photo-1.jpg",
		w.URL + "/c.jpg keep this.jpg",
		w.URL + "/wrong.png",
	}
	got := imported(t, r.Library, media.ImportOptions{To: "new", FixNames: true}, urls...)
	got.want(t, "done new/AB-1.jpg", "done new/ガ.jpg", "done new/請-1.jpg", "done new/Logo.jpg", "done new/logo-2.jpg", "done new/photo-1-2.jpg",
		"done new/keep this.jpg", "done new/wrong.jpg")
	// Without it they are told, and stay.
	got = imported(t, r.Library, media.ImportOptions{To: "old"}, urls[0], urls[3], urls[4])
	got.want(t, "done old/ＡＢ 1.jpg", "done old/Logo.jpg", "done old/logo.jpg")
	var codes []string
	for _, e := range got.events {
		for _, n := range e.File.Notes {
			codes = append(codes, n.Code)
		}
	}
	if want := []string{doctor.FullWidth, doctor.Spaces, doctor.CaseTwin}; !slices.Equal(codes, want) {
		t.Errorf("%q, want %q", codes, want)
	}
	if b := got.events[0].File.Better; b != "old/AB-1.jpg" {
		t.Errorf("the better name is %q", b)
	}
}

// Names that are mended are the same in a preview, and unguessable parts are
// added to them.
func TestImportPreviewsMendedNames(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := photos(t)
	address := w.URL + "/a%20%26%20b.png"
	got := runImport(t, t.Context(), r.Library, media.ImportOptions{FixNames: true}, true, address)
	got.want(t, "done a-b.jpg")
	if f := got.events[0].File; f == nil || f.Guess.Level == "" {
		t.Errorf("%+v", f)
	}
	got = imported(t, r.Library, media.ImportOptions{FixNames: true, RandomSuffix: true}, address)
	if e := got.events[0]; !strings.HasPrefix(e.Path, "a-b-") || e.File.Guess.Level != guess.Unguessable {
		t.Errorf("%+v", e)
	}
}

// A taken name is asked about once the file is here and known to be another;
// each answer does what it says, and a preview asks nobody.
func TestImportAsksAboutTakenNames(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := serveWeb(t, pictures)
	names := []string{"skip.png", "replace.png", "both.png", "fail.png", "same.png", "free.png"}
	for _, name := range names[:5] {
		r.Lay(name, pngHead+"older")
	}
	r.Lay("same.png", pngHead+"/same.png")
	r.Lay("both-2.png", "there too")
	var asked []string
	var urls []string
	for _, name := range names {
		urls = append(urls, w.URL+"/"+name)
	}
	o := media.ImportOptions{IfExists: media.Fail, Taken: func(_ context.Context, item media.PutItem) (media.IfExists, error) {
		if !item.Exists || item.Old.Size == 0 || item.Size == 0 {
			t.Errorf("asked without what there is to know: %+v", item)
		}
		asked = append(asked, item.Path)
		return map[string]media.IfExists{"skip.png": media.Skip, "replace.png": media.Replace, "both.png": media.KeepBoth, "fail.png": media.Fail}[item.Path], nil
	}}
	runImport(t, t.Context(), r.Library, o, true, urls...)
	if len(asked) > 0 {
		t.Errorf("a preview asked about %q", asked)
	}
	imported(t, r.Library, o, urls...).want(t, "skipped:left-out skip.png", "done replace.png", "done both-3.png", "refused:exists fail.png", "skipped:same same.png", "done free.png")
	slices.Sort(asked)
	if want := []string{"both.png", "fail.png", "replace.png", "skip.png"}; !slices.Equal(asked, want) {
		t.Errorf("asked about %q, want %q", asked, want)
	}
	for name, want := range map[string]string{
		"skip.png": "older", "replace.png": "/replace.png", "both.png": "older", "both-3.png": "/both.png", "fail.png": "older",
	} {
		if content, _, _ := r.Read(name); content != pngHead+want {
			t.Errorf("%s holds %q, want %q", name, content, want)
		}
	}
}

// Stripped by an option, a file is compared as it would be stored.
func TestImportOfAStrippedPhotoAgain(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	w := photos(t)
	o := media.ImportOptions{Privacy: media.StripPrivate, IfExists: media.Skip}
	imported(t, r.Library, o, w.URL+"/a.jpg").want(t, "done a.jpg")
	imported(t, r.Library, o, w.URL+"/a.jpg").want(t, "skipped:same a.jpg")
}
