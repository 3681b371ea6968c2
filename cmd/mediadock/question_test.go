//go:build linux

package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// awaited tells when something that is waited for was written.
type awaited struct {
	mu   sync.Mutex
	all  strings.Builder
	text string
	seen chan struct{}
}

func (w *awaited) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	had := strings.Contains(w.all.String(), w.text)
	w.all.Write(b)
	if !had && strings.Contains(w.all.String(), w.text) {
		close(w.seen)
	}
	return len(b), nil
}

// Ctrl-C at a question ends the program at once: nobody has to press Enter.
func TestQuestionInterrupted(t *testing.T) {
	s := onSandbox(t, "microcms")
	file := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(file, []byte("older"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := program{home: t.TempDir()}
	if exit, _, stderr := p.run(append([]string{"media", "put", file, "--no-input"}, flagsOf(s)...)...); exit != exitDone {
		t.Fatal(stderr)
	}
	if err := os.WriteFile(file, []byte("newer"), 0o600); err != nil {
		t.Fatal(err)
	}
	for question, args := range map[string][]string{
		"[s]kip":    {"media", "put", file},
		"to delete": {"media", "rm", "a.txt"},
	} {
		t.Run(args[1], func(t *testing.T) {
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			defer w.Close()
			ended := make(chan int, 1)
			errs := &awaited{text: question, seen: make(chan struct{})}
			go func() {
				ended <- run(append(append([]string{"--home", t.TempDir(), "--accessible"}, args...), flagsOf(s)...), streams{
					in: r, out: io.Discard, err: errs, width: 80, lookup: os.LookupEnv, getenv: os.Getenv,
				})
			}()
			select {
			case <-errs.seen:
				_ = syscall.Kill(syscall.Getpid(), syscall.SIGINT)
			case exit := <-ended:
				t.Fatalf("exit code %d without a question\n%s", exit, errs.all.String())
			case <-time.After(time.Minute):
				t.Fatal("no question")
			}
			select {
			case exit := <-ended:
				if exit != exitCancelled || !strings.Contains(errs.all.String(), "Cancelled") {
					t.Errorf("exit code %d\n%s", exit, errs.all.String())
				}
			case <-time.After(time.Minute):
				t.Error("it goes on waiting for Enter")
			}
		})
	}
}
