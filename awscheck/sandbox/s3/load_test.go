package s3_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
)

// Many clients at once, all on the same few keys: no answer is torn, and a
// reader never sees half of a write.
func TestManyClients(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", versioned, family("f/", "{n}", 1000)), bucketNamed("b-two", family("f/", "{n}", 1000)))
	me := admin(t)
	send := func(method, target, body string, headers ...string) (int, string) {
		req := httptest.NewRequest(method, "http://127.0.0.1"+target, strings.NewReader(body))
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			req.Header.Set(name, value)
		}
		w := httptest.NewRecorder()
		r.srv.ServeHTTP(w, req.WithContext(access.WithCaller(req.Context(), me)))
		return w.Code, w.Body.String()
	}
	var wg sync.WaitGroup
	for worker := range 32 {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(uint64(worker), 7))
			for i := range 60 {
				bucket := []string{"/b-one", "/b-two"}[rnd.IntN(2)]
				path := fmt.Sprintf("%s/f/%03d", bucket, rnd.IntN(8))
				switch rnd.IntN(7) {
				case 0, 1:
					letter := string(rune('a' + rnd.IntN(26)))
					if code, body := send("PUT", path, strings.Repeat(letter, 70_000)); code != 200 {
						t.Errorf("PUT: %d %s", code, body)
					}
				case 2, 3:
					code, body := send("GET", path, "")
					if code == 200 && len(body) == 70_000 && strings.Count(body, body[:1]) != len(body) {
						t.Error("a body is torn")
					}
					if code != 200 && code != 404 || code == 200 && len(body) != 70_000 && len(body) != 20480 {
						t.Errorf("GET: %d, %d bytes", code, len(body))
					}
				case 4:
					if code, _ := send("DELETE", path, ""); code != 204 {
						t.Errorf("DELETE: %d", code)
					}
				case 5:
					code, body := send("GET", bucket+"?list-type=2&prefix=f/", "")
					if code != 200 || strings.Count(body, "<Key>") < 992 {
						t.Errorf("list: %d, %d keys", code, strings.Count(body, "<Key>"))
					}
				case 6:
					source := fmt.Sprintf("X-Amz-Copy-Source: %s/f/%03d", bucket[1:], 900+i)
					if code, body := send("PUT", path, "", source); code != 200 {
						t.Errorf("copy: %d %s", code, body)
					}
				}
			}
		})
	}
	wg.Wait()
}

// slow is a body that arrives byte by byte, when it is told to.
type slow struct{ bytes chan byte }

func (s slow) Read(p []byte) (int, error) {
	b, open := <-s.bytes
	if !open {
		return 0, io.EOF
	}
	p[0] = b
	return 1, nil
}

// An upload that hangs keeps nobody else waiting.
func TestSlowUploadBlocksNobody(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("k", "old")))
	me := admin(t)
	body := slow{make(chan byte)}
	req := httptest.NewRequest("PUT", "http://127.0.0.1/b-one/k", body)
	req.ContentLength = 2
	done := make(chan answer)
	go func() { done <- r.send(me, req) }()
	body.bytes <- 'n'
	r.do(me, "GET", "/b-one/k", "").want(200, "").contains("old")
	r.do(me, "PUT", "/b-one/other", "x").want(200, "")
	r.do(me, "GET", "/b-one?list-type=2", "").want(200, "").contains("<KeyCount>2</KeyCount>")
	body.bytes <- 'w'
	close(body.bytes)
	(<-done).want(200, "")
	r.do(me, "GET", "/b-one/k", "").contains("nw")
}

// A condition holds when the object is stored, not only when its upload
// begins: who finishes second is refused.
func TestConditionAtTheEnd(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	body := slow{make(chan byte)}
	req := httptest.NewRequest("PUT", "http://127.0.0.1/b-one/k", body)
	req.ContentLength = 1
	req.Header.Set("If-None-Match", "*")
	done := make(chan answer)
	go func() { done <- r.send(me, req) }()
	body.bytes <- 'a' // the upload is under way
	r.do(me, "PUT", "/b-one/k", "b", "If-None-Match: *").want(200, "")
	close(body.bytes)
	(<-done).want(412, "PreconditionFailed")
	r.do(me, "GET", "/b-one/k", "").contains("b")
}
