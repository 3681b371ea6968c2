package awscheck

import (
	"context"
	"strings"
	"sync"

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

// putOutside tells whether the role may upload key.
func putOutside(ctx context.Context, x *test, key string) reach {
	ways := []func(context.Context, string) (diagnose.Evidence, error){x.putNever, x.putPartOfNothing}
	for i, way := range ways {
		if !x.trials[i].isHarmless(ctx, x, way) {
			continue
		}
		ev, err := way(ctx, key)
		d, _ := diagnose.ParseDenial(ev.Message)
		switch {
		case err == nil:
			return reachAllowed // stored, although it could not be, and removed
		case ev.Refused() && d.Action == "s3:GetObject", ev.HTTPStatus == 501:
			// The condition needs the right to read, or is not known here;
			// whether uploading is allowed has not been said.
			continue
		}
		return reachOf(ev)
	}
	if x.options.ScopeWrites {
		return x.putReally(ctx, key)
	}
	return reachUntried
}

// trial is whether an upload that cannot succeed does not succeed at the
// endpoint, found out once.
type trial struct {
	once     sync.Once
	harmless bool
}

func (t *trial) isHarmless(ctx context.Context, x *test, way func(context.Context, string) (diagnose.Evidence, error)) bool {
	t.once.Do(func() {
		if t.harmless = !x.source.CustomEndpoint(); t.harmless {
			return
		}
		_, err := way(ctx, x.space.Key(address.ProbeDir+"/"+ulid.Make().String()+".txt"))
		t.harmless = err != nil && refused(err)
	})
	return t.harmless
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
		ContentLength: aws.Int64(int64(len(smallBody))), ContentType: aws.String(probeType),
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
