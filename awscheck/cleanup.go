package awscheck

import (
	"cmp"
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// CleanUp removes what earlier runs, cut short, left in t's bucket according
// to the ledger. What belongs to another connection, or to a process that
// still lives, is left alone; what may not be removed stays in the ledger,
// with the first such error.
func CleanUp(ctx context.Context, t Target, o Options) (removed int, err error) {
	x := newTest(t, o)
	defer x.close()
	removed, _, err = x.removeLeftBehind(ctx)
	return removed, err
}

// removeLeftBehind removes what dead processes noted for this bucket.
func (x *test) removeLeftBehind(ctx context.Context) (removed int, kept []string, first error) {
	if x.s3 == nil {
		return 0, nil, nil
	}
	here := x.mark("")
	for _, a := range adoptLeftBehind(x.options.LedgerDir) {
		var ours []mark
		for _, m := range a.marks {
			if m.belongs(here) && isProbeKey(m.Key) {
				ours = append(ours, m)
			}
		}
		for _, r := range x.removeAll(ctx, ours) {
			switch {
			case r.err != nil:
				kept = append(kept, r.mark.Key)
				first = cmp.Or(first, r.err)
				continue
			case r.existed:
				removed++
			}
			a.gone(r.mark)
		}
		a.release()
	}
	return removed, kept, first
}

// removal is what became of one mark.
type removal struct {
	mark    mark
	existed bool
	err     error
}

// removedAtOnce bounds how much is removed at the same time.
const removedAtOnce = 8

// removeAll removes all of marks, side by side, and tells of each in order.
func (x *test) removeAll(ctx context.Context, marks []mark) []removal {
	all := make([]removal, len(marks))
	for i, chunk := range slices.Collect(slices.Chunk(marks, removedAtOnce)) {
		var work []func()
		for j, m := range chunk {
			work = append(work, func() {
				r := removal{mark: m}
				r.existed, r.err = x.remove(ctx, m)
				all[i*removedAtOnce+j] = r
			})
		}
		together(work...)
	}
	return all
}

var reProbeKey = lazyregexp.New(`(^|/)` + regexp.QuoteMeta(address.ProbeDir) + `/[0-9A-HJKMNP-TV-Z]{26}(\.[a-z]+)?$`)

// isProbeKey guards every removal: whatever a ledger says, nothing but
// probes is deleted.
func isProbeKey(key string) bool { return reProbeKey.MatchString(key) }

// remove removes one thing, and tells whether it was there. A missing one is
// no error, and is not deleted once more: on a versioned bucket that would
// leave a delete marker behind.
func (x *test) remove(ctx context.Context, m mark) (existed bool, err error) {
	bucket, key := aws.String(x.target.Bucket), aws.String(m.Key)
	if m.UploadID != "" {
		_, err := x.s3.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: bucket, Key: key, UploadId: aws.String(m.UploadID)})
		if err != nil && missing(err) {
			return false, nil
		}
		return err == nil, err
	}
	if m.Begun {
		if err := x.abortUnknown(ctx, m.Key); err != nil && m.unsure {
			return false, err
		}
	}
	there, known := true, true
	if !m.there {
		there, known = x.exists(ctx, m.Key)
	}
	if known && !there {
		return false, nil
	}
	_, err = x.delete(ctx, m)
	if err != nil && !known && m.Never && refused(err) {
		return false, nil // nobody has seen it, and it cannot have been stored
	}
	return err == nil, err
}

