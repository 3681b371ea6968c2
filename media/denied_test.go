package media_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

func TestAMissingFileIsToldFromADeniedOne(t *testing.T) {
	for _, c := range []struct {
		name   string
		change []func(*account.Account)
		path   string
		want   string
	}{
		{"documented rights", nil, "missing.txt", media.CodeNotFound},
		{"reading denied, there", []func(*account.Account){deny("s3:GetObject")}, "there.txt", media.CodeDenied},
		{"reading denied, missing", []func(*account.Account){deny("s3:GetObject")}, "missing.txt", media.CodeNotFound},
		{"listing denied, missing", []func(*account.Account){deny("s3:ListBucket")}, "missing.txt", media.CodeDeniedOrMissing},
		{"both denied, there", []func(*account.Account){deny("s3:ListBucket", "s3:GetObject")}, "there.txt", media.CodeDeniedOrMissing},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := mediatest.Sandbox(t, c.change...).Room(t, media.Options{})
			r.Lay("there.txt", "x")
			_, err := r.Info(t.Context(), c.path)
			if codeOf(err) != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// Nobody may be told that a folder does not exist when it merely was not seen.
func TestADeniedListingIsNamed(t *testing.T) {
	for name, change := range map[string]func(*account.Account){
		"by policy": deny("s3:ListBucket"),
		"by S3":     faults(account.Fault{Service: "s3", Operation: "ListObjectsV2", Status: 403, Code: "AccessDenied"}),
	} {
		t.Run(name, func(t *testing.T) {
			r := mediatest.Sandbox(t, change).Room(t, media.Options{})
			removal, err := r.PlanRemove(t.Context(), []string{"docs"}, true)
			if err != nil {
				t.Fatal(err)
			}
			download, err := r.PlanGet(t.Context(), []string{"docs"}, media.GetOptions{To: t.TempDir(), Recursive: true})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range slices.Concat(removal.Problems, download.Problems) {
				if p.Code != media.CodeDenied || p.Evidence.Operation != "s3:ListObjectsV2" || p.TextArgs()["reason"] != "AccessDenied (s3:ListObjectsV2)" {
					t.Errorf("told %v, %+v", p, p.TextArgs())
				}
			}
			if len(removal.Problems)+len(download.Problems) != 2 {
				t.Errorf("problems %v, %v", removal.Problems, download.Problems)
			}
			want := "s3://" + r.Space.Bucket + "/" + r.Space.Key("")
			_, err = r.Page(t.Context(), "", "")
			walk := r.Walk(t.Context(), ".", func(media.Item) error { return nil })
			for _, err := range []error{err, walk} {
				if e := new(media.Error); !errors.As(err, &e) || e.Code != media.CodeDenied || e.TextArgs()["path"] != want {
					t.Errorf("the root's listing: %+v", err)
				}
			}
		})
	}
}

func TestADenialCarriesAWSsWords(t *testing.T) {
	r := mediatest.Sandbox(t, deny("s3:GetObject")).Room(t, media.Options{})
	r.Lay("there.txt", "x")
	_, err := r.Info(t.Context(), "there.txt")
	e := new(media.Error)
	if !errors.As(err, &e) || e.Evidence.Operation != "s3:GetObject" || e.Evidence.HTTPStatus != 403 || !strings.Contains(e.Evidence.Message, "explicit deny") {
		t.Errorf("evidence %+v (%v)", e.Evidence, err)
	}
}

func TestBothExistWhereTheOriginalCannotBeRemoved(t *testing.T) {
	r := mediatest.Sandbox(t, deny("s3:DeleteObject")).Room(t, media.Options{})
	r.Lay("a.txt", "a")
	r.Lay("f/b.txt", "b")
	r.Lay("photo.jpg", "old")
	for _, c := range [][3]string{{"a.txt", "c.txt", "a.txt"}, {"f", "g", "f/b.txt"}} {
		e := move(t, r.Library, c[0], c[1])
		e.want(t, c[2], "failed:both-exist")
		me := new(media.Error)
		if !errors.As(e.events[c[2]].Err, &me) || me.TextArgs()["to"] == "" || me.Evidence.Operation != "s3:DeleteObject" && me.Evidence.Operation != "s3:DeleteObjects" {
			t.Errorf("told %+v", me)
		}
	}
	plan, err := r.PlanReplace(t.Context(), "photo.jpg", local(t, "summer.jpg", "new"))
	if err != nil {
		t.Fatal(err)
	}
	var e ends
	r.Replace(t.Context(), plan, e.emit)
	e.want(t, "photo.jpg", "failed:left-old")
	want := []string{"a.txt", "c.txt", "f/b.txt", "g/b.txt", "photo.jpg", "summer.jpg"}
	if keys := r.Keys(); !slices.Equal(keys, want) {
		t.Errorf("keys %q", keys)
	}
}

func TestAnUploadThatCannotBeAbortedIsTold(t *testing.T) {
	r := mediatest.Sandbox(t, deny("s3:AbortMultipartUpload"),
		faults(account.Fault{Service: "s3", Operation: "CompleteMultipartUpload", Status: 400, Code: "InvalidPart"})).Room(t, media.Options{})
	e := put(t, r.Library, media.PutOptions{}, local(t, "big.txt", big(17<<20)))
	e.want(t, "big.txt", "failed:unexpected")
	if e.events["big.txt"].Left == "" || e.sum.Left != 1 || r.Uploads() != 1 {
		t.Errorf("left %q, %+v, %d open", e.events["big.txt"].Left, e.sum, r.Uploads())
	}
}

func TestEachKeyOfABatchHasItsOwnEnd(t *testing.T) {
	e := mediatest.Sandbox(t, statement(policy.Statement{
		Effect: policy.Deny, Action: []string{"s3:DeleteObject"}, Resource: []string{"arn:aws:s3:::*/keep/*"},
	}))
	r := e.Room(t, media.Options{})
	r.LayMany([]string{"f/a.txt", "f/keep/b.txt", "f/c.txt"})
	got := remove(t, r.Library, "f")
	got.want(t, "f/a.txt", "done")
	got.want(t, "f/keep/b.txt", "failed:denied")
	got.want(t, "f/c.txt", "done")
	if got.sum.Done != 2 || got.sum.Failed != 1 {
		t.Errorf("summary %+v", got.sum)
	}
}

func TestRemovalWorksWithoutDeleteObjects(t *testing.T) {
	r := mediatest.Sandbox(t, faults(account.Fault{Service: "s3", Operation: "DeleteObjects", Status: 501, Code: "NotImplemented"})).Room(t, media.Options{})
	paths := []string{"f/a.txt", "f/b.txt", "f/c.txt"}
	r.LayMany(paths)
	got := remove(t, r.Library, "f")
	for _, p := range paths {
		got.want(t, p, "done")
	}
	if keys := r.Keys(); len(keys) != 0 {
		t.Errorf("left %q", keys)
	}
}

func TestAVersionedBucketKeepsTheBytes(t *testing.T) {
	r := mediatest.Sandbox(t, func(a *account.Account) { a.Buckets[0].Versioning = "Enabled" }).Room(t, media.Options{})
	r.LayMany([]string{"f/a.txt", "f/b.txt", "c.txt", "d.txt"})
	if got := remove(t, r.Library, "f"); got.sum.Done != 2 || got.sum.Hidden != 2 {
		t.Errorf("batch: %+v", got.sum)
	}
	if got := remove(t, r.Library, "c.txt"); got.sum.Hidden != 1 {
		t.Errorf("single: %+v", got.sum)
	}
	if got := move(t, r.Library, "d.txt", "e.txt"); got.sum.Done != 1 || got.sum.Hidden != 1 {
		t.Errorf("move: %+v", got.sum)
	}
}

const kmsKey = "arn:aws:kms:ap-northeast-1:123456789012:key/1111aaaa-2222-3333-4444-555566667777"

// Under a KMS key an ETag is no checksum; nothing may take it for one.
func TestKMSEncryptedMedia(t *testing.T) {
	for name, start := range map[string]func(testing.TB, ...func(*account.Account)) mediatest.Endpoint{
		"custom endpoint": mediatest.Sandbox, "as AWS": mediatest.SandboxAsAWS,
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t, func(a *account.Account) {
				a.KMSKeys = []account.KMSKey{{ARN: kmsKey, State: "Enabled"}}
				a.Buckets[0].Encryption = account.Encryption{Algorithm: "aws:kms", Key: kmsKey}
			}, statement(policy.Statement{Effect: policy.Allow, Action: []string{"kms:GenerateDataKey", "kms:Decrypt"}, Resource: []string{kmsKey}})).Room(t, media.Options{})
			small, large := local(t, "a.txt", "a"), local(t, "big.txt", big(17<<20))
			e := put(t, r.Library, media.PutOptions{}, small, large)
			e.want(t, "a.txt", "done")
			e.want(t, "big.txt", "done")
			move(t, r.Library, "a.txt", "b.txt").want(t, "a.txt", "done")
			dir := t.TempDir()
			plan, err := r.PlanGet(t.Context(), []string{"b.txt", "big.txt"}, media.GetOptions{To: dir})
			if err != nil {
				t.Fatal(err)
			}
			var got ends
			r.Get(t.Context(), plan, got.emit)
			got.want(t, "b.txt", "done")
			got.want(t, "big.txt", "done")
			// S3 keeps a CRC beside the ETag, which is compared instead.
			again := put(t, r.Library, media.PutOptions{IfExists: media.Skip}, large, local(t, "b.txt", "b"))
			again.want(t, "big.txt", "skipped:same")
			again.want(t, "b.txt", "refused:conflict")
		})
	}
}

