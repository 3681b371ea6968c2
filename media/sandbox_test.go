package media_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"go.uber.org/goleak"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// ends keeps how each path ended, and the whole events.
type ends struct {
	end    map[string]string
	events map[string]media.Event
	sum    media.Summary
}

func (e *ends) emit(ev media.Event) {
	if e.end == nil {
		e.end, e.events = map[string]string{}, map[string]media.Event{}
	}
	switch ev.Type {
	case media.EventItem:
		e.end[ev.Path] = strings.TrimSuffix(ev.Status+":"+ev.Code, ":")
		e.events[ev.Path] = ev
	case media.EventSummary:
		e.sum = *ev.Summary
	}
}

func (e *ends) want(t *testing.T, path, want string) {
	t.Helper()
	if got := e.end[path]; got != want {
		t.Errorf("%q ended %q, want %q (%v)", path, got, want, e.events[path].Err)
	}
}

func local(t testing.TB, name, content string) string {
	t.Helper()
	full := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return full
}

func put(t testing.TB, l *media.Library, o media.PutOptions, files ...string) *ends {
	t.Helper()
	plan, err := l.PlanPut(t.Context(), files, o)
	if err != nil {
		t.Fatal(err)
	}
	var e ends
	l.Put(t.Context(), plan, e.emit)
	return &e
}

