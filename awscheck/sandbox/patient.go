package sandbox

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// stall is how long a body may make no progress, as at S3.
const stall = 20 * time.Second

// patient reads a body that must make progress. One that does not fails with
// S3's RequestTimeout.
type patient struct {
	io.ReadCloser
	conn *http.ResponseController
}

func newPatient(w http.ResponseWriter, r *http.Request) io.ReadCloser {
	if r.ContentLength == 0 {
		return r.Body
	}
	return &patient{r.Body, http.NewResponseController(w)}
}

func (p *patient) Read(b []byte) (int, error) {
	_ = p.conn.SetReadDeadline(time.Now().Add(stall)) // a connection without deadlines just waits
	n, err := p.ReadCloser.Read(b)
	if err != nil {
		_ = p.conn.SetReadDeadline(time.Time{})
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = awserr.New(http.StatusBadRequest, "RequestTimeout",
			"Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.")
	}
	return n, err
}
