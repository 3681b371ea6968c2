package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
)

// Of two names that hold the same file one may go only while the other stays,
// and S3 has no condition over two keys: somebody who finishes a rename on one
// computer and somebody who undoes it on another could each see the name that
// stays, and remove the other. So whoever removes one of two names claims the
// pair first, with an object among the probes that only one can create. The
// running rename needs none: it removes an original right after it made the
// copy itself, and nobody removes a copy that another computer may have made
// before settleTime is over.

const (
	// claimLife is after how long a claim is another's to take: its holder
	// was killed. Each request of a holder has a deadline far below it.
	claimLife = 15 * time.Minute
	// copyTrust is how long a running rename relies on a copy that it made
	// without another look at it.
	copyTrust = time.Minute
	// settleTime is how old a copy has to be before it is removed by somebody
	// who cannot know that it is his own. Whoever made it has removed the
	// original by then, or given up: copyTrust and a request's deadline.
	settleTime = 5 * time.Minute

	claimMeta = "mediadock-claim"
)

// stateClaim is written to the journal before a pair is claimed; data: claimed.
const stateClaim = "claim"

// claimed is the object by which a pair is claimed.
type claimed struct {
	Key string `json:"key"`
}

// claimKey is where a pair is claimed, whichever of both is to go.
func (l *Library) claimKey(a, b string) string {
	if b < a {
		a, b = b, a
	}
	sum := sha256.Sum256([]byte(a + "\x00" + b))
	return l.space.Key(address.ProbeDir + "/claim-" + hex.EncodeToString(sum[:16]) + ".txt")
}

// removeOneOf removes an object while another, which holds the same file,
// stays; op and id are the entry in the journal. It gives back the server's
// time when it looked.
func (l *Library) removeOneOf(ctx context.Context, d *deletion, op *journal.Operation, id int, leave, stay Item) error {
	key := l.claimKey(leave.Key, stay.Key)
	// Where it cannot be written, only a small hidden object may stay behind.
	_ = op.Write(journal.Step{ID: id, State: stateClaim, Data: claimed{key}})
	if err := l.claim(ctx, key, op.Holder(), leave, stay); err != nil {
		return err
	}
	defer l.release(ctx, key)
	there, err := l.look(ctx, stay.Path)
	switch {
	case err != nil:
		return err
	case there == nil || there.ETag != stay.ETag:
		return &Error{Code: CodeChanged, Path: stay.Path}
	}
	if err := d.remove(ctx, []Item{leave})[0]; err != nil {
		return err
	}
	return nil
}

// claim creates the object, or finds it to be the holder's own already.
func (l *Library) claim(ctx context.Context, key, holder string, leave, stay Item) error {
	in := &s3.PutObjectInput{
		Bucket: aws.String(l.space.Bucket), Key: aws.String(key),
		ContentType: aws.String("text/plain; charset=utf-8"),
		Metadata:    map[string]string{claimMeta: holder},
		IfNoneMatch: aws.String("*"),
	}
	content := "mediadock is recovering a rename. This object goes by itself.\n"
	for try := 0; ; try++ {
		err := l.putClaim(ctx, in, content)
		if err == nil && l.checksums {
			return nil // AWS knows the condition
		}
		if err != nil && failure("", "", err).Code != CodeChanged {
			return failure("s3:PutObject", leave.Path, err)
		}
		out, herr := l.head(ctx, key)
		switch {
		case herr != nil && failure("", "", herr).Code == CodeNotFound && try < attempts:
			in.IfNoneMatch, in.IfMatch = aws.String("*"), nil // it was released meanwhile
			continue
		case herr != nil:
			return l.headFailure(ctx, leave.Path, herr)
		case out.Metadata[claimMeta] == holder:
			return nil
		case in.IfMatch == nil && ageOf(out) > l.claimLife:
			in.IfNoneMatch, in.IfMatch = nil, aws.String(aws.ToString(out.ETag))
			// Another content, so that the next who takes it over sees it.
			in.Metadata = map[string]string{claimMeta: holder}
			content = "mediadock is recovering a rename (" + holder + "). This object goes by itself.\n"
			continue
		}
		return refuse(CodeClaimed, leave.Path, "to", stay.Path, "key", key)
	}
}

func (l *Library) putClaim(ctx context.Context, in *s3.PutObjectInput, content string) error {
	ctx, cancel, err := outlive(ctx, 0)
	if err != nil {
		return err
	}
	defer cancel()
	put := func() error {
		setBody(in, content) // the last request has read it
		_, err := l.api.PutObject(ctx, in, contended)
		return err
	}
	if err = put(); answered(err, 501, "NotImplemented") { // a server without conditions
		in.IfNoneMatch, in.IfMatch = nil, nil
		err = put()
	}
	return err
}

// release removes a claim, even after a cancellation. One that stays is taken
// over by the same operation at once, and by others after claimLife.
func (l *Library) release(ctx context.Context, key string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), undoTime)
	defer cancel()
	_, _ = l.api.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: aws.String(l.space.Bucket), Key: aws.String(key)}, retries)
}

// ageOf is how old an object is by its server's clock, which may differ from
// this computer's; without the server's time it is new.
func ageOf(out *s3.HeadObjectOutput) time.Duration {
	now, ok := awsmiddleware.GetServerTime(out.ResultMetadata)
	if !ok || out.LastModified == nil {
		return 0
	}
	return now.Sub(*out.LastModified)
}
