package awscheck

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"mime"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/oklog/ulid/v2"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

func objectPut(ctx context.Context, x *test) outcome {
	p := x.newProbe()
	x.learn(func(f *diagnose.Facts) { f.Key = p.key })
	args := diagnose.Args{"key": p.key, "dir": x.where()}
	if err := x.put(ctx, p); err != nil {
		if o, ok := unledgered(err); ok {
			return o
		}
		together(func() { x.tryEncryption(ctx, err) }, func() { x.tryPrefix(ctx, err) })
		return refusal("fail", args, err, "s3:PutObject")
	}
	x.mu.Lock()
	x.probe, x.facts.Encryption = p, p.encryption
	x.mu.Unlock()
	var notes []diagnose.Note
	if strings.HasPrefix(p.encryption, "aws:kms") {
		id := "encrypted-with-kms"
		if !slices.Contains(ofPublic, cmp.Or(x.target.Integration, "microcms")) {
			id = "encrypted-for-readers" // with credentials of their own
		}
		notes = append(notes, note(id, nil))
	}
	if p.unconditional {
		notes = append(notes, note("conditional-writes-unsupported", nil))
	}
	return pass("pass", args, notes...)
}

// where says where media are: the directory, or the whole bucket.
func (x *test) where() string { return cmp.Or(x.space.Dir(), x.target.Bucket) }

// tryEncryption finds out whether a bucket that explicitly denied the upload
// takes it with an encryption header.
func (x *test) tryEncryption(ctx context.Context, refusal error) {
	ev := connect.EvidenceOf(refusal, "s3:PutObject")
	d, _ := diagnose.ParseDenial(ev.Message)
	if ctx.Err() != nil || ev.HTTPStatus != 403 || !d.Explicit || d.Layer == diagnose.LayerIdentity || d.Layer == diagnose.LayerBoundary {
		return
	}
	for _, encryption := range []types.ServerSideEncryption{types.ServerSideEncryptionAes256, types.ServerSideEncryptionAwsKms} {
		p := x.newProbe()
		p.encrypt = encryption
		if x.put(ctx, p) == nil {
			x.learn(func(f *diagnose.Facts) { f.EncryptionAccepted = string(encryption) })
			return
		}
	}
}

// tryPrefix finds out whether a role that may not upload may delete here, by
// deleting what does not exist, provided that it does. Reading would tell
// less: whoever delivers by S3 lets everybody read.
func (x *test) tryPrefix(ctx context.Context, refusal error) {
	ev := connect.EvidenceOf(refusal, "s3:PutObject")
	d, _ := diagnose.ParseDenial(ev.Message)
	if ctx.Err() != nil || x.target.Prefix == "" || !ev.Refused() || d.Explicit || d.Layer != "" && d.Layer != diagnose.LayerIdentity {
		return
	}
	_, err := x.deleteIfThere(ctx, x.space.Key(address.ProbeDir+"/"+ulid.Make().String()+".txt"))
	if err == nil || reachOf(connect.EvidenceOf(err, "s3:DeleteObject")) == reachAllowed {
		x.learn(func(f *diagnose.Facts) { f.InPrefix = true })
	}
}

func objectMetadata(ctx context.Context, x *test) outcome {
	p := x.probe
	got, err := x.head(ctx, p.key)
	if err != nil {
		return refusal("fail", diagnose.Args{"key": p.key}, err, "s3:HeadObject")
	}
	if lost := lostMetadata(p.metadata, got.Metadata); lost != "" {
		return failed("lost", diagnose.Args{"what": lost}, []diagnose.Cause{
			diagnose.Because("metadata-lost", diagnose.Certain, x.known(), diagnose.Args{"what": lost}),
		})
	}
	if c, ok := x.typeLost(p.contentType, aws.ToString(got.ContentType)); ok {
		return failed("type", diagnose.Args{"want": p.contentType, "got": aws.ToString(got.ContentType)}, []diagnose.Cause{c})
	}
	return pass("pass", diagnose.Args{"count": strconv.Itoa(len(p.metadata)), "type": p.contentType})
}

// head asks for an object's properties. The refusal of a HEAD says nothing,
// so that the same question is asked as a GET of one byte.
func (x *test) head(ctx context.Context, key string) (*s3.HeadObjectOutput, error) {
	out, err := x.s3.HeadObject(ctx, &s3.HeadObjectInput{Bucket: aws.String(x.target.Bucket), Key: aws.String(key)})
	if err == nil || connect.EvidenceOf(err, "").HTTPStatus == 404 {
		return out, err
	}
	answer, spoken := x.s3.GetObject(ctx, &s3.GetObjectInput{
		Bucket: aws.String(x.target.Bucket), Key: aws.String(key), Range: aws.String("bytes=0-0"),
	})
	if spoken != nil {
		return nil, spoken
	}
	_ = answer.Body.Close()
	return nil, err
}

// lostMetadata names the entries of want that got lacks or has otherwise.
func lostMetadata(want, got map[string]string) string {
	lower := map[string]string{}
	for k, v := range got {
		lower[strings.ToLower(k)] = v
	}
	var lost []string
	for k, v := range want {
		if lower[k] != v {
			lost = append(lost, "x-amz-meta-"+k)
		}
	}
	return strings.Join(sorted(lost), ", ")
}