// Copying tags takes rights that the documented role has not. Tags may decide
// who reads a file and how long it is kept, so they are not dropped silently.
func TestAFileWithTagsIsNotMovedWithoutThem(t *testing.T) {
	tagged := func(in *s3.PutObjectInput) { in.Tagging = aws.String("team=web") }
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.Lay("a.txt", "a", tagged)
	move(t, r.Library, "a.txt", "b.txt").want(t, "a.txt", "failed:denied")
	if keys := r.Keys(); !slices.Equal(keys, []string{"a.txt"}) {
		t.Errorf("keys %q", keys)
	}
	may := mediatest.Sandbox(t, statement(policy.Statement{
		Effect: policy.Allow, Action: []string{"s3:GetObjectTagging", "s3:PutObjectTagging"}, Resource: []string{"arn:aws:s3:::alpha-prod-assets/media/*"},
	})).Room(t, media.Options{})
	may.Lay("a.txt", "a", tagged)
	move(t, may.Library, "a.txt", "b.txt").want(t, "a.txt", "done")
	if _, head, ok := may.Read("b.txt"); !ok || aws.ToInt32(head.TagCount) != 1 {
		t.Errorf("moved %v with %d tags", ok, aws.ToInt32(head.TagCount))
	}
}

func TestAMoveKeepsTheStorageClass(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.Lay("a.txt", "a", func(in *s3.PutObjectInput) { in.StorageClass = types.StorageClassStandardIa })
	move(t, r.Library, "a.txt", "b.txt").want(t, "a.txt", "done")
	if _, head, _ := r.Read("b.txt"); head.StorageClass != types.StorageClassStandardIa {
		t.Errorf("storage class %q", head.StorageClass)
	}
}
