package sandbox

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// deadlines records the read deadlines that a handler sets.
type deadlines struct {
	*httptest.ResponseRecorder
	set []time.Time
}

func (d *deadlines) SetReadDeadline(t time.Time) error {
	d.set = append(d.set, t)
	return nil
}

type reading struct{ err error }

func (r reading) Read([]byte) (int, error) { return 0, r.err }
func (reading) Close() error               { return nil }

func TestStalledBody(t *testing.T) {
	w := &deadlines{ResponseRecorder: httptest.NewRecorder()}
	r := httptest.NewRequest(http.MethodPut, "/b/k", reading{os.ErrDeadlineExceeded})
	r.ContentLength = 5
	_, err := newPatient(w, r).Read(make([]byte, 5))
	var problem *awserr.Error
	if !errors.As(err, &problem) || problem.Code != "RequestTimeout" || problem.Status != http.StatusBadRequest {
		t.Errorf("got %v", err)
	}
}

func TestProgressingBody(t *testing.T) {
	w := &deadlines{ResponseRecorder: httptest.NewRecorder()}
	r := httptest.NewRequest(http.MethodPut, "/b/k", strings.NewReader("hello"))
	before := time.Now()
	data, err := io.ReadAll(newPatient(w, r))
	if err != nil || string(data) != "hello" {
		t.Fatalf("%q %v", data, err)
	}
	if len(w.set) < 2 || !w.set[len(w.set)-1].IsZero() || w.set[0].Before(before.Add(stall)) {
		t.Errorf("deadlines %v", w.set)
	}
}

func TestEmptyBodyNeedsNoDeadline(t *testing.T) {
	w := &deadlines{ResponseRecorder: httptest.NewRecorder()}
	_, _ = io.ReadAll(newPatient(w, httptest.NewRequest(http.MethodGet, "/b/k", nil)))
	if len(w.set) != 0 {
		t.Errorf("deadlines %v", w.set)
	}
}
