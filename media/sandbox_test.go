package media_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
		{Service: "s3", Operation: "PutObject", Code: "ConditionalRequestConflict", Times: 2},
		{Service: "s3", Operation: "CopyObject", Code: "ConditionalRequestConflict", Times: 2},
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
