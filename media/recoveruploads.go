package media

import (
	"context"
	"os"
	"time"

	"github.com/mediadock/mediadock/media/journal"
)

// KeptUpload is an interrupted upload of a large file, whose parts S3 keeps
// and bills until it goes on or is aborted. It goes on by itself when the same
// file is uploaded to the same path again.
type KeptUpload struct {
	File  string // local, absolute
	Path  string
	Bytes int64 // of the whole
	Sent  int64 // bytes that S3 has, as far as the journal knows
	Begun time.Time
	// Stale tells that the file is gone or has changed since: nothing can go
	// on with the upload.
	Stale bool

	left  *leftUpload
	entry *journal.Left
}

// keptOf are the uploads that an operation left; none where it is of another
// kind. Those whose key is not of this library stay where they are.
func (l *Library) keptOf(left *journal.Left) []KeptUpload {
	var all []KeptUpload
	for _, e := range left.Entries {
		u, ok := leftUploadOf(e)
		if !ok {
			continue
		}
		path, inside := l.space.Path(u.Key)
		if !inside {
			continue
		}
		u.op = left.Operation
		all = append(all, KeptUpload{
			File: u.File, Path: path, Bytes: u.Size, Sent: u.bytes(), Begun: left.Begun, Stale: u.stale(), left: u, entry: left,
		})
	}
	return all
}

// bytes are how many of them S3 has.
func (u *leftUpload) bytes() int64 {
	var n int64
	for number := range u.parts {
		n += max(0, min(u.PartSize, u.Size-int64(number-1)*u.PartSize))
	}
	return n
}

// stale tells whether the file is another one by now. Its size is not
// compared: what is uploaded may be less than what the file holds.
func (u *leftUpload) stale() bool {
	info, err := os.Stat(u.File)
	return err != nil || !info.Mode().IsRegular() || info.ModTime().UnixNano() != u.Modified
}

// uploadsLeft tells of each kept upload that it can go on, or with undo aborts
// it: its parts are gone then. One that may not be aborted stays in the
// journal.
func (l *Library) uploadsLeft(ctx context.Context, kept []KeptUpload, undo bool, emit func(Event)) Summary {
	return run(ctx, len(kept), l.o.Parallel, one, emit, func(ctx context.Context, n int, s sink) {
		u := kept[n]
		e := Event{Op: OpRecover, Path: u.Path, Key: u.left.Key, Total: u.Bytes}
		switch {
		case !undo && u.Stale:
			e.Code = CodeUploadStale
		case !undo:
			e.Code = CodeUploadKept
		default:
			if err := l.aborted(ctx, u.left.Key, u.left.UploadID); err != nil && !l.joined(ctx, u.left) {
				e.Err, e.Left = abortFailure(u.Path, err), u.left.UploadID
				break
			}
			e.Status, e.Code = StatusDone, CodeUploadAborted
			u.left.op.Note(journal.Step{ID: u.left.entry, State: journal.Done})
		}
		s.item(e)
	})
}

// abortFailure names the right that is missing where one is: the documented
// role has none to abort uploads.
func abortFailure(path string, err error) *Error {
	e := failure("s3:AbortMultipartUpload", path, err)
	if e.Code == CodeDenied {
		e.Code = CodeUploadLeft
		e.Args = map[string]string{"operation": "s3:AbortMultipartUpload"}
	}
	return e
}
