package main

import (
	"context"
	"io"

	"github.com/muesli/cancelreader"
)

// stdin is standard input, whose reading ends when ctx does: ctrl+c must not
// wait for a person or a pipe. Call done after the last read.
func (a *app) stdin(ctx context.Context) (in io.Reader, done func()) {
	r, err := cancelreader.NewReader(a.io.in)
	if err != nil { // a regular file, say, which keeps nobody waiting
		return a.io.in, func() {}
	}
	stop := context.AfterFunc(ctx, func() { r.Cancel() })
	return r, func() {
		stop()
		r.Close()
	}
}