func (x *test) typeLost(want, got string) (diagnose.Cause, bool) {
	if mediaType(want) == mediaType(got) {
		return diagnose.Cause{}, false
	}
	return diagnose.Because("content-type-lost", diagnose.Certain, x.known(), diagnose.Args{"want": want, "got": got}), true
}

func mediaType(header string) string {
	t, _, err := mime.ParseMediaType(header)
	if err != nil {
		return strings.ToLower(strings.TrimSpace(header))
	}
	return t
}

func objectGet(ctx context.Context, x *test) outcome {
	p := x.probe
	args := diagnose.Args{"key": p.key, "bytes": strconv.Itoa(len(p.body))}
	out, err := x.s3.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String(x.target.Bucket), Key: aws.String(p.key)})
	if err != nil {
		return refusal("fail", args, err, "s3:GetObject")
	}
	defer out.Body.Close()
	got, err := io.ReadAll(io.LimitReader(out.Body, int64(len(p.body))+1))
	if err != nil {
		return refusal("fail", args, err, "s3:GetObject")
	}
	if !bytes.Equal(got, p.body) {
		return failed("different", args, []diagnose.Cause{diagnose.Because("wrong-content", diagnose.Certain, x.known())})
	}
	return pass("pass", args)
}

// objectCopy renames as the media library does: a copy within the bucket
// that keeps type and metadata, looked at afterwards.
func objectCopy(ctx context.Context, x *test) outcome {
	p := x.probe
	m := x.mark(x.space.Key(address.ProbeDir + "/" + ulid.Make().String() + ".txt"))
	args := diagnose.Args{"key": p.key, "to": m.Key}
	if err := x.copy(ctx, p.key, m); err != nil {
		if o, ok := unledgered(err); ok {
			return o
		}
		return refusal("fail", args, err, "s3:CopyObject")
	}
	release(ctx) // the copy has what it needs of the probe
	got, err := x.head(ctx, m.Key)
	if err != nil {
		return refusal("fail", args, err, "s3:HeadObject")
	}
	x.removeNow(ctx, m)
	if lost := lostMetadata(p.metadata, got.Metadata); lost != "" {
		return failed("lost", diagnose.Args{"what": lost}, []diagnose.Cause{
			diagnose.Because("metadata-lost", diagnose.Certain, x.known(), diagnose.Args{"what": lost}),
		})
	}
	if aws.ToInt64(got.ContentLength) != int64(len(p.body)) {
		return failed("different", args, []diagnose.Cause{diagnose.Because("wrong-content", diagnose.Certain, x.known())})
	}
	return pass("pass", args)
}

// copy writes m down and copies the object of key to it.
func (x *test) copy(ctx context.Context, key string, m mark) error {
	ctx, cancel := lasting(ctx)
	defer cancel()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := x.ledger.made(m); err != nil {
		return err
	}
	out, err := x.s3.CopyObject(ctx, &s3.CopyObjectInput{
		Bucket: aws.String(x.target.Bucket), Key: aws.String(m.Key),
		CopySource: aws.String(address.CopySource(x.target.Bucket, key)),
	})
	if err != nil {
		x.notPut(m, err)
		return err
	}
	x.stored(m, aws.ToString(out.VersionId))
	return nil
}

func objectDelete(ctx context.Context, x *test) outcome {
	p := x.probe
	m := x.mark(p.key)
	args := diagnose.Args{"key": p.key}
	out, err := x.delete(ctx, m)
	if err != nil {
		return refusal("fail", args, err, "s3:DeleteObject")
	}
	release(ctx) // what caches do with a deleted file shows from now on
	if _, err := x.s3.HeadObject(ctx, &s3.HeadObjectInput{Bucket: aws.String(x.target.Bucket), Key: aws.String(p.key)}); err == nil {
		return failed("still-there", args, []diagnose.Cause{diagnose.Because("object-locked", diagnose.Possible, x.known())})
	}
	_ = x.ledger.gone(m)
	if aws.ToBool(out.DeleteMarker) {
		return failed("marker", args, []diagnose.Cause{diagnose.Because("delete-marker", diagnose.Certain, x.known())})
	}
	return pass("pass", args)
}

// delete deletes m's object. The ledger keeps m until that is looked at.
func (x *test) delete(ctx context.Context, m mark) (*s3.DeleteObjectOutput, error) {
	x.ledger.deleting(m)
	out, err := x.deleteObject(ctx, &s3.DeleteObjectInput{Bucket: aws.String(x.target.Bucket), Key: aws.String(m.Key)})
	if err != nil && refused(err) {
		x.ledger.stored(m)
	}
	return out, err
}

// deleteObject deletes, and notes the marker that a versioned bucket writes.
func (x *test) deleteObject(ctx context.Context, in *s3.DeleteObjectInput) (*s3.DeleteObjectOutput, error) {
	ctx, cancel := lasting(ctx)
	defer cancel()
	out, err := x.s3.DeleteObject(ctx, in)
	if err == nil && aws.ToBool(out.DeleteMarker) {
		x.marked(aws.ToString(in.Key), realVersion(aws.ToString(out.VersionId)))
	}
	return out, err
}

// removeNow removes what is not needed any more. The cleanup looks whether it
// is gone, and tries again where it could not be removed.
func (x *test) removeNow(ctx context.Context, m mark) {
	if _, err := x.delete(ctx, m); err == nil {
		_ = x.ledger.gone(m)
		x.mu.Lock()
		x.removed = append(x.removed, m)
		x.mu.Unlock()
	}
}
