package awscheck

import (
	"context"
	"net/url"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
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
		for _, m := range append([]mark(nil), a.marks...) {
			if !m.belongs(here) || !isProbeKey(m.Key) {
				continue
			}
			existed, err := x.remove(ctx, m)
			if err != nil {
				kept = append(kept, m.Key)
				if first == nil {
					first = err
				}
				continue
			}
			if existed {
				removed++
			}
			a.gone(m)
		}
		a.release()
	}
	return removed, kept, first
}

var reProbeKey = regexp.MustCompile(`(^|/)` + regexp.QuoteMeta(address.ProbeDir) + `/[0-9A-HJKMNP-TV-Z]{26}(\.[a-z]+)?$`)

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
	there, known := x.exists(ctx, m.Key)
	if known && !there {
		return false, nil
	}
	_, err = x.delete(ctx, m.Key)
	if err != nil && !known && m.Never && refused(err) {
		return false, nil // nobody has seen it, and it cannot have been stored
	}
	return err == nil, err
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
	var stuck []string
	var firstErr error
	for _, m := range x.ledger.pending() {
		existed, err := x.remove(ctx, m)
		if err != nil {
			stuck = append(stuck, m.Key)
			if firstErr == nil {
				firstErr = err
			}
			continue
		}
		if m.unsure && !existed && !m.Never {
			continue // it may arrive yet: the next test looks again
		}
		_ = x.ledger.gone(m)
	}
	hidden := x.forgetVersions(ctx)
	removed, kept, oldErr := x.removeLeftBehind(ctx)
	if firstErr == nil {
		firstErr = oldErr
	}
	stuck = append(stuck, kept...)
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
	for key, h := range all {
		stays := 0
		for _, id := range h.versions {
			if x.deleteVersion(ctx, key, id) != nil {
				stays++
			}
		}
		if stays > 0 {
			kept += stays + len(h.markers)
			continue
		}
		for _, id := range h.markers {
			if x.deleteVersion(ctx, key, id) != nil {
				kept++
			}
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
