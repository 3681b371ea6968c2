package main

import (
	"io"
	"net"
	"time"
)

// slow passes connections on to a server, every byte later by a delay, in each
// direction: what is asked and answered once takes twice the delay longer.
// Opening a connection takes one delay, as the bytes after it do.
func slow(a []string) error {
	delay, err := time.ParseDuration(a[2])
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", a[0])
	if err != nil {
		return err
	}
	for {
		client, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			server, err := net.Dial("tcp", a[1])
			if err != nil {
				client.Close()
				return
			}
			go later(server, client, delay)
			later(client, server, delay)
		}()
	}
}

type chunk struct {
	due  time.Time
	data []byte
}

// later copies src to dst. What is under way is bounded, as in a network: 16 MiB.
func later(dst, src net.Conn, delay time.Duration) {
	under := make(chan chunk, 256)
	go func() {
		defer close(under)
		for {
			b := make([]byte, 64<<10)
			n, err := src.Read(b)
			if n > 0 {
				under <- chunk{time.Now().Add(delay), b[:n]}
			}
			if err != nil {
				return
			}
		}
	}()
	for c := range under {
		time.Sleep(time.Until(c.due))
		if _, err := dst.Write(c.data); err != nil {
			src.Close()
			break
		}
	}
	if half, ok := dst.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
	for range under { //nolint:revive // the reader must not hang
	}
	_, _ = io.Discard.Write(nil)
}
