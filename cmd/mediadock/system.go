package main

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"syscall"

	"github.com/mediadock/mediadock/wizard/store"
)

// systemErrors are what the operating system says most often, and a few of
// our own that have no other words, with their texts. The first that fits is
// said.
var systemErrors = []struct {
	err error
	id  string
}{
	{fs.ErrNotExist, "system.not-exist"},
	{fs.ErrPermission, "system.permission"},
	{fs.ErrExist, "system.exist"},
	{syscall.EISDIR, "system.is-directory"},
	{syscall.ENOTDIR, "system.not-directory"},
	{syscall.ENOSPC, "system.no-space"},
	{syscall.EROFS, "system.read-only"},
	{syscall.EADDRINUSE, "system.address-in-use"},
	{syscall.EADDRNOTAVAIL, "system.address-not-available"},
	{context.DeadlineExceeded, "system.timeout"},
	{store.ErrBusy, "system.busy"},
	{errEncoding, "system.encoding"},
}

// systemWords is what the operating system says, in the person's language
// where it is one of the usual, and without the path it says it about: the
// text names the file that the person named.
func (a *app) systemWords(err error) string {
	for _, e := range systemErrors {
		if errors.Is(err, e.err) {
			return a.words().Say(e.id, nil)
		}
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	var network *net.OpError
	if errors.As(err, &network) {
		return network.Err.Error()
	}
	return err.Error()
}
