package connect

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// As many requests at once as a copy of an environment makes are answered on
// the connections of the ones before: none is closed and opened anew.
func TestConnectionsAreKeptForAllThatRunsAtOnce(t *testing.T) {
	const atOnce, rounds = 300, 3
	var opened atomic.Int32
	var all sync.WaitGroup // of a round, answered when all have come
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		all.Done()
		all.Wait()
	}))
	srv.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	srv.Start()
	defer srv.Close()
	source := FromParts(Parts{Endpoint: srv.URL, Region: "eu-west-1", AccessKeyID: "AKIAEXAMPLE", SecretAccessKey: testSecret})
	defer source.Close()
	client, err := source.S3(Place{Access: "caller", Region: "eu-west-1", Bucket: "b"})
	if err != nil {
		t.Fatal(err)
	}
	for range rounds {
		all.Add(atOnce)
		var asked sync.WaitGroup
		for range atOnce {
			asked.Go(func() {
				if _, err := client.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: aws.String("b"), Key: aws.String("k")}); err != nil {
					t.Error(err)
				}
			})
		}
		asked.Wait()
		if t.Failed() {
			return
		}
	}
	// One is not kept if a busy machine does not come to note within 50 ms that
	// its request was written (net/http).
	if n := opened.Load(); n < atOnce || n > atOnce+atOnce/4 {
		t.Errorf("%d connections for %d rounds of %d requests at once", n, rounds, atOnce)
	}
}
