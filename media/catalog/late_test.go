package catalog

import (
	"testing"
	"time"
)

// A rename that is noted late does not undo what was written or listed since.
func TestARenameThatIsNotedLate(t *testing.T) {
	ctx := t.Context()
	p := openPlace(t, t.TempDir())
	at := time.Now().Add(-time.Hour)
	before, since := at.Add(-time.Hour), at.Add(time.Minute)
	object := func(path string, when time.Time) Object {
		return Object{Path: path, Size: 5, ETag: "e", Modified: when.UTC().Truncate(time.Second)}
	}
	write := func(path, alt string, when time.Time) {
		t.Helper()
		err := p.write(ctx, func(w *writer) error {
			if err := w.load(ctx, path); err != nil {
				return err
			}
			e, _ := w.find(path)
			e.Path, e.Alt, e.Edited = path, alt, when
			w.put(e)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	saw := func(objects ...Object) {
		t.Helper()
		if err := p.Saw(ctx, objects...); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"plain", "theirs", "again", "edited"} {
		saw(object(path, before))
		write(path, "of "+path, before)
	}
	if err := p.Gone(ctx, "plain", "theirs", "edited"); err != nil { // as a listing since has it
		t.Fatal(err)
	}
	listed := object("to/plain", since)
	listed.ETag = "listed"
	saw(listed, object("to/theirs", since), object("again", since), object("edited", since))
	write("to/theirs", "theirs", since)
	write("edited", "newer", since)
	var moves []Move
	for _, path := range []string{"plain", "theirs", "again", "edited", "unknown"} {
		moves = append(moves, Move{From: path, To: object("to/"+path, at), At: at})
	}
	if err := p.Moved(ctx, moves...); err != nil {
		t.Fatal(err)
	}
	got, err := p.Get(ctx, "plain", "theirs", "again", "edited", "to/plain", "to/theirs", "to/again", "to/edited", "to/unknown")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"plain": "", "to/plain": "of plain", "theirs": "of theirs", "to/theirs": "theirs", "again": "", "to/again": "of again", "edited": "newer", "to/edited": "",
	} {
		if got[path].Alt != want {
			t.Errorf("%s: alt %q, want %q", path, got[path].Alt, want)
		}
	}
	if e := got["to/plain"]; e.ETag != "listed" || e.Own != "e" || !e.Present {
		t.Errorf("%+v is not as the listing has it", e)
	}
	if !got["again"].Present || !got["to/again"].Present || !got["to/unknown"].Present {
		t.Errorf("%+v", got)
	}
}
