package mediatest

import (
	"bytes"
	"crypto/rand"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/privacy"
)

// Photo is a JPEG photo that lies on its side, taken in Tokyo by Hanako
// Yamada.
func Photo(t testing.TB) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 16, 8))
	m.Set(3, 3, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x03\x00" +
		"\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00" + // on its side
		"\x3b\x01\x02\x00\x0e\x00\x00\x00\x32\x00\x00\x00" + // the artist, at 50
		"\x25\x88\x04\x00\x01\x00\x00\x00\x40\x00\x00\x00" + // GPS, at 64
		"\x00\x00\x00\x00" + "Hanako Yamada\x00" +
		"\x04\x00" +
		"\x01\x00\x02\x00\x02\x00\x00\x00N\x00\x00\x00" + "\x02\x00\x05\x00\x03\x00\x00\x00\x76\x00\x00\x00" +
		"\x03\x00\x02\x00\x02\x00\x00\x00E\x00\x00\x00" + "\x04\x00\x05\x00\x03\x00\x00\x00\x8e\x00\x00\x00" +
		"\x00\x00\x00\x00" +
		degrees(35, 40, 52) + degrees(139, 46, 2)
	out := append([]byte{}, b.Bytes()[:2]...)
	out = append(out, 0xff, 0xe1, 0, byte(len(exif)+2))
	return append(append(out, exif...), b.Bytes()[2:]...)
}

func degrees(all ...byte) string {
	var s string
	for _, n := range all {
		s += string([]byte{n, 0, 0, 0, 1, 0, 0, 0})
	}
	return s
}

func testPrivate(t *testing.T, e Endpoint) {
	photo := Photo(t)
	name := filepath.Join(t.TempDir(), "photo.jpg")
	if err := os.WriteFile(name, photo, 0o644); err != nil {
		t.Fatal(err)
	}

	t.Run("told and kept", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		plan, err := r.PlanPut(t.Context(), []string{name}, media.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got := plan.WithPrivate(true); len(got) != 1 || !plan.Items[0].Private.Grave() {
			t.Fatalf("found %+v", plan.Items[0].Private)
		}
		var rec recorder
		r.Put(t.Context(), plan, rec.emit)
		if content, _, _ := r.Read("photo.jpg"); content != string(photo) {
			t.Error("was changed, though nobody said so")
		}
	})

	t.Run("stripped", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		plan, err := r.PlanPut(t.Context(), []string{name}, media.PutOptions{Privacy: media.StripPrivate})
		if err != nil {
			t.Fatal(err)
		}
		if plan.Bytes >= int64(len(photo)) || plan.Bytes != plan.Items[0].Size {
			t.Errorf("%d bytes of %d", plan.Bytes, len(photo))
		}
		var rec recorder
		r.Put(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "photo.jpg", "done")
		Upright(t, r, "photo.jpg", photo)

		// The same again is the same, and as it is on the disk it is another.
		wantEnd(t, put(t, r.Library, []string{name}, media.PutOptions{IfExists: media.Skip, Privacy: media.StripPrivate}), "photo.jpg", "skipped:same")
		wantEnd(t, put(t, r.Library, []string{name}, media.PutOptions{IfExists: media.Skip}), "photo.jpg", "refused:conflict")
		if now, err := os.ReadFile(name); err != nil || !bytes.Equal(now, photo) {
			t.Errorf("the file on the disk was changed (%v)", err)
		}
	})

	t.Run("stripped afterwards", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		put(t, r.Library, []string{name}, media.PutOptions{Privacy: media.StripPrivate})
		plan, err := r.PlanPut(t.Context(), []string{name}, media.PutOptions{IfExists: media.Skip})
		if err != nil {
			t.Fatal(err)
		}
		if plan.Items[0].Code != media.CodeConflict {
			t.Fatalf("planned as %q", plan.Items[0].Code)
		}
		if err := r.StripPrivate(t.Context(), &plan); err != nil {
			t.Fatal(err)
		}
		if plan.Items[0].Code != media.CodeSame || len(plan.WithPrivate(false)) != 0 {
			t.Errorf("became %+v", plan.Items[0])
		}
		plan.LeaveOut(0)
		var rec recorder
		r.Put(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "photo.jpg", "skipped:same")
	})

	t.Run("in parts", func(t *testing.T) {
		big := mp4(t, 40<<20)
		film := filepath.Join(t.TempDir(), "film.mp4")
		if err := os.WriteFile(film, big, 0o644); err != nil {
			t.Fatal(err)
		}
		r := e.Room(t, media.Options{})
		rec := put(t, r.Library, []string{film}, media.PutOptions{Privacy: media.StripPrivate})
		wantEnd(t, rec, "film.mp4", "done")
		content, _, _ := r.Read("film.mp4")
		if len(content) != len(big) || strings.Contains(content, "+35.6812") || content[:1<<20] != string(big[:1<<20]) || content[len(content)-100:] == string(big[len(big)-100:]) {
			t.Errorf("%d bytes of %d, or the place is still in them", len(content), len(big))
		}
	})

	t.Run("changed after the look", func(t *testing.T) {
		r := e.Room(t, media.Options{})
		own := filepath.Join(t.TempDir(), "photo.jpg")
		if err := os.WriteFile(own, photo, 0o644); err != nil {
			t.Fatal(err)
		}
		plan, err := r.PlanPut(t.Context(), []string{own}, media.PutOptions{Privacy: media.StripPrivate})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(own, photo[:len(photo)-10], 0o644); err != nil {
			t.Fatal(err)
		}
		var rec recorder
		r.Put(t.Context(), plan, rec.emit)
		wantEnd(t, &rec, "photo.jpg", "failed:local-changed")
		if _, _, ok := r.Read("photo.jpg"); ok {
			t.Error("something was stored")
		}
	})
}

