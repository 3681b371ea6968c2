package remote

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
)

// body is the file that a response brings: watched for a stall, and
// decompressed where the server compressed it for the way.
func (c *Client) body(u *url.URL, resp *http.Response, a Answer, cancel context.CancelCauseFunc) (_ io.Reader, decoded bool, _ error) {
	r := &watched{r: resp.Body, stall: c.o.Times.Stall, expired: func() { cancel(fault(CodeStalled, u, nil)) }}
	switch encoding := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); encoding {
	case "", "identity", "aws-chunked": // the last is a stored slip of S3 clients, not an encoding
		return r, false, nil
	case "gzip", "x-gzip":
		if compressedFile(a) {
			return r, false, nil
		}
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, false, fault(CodeTruncated, u, err)
		}
		return z, true, nil
	default:
		return nil, false, fault(CodeEncoding, u, nil, "encoding", encoding)
	}
}

// compressedFile tells that the file itself is a compressed one, which servers
// often mark as compressed for the way: what people mean is the file.
func compressedFile(a Answer) bool {
	name := a.Name
	if name == "" {
		if u, err := url.Parse(a.URL); err == nil {
			name = path.Base(u.Path)
		}
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".gz", ".tgz", ".svgz", ".gzip", ".emz":
		return true
	}
	return false
}

// watched gives up on a body that does not come: in each span of waiting some
// bytes must arrive. Time that the reader spends elsewhere does not count.
type watched struct {
	r       io.Reader
	stall   time.Duration
	expired func()

	waited time.Duration
	bytes  int
}

func (w *watched) Read(p []byte) (int, error) {
	begin := time.Now()
	t := time.AfterFunc(w.stall-w.waited, w.expired)
	n, err := w.r.Read(p)
	t.Stop()
	w.waited += time.Since(begin)
	if w.bytes += n; w.bytes >= StallBytes {
		w.bytes, w.waited = 0, 0
	} else if w.waited >= w.stall {
		w.expired()
	}
	return n, err
}

// writeError is the destination's, not the server's.
type writeError struct{ err error }

func (e *writeError) Error() string { return e.err.Error() }

// copyTo copies until the end, or until one byte more than the limit has come.
func (c *Client) copyTo(ctx context.Context, w io.Writer, r io.Reader, wrote func(int64)) (int64, error) {
	buf := make([]byte, 64<<10)
	r = io.LimitReader(r, c.o.MaxBytes+1)
	var done int64
	for {
		if err := ctx.Err(); err != nil {
			return done, err
		}
		n, rerr := r.Read(buf)
		if n > 0 {
			written, err := w.Write(buf[:n])
			done += int64(written)
			if err != nil {
				return done, &writeError{err}
			}
			wrote(int64(written))
		}
		switch rerr {
		case nil:
		case io.EOF:
			return done, nil
		default:
			return done, rerr
		}
	}
}
