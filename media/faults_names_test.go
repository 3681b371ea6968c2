package media_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/mediatest"
)

// 0 bytes, and 6 GB in parts of which nothing comes through here.
func TestTheSmallestAndLargeObjectsMove(t *testing.T) {
	const large = 6 << 30
	e := mediatest.Sandbox(t, func(a *account.Account) {
		a.Buckets[0].Objects = append(a.Buckets[0].Objects,
			account.Object{Key: "media/room/f/empty.txt", Content: []byte{}, ContentType: "text/plain", Metadata: map[string]string{"upload-source": "microcms"}},
			account.Object{Key: "media/room/f/film.mp4", Size: large, ContentType: "video/mp4", Metadata: map[string]string{"upload-source": "microcms"}})
	})
	l, owner := library(t, e, "media/room")
	var got ends
	plan, err := l.PlanMove(t.Context(), "f", "g")
	if err != nil {
		t.Fatal(err)
	}
	l.Move(t.Context(), plan, got.emit)
	got.want(t, "f/empty.txt", "done")
	got.want(t, "f/film.mp4", "done")
	for key, size := range map[string]int64{"media/room/g/empty.txt": 0, "media/room/g/film.mp4": large} {
		head, err := owner.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: aws.String(e.Place.Bucket), Key: aws.String(key)})
		if err != nil || aws.ToInt64(head.ContentLength) != size || head.Metadata["upload-source"] != "microcms" || !strings.Contains(aws.ToString(head.ContentType), "/") {
			t.Errorf("%s: %+v, %v", key, head, err)
		}
	}
	if keys, err := l.Page(t.Context(), "f", ""); err != nil || len(keys.Items) != 0 {
		t.Errorf("left %v, %v", keys.Items, err)
	}
}

// library is one over a directory that the account file has filled.
func library(t *testing.T, e mediatest.Endpoint, prefix string) (*media.Library, *s3.Client) {
	t.Helper()
	space := address.Space{Bucket: e.Place.Bucket, Region: e.Place.Region, Prefix: prefix}
	return media.New(mediatest.Forbid(t, e), nil, space, media.Options{Journal: journalOf(e, t.TempDir())}), e.Owner
}

// A name of 1,024 bytes is taken along, one byte more is refused before
// anything is done.
func TestNamesAsLongAsS3Takes(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	room := 1024 - len(r.Space.Key("f/"))
	long := "f/" + strings.Repeat("夏", room/3) + strings.Repeat("x", room%3)
	r.Lay(long, "long")
	r.Lay("f/short.txt", "short")
	if _, err := r.PlanMove(t.Context(), long, long+"x"); codeOf(err) != "name-too-long" {
		t.Errorf("a longer name: %v", err)
	}
	plan, err := r.PlanMove(t.Context(), "f", "gg") // one byte more each
	if err != nil {
		t.Fatal(err)
	}
	var got ends
	r.Move(t.Context(), plan, got.emit)
	got.want(t, long, "refused:name-too-long")
	got.want(t, "f/short.txt", "done")
	move(t, r.Library, "f", "h").want(t, long, "done")
	if keys := r.Keys(); !slices.Equal(keys, []string{"gg/short.txt", "h/" + strings.TrimPrefix(long, "f/")}) {
		t.Errorf("keys %q", keys)
	}
}

// Names that differ in case or in their normal form alone are two names.
func TestRenamesThatOnlyPeopleCannotSee(t *testing.T) {
	const composed, decomposed = "ガ", "カ\u3099"
	for _, c := range []struct{ lay, from, to, want string }{
		{"a.JPG", "a.JPG", "a.jpg", "a.jpg"},
		{"IMG/a.jpg", "IMG", "img", "img/a.jpg"},
		{decomposed + ".jpg", decomposed + ".jpg", composed + ".jpg", composed + ".jpg"},
		{decomposed + "/a.jpg", decomposed + "/", composed, composed + "/a.jpg"},
		{decomposed + "/a.jpg", decomposed, composed, composed + "/a.jpg"},
	} {
		r := mediatest.Sandbox(t).Room(t, media.Options{})
		r.Lay(c.lay, "content")
		move(t, r.Library, c.from, c.to).want(t, c.lay, "done")
		if keys := r.Keys(); !slices.Equal(keys, []string{c.want}) {
			t.Errorf("%q to %q: keys %q", c.from, c.to, keys)
		}
	}
}

// Keys that no program of ours would make stay exact in a folder that is
// renamed, and go with one that is deleted.
func TestStrangeKeysGoWithTheirFolder(t *testing.T) {
	strange := []string{"f/", "f//", "f//a", "f/../b", "f/./c", "f/sub/", "f/\x01&<>\"'.txt", "f/\u0085d", "f/end/", "f/ ", "f/+", "f/%2F"}
	for _, how := range []string{"mv", "rm"} {
		r := mediatest.Sandbox(t).Room(t, media.Options{})
		for _, key := range strange {
			content := key
			if strings.HasSuffix(key, "/") && key != "f/end/" {
				content = ""
			}
			r.Lay(key, content)
		}
		r.Lay("keep.txt", "k")
		want := []string{"keep.txt"}
		if how == "rm" {
			if got := remove(t, r.Library, "f"); got.sum.Failed+got.sum.Refused > 0 {
				t.Errorf("ended %v", got.end)
			}
		} else {
			if got := move(t, r.Library, "f", "g"); got.sum.Failed+got.sum.Refused > 0 {
				t.Errorf("ended %v", got.end)
			}
			for _, key := range strange {
				want = append(want, "g"+key[1:])
			}
		}
		keys, err := exactKeys(t, r)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(want)
		if slices.Sort(keys); !slices.Equal(keys, want) {
			t.Errorf("%s: keys %q\nwant %q", how, keys, want)
		}
	}
}

// exactKeys are the keys of a room also where XML cannot carry them.
func exactKeys(t *testing.T, r *mediatest.Room) ([]string, error) {
	t.Helper()
	var keys []string
	for key, err := range r.ExactKeys() {
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// An object that somebody stores between the plan and the deletion stays, one
// by one and in a batch.
func TestADeletionTakesOnlyWhatWasSeen(t *testing.T) {
	for _, paths := range [][]string{{"f/a.txt"}, {"f/a.txt", "f/b.txt", "f/c.txt"}} {
		r := mediatest.Sandbox(t).Room(t, media.Options{})
		r.LayMany(paths)
		plan, err := r.PlanRemove(t.Context(), []string{"f"}, true)
		if err != nil {
			t.Fatal(err)
		}
		r.Lay("f/a.txt", "theirs")
		var got ends
		r.Remove(t.Context(), plan, got.emit)
		got.want(t, "f/a.txt", "failed:changed")
		if content, _, _ := r.Read("f/a.txt"); content != "theirs" || got.sum.Done != len(paths)-1 {
			t.Errorf("holds %q, %+v", content, got.sum)
		}
	}
}
