package connect_test

import (
	"bytes"
	"cmp"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
)

const refusal = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>User is not authorized</Message></Error>`

// An upload that is refused before it is sent ends in the refusal, not in the
// connection that the server then gives up.
func TestRefusedUploadsAreHeard(t *testing.T) {
	const tries = 100
	for name, c := range map[string]struct{ size, read int }{
		"at once":       {1 << 20, 0},
		"a small one":   {8 << 10, 0},
		"after a part":  {1 << 20, 100 << 10},
		"after it all":  {64 << 10, 64 << 10},
		"a longer text": {8 << 10, 8 << 10},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.CopyN(io.Discard, r.Body, int64(c.read))
				w.Header().Set("X-Amz-Request-Id", "4442587FB7D0A2F9")
				w.Header().Set("Content-Type", "application/xml")
				w.WriteHeader(http.StatusForbidden)
				_, _ = io.WriteString(w, refusal+strings.Repeat(" ", c.size))
			}))
			defer server.Close()
			source := connect.FromParts(connect.Parts{Endpoint: server.URL, Region: "us-east-1", AccessKeyID: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: "x"})
			defer source.Close()
			client, err := source.S3(connect.Place{Access: "caller", Bucket: "b-one", Region: "us-east-1"})
			if err != nil {
				t.Fatal(err)
			}
			body := make([]byte, c.size)
			for i := range tries {
				_, err := client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String("b-one"), Key: aws.String("k"), Body: bytes.NewReader(body)})
				ev := connect.EvidenceOf(err, "")
				if ev.HTTPStatus != 403 || ev.Code != "AccessDenied" || !strings.Contains(ev.Message, "not authorized") {
					t.Fatalf("upload %d: %v", i, err)
				}
			}
		})
	}
}

// sdkBody is a request's body as the SDK makes it: after Close nothing comes
// any more, and WriteTo says so as an error. It gives its first bytes at once,
// and whatever is asked for then when it is closed.
type sdkBody struct {
	first  io.Reader
	once   sync.Once
	closed chan struct{}
	asked  chan struct{} // closed when somebody was told that nothing comes
}

func (b *sdkBody) ended() error {
	<-b.closed
	select {
	case <-b.asked:
	default:
		close(b.asked)
	}
	return io.EOF
}

func (b *sdkBody) Read(p []byte) (int, error) {
	if n, err := b.first.Read(p); err == nil {
		return n, nil
	}
	return 0, b.ended()
}

func (b *sdkBody) WriteTo(io.Writer) (int64, error) { return 0, b.ended() }

func (b *sdkBody) Close() error {
	b.once.Do(func() { close(b.closed) })
	return nil
}

// The SDK closes the body on the head of an answer: the rest of the answer
// comes all the same, whether all of the body has been sent by then or not.
func TestAnswersAreReadToTheirEndAfterTheBodyIsClosed(t *testing.T) {
	const sent = 64 << 10
	for name, announced := range map[string]int64{"all is sent": sent, "a part is sent": 1 << 20} {
		t.Run(name, func(t *testing.T) {
			rest := make(chan struct{})
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				control := http.NewResponseController(w)
				if _, err := io.CopyN(io.Discard, r.Body, sent); err != nil {
					t.Error(err)
				}
				w.WriteHeader(http.StatusForbidden)
				if err := cmp.Or(control.EnableFullDuplex(), control.Flush()); err != nil {
					t.Error(err)
				}
				<-rest
				_, _ = io.WriteString(w, refusal)
			}))
			defer server.Close()
			client := &http.Client{Transport: connect.HearRefusals(&http.Transport{})}
			defer client.CloseIdleConnections()
			body := &sdkBody{first: strings.NewReader(strings.Repeat("x", sent)), closed: make(chan struct{}), asked: make(chan struct{})}
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, server.URL, body)
			if err != nil {
				t.Fatal(err)
			}
			req.ContentLength = announced
			resp, err := client.Do(req)
			if err != nil {
				close(rest)
				t.Fatal(err)
			}
			_ = body.Close()
			<-body.asked
			close(rest)
			got, err := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if err != nil || string(got) != refusal {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

// A body that is shorter than announced fails the request at once: nobody
// waits for an answer that cannot come.
func TestUploadsThatEndTooEarlyFail(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
	}))
	defer server.Close()
	client := &http.Client{Transport: connect.HearRefusals(&http.Transport{}), Timeout: time.Minute}
	defer client.CloseIdleConnections()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, server.URL, io.NopCloser(strings.NewReader(strings.Repeat("x", 1<<19))))
	if err != nil {
		t.Fatal(err)
	}
	req.ContentLength = 1 << 20
	start := time.Now()
	resp, err := client.Do(req)
	if err == nil {
		_ = resp.Body.Close()
		t.Fatal("half an upload came to", resp.Status)
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("it took %s: %v", took, err)
	}
}