// Upright makes sure that an object shows what the photo shows, turned as it
// was, and tells nothing.
func Upright(t *testing.T, r *Room, path string, photo []byte) {
	t.Helper()
	content, head, ok := r.Read(path)
	if !ok || head == nil {
		t.Fatal("there is nothing")
	}
	report, err := privacy.Look(strings.NewReader(content), int64(len(content)))
	if err != nil || len(report.Findings) > 0 || report.Trouble != "" {
		t.Errorf("still tells %+v (%v)", report, err)
	}
	if strings.Contains(content, "Yamada") || !strings.Contains(content, "\x12\x01\x03\x00\x01\x00\x00\x00\x06") {
		t.Error("the artist is still in it, or how it is turned is not")
	}
	was, err := jpeg.Decode(bytes.NewReader(photo))
	if err != nil {
		t.Fatal(err)
	}
	is, err := jpeg.Decode(strings.NewReader(content))
	if err != nil || !bytes.Equal(was.(*image.Gray).Pix, is.(*image.Gray).Pix) {
		t.Errorf("other pixels (%v)", err)
	}
}

// mp4 is a film of n bytes that tells where it was made.
func mp4(t testing.TB, n int) []byte {
	t.Helper()
	box := func(kind, body string) string {
		size := len(body) + 8
		return string([]byte{byte(size >> 24), byte(size >> 16), byte(size >> 8), byte(size)}) + kind + body
	}
	noise := make([]byte, n)
	if _, err := rand.Read(noise); err != nil {
		t.Fatal(err)
	}
	return []byte(box("ftyp", "mp42\x00\x00\x00\x00mp42") + box("mdat", string(noise)) +
		box("moov", box("udta", box("\xa9xyz", "\x00\x12\x15\xc7+35.6812+139.7671/"))))
}

func testFixNames(t *testing.T, e Endpoint) {
	dir := t.TempDir()
	sources := []string{
		file(t, dir, "春 祭り.png", "1"), file(t, dir, "春-祭り.png", "2"), file(t, dir, "LOGO.png", "3"), file(t, dir, "fine.png", "4"),
		file(t, dir, "ｶﾞｲﾄﾞ　１.txt", "5"), file(t, dir, "a\u202eb.png", "6"), file(t, dir, "photo.txt.png", "\x89PNG\r\n\x1a\n"),
	}
	r := e.Room(t, media.Options{})
	r.Lay("My Album/logo.png", "theirs")
	plan, err := r.PlanPut(t.Context(), sources, media.PutOptions{To: "My Album"})
	if err != nil {
		t.Fatal(err)
	}
	if got := plan.Mendable(); len(got) != 4 || plan.Items[5].Code != media.CodeNameBidi {
		t.Errorf("mendable %v, %q", got, plan.Items[5].Code)
	}
	if err := r.FixNames(t.Context(), &plan, 0); err != nil {
		t.Fatal(err)
	}
	if got := plan.Items[0].Path; got != "My Album/春-祭り-2.png" { // as many files stay as many
		t.Errorf("became %q", got)
	}
	if plan.Items[2].Path != "My Album/LOGO.png" {
		t.Error("another one was renamed")
	}
	rec := put(t, r.Library, sources, media.PutOptions{To: "My Album", FixNames: true})
	for _, path := range []string{"春-祭り-2.png", "春-祭り.png", "LOGO-2.png", "fine.png", "ガイド-1.txt", "ab.png", "photo.txt.png"} {
		wantEnd(t, rec, "My Album/"+path, "done")
	}
	if content, _, _ := r.Read("My Album/logo.png"); content != "theirs" || len(r.Keys()) != 8 {
		t.Errorf("%q, %q", content, r.Keys())
	}
	rec = put(t, r.Library, sources[:1], media.PutOptions{FixNames: true, RandomSuffix: true})
	if len(rec.items) != 1 || !strings.HasPrefix(rec.items[0].Path, "春-祭り-") || len(rec.items[0].Path) < 36 {
		t.Errorf("with a part that nobody can guess: %+v", rec.items)
	}
}
