package awscheck

import (
	"context"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// inMemory is a network within the process: nothing in it takes time, and
// whoever waits for it is seen to wait.
type inMemory struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newInMemory() *inMemory {
	return &inMemory{conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (m *inMemory) Accept() (net.Conn, error) {
	select {
	case c := <-m.conns:
		return c, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

func (m *inMemory) Close() error { m.once.Do(func() { close(m.closed) }); return nil }

func (m *inMemory) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

func (m *inMemory) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case m.conns <- there:
		return here, nil
	case <-m.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// bubble is a sandbox and a caller in a bubble in which nothing but the delays
// of the account, and deadlines, takes time.
type bubble struct {
	*world
	log requests
	dir string // of the ledger
}

// inBubble runs f; it fails when a goroutine outlives it.
func inBubble(t *testing.T, yaml string, f func(*testing.T, *bubble)) {
	t.Helper()
	acc, err := account.Parse([]byte(yaml), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	caDir, ledgerDir := t.TempDir(), t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		b := &bubble{dir: ledgerDir}
		network := newInMemory()
		box, err := sandbox.Start(context.Background(), sandbox.Options{Account: acc, Dir: caDir, Listener: network, Log: b.log.add})
		if err != nil {
			t.Fatal(err)
		}
		b.world = &world{t: t, box: box, caller: acc.Callers[0]}
		b.source = b.as(func(p *connect.Parts) { p.Dial, p.MaxBackoff = network.dial, 0 })
		f(t, b)
		b.source.Close()
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
}

// remains is what is in the bucket: objects, and open uploads. It asks in ways
// that the test itself does not.
func (b *bubble) remains() (keys []string) {
	b.t.Helper()
	client, err := b.source.S3(connect.Place{Access: "caller", Bucket: testBucket, Region: testRegion})
	if err != nil {
		b.t.Fatal(err)
	}
	versions, err := client.ListObjectVersions(context.Background(), &s3.ListObjectVersionsInput{Bucket: aws.String(testBucket)})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, v := range versions.Versions {
		keys = append(keys, aws.ToString(v.Key))
	}
	for _, m := range versions.DeleteMarkers {
		keys = append(keys, aws.ToString(m.Key)+"?marker")
	}
	uploads, err := client.ListMultipartUploads(context.Background(), &s3.ListMultipartUploadsInput{Bucket: aws.String(testBucket)})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, u := range uploads.Uploads {
		keys = append(keys, aws.ToString(u.Key)+"?upload")
	}
	return keys
}

// inLedger tells whether the ledger names key, so that the next test looks for
// it.
func (b *bubble) inLedger(key string) bool {
	for _, a := range adoptLeftBehind(b.dir) {
		found := false
		for _, m := range a.marks {
			found = found || strings.HasPrefix(key, m.Key)
		}
		a.file.Release(false)
		if found {
			return true
		}
	}
	return false
}
