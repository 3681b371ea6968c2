package media_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// answering changes the bodies of the answers to DeleteObjects, once they were
// carried out or instead of it.
type answering struct {
	next s3.HTTPClient
	// before answers instead of S3 where ok; after changes what S3 answered.
	// Both are told how many there were before.
	before func(n int) (body string, ok bool)
	after  func(n int, body string) string
	// broken ends the connection after a changed body.
	broken bool

	mu sync.Mutex
	n  int
}

func (a *answering) Do(r *http.Request) (*http.Response, error) {
	if middleware.GetOperationName(r.Context()) != "DeleteObjects" {
		return a.next.Do(r)
	}
	a.mu.Lock()
	n := a.n
	a.n++
	a.mu.Unlock()
	if a.before != nil {
		if body, ok := a.before(n); ok {
			var b io.Reader = strings.NewReader(body)
			if a.broken {
				b = io.MultiReader(b, brokenLine{})
			}
			return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/xml"}}, Body: io.NopCloser(b), Request: r}, nil
		}
	}
	resp, err := a.next.Do(r)
	if err != nil || a.after == nil {
		return resp, err
	}
	data, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	changed := a.after(n, string(data))
	var body io.Reader = bytes.NewReader([]byte(changed))
	if a.broken && changed != string(data) {
		body = io.MultiReader(body, brokenLine{})
	}
	resp.Body, resp.ContentLength = io.NopCloser(body), -1
	return resp, nil
}

type brokenLine struct{}

func (brokenLine) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func (a *answering) room(t *testing.T, e mediatest.Endpoint) *mediatest.Room {
	t.Helper()
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	a.next = client.Options().HTTPClient
	return e.RoomWith(t, s3.New(client.Options(), func(o *s3.Options) { o.HTTPClient = a }), media.Options{Parallel: 1, Journal: journalOf(e, t.TempDir())})
}

var few = []string{"f/a.txt", "f/b.txt", "f/c.txt", "f/d.txt"}

// honest fails if a file is told as gone that is there, or the other way round.
func honest(t *testing.T, r *mediatest.Room, got *ends) {
	t.Helper()
	keys := r.Keys()
	for _, path := range few {
		there, told := slices.Contains(keys, path), got.end[path]
		if told == "done" && there {
			t.Errorf("%s is told as deleted, and is there", path)
		}
		if told == "" {
			t.Errorf("nothing is told of %s", path)
		}
	}
}

// Quiet answers name only the keys that failed, and some servers are quiet
// unasked: no key is gone that was not named, until asking again shows it.
func TestAKeyThatTheAnswerLeavesOut(t *testing.T) {
	whole := `<?xml version="1.0" encoding="UTF-8"?><DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">%s</DeleteResult>`
	for name, c := range map[string]struct {
		*answering
		want string
	}{
		"never a word":       {&answering{before: func(int) (string, bool) { return fmt.Sprintf(whole, ""), true }}, "failed:unconfirmed"},
		"never a word after": {&answering{after: func(int, string) string { return fmt.Sprintf(whole, "") }}, ""},
		"an empty body":      {&answering{before: func(int) (string, bool) { return "", true }}, "failed:unconfirmed"},
		"once without":       {&answering{before: func(n int) (string, bool) { return fmt.Sprintf(whole, ""), n == 0 }}, "done"},
		"once only one": {&answering{after: func(n int, body string) string {
			if n > 0 {
				return body
			}
			_, one, _ := strings.Cut(body, "<Deleted>")
			one, _, _ = strings.Cut(one, "</Deleted>")
			return fmt.Sprintf(whole, "<Deleted>"+one+"</Deleted>")
		}}, "done"},
		"other keys": {&answering{before: func(int) (string, bool) {
			return fmt.Sprintf(whole, "<Deleted><Key>somebody/else.txt</Key></Deleted><Deleted></Deleted>"), true
		}}, "failed:unconfirmed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := c.room(t, mediatest.Sandbox(t))
			r.LayMany(few)
			got := remove(t, r.Library, "f")
			honest(t, r, got)
			for _, path := range few {
				if c.want != "" {
					got.want(t, path, c.want)
				}
			}
		})
	}
}

// An answer that is cut before S3 has done what it says: none of its keys is
// told as gone, not even those that it came to name.
func TestAnAnswerToADeletionThatIsCutAndNotTrue(t *testing.T) {
	for _, broken := range []bool{false, true} {
		for _, at := range []int{1, 90, 180, 260} {
			t.Run(fmt.Sprintf("at %d, broken %v", at, broken), func(t *testing.T) {
				t.Parallel()
				a := &answering{broken: broken}
				r := a.room(t, mediatest.Sandbox(t))
				r.LayMany(few)
				body := "<?xml version=\"1.0\"?><DeleteResult>"
				for _, path := range few {
					body += "<Deleted><Key>" + r.Space.Key(path) + "</Key></Deleted>"
				}
				a.before = func(int) (string, bool) { return body[:at], true }
				got := remove(t, r.Library, "f")
				honest(t, r, got)
				var err *media.Error
				if !errors.As(got.events[few[0]].Err, &err) || err.TextArgs()["reason"] != "HTTP 200, incomplete answer" {
					t.Errorf("told %+v", err)
				}
				for _, path := range few {
					got.want(t, path, "failed:network")
				}
				a.n, a.before = 0, func(n int) (string, bool) { return body[:at], n == 0 }
				if got := remove(t, r.Library, "f"); got.sum.Done != len(few) {
					t.Errorf("cut once: %v", got.end)
				}
			})
		}
	}
}

// An answer that is cut anywhere, once or always, by the end of the connection
// or as if it were whole, makes nothing gone that is not, and a rename none
// that is lost.
func TestAnAnswerToADeletionThatIsCut(t *testing.T) {
	for _, broken := range []bool{false, true} {
		for _, always := range []bool{false, true} {
			for _, at := range []int{1, 80, 140, 200, 265} {
				t.Run(fmt.Sprintf("at %d, broken %v, always %v", at, broken, always), func(t *testing.T) {
					t.Parallel()
					a := &answering{broken: broken, after: func(n int, body string) string {
						if len(body) <= at {
							t.Errorf("the answer has %d bytes", len(body))
						}
						if n > 0 && !always {
							return body
						}
						return body[:min(at, len(body))]
					}}
					r := a.room(t, mediatest.Sandbox(t))
					r.LayMany(few)
					moved := move(t, r.Library, "f", "g")
					for _, path := range few {
						_, _, old := r.Read(path)
						_, _, fresh := r.Read("g" + path[1:])
						switch {
						case !old && !fresh:
							t.Errorf("%s is lost", path)
						case moved.end[path] == "done" && (old || !fresh):
							t.Errorf("%s is told as moved", path)
						}
					}
					a.after = nil
					recovered(t, r.Library, false)
					wantNothingLeft(t, r.Library)
					if keys := r.Keys(); !slices.Equal(keys, []string{"g/a.txt", "g/b.txt", "g/c.txt", "g/d.txt"}) {
						t.Errorf("recovered: keys %q", keys)
					}
				})
			}
		}
	}
}