func move(t testing.TB, l *media.Library, from, to string) *ends {
	t.Helper()
	plan, err := l.PlanMove(t.Context(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	var e ends
	l.Move(t.Context(), plan, e.emit)
	return &e
}

func remove(t testing.TB, l *media.Library, paths ...string) *ends {
	t.Helper()
	plan, err := l.PlanRemove(t.Context(), paths, true)
	if err != nil {
		t.Fatal(err)
	}
	var e ends
	l.Remove(t.Context(), plan, e.emit)
	return &e
}

// deny adds a statement to the role that refuses an action under the prefix
// "media" of the bucket.
func deny(actions ...string) func(*account.Account) {
	return statement(policy.Statement{Effect: policy.Deny, Action: actions, Resource: []string{"*"}})
}

func statement(s policy.Statement) func(*account.Account) {
	return func(a *account.Account) {
		doc := *a.Roles[0].Policy
		doc.Statements = append(append([]policy.Statement(nil), doc.Statements...), s)
		a.Roles[0].Policy = &doc
	}
}

func faults(f ...account.Fault) func(*account.Account) {
	return func(a *account.Account) { a.Faults = f }
}

func codeOf(err error) string {
	var e *media.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return "none"
}

func big(n int) string { return strings.Repeat("0123456789abcdef", n/16) }

func TestPassingTroubleIsRetried(t *testing.T) {
	for _, f := range []account.Fault{
		{Service: "s3", Operation: "PutObject", Status: 503, Code: "SlowDown", Times: 2},
		{Service: "s3", Operation: "PutObject", Status: 500, Code: "InternalError", Times: 1},
		{Service: "s3", Operation: "PutObject", Drop: true, Times: 1},
		{Service: "s3", Operation: "UploadPart", Drop: true, Times: 1},
		{Service: "s3", Operation: "UploadPart", Status: 503, Code: "SlowDown", Times: 1},
		{Service: "s3", Operation: "CompleteMultipartUpload", Status: 503, Code: "SlowDown", Times: 1},
		{Service: "s3", Operation: "CopyObject", Status: 503, Code: "SlowDown", Times: 1},
		{Service: "s3", Operation: "DeleteObject", Status: 503, Code: "SlowDown", Times: 1},
		{Service: "s3", Operation: "DeleteObjects", Status: 503, Code: "SlowDown", Times: 1},
		{Service: "s3", Operation: "ListObjectsV2", Status: 503, Code: "SlowDown", Times: 1},
		{Service: "s3", Operation: "HeadObject", Status: 503, Times: 1},
	} {
		t.Run(f.Operation+" "+f.Code, func(t *testing.T) {
			t.Parallel()
			r := mediatest.Sandbox(t, faults(f)).Room(t, media.Options{})
			content := "small"
			if strings.Contains(strings.ToLower(f.Operation), "part") {
				content = big(17 << 20)
			}
			put(t, r.Library, media.PutOptions{To: "f"}, local(t, "a.txt", content), local(t, "b.txt", "b")).want(t, "f/a.txt", "done")
			move(t, r.Library, "f", "g").want(t, "f/a.txt", "done")
			if got, _, _ := r.Read("g/a.txt"); got != content {
				t.Errorf("holds %d bytes", len(got))
			}
			remove(t, r.Library, "g").want(t, "g/b.txt", "done")
			if keys := r.Keys(); len(keys) != 0 {
				t.Errorf("left %q", keys)
			}
		})
	}
}

func TestLastingTroubleIsNamed(t *testing.T) {
	for _, c := range []struct {
		fault account.Fault
		want  string
	}{
		{account.Fault{Service: "s3", Operation: "PutObject", Status: 503, Code: "SlowDown"}, "failed:busy"},
		{account.Fault{Service: "s3", Operation: "PutObject", Drop: true}, "failed:network"},
		{account.Fault{Service: "s3", Operation: "PutObject", Status: 400, Code: "ExpiredToken"}, "failed:session"},
		{account.Fault{Service: "sts", Operation: "AssumeRole", Status: 403, Code: "AccessDenied"}, "session"},
	} {
		t.Run(c.fault.Code, func(t *testing.T) {
			t.Parallel()
			r := mediatest.Sandbox(t, faults(c.fault)).Room(t, media.Options{})
			plan, err := r.PlanPut(t.Context(), []string{local(t, "a.txt", "a")}, media.PutOptions{})
			if err != nil {
				if codeOf(err) != c.want {
					t.Errorf("planned: %v, want %s", err, c.want)
				}
				return
			}
			var e ends
			r.Put(t.Context(), plan, e.emit)
			e.want(t, "a.txt", c.want)
		})
	}
}

// double sends every change twice, as a client does whose first answer was
// lost, and gives the second answer.
type double struct{ *s3.Client }

func (d double) PutObject(ctx context.Context, in *s3.PutObjectInput, o ...func(*s3.Options)) (*s3.PutObjectOutput, error) {
	if _, err := d.Client.PutObject(ctx, in, o...); err != nil {
		return nil, err
	}
	if _, err := in.Body.(interface {
		Seek(int64, int) (int64, error)
	}).Seek(0, 0); err != nil {
		return nil, err
	}
	return d.Client.PutObject(ctx, in, o...)
}

func (d double) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	if _, err := d.Client.CopyObject(ctx, in, o...); err != nil {
		return nil, err
	}
	return d.Client.CopyObject(ctx, in, o...)
}

func (d double) CompleteMultipartUpload(ctx context.Context, in *s3.CompleteMultipartUploadInput, o ...func(*s3.Options)) (*s3.CompleteMultipartUploadOutput, error) {
	if _, err := d.Client.CompleteMultipartUpload(ctx, in, o...); err != nil {
		return nil, err
	}
	return d.Client.CompleteMultipartUpload(ctx, in, o...)
}

func (d double) DeleteObject(ctx context.Context, in *s3.DeleteObjectInput, o ...func(*s3.Options)) (*s3.DeleteObjectOutput, error) {
	if _, err := d.Client.DeleteObject(ctx, in, o...); err != nil {
		return nil, err
	}
	return d.Client.DeleteObject(ctx, in, o...)
}

func TestALostAnswerIsNoFailure(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	r := e.RoomWith(t, double{client}, media.Options{})
	put(t, r.Library, media.PutOptions{}, local(t, "a.txt", "a")).want(t, "a.txt", "done")
	put(t, r.Library, media.PutOptions{}, local(t, "big.txt", big(17<<20))).want(t, "big.txt", "done")
	move(t, r.Library, "a.txt", "b.txt").want(t, "a.txt", "done")
	if got, _, ok := r.Read("b.txt"); !ok || got != "a" {
		t.Errorf("b.txt holds %q, %v", got, ok)
	}
	if n := r.Uploads(); n != 0 {
		t.Errorf("%d uploads are open", n)
	}
}

// careless is a server that ignores conditions, as several do.
type careless struct{ *s3.Client }

func (c careless) PutObject(ctx context.Context, in *s3.PutObjectInput, o ...func(*s3.Options)) (*s3.PutObjectOutput, error) {
	in.IfNoneMatch, in.IfMatch = nil, nil
	return c.Client.PutObject(ctx, in, o...)
}

func (c careless) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	in.IfNoneMatch = nil
	return c.Client.CopyObject(ctx, in, o...)
}

