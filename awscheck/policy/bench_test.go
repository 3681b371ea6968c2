package policy

import "testing"

// typical is what the sandbox asks for each object: the role's documented
// permissions with a bucket policy for CloudFront and a TLS guard.
func typical(tb testing.TB) (Request, Policies) {
	identity := one(tb, `
		{"Effect":"Allow","Action":["s3:GetBucketLocation","s3:ListBucket"],"Resource":"arn:aws:s3:::alpha-prod-assets"},
		{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"],"Resource":"arn:aws:s3:::alpha-prod-assets/media/*"}`)
	bucket := one(tb, `
		{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::alpha-prod-assets/media/*",
		 "Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"}}},
		{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::alpha-prod-assets","arn:aws:s3:::alpha-prod-assets/*"],
		 "Condition":{"Bool":{"aws:SecureTransport":"false"}}}`)
	return Request{
		Principal: role, Action: "s3:PutObject", ResourceAccount: home,
		Resource: "arn:aws:s3:::alpha-prod-assets/media/2026/11/some-picture-of-a-cat.png",
		Context: map[string][]string{
			"aws:securetransport": {"true"}, "aws:sourceip": {"203.0.113.9"}, "aws:currenttime": {"2026-11-21T09:00:00Z"},
		},
	}, Policies{Identity: []Document{identity}, Resource: &bucket}
}

func BenchmarkEvaluate(b *testing.B) {
	r, p := typical(b)
	b.ReportAllocs()
	for b.Loop() {
		if !Evaluate(r, p).Allowed {
			b.Fatal("denied")
		}
	}
}

func BenchmarkEvaluateVariables(b *testing.B) {
	r, p := typical(b)
	r.Principal, r.Resource = alice, "arn:aws:s3:::alpha-prod-assets/home/alice/a.png"
	p.Identity = []Document{one(b, `{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::alpha-prod-assets/home/${aws:username}/*",
		"Condition":{"IpAddress":{"aws:SourceIp":["198.51.100.0/24","203.0.113.0/24"]},"DateLessThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}}}`)}
	b.ReportAllocs()
	for b.Loop() {
		if !Evaluate(r, p).Allowed {
			b.Fatal("denied")
		}
	}
}

// The sandbox decides a million times in a test run: no allocations.
func TestEvaluateDoesNotAllocate(t *testing.T) {
	r, p := typical(t)
	if n := testing.AllocsPerRun(100, func() { Evaluate(r, p) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
