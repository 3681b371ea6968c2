package media_test

import (
	"context"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// unconditional is a server that ignores If-None-Match on copies, as MinIO and
// VersityGW do.
type unconditional struct{ media.API }

func (u unconditional) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	in.IfNoneMatch = nil
	return u.API.CopyObject(ctx, in, o...)
}

// Two computers rename different files to one name on such a server, in every
// order of their requests. Its answers do not tell that a copy went over
// another one: they are about one's own. A look before the copy and one before
// the original goes do, unless the other's copy comes after the last look; that
// alone is left to lose a file, and without the looks nearly every order does.
func TestOneNameForTwoFilesWhereCopiesAreUnconditional(t *testing.T) {
	e := mediatest.Sandbox(t)
	lostOf := func(careful int) (lost, orders int) {
		orders = mediatest.Orders(func(u *mediatest.Turns) {
			r := e.Room(t, media.Options{})
			r.Lay("a.txt", "one")
			r.Lay("b.txt", "two")
			var moves []func()
			var got [2]ends
			for who, from := range []string{"a.txt", "b.txt"} {
				l := media.New(unconditional{u.Client(t, e, who)}, nil, r.Space, media.Options{Journal: journalOf(e, t.TempDir()), Parallel: 1})
				l.LooksTwiceUpTo(careful)
				plan, err := written2(t, e, r, t.TempDir()).PlanMove(t.Context(), from, "new.txt")
				if err != nil {
					t.Fatal(err)
				}
				moves = append(moves, func() { l.Move(t.Context(), plan, got[who].emit) })
			}
			u.Run(moves...)
			there := now(r)
			var contents []string
			for _, c := range there {
				contents = append(contents, c)
			}
			if slices.Contains(contents, "one") && slices.Contains(contents, "two") {
				return
			}
			lost++
			if careful > 0 && !copiedBehindTheLastLook(u.Log) {
				t.Errorf("order %v: there is %v; ended %v and %v", u.Log, there, got[0].end, got[1].end)
			}
		})
		return lost, orders
	}
	bare, all := lostOf(0)
	careful, of := lostOf(16)
	t.Logf("without looks %d of %d orders lose a file, with them %d of %d", bare, all, careful, of)
	if bare != all || careful*2 > of {
		t.Errorf("without looks %d of %d orders lose a file, with them %d of %d", bare, all, careful, of)
	}
}

// copiedBehindTheLastLook tells that one computer's copy and last look came
// between the other's first look and copy. The requests of each are look, copy,
// look, remove.
func copiedBehindTheLastLook(log []int) bool {
	at := [2][]int{}
	for i, who := range log {
		at[who] = append(at[who], i)
	}
	for i := range at {
		one, other := at[i], at[1-i]
		if len(one) == 4 && len(other) >= 2 && other[0] < one[1] && one[2] < other[1] {
			return true
		}
	}
	return false
}
