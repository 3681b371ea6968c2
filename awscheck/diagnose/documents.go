package diagnose

import (
	"bytes"
	"encoding/json"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/documented"
)

// maskedID stands for the external ID: a report may be passed on.
const maskedID = "<EXTERNAL_ID>"

func params(f Facts) documented.Params {
	return documented.Params{
		Partition:        partition(f),
		Bucket:           orPlaceholder(f.Bucket, "BUCKET"),
		Prefix:           f.Prefix,
		ExternalID:       maskedID,
		TrustedPrincipal: trusted(f),
		DistributionARN:  distributionARN(f),
		Region:           orPlaceholder(f.Region, "REGION"),
	}
}

// trusted is who has to be able to assume the role.
func trusted(f Facts) string {
	return orPlaceholder(first(f.TrustedPrincipal, f.CallerAccount, accountOf(f.CallerARN)), "ACCOUNT_ID")
}

func trust(f Facts) json.RawMessage { return render(documented.Trust(params(f))) }

// readers is the bucket policy that lets people read: of the distribution
// where there is a domain, else of everybody.
func readers(f Facts) policy.Document {
	if f.Domain != "" || f.Distribution != "" {
		return documented.BucketCloudFront(params(f))
	}
	return documented.BucketPublic(params(f))
}

func assumeRole(f Facts) json.RawMessage {
	return render(policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{
		Effect: policy.Allow, Action: []string{"sts:AssumeRole"},
		Resource: []string{orPlaceholder(f.RoleARN, "ROLE_ARN")},
	}}})
}

// useKey lets the role use the bucket's key, through S3 alone: a statement of
// the role's policy.
func useKey(f Facts, key string) policy.Document {
	p := params(f)
	p.KeyARN = key
	return documented.KeyUse(p)
}

// letUseKey is the same as a statement of the key's policy.
func letUseKey(f Facts, role string) policy.Document {
	p := params(f)
	p.RoleARN = role
	return documented.KeyForRole(p)
}

// viaS3 is the condition of both.
func viaS3(f Facts) []policy.Condition { return documented.KeyUse(params(f)).Statements[0].Conditions }

// cloudFrontKey is the statement that the key's policy needs for CloudFront.
func cloudFrontKey(f Facts) policy.Document { return documented.KeyForCloudFront(params(f)) }

// render writes a document for people: indented, and with < and > as they
// are, for placeholders.
func render(d policy.Document) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if e.Encode(d) != nil {
		return nil
	}
	out := bytes.TrimSpace(b.Bytes())
	// A MarshalJSON within escapes by itself.
	for escaped, plain := range map[string]string{`\u003c`: "<", `\u003e`: ">", `\u0026`: "&"} {
		out = bytes.ReplaceAll(out, []byte(escaped), []byte(plain))
	}
	return out
}