// abortUnknown gives up the uploads of key, whose IDs are not known. The
// documented role may not ask for them; a lifecycle rule removes them then.
func (x *test) abortUnknown(ctx context.Context, key string) error {
	open, err := x.s3.ListMultipartUploads(ctx, &s3.ListMultipartUploadsInput{
		Bucket: aws.String(x.target.Bucket), Prefix: aws.String(key), EncodingType: types.EncodingTypeUrl,
	})
	if err != nil {
		return err
	}
	for _, u := range open.Uploads {
		m := x.mark(key)
		if m.UploadID = aws.ToString(u.UploadId); m.UploadID == "" {
			continue
		}
		if _, err := x.remove(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// exists tells whether a key is there, and whether that could be told at all.
// Outside the prefix the role may not read; but the documented one may list.
func (x *test) exists(ctx context.Context, key string) (there, known bool) {
	_, err := x.s3.HeadObject(ctx, &s3.HeadObjectInput{Bucket: aws.String(x.target.Bucket), Key: aws.String(key)})
	if err == nil || missing(err) {
		return err == nil, true
	}
	out, err := x.list(ctx, key)
	if err != nil {
		return false, false
	}
	for _, o := range out.Contents {
		if name, err := url.QueryUnescape(aws.ToString(o.Key)); err == nil && name == key {
			return true, true
		}
	}
	return false, true
}

// probeCleanup removes what this run has made and not removed yet, and what
// earlier runs left behind.
func probeCleanup(ctx context.Context, x *test) outcome {
	if x.s3 == nil {
		return moot("nothing", nil)
	}
	stuck, firstErr := x.removePending(ctx)
	var (
		hidden, removed int
		there, kept     []string
		oldErr          error
	)
	together(
		func() { there = x.lookAfter(ctx) },
		func() { hidden = x.forgetVersions(ctx) },
		func() { removed, kept, oldErr = x.removeLeftBehind(ctx) },
	)
	firstErr = cmp.Or(firstErr, oldErr)
	stuck = slices.Concat(stuck, there, kept)
	x.mu.Lock()
	x.left, x.hidden = len(stuck), hidden
	x.mu.Unlock()

	var notes []diagnose.Note
	if removed > 0 {
		notes = append(notes, note("left-behind-removed", diagnose.Args{"count": itoa(removed)}))
	}
	if hidden > 0 {
		notes = append(notes, note("versions-kept", diagnose.Args{"count": itoa(hidden)}))
	}
	if len(stuck) > 0 {
		return x.leftBehind(stuck, firstErr, notes)
	}
	return pass("pass", nil, notes...)
}

// removePending removes what this run has made and not removed yet, and names
// what it could not.
func (x *test) removePending(ctx context.Context) (stuck []string, first error) {
	for _, r := range x.removeAll(ctx, x.ledger.pending()) {
		m := r.mark
		switch {
		case r.err != nil:
			stuck = append(stuck, m.Key)
			first = cmp.Or(first, r.err)
			continue
		case m.unsure && !r.existed && !m.Never && !m.Begun:
			continue // it may arrive yet: the next test looks again
		}
		_ = x.ledger.gone(m)
		if r.existed && m.UploadID == "" {
			x.mu.Lock()
			x.removed = append(x.removed, m)
			x.mu.Unlock()
		}
	}
	return stuck, first
}

// lookAfter looks whether what was deleted is gone, and names what is not:
// it goes back into the ledger.
func (x *test) lookAfter(ctx context.Context) (there []string) {
	x.mu.Lock()
	all := x.removed
	x.removed = nil
	x.mu.Unlock()
	stays := make([]bool, len(all))
	var work []func()
	for i, m := range all {
		work = append(work, func() {
			found, known := x.exists(ctx, m.Key)
			stays[i] = found && known
		})
	}
	together(work...)
	for i, m := range all {
		if stays[i] {
			_ = x.ledger.made(m)
			there = append(there, m.Key)
		}
	}
	return there
}

func (x *test) leftBehind(stuck []string, err error, notes []diagnose.Note) outcome {
	args := diagnose.Args{"count": itoa(len(stuck)), "keys": strings.Join(stuck, ", ")}
	f := x.known()
	f.Key = stuck[0]
	causes := []diagnose.Cause{diagnose.Because("left-behind", diagnose.Certain, f, args)}
	for _, c := range diagnose.Diagnose(connect.EvidenceOf(err, "s3:DeleteObject"), f) {
		if c.Likelihood != diagnose.RuledOut {
			causes = append(causes, c)
		}
	}
	o := failed("left", args, causes)
	o.notes = notes
	return o
}

// forgetVersions removes what a versioned bucket keeps of the probes, where
// the role may, and counts what stays. The marker of a key whose versions
// stay must stay too: without it the probe would be back.
func (x *test) forgetVersions(ctx context.Context) (kept int) {
	x.mu.Lock()
	all := x.history
	x.history = map[string]*history{}
	x.mu.Unlock()
	var mu sync.Mutex
	var work []func()
	for key, h := range all {
		work = append(work, func() {
			n := x.forgetHistory(ctx, key, h)
			mu.Lock()
			defer mu.Unlock()
			kept += n
		})
	}
	together(work...)
	return kept
}

func (x *test) forgetHistory(ctx context.Context, key string, h *history) (kept int) {
	for _, id := range h.versions {
		if x.deleteVersion(ctx, key, id) != nil {
			kept++
		}
	}
	if kept > 0 {
		return kept + len(h.markers)
	}
	for _, id := range h.markers {
		if x.deleteVersion(ctx, key, id) != nil {
			kept++
		}
	}
	return kept
}

func (x *test) deleteVersion(ctx context.Context, key, id string) error {
	_, err := x.s3.DeleteObject(ctx, &s3.DeleteObjectInput{
		Bucket: aws.String(x.target.Bucket), Key: aws.String(key), VersionId: aws.String(id),
	})
	return err
}
