package media_test

import (
	"slices"
	"testing"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// The answer to a request is lost once, after it was carried out: what is done
// is told as done, and nothing is done twice.
func TestAnAnswerThatIsLost(t *testing.T) {
	for _, operation := range []string{
		"ListObjectsV2", "HeadObject", "PutObject", "CopyObject", "DeleteObject", "DeleteObjects",
		"CreateMultipartUpload", "UploadPart", "UploadPartCopy", "CompleteMultipartUpload", "GetObject",
	} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			e := mediatest.Sandbox(t)
			r := e.RoomWith(t, mediatest.Deaf(t, e, operation), media.Options{Parallel: 1})
			r.CopyInPartsAbove(10<<20, 5<<20)
			r.LayMany([]string{"f/a.txt", "f/b.txt", "f/c.txt"})
			put(t, r.Library, media.PutOptions{}, local(t, "a.txt", "a")).want(t, "a.txt", "done")
			up := put(t, r.Library, media.PutOptions{}, local(t, "big.txt", big(17<<20)))
			up.want(t, "big.txt", "done")
			move(t, r.Library, "a.txt", "b.txt").want(t, "a.txt", "done")
			move(t, r.Library, "big.txt", "large.txt").want(t, "big.txt", "done")
			folder := move(t, r.Library, "f", "g")
			gone := remove(t, r.Library, "g")
			if folder.sum.Done != 3 || gone.sum.Done != 3 {
				t.Errorf("moved %v, removed %v", folder.end, gone.end)
			}
			if got := r.Keys(); !slices.Equal(got, []string{"b.txt", "large.txt"}) {
				t.Errorf("keys %q", got)
			}
			if got, _, _ := r.Read("large.txt"); got != big(17<<20) {
				t.Error("large.txt is not what was sent")
			}
			// Only the beginning of an upload leaves something: the documented
			// role may not look for it, so it is told.
			want := 0
			if operation == "CreateMultipartUpload" {
				want = 1
			}
			if n := r.Uploads(); n != want || up.sum.Left != want {
				t.Errorf("%d uploads are open, %d told", n, up.sum.Left)
			}
		})
	}
}

// Who may list uploads finds the one whose ID was never heard, and no other's.
func TestAnUploadWhoseIDWasLostIsFound(t *testing.T) {
	e := mediatest.Sandbox(t)
	e.Place.Access, e.Place.RoleARN, e.Place.ExternalID = "caller", "", ""
	r := e.RoomWith(t, mediatest.Deaf(t, e, "CreateMultipartUpload"), media.Options{})
	got := put(t, r.Library, media.PutOptions{}, local(t, "big.txt", big(17<<20)))
	got.want(t, "big.txt", "done")
	if r.Uploads() != 0 || got.sum.Left != 0 {
		t.Errorf("%d uploads are open, %d told", r.Uploads(), got.sum.Left)
	}
}

// A copy that somebody else made is not taken for one's own: only an answer
// that was lost makes it doubtful.
func TestACopyOfSomebodyElseIsNotOnesOwn(t *testing.T) {
	e := mediatest.Sandbox(t)
	r := e.Room(t, media.Options{})
	r.Lay("a.txt", "content")
	plan, err := r.PlanMove(t.Context(), "a.txt", "b.txt")
	if err != nil {
		t.Fatal(err)
	}
	r.Lay("b.txt", "content")
	var got ends
	r.Move(t.Context(), plan, got.emit)
	got.want(t, "a.txt", "refused:exists")
	if keys := r.Keys(); !slices.Equal(keys, []string{"a.txt", "b.txt"}) {
		t.Errorf("keys %q", keys)
	}
}

// The network ends for good in the middle of whatever is done: nothing is
// lost, and each file has a reason that people understand.
func TestTheNetworkEndsInEveryOperation(t *testing.T) {
	understood := []string{"network", "both-exist", "left-old", "journal", "aborted"}
	for _, k := range killings(t) {
		if k.before != nil {
			continue // of recovery: see TestKilledAtEveryStep
		}
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			if k.name == "put large" || k.name == "environment parts" {
				racetest.Plainly(t)
			}
			e := mediatest.Sandbox(t)
			for n := int64(1); ; n++ {
				ended := false
				for _, after := range []bool{false, true} {
					dir := t.TempDir()
					r := written(t, e, dir, media.Options{})
					k.lay(r)
					client, steps := mediatest.Cut(t, e, n, after)
					l := media.New(client, nil, r.Space, media.Options{Journal: journalOf(e, dir), Parallel: 2})
					var got ends
					_, err := child{Do: k.do, From: k.from, To: k.to, Local: k.local}.doing(t.Context(), l, got.emit)
					ended = steps.Load() < n
					if err != nil && codeOf(err) != "network" {
						t.Errorf("operation %d: %v", n, err)
					}
					for path, ev := range got.events {
						if ev.Err != nil && !slices.Contains(understood, ev.Code) {
							t.Errorf("operation %d (after: %v): %s ended %s: %v", n, after, path, ev.Code, ev.Err)
						}
					}
					if left := now(r); !k.fine(left) {
						t.Fatalf("operation %d (after: %v): there is %v", n, after, brief(left))
					}
					k.again(t, r)
					if left := now(r); !slices.ContainsFunc(k.want, func(w map[string]string) bool { return same(left, w) }) {
						t.Errorf("operation %d (after: %v), and done again: there is %v", n, after, brief(left))
					}
					wantNothingLeft(t, r.Library)
					if t.Failed() {
						t.Fatalf("operation %d (after: %v)", n, after)
					}
				}
				if ended {
					break
				}
			}
		})
	}
}
