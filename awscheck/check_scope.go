package awscheck

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/oklog/ulid/v2"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

// noSuchETag never matches: with it an upload that is allowed is still not
// stored. AWS looks at permissions before it looks at conditions.
const noSuchETag = `"00000000000000000000000000000000"`

// Answers to "may this be done outside?".
const (
	outsideRefused = iota
	outsideAllowed
	outsideUnclear
)

// scopePrefix tries what the role must not be able to do outside the prefix.
// It uses names that nobody else has, so that no object of anybody's is read
// or touched.
func scopePrefix(ctx context.Context, x *test) outcome {
	if x.target.Prefix == "" {
		return skip("no-prefix", nil)
	}
	name := address.ProbeDir + "/" + ulid.Make().String() + ".txt"
	beside := x.target.Prefix + "x/" + address.ProbeDir + "/" + ulid.Make().String() + ".txt"
	probes := []struct {
		what string
		try  func(context.Context, string) int
		key  string
	}{
		{"s3:PutObject", x.putOutside, name},
		{"s3:PutObject", x.putOutside, beside}, // "media*" in place of "media/*"
		{"s3:GetObject", x.getOutside, name},
		{"s3:DeleteObject", x.deleteOutside, name},
	}
	var allowed []string
	unclear := false
	for _, p := range probes {
		switch p.try(ctx, p.key) {
		case outsideAllowed:
			allowed = append(allowed, p.what+" "+diagnoseDir(p.key))
		case outsideUnclear:
			unclear = true
		}
	}
	var notes []diagnose.Note
	if _, err := x.list(ctx, ""); err == nil {
		notes = append(notes, note("scope-list-wide", nil))
	}
	args := diagnose.Args{"dir": x.space.Dir(), "what": strings.Join(allowed, ", ")}
	switch {
	case allowed != nil:
		o := failed("wide", args, []diagnose.Cause{
			diagnose.Because("scope-too-wide", diagnose.Certain, x.known(), diagnose.Args{"what": args["what"]}),
		})
		o.notes = notes
		return o
	case unclear:
		o := inconclusive("inconclusive", args)
		o.notes = notes
		return o
	}
	return pass("pass", args, notes...)
}

// diagnoseDir is the directory outside that a probe's key stands for.
func diagnoseDir(key string) string {
	dir := strings.Split(key, address.ProbeDir)[0]
	if dir == "" {
		return "/"
	}
	return dir
}

// putOutside asks for an upload that cannot succeed. What ignores the
// condition and stores the object has allowed it all the same; the object is
// in the ledger and goes at once.
func (x *test) putOutside(ctx context.Context, key string) int {
	m := x.mark(key)
	m.Never = true
	if x.ledger.made(m) != nil {
		return outsideUnclear
	}
	out, err := x.s3.PutObject(ctx, &s3.PutObjectInput{
		Bucket: aws.String(x.target.Bucket), Key: aws.String(key), IfMatch: aws.String(noSuchETag),
		Body: strings.NewReader("mediadock\n"), ContentLength: aws.Int64(10), ContentType: aws.String(probeType),
	})
	if err == nil {
		x.versioned(key, realVersion(aws.ToString(out.VersionId)))
		if _, err := x.delete(ctx, key); err == nil {
			_ = x.ledger.gone(m)
		}
		return outsideAllowed
	}
	x.notPut(m, err)
	ev := connect.EvidenceOf(err, "s3:PutObject")
	d, _ := diagnose.ParseDenial(ev.Message)
	switch {
	case ev.HTTPStatus == 403 && d.Action == "s3:GetObject":
		// The condition needs the right to read; whether uploading is
		// allowed has not been said.
		return x.beginOutside(ctx, key)
	case ev.HTTPStatus == 501:
		return x.beginOutside(ctx, key)
	}
	return judgeOutside(ev)
}

// beginOutside begins a multipart upload, which needs the same permission and
// stores nothing, and gives it up.
func (x *test) beginOutside(ctx context.Context, key string) int {
	out, err := x.s3.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: aws.String(x.target.Bucket), Key: aws.String(key)})
	if err != nil {
		return judgeOutside(connect.EvidenceOf(err, "s3:CreateMultipartUpload"))
	}
	m := x.mark(key)
	m.UploadID = aws.ToString(out.UploadId)
	_ = x.ledger.made(m)
	_ = x.tryAbort(ctx, m)
	return outsideAllowed
}

// getOutside reads an object that does not exist: who may read is told that.
// A refusal is also the answer to one who may read but not list; the text
// tells these apart where it names the action.
func (x *test) getOutside(ctx context.Context, key string) int {
	out, err := x.s3.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String(x.target.Bucket), Key: aws.String(key)})
	if err == nil {
		_ = out.Body.Close()
		return outsideAllowed
	}
	ev := connect.EvidenceOf(err, "s3:GetObject")
	if d, _ := diagnose.ParseDenial(ev.Message); d.Action == "s3:ListBucket" {
		return outsideAllowed
	}
	return judgeOutside(ev)
}

// deleteOutside deletes an object that does not exist, provided that it
// does: so a versioned bucket writes no marker.
func (x *test) deleteOutside(ctx context.Context, key string) int {
	out, err := x.s3.DeleteObject(ctx, &s3.DeleteObjectInput{
		Bucket: aws.String(x.target.Bucket), Key: aws.String(key), IfMatch: aws.String("*"),
	})
	if err == nil {
		if aws.ToBool(out.DeleteMarker) {
			x.marked(key, realVersion(aws.ToString(out.VersionId)))
		}
		return outsideAllowed
	}
	return judgeOutside(connect.EvidenceOf(err, "s3:DeleteObject"))
}

// judgeOutside reads an error: refused, or let through to where the missing
// object was noticed.
func judgeOutside(ev diagnose.Evidence) int {
	switch ev.HTTPStatus {
	case 403:
		return outsideRefused
	case 404, 412, 409:
		return outsideAllowed
	}
	return outsideUnclear
}
