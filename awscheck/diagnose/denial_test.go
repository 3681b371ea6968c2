package diagnose

import "testing"

// The messages are those of AWS's documentation and of published logs.
func TestParseDenial(t *testing.T) {
	for _, c := range []struct {
		name, message string
		want          Denial
	}{
		{"S3 quotes the resource",
			`User: arn:aws:sts::123456789012:assumed-role/R/s is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b/media/写真 1.png" because no identity-based policy allows the s3:PutObject action`,
			Denial{Principal: "arn:aws:sts::123456789012:assumed-role/R/s", Action: "s3:PutObject", Resource: "arn:aws:s3:::b/media/写真 1.png", Layer: LayerIdentity}},
		{"STS does not",
			`User: arn:aws:iam::999988887777:user/u is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/R`,
			Denial{Principal: "arn:aws:iam::999988887777:user/u", Action: "sts:AssumeRole", Resource: "arn:aws:iam::123456789012:role/R"}},
		{"an explicit deny",
			`User: arn:aws:iam::1:user/u is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k" with an explicit deny in a resource-based policy`,
			Denial{Principal: "arn:aws:iam::1:user/u", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k", Layer: LayerResource, Explicit: true}},
		{"a deny that names its policy",
			`User: u is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b/k" with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-1/service_control_policy/p-abc`,
			Denial{Principal: "u", Action: "s3:PutObject", Resource: "arn:aws:s3:::b/k", Layer: LayerSCP, Explicit: true, PolicyARN: "arn:aws:organizations::111122223333:policy/o-1/service_control_policy/p-abc"}},
		{"words broken over lines, in capitals",
			"user: u IS NOT AUTHORIZED TO PERFORM: s3:DeleteObject\nbecause no\n  permissions boundary allows the s3:DeleteObject action",
			Denial{Principal: "u", Action: "s3:DeleteObject", Layer: LayerBoundary}},
		{"plural and the article the",
			`User: u is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::b" due to an explicit deny in the VPC endpoint policies`,
			Denial{Principal: "u", Action: "s3:ListBucket", Resource: "arn:aws:s3:::b", Layer: LayerVPCEndpoint, Explicit: true}},
		{"sessions policy",
			`User: u is not authorized to perform: s3:GetObject with an explicit deny in a sessions policy`,
			Denial{Principal: "u", Action: "s3:GetObject", Layer: LayerSession, Explicit: true}},
		{"a resource control policy",
			`User: u is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/R with an explicit deny in a resource control policy`,
			Denial{Principal: "u", Action: "sts:AssumeRole", Resource: "arn:aws:iam::1:role/R", Layer: LayerRCP, Explicit: true}},
		{"a trust policy",
			`User: u is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/R because no role trust policy allows the sts:AssumeRole action`,
			Denial{Principal: "u", Action: "sts:AssumeRole", Resource: "arn:aws:iam::1:role/R", Layer: LayerTrust}},
		{"KMS through S3, on this resource",
			`User: u is not authorized to perform: kms:GenerateDataKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
			Denial{Principal: "u", Action: "kms:GenerateDataKey", Unclear: true}},
		{"Block Public Access",
			`User: u is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::b" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
			Denial{Principal: "u", Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::b", Layer: LayerBlockPublic, Setting: "BlockPublicPolicy"}},
		{"Object Lock", `Access Denied because object protected by object lock.`, Denial{Layer: LayerObjectLock}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := ParseDenial(c.message)
			if !ok || got != c.want {
				t.Errorf("got  %+v (%v)\nwant %+v", got, ok, c.want)
			}
		})
	}
	for _, plain := range []string{"", "Access Denied", "Access Denied.", "The specified key does not exist."} {
		if d, ok := ParseDenial(plain); ok {
			t.Errorf("%q is read as %+v", plain, d)
		}
	}
}

func FuzzParseDenial(f *testing.F) {
	f.Add(`User: u is not authorized to perform: s3:PutObject on resource: "x" with an explicit deny in a service control policy: arn:a`)
	f.Fuzz(func(t *testing.T, message string) {
		if d, ok := ParseDenial(message); !ok && (d.Action != "" || d.Layer != "" || d.Explicit) {
			t.Errorf("%+v of what is no denial", d)
		}
	})
}
