package media_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// An upload that is cancelled in the middle of its parts, again and again, goes
// on in the same process, and what arrives is the file.
func TestAnUploadThatIsCancelledInItsPartsGoesOn(t *testing.T) {
	dir := t.TempDir()
	e := mediatest.Sandbox(t)
	r := written(t, e, dir, media.Options{})
	const size = 32 << 20
	random := make([]byte, size) // no two parts are the same
	if _, err := rand.NewChaCha8([32]byte{1}).Read(random); err != nil {
		t.Fatal(err)
	}
	content := string(random)
	file := local(t, "big.txt", content)
	cut := 0
	for n := range int64(4) {
		lib := media.New(mediatest.Forbid(t, e), nil, r.Space, media.Options{Parallel: 8, Journal: journalOf(e, dir)})
		plan, err := lib.PlanPut(t.Context(), []string{file}, media.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		sum := lib.Put(ctx, plan, func(ev media.Event) {
			if n < 3 && ev.Type == media.EventProgress && ev.Bytes > (n+1)*size/5 {
				cancel()
			}
		})
		cancel()
		if n < 3 && sum.Done == 0 {
			cut++
			continue
		}
		if sum.Done != 1 || r.Uploads() != 0 {
			t.Fatalf("%+v, %d uploads open", sum, r.Uploads())
		}
		break
	}
	if got, _, _ := r.Read("big.txt"); cut == 0 || got != content {
		t.Errorf("cancelled %d times, %d bytes arrived, not those %d", cut, len(got), len(content))
	}
}
