package media_test

import (
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// locked makes the bucket one with S3 Object Lock, and with a retention by
// default if there is a mode.
func locked(mode string) func(*account.Account) {
	return func(a *account.Account) {
		a.Buckets[0].Versioning = "Enabled"
		a.Buckets[0].ObjectLock = &account.ObjectLock{Mode: mode}
		if mode != "" {
			a.Buckets[0].ObjectLock.Days = 3
		}
	}
}

// Under a retention or a legal hold nothing that is done here is refused, as
// AWS has it: a deletion names no version, so it makes a delete marker, and the
// locked version stays. It is told as hidden. A rename is a copy and such a
// deletion; the copy has the bucket's retention, not the original's own.
func TestUnderObjectLock(t *testing.T) {
	future := aws.Time(time.Now().Add(48 * time.Hour))
	hold := func(in *s3.PutObjectInput) { in.ObjectLockLegalHoldStatus = types.ObjectLockLegalHoldStatusOn }
	retain := func(mode types.ObjectLockMode) func(*s3.PutObjectInput) {
		return func(in *s3.PutObjectInput) {
			in.ObjectLockMode, in.ObjectLockRetainUntilDate = mode, future
		}
	}
	for name, c := range map[string]struct {
		byDefault string
		own       func(*s3.PutObjectInput)
		kept      types.ObjectLockMode // by the copy of a rename
	}{
		"governance by default": {byDefault: "GOVERNANCE", kept: types.ObjectLockModeGovernance},
		"compliance by default": {byDefault: "COMPLIANCE", kept: types.ObjectLockModeCompliance},
		"governance":            {own: retain(types.ObjectLockModeGovernance)},
		"compliance":            {own: retain(types.ObjectLockModeCompliance)},
		"legal hold":            {own: hold},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := mediatest.SandboxAsAWS(t, locked(c.byDefault))
			r := e.Room(t, media.Options{})
			own := c.own
			if own == nil {
				own = func(*s3.PutObjectInput) {}
			}
			for _, path := range []string{"f/a.txt", "f/b.txt", "c.txt", "d.txt", "e.txt"} {
				r.Lay(path, path, own)
			}
			put(t, r.Library, media.PutOptions{}, local(t, "small.txt", "x"), local(t, "big.txt", big(17<<20))).want(t, "big.txt", "done")
			put(t, r.Library, media.PutOptions{IfExists: media.Replace}, local(t, "c.txt", "new")).want(t, "c.txt", "done")
			if got := remove(t, r.Library, "f"); got.sum.Done != 2 || got.sum.Hidden != 2 {
				t.Errorf("a folder: %+v, %v", got.sum, got.end)
			}
			if got := remove(t, r.Library, "d.txt"); got.sum.Done != 1 || got.sum.Hidden != 1 {
				t.Errorf("a file: %+v, %v", got.sum, got.end)
			}
			got := move(t, r.Library, "e.txt", "g.txt")
			got.want(t, "e.txt", "done")
			if got.sum.Hidden != 1 {
				t.Errorf("a rename: %+v", got.sum)
			}
			if _, head, ok := r.Read("g.txt"); !ok || head.ObjectLockMode != c.kept || head.ObjectLockLegalHoldStatus != "" {
				t.Errorf("the copy is there: %v, mode %q, legal hold %q", ok, head.ObjectLockMode, head.ObjectLockLegalHoldStatus)
			}
			for _, path := range []string{"f/a.txt", "d.txt", "e.txt"} {
				keptByTheLock(t, r, path)
			}
		})
	}
}

// keptByTheLock fails unless an older version of a hidden file is there, and
// not even the bucket's owner may remove it.
func keptByTheLock(t *testing.T, r *mediatest.Room, path string) {
	t.Helper()
	if _, _, there := r.Read(path); there {
		t.Errorf("%s is not hidden", path)
	}
	bucket, key := aws.String(r.Place.Bucket), aws.String(r.Space.Key(path))
	out, err := r.Owner.ListObjectVersions(t.Context(), &s3.ListObjectVersionsInput{Bucket: bucket, Prefix: key})
	if err != nil || len(out.Versions) != 1 || len(out.DeleteMarkers) != 1 {
		t.Fatalf("%s: %+v, %v", path, out, err)
	}
	_, err = r.Owner.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: bucket, Key: key, VersionId: out.Versions[0].VersionId})
	if err == nil {
		t.Errorf("%s was not locked at all", path)
	}
}

// A custom endpoint is sent no checksums unless it asks: under a retention it
// does, of everything that is written.
func TestACustomEndpointUnderObjectLock(t *testing.T) {
	dir := t.TempDir()
	e := mediatest.Sandbox(t, locked("GOVERNANCE"))
	r := written(t, e, dir, media.Options{})
	put(t, r.Library, media.PutOptions{}, local(t, "a.txt", "x"), local(t, "big.txt", big(17<<20))).want(t, "big.txt", "done")
	denied := media.New(mediatest.Forbid(t, e, "DeleteObject", "DeleteObjects"), nil, r.Space, media.Options{Journal: journalOf(e, dir)})
	move(t, denied, "a.txt", "b.txt").want(t, "a.txt", "failed:both-exist")
	recovered(t, r.Library, false).want(t, "a.txt", "done") // it claims both names
	wantNothingLeft(t, r.Library)
	noClaims(t, r)
	put(t, r.Library, media.PutOptions{To: "f"}, local(t, "c.txt", "x"))
	key, sum := r.Space.Key("f/"), "1B2M2Y8AsgTpgAmY7PhCfg==" // a console's folder
	if _, err := r.Owner.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(r.Place.Bucket), Key: &key, ContentMD5: &sum}); err != nil {
		t.Fatal(err)
	}
	move(t, r.Library, "f", "g").want(t, "f/c.txt", "done")
	if _, _, ok := r.Read("g/"); !ok {
		t.Error("the folder itself stayed behind")
	}
}

// What S3 says that there are no words for is told in its own.
func TestWhatHasNoWordsIsToldInS3s(t *testing.T) {
	r := mediatest.Sandbox(t, faults(account.Fault{Service: "s3", Operation: "PutObject", Status: 400, Code: "EntityTooSmall"})).Room(t, media.Options{})
	got := put(t, r.Library, media.PutOptions{}, local(t, "a.txt", "x"))
	got.want(t, "a.txt", "failed:unexpected")
	var err *media.Error
	if !errors.As(got.events["a.txt"].Err, &err) || err.TextArgs()["reason"] != "EntityTooSmall: Your proposed upload is smaller than the minimum allowed size" {
		t.Errorf("told %+v", err)
	}
}
