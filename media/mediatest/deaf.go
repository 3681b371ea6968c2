package mediatest

import (
	"io"
	"net"
	"net/http"
	"sync"
	"syscall"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
)

// Deaf is a client that does not hear the first answer to an operation: it is
// carried out, and the connection ends. The SDK then asks again.
func Deaf(t testing.TB, e Endpoint, operation string) media.API {
	t.Helper()
	client, err := e.Source.S3(e.Place)
	if err != nil {
		t.Fatal(err)
	}
	return s3.New(client.Options(), func(o *s3.Options) {
		o.HTTPClient = &deaf{next: o.HTTPClient, operation: operation}
	})
}

type deaf struct {
	next      s3.HTTPClient
	operation string
	once      sync.Once
}

func (d *deaf) Do(r *http.Request) (*http.Response, error) {
	resp, err := d.next.Do(r)
	if err != nil || middleware.GetOperationName(r.Context()) != d.operation {
		return resp, err
	}
	d.once.Do(func() {
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		resp, err = nil, &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	})
	return resp, err
}
