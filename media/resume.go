package media

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/media/journal"
)

// A large upload that is interrupted goes on where it stopped when the same
// file is uploaded to the same name again: what S3 has is written down, since
// the documented role may not list parts (D8). A part counts as sent only if
// the file still has the bytes that were sent, which is read and not believed.

// KindUpload is the kind of a multipart upload's entry in the journal, for
// recovery.
const KindUpload = "upload"

// States of such an entry; a part's is "part-" and its number.
const (
	stateBegun = "begun"
	statePart  = "part-"
)

// begunUpload is what the journal knows of an upload that has an ID.
type begunUpload struct {
	uploadTarget
	UploadID string            `json:"upload_id"`
	Stamp    map[string]string `json:"stamp,omitempty"`
}

// uploadTarget is what has to be the same for an upload to go on.
type uploadTarget struct {
	File     string `json:"file"` // absolute
	Size     int64  `json:"size"`
	Modified int64  `json:"modified"` // nanoseconds
	Path     string `json:"path"`
	Key      string `json:"key"`
	PartSize int64  `json:"part_size"`
	// What the object will have, which was told when the upload was begun.
	ContentType        string `json:"content_type,omitempty"`
	CacheControl       string `json:"cache_control,omitempty"`
	ContentDisposition string `json:"content_disposition,omitempty"`
	Checksums          bool   `json:"checksums,omitempty"`
}

// sentPart is a part that S3 has answered for.
type sentPart struct {
	Number int    `json:"number"`
	ETag   string `json:"etag"`
	MD5    string `json:"md5"`
	CRC32  string `json:"crc32,omitempty"`
}

// uploads are the multipart uploads of one Put: those that it begins, and those
// that earlier ones left.
type uploads struct {
	l    *Library
	sums *partSums

	mu   sync.Mutex
	op   *journal.Operation
	left map[string][]*leftUpload // by key, the later ones last
	held []*journal.Left
}

// leftUpload is one that was interrupted.
type leftUpload struct {
	begunUpload
	parts map[int]sentPart
	op    *journal.Operation
	entry int
}

// uploads takes over what earlier processes left.
func (l *Library) uploads() *uploads {
	us := &uploads{l: l, sums: newPartSums(l.o.Parallel / int(l.large)), op: l.o.Journal.Begin(OpPut, nil), left: map[string][]*leftUpload{}}
	for _, left := range l.o.Journal.Left() {
		mine := false
		for _, e := range left.Entries {
			u, ok := leftUploadOf(e)
			if !ok {
				continue
			}
			u.op, mine = left.Operation, true
			us.left[u.Key] = append(us.left[u.Key], u)
		}
		if !mine {
			left.Close()
			continue
		}
		us.held = append(us.held, left)
	}
	return us
}

func leftUploadOf(e journal.Entry) (*leftUpload, bool) {
	u := &leftUpload{parts: map[int]sentPart{}, entry: e.ID}
	if e.Kind != KindUpload || !e.Decode(stateBegun, &u.begunUpload) {
		return nil, false
	}
	for state := range e.Steps {
		var p sentPart
		if strings.HasPrefix(state, statePart) && e.Decode(state, &p) {
			u.parts[p.Number] = p
		}
	}
	return u, true
}

// close ends the hashing and gives the journal's files up; those with uploads
// that are not settled stay.
func (us *uploads) close() {
	us.sums.close()
	us.op.Close()
	for _, left := range us.held {
		left.Close()
	}
}

// track is an upload's entry in the journal.
type track struct {
	// nil: it is not written down
	op    *journal.Operation
	entry int
	sent  int // parts that are written down
	mu    sync.Mutex
}

// resume finds what an earlier run has sent of exactly this upload; nil where
// nothing fits. Uploads of another state of the file, and all but the last,
// are aborted: nobody will finish them.
func (us *uploads) resume(ctx context.Context, u *upload) *leftUpload {
	us.mu.Lock()
	all := us.left[u.item.Key]
	delete(us.left, u.item.Key)
	us.mu.Unlock()
	var fits *leftUpload
	for _, left := range slices.Backward(all) {
		switch {
		case fits == nil && left.uploadTarget == u.target() && sameService(left.Stamp, u.stamp):
			fits = left
		case us.l.abort(ctx, left.Key, left.UploadID), us.l.joined(ctx, left):
			left.op.Note(journal.Step{ID: left.entry, State: journal.Done})
		default:
			u.left = left.UploadID
		}
	}
	return fits
}

