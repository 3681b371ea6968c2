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
		TrustedPrincipal: orPlaceholder(first(f.CallerAccount, accountOf(f.CallerARN)), "ACCOUNT_ID"),
		DistributionARN:  distributionARN(f),
	}
}

func permissions(f Facts) json.RawMessage { return render(documented.Permissions(params(f))) }
func tight(f Facts) json.RawMessage       { return render(documented.PermissionsTight(params(f))) }
func trust(f Facts) json.RawMessage       { return render(documented.Trust(params(f))) }

// readers is the bucket policy that lets people read: of the distribution
// where there is a domain, else of everybody.
func readers(f Facts) json.RawMessage {
	if f.Domain != "" || f.Distribution != "" {
		return render(documented.BucketCloudFront(params(f)))
	}
	return render(documented.BucketPublic(params(f)))
}

func assumeRole(f Facts) json.RawMessage {
	return render(policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{
		Effect: policy.Allow, Action: []string{"sts:AssumeRole"},
		Resource: []string{orPlaceholder(f.RoleARN, "ROLE_ARN")},
	}}})
}

// useKey lets the role use the bucket's key, through S3 alone.
func useKey(f Facts, key string) json.RawMessage {
	suffix := "amazonaws.com"
	if partition(f) == "aws-cn" {
		suffix = "amazonaws.com.cn"
	}
	return render(policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{
		Effect: policy.Allow, Action: []string{"kms:GenerateDataKey", "kms:Decrypt"}, Resource: []string{key},
		Conditions: []policy.Condition{{
			Operator: "StringEquals", Key: "kms:ViaService",
			Values: []string{"s3." + orPlaceholder(f.Region, "REGION") + "." + suffix},
		}},
	}}})
}

// cloudFrontKey is the statement that the key's policy needs for CloudFront.
func cloudFrontKey(f Facts) json.RawMessage {
	return render(policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{
		Sid: "AllowCloudFrontToDecrypt", Effect: policy.Allow,
		Principal: &policy.Principals{Service: []string{"cloudfront.amazonaws.com"}},
		Action:    []string{"kms:Decrypt"}, Resource: []string{"*"},
		Conditions: []policy.Condition{{
			Operator: "StringEquals", Key: "AWS:SourceArn", Values: []string{distributionARN(f)},
		}},
	}}})
}

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
