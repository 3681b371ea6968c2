package mediatest

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"sync"
	"testing"
)

// Killer is the network between a process and a server: the process is killed
// at one of its requests, before the request goes out or once it was carried
// out, and sends nothing more. Whoever comes after it is served again.
type Killer struct {
	N     int  // the request at which the process is killed; 0: at none
	After bool // once it was carried out
	// Counts tells which requests are counted; nil: all.
	Counts func(*http.Request) bool

	to      *httputil.ReverseProxy
	process *exec.Cmd
	started chan struct{} // before it there is nothing to kill

	mu    sync.Mutex
	count int
	dead  bool
	busy  sync.WaitGroup
}

// Serve puts the killer before the server at an endpoint, until the test ends,
// and returns the endpoint to be used instead.
func (k *Killer) Serve(t *testing.T, endpoint string) string {
	t.Helper()
	to, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	k.to = &httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) {
		p.Out.URL.Scheme, p.Out.URL.Host, p.Out.Host = to.Scheme, to.Host, p.In.Host
	}, ErrorLog: log.New(io.Discard, "", 0)}
	k.started = make(chan struct{})
	server := httptest.NewServer(k)
	t.Cleanup(server.Close)
	return server.URL
}

// Run runs the process to its end, or to the one that the killer makes of it.
// The error is exec.Cmd.Wait's.
func (k *Killer) Run(t *testing.T, process *exec.Cmd) error {
	t.Helper()
	k.process = process
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	close(k.started)
	err := process.Wait()
	k.mu.Lock()
	k.dead = true // what it sent before its end and has not arrived does not begin any more
	k.mu.Unlock()
	k.busy.Wait()
	k.mu.Lock()
	k.dead, k.N = false, 0
	k.mu.Unlock()
	return err
}

func (k *Killer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	if k.dead {
		k.mu.Unlock()
		panic(http.ErrAbortHandler)
	}
	counts := k.Counts == nil || k.Counts(r)
	if counts {
		k.count++
	}
	mine := counts && k.count == k.N
	if mine && !k.After {
		k.dead = true
		k.mu.Unlock()
		k.kill()
	}
	k.busy.Add(1)
	k.mu.Unlock()
	defer k.busy.Done()
	if !mine {
		k.to.ServeHTTP(w, r)
		return
	}
	k.to.ServeHTTP(httptest.NewRecorder(), r)
	k.mu.Lock()
	k.dead = true
	k.mu.Unlock()
	k.kill()
}

// kill does not return: the request has no answer.
func (k *Killer) kill() {
	<-k.started
	_ = k.process.Process.Kill()
	panic(http.ErrAbortHandler)
}
