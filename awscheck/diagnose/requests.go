package diagnose

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/documented"
	"github.com/mediadock/mediadock/media/address"
)

// self is who the CMS's requests are made by, and the ARN by which policies
// name them: a session's requests have the role's.
func (b bench) self() (policy.Principal, string) {
	if b.f.CallerAccess {
		return principal(b.f.CallerARN)
	}
	arn := orPlaceholder(b.f.RoleARN, "ROLE_ARN")
	name := roleName(arn)
	return policy.Principal{
		Kind: policy.AssumedRole, Account: accountOf(arn), RoleARN: arn,
		ARN: "arn:" + partition(b.f) + ":sts::" + accountOf(arn) + ":assumed-role/" + name + "/mediadock",
	}, arn
}

// principal reads an ARN that GetCallerIdentity gave.
func principal(arn string) (policy.Principal, string) {
	p := policy.Principal{Kind: policy.User, Account: accountOf(arn), ARN: arn}
	switch {
	case strings.Contains(arn, ":assumed-role/"):
		p.Kind, p.RoleARN = policy.AssumedRole, roleOfSession(arn)
		return p, p.RoleARN
	case strings.HasSuffix(arn, ":root"):
		p.Kind = policy.Root
	}
	return p, arn
}

// inside are the requests that the CMS makes, as far as bucket policies see
// them.
func (b bench) inside() []policy.Request {
	objects := strings.TrimSuffix(b.args["objects_arn"], "*") + address.ProbeDir + "/probe.txt"
	bucket := address.BucketARN(partition(b.f), b.args["bucket"])
	var all []policy.Request
	wanted := documented.Permissions(params(b.f))
	if b.f.Reader {
		wanted = documented.ReadOnlyTight(params(b.f))
	}
	for _, s := range wanted.Statements {
		for _, action := range s.Action {
			resource := bucket
			if strings.Contains(s.Resource[0], "/") {
				resource = objects
			}
			all = append(all, b.request(action, resource))
		}
	}
	return all
}

// outside are requests that a role narrowed to the prefix must not make.
func (b bench) outside() []policy.Request {
	if b.f.Prefix == "" {
		return nil
	}
	bucket := address.BucketARN(partition(b.f), b.args["bucket"])
	var all []policy.Request
	for _, action := range []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject"} {
		for _, key := range []string{address.ProbeDir + "/x.txt", b.f.Prefix + "x/" + address.ProbeDir + "/x.txt"} {
			all = append(all, b.request(action, bucket+"/"+key))
		}
	}
	return all
}

// request is one of the role's over HTTPS, with the headers that the CMS
// sends: none about encryption.
func (b bench) request(action, resource string) policy.Request {
	p, _ := b.self()
	r := policy.Request{
		Principal: p, Action: action, Resource: resource, ResourceAccount: p.Account,
		Context: map[string][]string{
			"aws:securetransport": {"true"}, "s3:tlsversion": {"1.3"},
			"s3:signatureversion": {"AWS4-HMAC-SHA256"}, "s3:authtype": {"REST-HEADER"},
		},
	}
	if b.f.Region != "" {
		r.Context["aws:requestedregion"] = []string{b.f.Region}
	}
	if action == "s3:ListBucket" {
		r.Context["s3:prefix"] = []string{b.args["dir"]}
	}
	return r
}