func TestTargetsAreLookedAtAgainWhereConditionsAreIgnored(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	r := e.RoomWith(t, careless{client}, media.Options{})
	r.LookAgainAfter(0)
	r.Lay("from.txt", "mine")
	uploads, err := r.PlanPut(t.Context(), []string{local(t, "a.txt", "mine")}, media.PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	moves, err := r.PlanMove(t.Context(), "from.txt", "b.txt")
	if err != nil {
		t.Fatal(err)
	}
	r.Lay("a.txt", "theirs")
	r.Lay("b.txt", "theirs")
	var got ends
	r.Put(t.Context(), uploads, got.emit)
	got.want(t, "a.txt", "refused:exists")
	r.Move(t.Context(), moves, got.emit)
	got.want(t, "from.txt", "refused:exists")
	for _, p := range []string{"a.txt", "b.txt"} {
		if content, _, _ := r.Read(p); content != "theirs" {
			t.Errorf("%s was overwritten with %q", p, content)
		}
	}
}

// rival stores something else under the source of a copy as soon as the copy
// is made.
type rival struct {
	*s3.Client
	lay func()
}

func (c rival) CopyObject(ctx context.Context, in *s3.CopyObjectInput, o ...func(*s3.Options)) (*s3.CopyObjectOutput, error) {
	out, err := c.Client.CopyObject(ctx, in, o...)
	c.lay()
	return out, err
}

func TestAMoveNeverRemovesWhatItDidNotCopy(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{"one.txt", "f"} {
		api := &rival{Client: client}
		r := e.RoomWith(t, api, media.Options{Parallel: 1})
		var paths []string
		if from == "f" {
			for i := range 20 {
				paths = append(paths, fmt.Sprintf("f/%02d.txt", i))
			}
		} else {
			paths = []string{"one.txt"}
		}
		for _, p := range paths {
			r.Lay(p, "seen")
		}
		api.lay = func() { r.Lay(paths[0], "theirs") }
		got := move(t, r.Library, from, "g/")
		got.want(t, paths[0], "failed:both-exist")
		if content, _, _ := r.Read(paths[0]); content != "theirs" {
			t.Errorf("%s holds %q", paths[0], content)
		}
		if got.sum.Done != len(paths)-1 {
			t.Errorf("summary %+v", got.sum)
		}
	}
}

// corrupt changes what it says that it stored.
type corrupt struct{ *s3.Client }

func (c corrupt) PutObject(ctx context.Context, in *s3.PutObjectInput, o ...func(*s3.Options)) (*s3.PutObjectOutput, error) {
	out, err := c.Client.PutObject(ctx, in, o...)
	if err == nil {
		wrong := `"` + strings.Repeat("0", 32) + `"`
		out.ETag = &wrong
	}
	return out, err
}

func TestWhatArrivedIsCompared(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	r := e.RoomWith(t, corrupt{client}, media.Options{})
	put(t, r.Library, media.PutOptions{}, local(t, "a.txt", "a")).want(t, "a.txt", "failed:unverified")
}

// meddler changes the local file as soon as a request for it is made.
type meddler struct {
	*s3.Client
	file string
}

func (m meddler) meddle() { _ = os.WriteFile(m.file, []byte(big(17<<20)+"!"), 0o644) }

func (m meddler) PutObject(ctx context.Context, in *s3.PutObjectInput, o ...func(*s3.Options)) (*s3.PutObjectOutput, error) {
	m.meddle()
	return m.Client.PutObject(ctx, in, o...)
}

func (m meddler) CompleteMultipartUpload(ctx context.Context, in *s3.CompleteMultipartUploadInput, o ...func(*s3.Options)) (*s3.CompleteMultipartUploadOutput, error) {
	return nil, errors.New("completed an upload of a file that changed")
}

func (m meddler) UploadPart(ctx context.Context, in *s3.UploadPartInput, o ...func(*s3.Options)) (*s3.UploadPartOutput, error) {
	if *in.PartNumber == 2 {
		m.meddle()
	}
	return m.Client.UploadPart(ctx, in, o...)
}

func TestAFileThatChangesWhileItIsReadIsNotStored(t *testing.T) {
	e := mediatest.Sandbox(t)
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"small.txt": "small", "big.txt": big(17 << 20)} {
		file := local(t, name, content)
		r := e.RoomWith(t, meddler{client, file}, media.Options{Parallel: 1})
		put(t, r.Library, media.PutOptions{}, file).want(t, name, "failed:local-changed")
		if keys := r.Keys(); len(keys) != 0 {
			t.Errorf("stored %q", keys)
		}
		if n := r.Uploads(); n != 0 {
			t.Errorf("%d uploads are open", n)
		}
	}
}

// counter counts requests.
type counter struct {
	*s3.Client
	lists, heads atomic.Int64
}

func (c *counter) ListObjectsV2(ctx context.Context, in *s3.ListObjectsV2Input, o ...func(*s3.Options)) (*s3.ListObjectsV2Output, error) {
	c.lists.Add(1)
	return c.Client.ListObjectsV2(ctx, in, o...)
}

func (c *counter) HeadObject(ctx context.Context, in *s3.HeadObjectInput, o ...func(*s3.Options)) (*s3.HeadObjectOutput, error) {
	c.heads.Add(1)
	return c.Client.HeadObject(ctx, in, o...)
}
