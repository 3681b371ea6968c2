package awscheck

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
	"github.com/oklog/ulid/v2"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/media/address"
)

// probe is an object that a test puts and removes. Its content is public for
// a moment and says nothing private.
type probe struct {
	key         string
	body        []byte
	contentType string
	metadata    map[string]string
	etag        string
	encryption  string // how the bucket stored it

	encrypt       types.ServerSideEncryption // header to send; empty: none
	unconditional bool                       // the endpoint knows no If-None-Match
}

const probeType = "text/plain; charset=utf-8"

// newProbe makes a probe with the content type and metadata that the CMS
// stamps on media, so that conditions on headers are met or missed alike.
func (x *test) newProbe() *probe {
	id := ulid.Make().String()
	p := &probe{
		key:         x.space.Key(address.ProbeDir + "/" + id + ".txt"),
		body:        []byte("mediadock connection test " + id + "\n"),
		contentType: probeType,
		metadata:    map[string]string{"mediadock-probe": id},
	}
	if x.target.Integration == "" || x.target.Integration == "microcms" {
		service := x.target.ServiceID
		if service == "" {
			service = "SERVICE#00000000-0000-0000-0000-000000000000"
		}
		p.metadata = map[string]string{
			"upload-source":    "microcms",
			"microcms-service": service,
			"microcms-version": time.Now().UTC().Format("20060102150405"),
			"microcms-status":  "public",
		}
	}
	return p
}

// put writes p down and puts it.
func (x *test) put(ctx context.Context, p *probe) error {
	ctx, cancel := lasting(ctx)
	defer cancel()
	if err := ctx.Err(); err != nil {
		return err
	}
	m := x.mark(p.key)
	if err := x.ledger.made(m); err != nil {
		return err
	}
	in := &s3.PutObjectInput{
		Bucket: aws.String(x.target.Bucket), Key: aws.String(p.key),
		Body: strings.NewReader(string(p.body)), ContentLength: aws.Int64(int64(len(p.body))),
		ContentType: aws.String(p.contentType), Metadata: p.metadata, ChecksumCRC32: aws.String(checksum(p.body)),
		IfNoneMatch: aws.String("*"), ServerSideEncryption: p.encrypt,
	}
	out, err := x.s3.PutObject(ctx, in)
	if isCode(err, "NotImplemented") {
		p.unconditional, in.IfNoneMatch = true, nil
		in.Body = strings.NewReader(string(p.body))
		out, err = x.s3.PutObject(ctx, in)
	}
	if err != nil {
		x.notPut(m, err)
		return err
	}
	p.etag = aws.ToString(out.ETag)
	x.stored(m, aws.ToString(out.VersionId))
	p.encryption = string(out.ServerSideEncryption)
	return nil
}

// checksum is the CRC32 of an upload as its header tells it. It is sent at
// every endpoint, unlike what the SDK adds by itself: a bucket whose Object
// Lock has a default retention takes no upload without one.
func checksum(body []byte) string {
	return base64.StdEncoding.EncodeToString(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
}

// stored notes that m is in the bucket for certain, as a version that may be
// none.
func (x *test) stored(m mark, version string) {
	x.ledger.stored(m)
	x.versioned(m.Key, realVersion(version))
}

// notPut notes what is known of m after its upload failed.
func (x *test) notPut(m mark, err error) {
	if refused(err) {
		_ = x.ledger.gone(m)
		return
	}
	x.ledger.unanswered(m)
}

// realVersion is empty for the version of an object that has none.
func realVersion(id string) string {
	if id == "null" {
		return ""
	}
	return id
}

func isCode(err error, code string) bool {
	var ae smithy.APIError
	return errors.As(err, &ae) && ae.ErrorCode() == code
}

// refused tells an answer that certainly changed nothing from a failure
// after which the object may be there.
func refused(err error) bool {
	status := connect.EvidenceOf(err, "").HTTPStatus
	return status >= 300 && status < 500 && status != 408
}

// missing tells that a read found no such key.
func missing(err error) bool {
	ev := connect.EvidenceOf(err, "")
	return ev.HTTPStatus == 404 && ev.Code != "NoSuchBucket"
}
