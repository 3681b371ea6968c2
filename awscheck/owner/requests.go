package owner

import (
	"cmp"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/address"
)

// inS3 are the keys of a request to S3 that are not known before it is made.
// No VPC endpoint, no encryption header, no tag and no list of grants is in a
// request of the CMS: what asks for one of those is not met.
var inS3 = keys{
	"aws:sourceip", "aws:vpcsourceip", "aws:useragent", "aws:referer", "aws:tokenissuetime", "aws:userid",
	"aws:principalorgid", "aws:principalorgpaths", "aws:resourceorgid", "aws:resourceorgpaths",
	"aws:principaltag/", "aws:resourcetag/", "s3:buckettag/", "aws:sourceidentity", "sts:rolesessionname",
}

// wish is a request that the CMS will make, by what it is for.
type wish struct {
	request policy.Request
	cause   string // of a refusal
	// spare: the CMS gets on without it.
	spare bool
}

// ask makes the requests of a role's session.
type ask struct {
	wants Wants
	role  Role
	now   time.Time
}

func (a ask) space() address.Space {
	return address.Space{Bucket: a.wants.Bucket, Region: a.wants.Region, Prefix: a.wants.Prefix}
}

// folder is where the media are, in a word: the prefix, or the whole bucket.
func (a ask) folder() string { return cmp.Or(a.space().Dir(), a.wants.Bucket) }

func (a ask) partition() string { return partitionOf(a.wants.RoleARN) }

// principal is a session of the role.
func (a ask) principal() policy.Principal {
	arn := a.role.ARN
	if arn == "" {
		arn = a.wants.RoleARN
	}
	p := policy.Principal{
		Kind: policy.AssumedRole, Account: accountOf(arn), RoleARN: arn,
		ARN: "arn:" + partitionOf(arn) + ":sts::" + accountOf(arn) + ":assumed-role/" + roleName(arn) + "/" + connect.SessionName,
	}
	if a.role.ID != "" {
		p.UserID = a.role.ID + ":" + connect.SessionName
	}
	return p
}

// on is a request of the role about an object, or with an empty key about the
// bucket.
func (a ask) on(action, key string) policy.Request {
	return a.about(action, a.arn(key))
}

func (a ask) about(action, arn string) policy.Request {
	p := a.principal()
	r := policy.Request{Principal: p, Action: action, Resource: arn, ResourceAccount: p.Account, Context: moment(a.now)}
	r.Context["s3:signatureversion"] = []string{"AWS4-HMAC-SHA256"}
	r.Context["s3:authtype"] = []string{"REST-HEADER"}
	r.Context["s3:tlsversion"] = []string{"1.3"}
	r.Context["aws:requestedregion"] = []string{a.wants.Region}
	r.Context["aws:multifactorauthpresent"] = []string{"false"}
	return r
}

func (a ask) arn(key string) string {
	bucket := address.BucketARN(a.partition(), a.wants.Bucket)
	if key == "" {
		return bucket
	}
	return bucket + "/" + key
}

// listing is a ListObjectsV2 with the prefix; without one the key is not in
// the request at all.
func (a ask) listing(prefix string) policy.Request {
	r := a.on("s3:ListBucket", "")
	if prefix != "" {
		r.Context["s3:prefix"] = []string{prefix}
	}
	return r
}

// names are files in the prefix that stand for all: at its top, in a folder,
// and where the connection test puts its own.
var names = []string{"example.jpg", "folder/example.png", address.ProbeDir + "/example.txt"}

// wishes are the exact requests of the CMS: the five documented actions, and
// giving up an upload, which whoever began it may do anyway.
func (a ask) wishes() []wish {
	dir := a.space().Dir()
	all := []wish{
		{request: a.on("s3:GetBucketLocation", ""), cause: "location-denied"},
		{request: a.listing(dir), cause: "list-denied"},
	}
	for _, object := range []wish{
		{request: policy.Request{Action: "s3:PutObject"}, cause: "put-denied"},
		{request: policy.Request{Action: "s3:GetObject"}, cause: "get-denied"},
		{request: policy.Request{Action: "s3:DeleteObject"}, cause: "delete-denied"},
		{request: policy.Request{Action: "s3:AbortMultipartUpload"}, spare: true},
	} {
		for _, name := range names {
			w := object
			w.request = a.on(object.request.Action, dir+name)
			all = append(all, w)
		}
	}
	// A copy, which every new name needs, is an upload that names its source.
	w := wish{request: a.on("s3:PutObject", dir+names[0]), cause: "copy-denied"}
	w.request.Context["s3:x-amz-copy-source"] = []string{a.wants.Bucket + "/" + dir + names[1]}
	return append(all, w)
}