// joined tells that an upload was completed, though nobody heard the answer:
// the object is there. Where there is no right to abort, S3 does not say that
// there is nothing to abort.
func (l *Library) joined(ctx context.Context, left *leftUpload) bool {
	if left.PartSize <= 0 {
		return false
	}
	n := int(partCount(left.Size, left.PartSize))
	var sums []byte
	for i := range n {
		sum, err := hex.DecodeString(left.parts[i+1].MD5)
		if err != nil || len(sum) != md5.Size {
			return false
		}
		sums = append(sums, sum...)
	}
	out, err := l.head(ctx, left.Key)
	return err == nil && bareETag(out.ETag) == compositeETag(sums, n)
}

// target is what the journal compares.
func (u *upload) target() uploadTarget {
	file, err := filepath.Abs(u.item.File)
	if err != nil {
		file = u.item.File
	}
	return uploadTarget{
		File: file, Size: u.item.Size, Modified: u.item.Modified.UnixNano(), Path: u.item.Path, Key: u.item.Key,
		PartSize: partSize(u.item.Size), ContentType: u.item.ContentType, CacheControl: u.cacheControl(),
		ContentDisposition: u.item.contentDisposition, Checksums: u.l.checksums,
	}
}

// sameService tells whether two stamps are of the same service: the version
// in them is the time.
func sameService(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if w, ok := b[k]; !ok || v != w && k != MetaVersion {
			return false
		}
	}
	return true
}

// begin writes down an upload that now has an ID. One that cannot be written
// down is none the worse: it cannot be gone on with, and is aborted when it is
// interrupted.
func (us *uploads) begin(u *upload, id string) *track {
	t := &track{op: us.op, entry: us.op.NextID()}
	b := begunUpload{uploadTarget: u.target(), UploadID: id, Stamp: u.stamp}
	err := us.op.Write(journal.Step{ID: t.entry, Kind: KindUpload, State: stateBegun, Data: b})
	if err != nil || !us.l.o.Journal.Writes() {
		t.op = nil
	}
	return t
}

// part notes that S3 has a part. Where the note is lost the part is sent once
// more.
func (t *track) part(p part) {
	if t.op == nil {
		return
	}
	t.mu.Lock()
	t.sent++
	t.mu.Unlock()
	n := int(aws.ToInt32(p.PartNumber))
	t.op.Note(journal.Step{ID: t.entry, State: fmt.Sprint(statePart, n), Data: sentPart{
		Number: n, ETag: aws.ToString(p.ETag), MD5: hex.EncodeToString(p.md5), CRC32: aws.ToString(p.ChecksumCRC32),
	}})
}

// settle writes down that an upload has ended, one way or the other.
func (t *track) settle() {
	if t.op != nil {
		t.op.Note(journal.Step{ID: t.entry, State: journal.Done})
	}
}

// keeps tells whether an interrupted upload is worth going on with: some of it
// is sent, and what went wrong may pass.
func (t *track) keeps(ctx context.Context, err error) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sent == 0 {
		return false
	}
	var e *Error
	if errors.As(context.Cause(ctx), &e) {
		return false // the local file is not what it was
	}
	if ctx.Err() != nil {
		return true
	}
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case CodeAborted, CodeBusy, CodeNetwork, CodeSession, CodeClock:
		return true
	}
	return false
}

// sentBefore are the parts of an interrupted upload that need not be sent
// again: S3 has them, and the file still has what was sent.
func (u *upload) sentBefore(ctx context.Context, file *localFile, left *leftUpload) (map[int]part, error) {
	out := map[int]part{}
	for n, p := range left.parts {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		off := int64(n-1) * left.PartSize
		size := min(left.PartSize, u.item.Size-off)
		if n < 1 || size <= 0 || p.ETag == "" || p.MD5 == "" {
			continue
		}
		sum := md5.New()
		if _, err := io.Copy(sum, io.NewSectionReader(file, off, size)); err != nil {
			return nil, localError(file.Name(), err, CodeLocalUnreadable)
		}
		if hex.EncodeToString(sum.Sum(nil)) != p.MD5 {
			continue
		}
		out[n] = part{md5: sum.Sum(nil), CompletedPart: types.CompletedPart{
			PartNumber: aws.Int32(int32(n)), ETag: aws.String(p.ETag), ChecksumCRC32: optional(p.CRC32),
		}}
		u.meter.add(size)
	}
	return out, nil
}
