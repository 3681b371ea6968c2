package awscheck

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/oklog/ulid/v2"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

// Whether the role may upload outside the prefix is found out with requests
// that need the permission and cannot succeed: an upload under a condition
// that nothing meets, and a part of a multipart upload that nobody began. AWS
// looks at permissions first. Other endpoints may ignore either; so there
// each is tried inside the prefix before, where what it stores can be removed.

const (
	// noSuchETag is no object's.
	noSuchETag = `"00000000000000000000000000000000"`
	// noSuchUpload is no upload's.
	noSuchUpload = "mediadock-no-such-upload"
)

// A neverPut sends an upload of key that cannot succeed; without an error it
// has succeeded, and is removed again.
type neverPut func(ctx context.Context, key string) (diagnose.Evidence, error)

// putOutside tells of each of keys whether the role may upload it.
func (x *test) putOutside(ctx context.Context, keys []string) []reach {
	found := make([]reach, len(keys))
	told := make([]bool, len(keys))
	for _, way := range []neverPut{x.putNever, x.putPartOfNothing} {
		if !slices.Contains(told, false) || !x.isHarmless(ctx, way) {
			continue
		}
		var work []func()
		for i, key := range keys {
			if !told[i] {
				work = append(work, func() { found[i], told[i] = judgeNever(way(ctx, key)) })
			}
		}
		together(work...)
	}
	for i, key := range keys {
		switch {
		case told[i]:
		case x.options.ScopeWrites:
			found[i] = x.putReally(ctx, key)
		default:
			found[i] = reachUntried
		}
	}
	return found
}

// judgeNever reads the answer to an upload that cannot succeed, and tells
// whether it says anything: the condition may need the right to read, or not
// be known here, and then whether uploading is allowed has not been said.
func judgeNever(ev diagnose.Evidence, err error) (r reach, told bool) {
	d, _ := diagnose.ParseDenial(ev.Message)
	switch {
	case err == nil:
		return reachAllowed, true
	case ev.Refused() && d.Action == "s3:GetObject", ev.HTTPStatus == 501:
		return reachUnclear, false
	}
	return reachOf(ev), true
}

// isHarmless tells whether an upload that cannot succeed does not succeed at
// this endpoint, by one inside the prefix.
func (x *test) isHarmless(ctx context.Context, way neverPut) bool {
	if !x.source.CustomEndpoint() {
		return true
	}
	_, err := way(ctx, x.space.Key(address.ProbeDir+"/"+ulid.Make().String()+".txt"))
	return err != nil && refused(err)
}

// putNever asks for an upload under a condition that nothing meets.
func (x *test) putNever(ctx context.Context, key string) (diagnose.Evidence, error) {
	return x.mayStore(ctx, key, "s3:PutObject", func(ctx context.Context) (string, error) {
		in := x.smallUpload(key)
		in.IfMatch = aws.String(noSuchETag)
		out, err := x.s3.PutObject(ctx, in)
		if err != nil {
			return "", err
		}
		return aws.ToString(out.VersionId), nil
	})
}

// putPartOfNothing sends a part of an upload that nobody began.
func (x *test) putPartOfNothing(ctx context.Context, key string) (diagnose.Evidence, error) {
	return x.mayStore(ctx, key, "s3:UploadPart", func(ctx context.Context) (string, error) {
		_, err := x.s3.UploadPart(ctx, &s3.UploadPartInput{
			Bucket: aws.String(x.target.Bucket), Key: aws.String(key), UploadId: aws.String(noSuchUpload), PartNumber: aws.Int32(1),
			Body: strings.NewReader(smallBody), ContentLength: aws.Int64(int64(len(smallBody))),
		})
		return "", err
	})
}

// putReally uploads outside, because the person asked for it, and removes
// what is there then.
func (x *test) putReally(ctx context.Context, key string) reach {
	ev, err := x.mayStore(ctx, key, "s3:PutObject", func(ctx context.Context) (string, error) {
		out, err := x.s3.PutObject(ctx, x.smallUpload(key))
		if err != nil {
			return "", err
		}
		return aws.ToString(out.VersionId), nil
	})
	if err == nil {
		return reachAllowed
	}
	return reachOf(ev)
}

const smallBody = "mediadock\n"

func (x *test) smallUpload(key string) *s3.PutObjectInput {
	return &s3.PutObjectInput{
		Bucket: aws.String(x.target.Bucket), Key: aws.String(key), Body: strings.NewReader(smallBody),
		ContentLength: aws.Int64(int64(len(smallBody))), ContentType: aws.String(probeType), ChecksumCRC32: aws.String(checksum([]byte(smallBody))),
	}
}

// mayStore sends what may store key, with the ledger knowing, and removes at
// once what it stored.
func (x *test) mayStore(ctx context.Context, key, operation string, send func(context.Context) (version string, err error)) (diagnose.Evidence, error) {
	ctx, cancel := lasting(ctx)
	defer cancel()
	if err := ctx.Err(); err != nil {
		return diagnose.Evidence{}, err
	}
	m := x.mark(key)
	m.Never = true
	if err := x.ledger.made(m); err != nil {
		return diagnose.Evidence{}, err
	}
	version, err := send(ctx)
	if err != nil {
		x.notPut(m, err)
		return connect.EvidenceOf(err, operation), err
	}
	x.stored(m, version)
	x.removeNow(ctx, m)
	return diagnose.Evidence{}, nil
}
