package policy

import (
	"encoding/json"
	"slices"
	"testing"
)

// printed are documents as people have them: what the CMS, imgix, Amplify and
// Cloudinary print, placeholders and all, and one with everything.
var printed = []string{
	`{"Version":"2012-10-17","Statement":[{"Sid":"<optional>","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::<bucket-name>/<directory-name>/*"}]}`,
	`{"Version":"2012-10-17","Statement":[{"Sid":"<\u4efb\u610f>","Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/media/*","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"}}}]}`,
	`{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":["s3:GetBucketLocation","s3:ListBucket"],"Resource":"arn:aws:s3:::b"},{"Sid":"b","Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"],"Resource":"arn:aws:s3:::b/media/*"}]}`,
	// imgix: no Version.
	"{\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": [\n        \"s3:GetObject\",\n        \"s3:ListBucket\",\n        \"s3:GetBucketLocation\"\n      ],\n      \"Resource\": [\n        \"arn:aws:s3:::your-bucket/*\",\n        \"arn:aws:s3:::your-bucket\"\n      ]\n    }\n  ]\n}",
	// Amplify: Principal before Effect.
	`{"Version":"2012-10-17","Statement":[{"Sid":"Statement1","Principal":{"AWS":"arn:aws:iam::123456789012:role/AuthRole"},"Effect":"Allow","Action":["s3:PutObject","s3:GetObject","s3:DeleteObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}]}`,
	`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],"Condition":{"StringLike":{"s3:prefix":["public/","public/*","protected/${cognito-identity.amazonaws.com:sub}/*"]}}}]}`,
	// Cloudinary: an Id, a bare account number, a key policy's statement.
	`{"Version":"2012-10-17","Id":"AWSConsole-AccessLogs-Policy-BUCKETNAME-cloudinary","Statement":[{"Sid":"AWSConsoleStmt-BUCKETNAME-cloudinary","Effect":"Allow","Principal":{"AWS":"232482882421"},"Action":["s3:GetObject"],"Resource":"arn:aws:s3:::BUCKETNAME/*"}]}`,
	`{"Version":"2012-10-17","Statement":[{"Sid":"AllowAccessForCloudinary","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::232482882421:root"},"Action":["kms:Decrypt","kms:DescribeKey"],"Resource":["arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]}]}`,
	`{"Version":"2012-10-17","Statement":{"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::444455556666:user/Bob","arn:aws:iam::444455556666:root"]},"NotAction":"s3:Get*","NotResource":"arn:aws:s3:::b/${aws:username}/*","Condition":{"ForAllValues:StringNotLikeIfExists":{"aws:TagKeys":["a*","${*}?"]},"NumericLessThan":{"s3:max-keys":10.5},"Bool":{"aws:SecureTransport":false},"Null":{"aws:TokenIssueTime":true},"IpAddress":{"aws:SourceIp":["10.0.0.0/8","2001:db8::/32"]},"DateGreaterThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},"BinaryEquals":{"x:y":"QQ=="}}}}`,
}

// odd are texts at the edge of the language and beyond it.
var odd = []string{
	`{"Statement":[]}`, `{"Statement":{"Effect":"Allow","Action":[],"Resource":[]}}`,
	``, `{`, `[]`, `"x"`, `{"Statement":[{"Effect":"Allow","Action":"s3:*","Condition":{"StringEquals":{"s3:prefix":"${`,
	"\xff", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"\u0000*${a, '"}]}`,
}

// requests are asked of every document that the fuzzer finds.
var requests = []Request{
	{Principal: alice, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/media/a.png", ResourceAccount: home},
	{Principal: role, Action: "s3:ListBucket", Resource: "arn:aws:s3:::b", ResourceAccount: home, Context: map[string][]string{
		"s3:prefix": {"media/"}, "s3:max-keys": {"5"}, "aws:securetransport": {"true"}, "aws:sourceip": {"10.1.2.3"},
		"aws:tagkeys": {"a", "b"}, "aws:currenttime": {"2026-11-21T09:00:00Z"},
	}},
	{Principal: stranger, Action: "sts:AssumeRole", Resource: "arn:aws:iam::" + home + ":role/R", ResourceAccount: home, Context: map[string][]string{"sts:externalid": {"md-1"}}},
	{Principal: nobody, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/media/a.png", ResourceAccount: home},
	{Principal: cdn, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/media/a.png", ResourceAccount: home, Context: map[string][]string{
		"aws:sourcearn": {"arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"},
	}},
}

// FuzzParse proves that no text makes Parse, Evaluate, Lint or Diff panic, and
// that a document written and read again decides as before.
func FuzzParse(f *testing.F) {
	for _, s := range slices.Concat(printed, odd) {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		first, err := Parse(text)
		if err != nil {
			return
		}
		written, err := json.Marshal(first)
		if err != nil {
			t.Fatalf("a parsed document cannot be written: %v", err)
		}
		second, err := Parse(written)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, written)
		}
		for _, r := range requests {
			for _, p := range [][2]Policies{
				{{Identity: []Document{first}}, {Identity: []Document{second}}},
				{{Resource: &first}, {Resource: &second}},
			} {
				a, b := Evaluate(r, p[0]), Evaluate(r, p[1])
				if a.Allowed != b.Allowed || a.Explicit != b.Explicit || a.Layer != b.Layer {
					t.Fatalf("%s by %v: %+v before, %+v after", r.Action, r.Principal.Kind, a, b)
				}
			}
		}
		for kind := KindIdentity; kind <= KindKey; kind++ {
			if before, after := len(Lint(first, kind)), len(Lint(second, kind)); before != after {
				t.Fatalf("%d findings before, %d after", before, after)
			}
		}
		if changes := Diff(first, second); len(changes) != 0 {
			t.Fatalf("Diff finds %+v", changes)
		}
	})
}
