package purge

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// Named is a distribution as settings name it: by its ARN, or by its id alone,
// which does not say whose it is.
type Named struct {
	ID, Account string
}

// ParseDistribution reads the setting.
func ParseDistribution(setting string) Named {
	n := Named{ID: setting[strings.LastIndexByte(setting, '/')+1:]}
	if parts := strings.SplitN(setting, ":", 6); len(parts) == 6 && parts[0] == "arn" && parts[2] == "cloudfront" {
		n.Account = parts[4]
	}
	return n
}

// Partition is the partition of CloudFront for buckets of a region's
// partition: one service for all but China's.
func Partition(of string) string {
	if of == "aws-cn" {
		return of
	}
	return "aws"
}

// Grant is the least that lets an identity do what Run and Follow do in one
// distribution, and Find where find is true. Without an account or an id it is
// for all distributions of the identity's own account.
func Grant(partition, account, distribution string, find bool) policy.Document {
	resource := "*"
	if account != "" && distribution != "" {
		resource = "arn:" + Partition(partition) + ":cloudfront::" + account + ":distribution/" + distribution
	}
	doc := policy.Document{Version: policy.Version2012, Statements: []policy.Statement{{
		Sid: "PurgeMedia", Effect: policy.Allow,
		Action: []string{"cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"}, Resource: []string{resource},
	}}}
	if find {
		doc.Statements = append(doc.Statements, policy.Statement{
			Sid: "FindDistribution", Effect: policy.Allow, Action: []string{listing}, Resource: []string{"*"},
		})
	}
	return doc
}

// LookCommand are the arguments of the AWS CLI that tell how far an
// invalidation is.
func LookCommand(partition, distribution, id string) []string {
	args := []string{"aws", "cloudfront", "get-invalidation", "--distribution-id", distribution}
	if partition == "aws-cn" {
		args = append(args, "--region", "cn-northwest-1")
	}
	return append(args, "--id", id, "--query", "Invalidation.Status")
}
