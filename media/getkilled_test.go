package media_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"sync/atomic"
	"testing"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/mediatest"
)

const envGetChild = "MEDIADOCK_TEST_GET"

type getChild struct {
	Endpoint, KeyID, Secret string
	Space                   address.Space
	Dir                     string
}

// TestTheDownloadThatIsKilled is run by the test below, in a process of its
// own.
func TestTheDownloadThatIsKilled(t *testing.T) {
	if os.Getenv(envGetChild) == "" {
		t.Skip("run by another test")
	}
	var c getChild
	if err := json.Unmarshal([]byte(os.Getenv(envGetChild)), &c); err != nil {
		t.Fatal(err)
	}
	source := connect.FromParts(connect.Parts{Endpoint: c.Endpoint, Region: c.Space.Region, AccessKeyID: c.KeyID, SecretAccessKey: c.Secret})
	defer source.Close()
	client, err := source.S3(connect.Place{Access: "caller", Region: c.Space.Region, Bucket: c.Space.Bucket})
	if err != nil {
		t.Fatal(err)
	}
	e := get(t, media.New(client, nil, c.Space, media.Options{Parallel: 2}), media.GetOptions{To: c.Dir}, "film.bin")
	fmt.Printf("ended with %d done\n", e.sum.Done)
}

// metered lets bytes of objects through until there are enough, and then
// calls enough.
type metered struct {
	io.ReadCloser
	left   *atomic.Int64
	enough func()
}

func (m metered) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p[:min(len(p), 16<<10)])
	if m.left.Add(-int64(n)) < 0 {
		m.enough()
		return 0, io.ErrUnexpectedEOF
	}
	return n, err
}

// Killed wherever: the next run goes on, fetches no more than it must, and
// leaves nothing behind.
func TestADownloadGoesOnAfterAKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	e := mediatest.Sandbox(t)
	e.Place.Access, e.Place.RoleARN, e.Place.ExternalID = "caller", "", ""
	r := e.Room(t, media.Options{})
	const size = 48<<20 + 99
	content := big(size) + "end"
	r.Lay("film.bin", content)
	to, err := url.Parse(e.Sandbox.Endpoint())
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int64{0, 1 << 20, 20 << 20, 46 << 20} {
		dir := t.TempDir()
		var cmd *exec.Cmd
		started := make(chan struct{})
		left := new(atomic.Int64)
		left.Store(at)
		proxy := &httputil.ReverseProxy{
			Rewrite: func(p *httputil.ProxyRequest) {
				p.Out.URL.Scheme, p.Out.URL.Host, p.Out.Host = to.Scheme, to.Host, p.In.Host
			},
			ModifyResponse: func(res *http.Response) error {
				if res.Request.Method == http.MethodGet && res.Header.Get("ETag") != "" {
					res.Body = metered{res.Body, left, func() { <-started; _ = cmd.Process.Kill() }}
				}
				return nil
			},
			FlushInterval: -1,
			ErrorLog:      log.New(io.Discard, "", 0),
		}
		server := httptest.NewServer(proxy)
		keys := e.Sandbox.Caller("admin")
		told, err := json.Marshal(getChild{Endpoint: server.URL, KeyID: keys.AccessKeyID, Secret: keys.SecretAccessKey, Space: r.Space, Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		cmd = exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestTheDownloadThatIsKilled$", "-test.v") //nolint:gosec // this test
		cmd.Env = append(os.Environ(), envGetChild+"="+string(told))
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &said, &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		close(started)
		err = cmd.Wait()
		server.Close()
		if err == nil {
			t.Fatalf("%d: not killed:\n%s", at, said.String())
		}
		if _, err := os.Stat(dir + "/film.bin"); err == nil {
			t.Fatalf("%d: a file that is not whole has its name", at)
		}
		client, err := e.Source.S3(e.Place)
		if err != nil {
			t.Fatal(err)
		}
		f := &mediatest.Fetching{API: client}
		again := get(t, media.New(f, nil, r.Space, media.Options{}), media.GetOptions{To: dir}, "film.bin")
		if again.sum.Done != 1 {
			t.Fatalf("%d: %v", at, again.events["film.bin"].Err)
		}
		if at > 40<<20 && f.Bytes() > size-8<<20 {
			t.Errorf("%d came before the kill, and %d after it", at, f.Bytes())
		}
		t.Logf("killed after %d bytes: %d more", at, f.Bytes())
		if got := files(t, dir); len(got) != 1 || got["film.bin"] != content {
			t.Errorf("%d: %d files, film.bin of %d bytes", at, len(got), len(got["film.bin"]))
		}
	}
}
