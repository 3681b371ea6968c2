package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// counts hands requests on to a server until it is told to end, and then
// writes down how many of each kind there were, on how many connections, and
// when copies began and ended. Nothing is measured through it but shares.
func counts(a []string) error {
	target, err := url.Parse("http://" + a[1])
	if err != nil {
		return err
	}
	c := &counter{of: map[string]int{}}
	// The signature is of the name that was asked for: Host stays as it is.
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL.Scheme, r.Out.URL.Host, r.Out.Host = target.Scheme, target.Host, r.In.Host
		},
		Transport: &http.Transport{MaxIdleConnsPerHost: 1024, DisableCompression: true},
		ErrorLog:  log.New(io.Discard, "", 0),
	}
	srv := &http.Server{
		Addr: a[0],
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			kind, begin := kindOf(r), time.Now()
			proxy.ServeHTTP(w, r)
			c.add(kind, begin, time.Now())
		}),
		ConnState: func(_ net.Conn, s http.ConnState) {
			if s == http.StateNew {
				c.add("connections", time.Time{}, time.Time{})
			}
		},
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, func() { _ = srv.Close() })
	if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return os.WriteFile(a[2], []byte(c.String()), 0o600)
}

func kindOf(r *http.Request) string {
	query := r.URL.Query()
	switch {
	case r.Header.Get("X-Amz-Copy-Source") != "":
		return "COPY"
	case r.Method == http.MethodGet && (query.Has("list-type") || query.Has("prefix")):
		return "LIST"
	}
	return r.Method
}

type counter struct {
	mu                       sync.Mutex
	of                       map[string]int
	first, copied, end, last time.Time // first request, first copy, end of the last copy, end of all
}

func (c *counter) add(kind string, begin, end time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of[kind]++
	if begin.IsZero() {
		return
	}
	if c.first.IsZero() {
		c.first = begin
	}
	c.last = end
	if kind == "COPY" {
		if c.copied.IsZero() {
			c.copied = begin
		}
		c.end = end
	}
}

// String is COPY, HEAD, LIST, other requests, connections, and the seconds
// before, during and after copies.
func (c *counter) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	other := 0
	for kind, n := range c.of {
		if kind != "COPY" && kind != "HEAD" && kind != "LIST" && kind != "connections" {
			other += n
		}
	}
	return fmt.Sprintf("%d %d %d %d %d %.2f %.2f %.2f\n", c.of["COPY"], c.of["HEAD"], c.of["LIST"], other, c.of["connections"],
		c.copied.Sub(c.first).Seconds(), c.end.Sub(c.copied).Seconds(), c.last.Sub(c.end).Seconds())
}
