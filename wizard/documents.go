package wizard

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/documented"
	"github.com/mediadock/mediadock/media/address"
)

// The policies that follow from settings.
const (
	DocumentTrust       = "trust"       // who may assume the role (M49, M50)
	DocumentPermissions = "permissions" // what the role may do (M47)
	DocumentBucket      = "bucket"      // who may read the media (M43, M44)
)

// Document is one of the policies that follow from settings.
type Document struct {
	Kind   string
	Policy policy.Document
}

// Documents returns the policies that can be written from what is known so
// far, in the order trust, permissions, bucket, and what is missing or wrong
// for the others. The bucket's policy admits the CloudFront distribution alone
// where there is one, else everybody.
func Documents(s Settings) ([]Document, []FieldError) {
	var all []Document
	var problems []FieldError
	for _, kind := range []string{DocumentTrust, DocumentPermissions, DocumentBucket} {
		d, errs := PolicyDocument(s, kind, false)
		if len(errs) > 0 {
			problems = append(problems, newProblems(problems, errs)...)
			continue
		}
		all = append(all, Document{kind, d})
	}
	inOrder(problems)
	return all, problems
}

func newProblems(have, more []FieldError) []FieldError {
	var fresh []FieldError
	for _, e := range more {
		known := false
		for _, h := range have {
			known = known || h.Field == e.Field && h.Code == e.Code
		}
		if !known {
			fresh = append(fresh, e)
		}
	}
	return fresh
}

// PolicyDocument writes one policy, or says which settings it lacks. tight
// narrows the permissions' listing to the prefix; the other kinds have one
// form only. A document never has a placeholder in it. A kind that is none of
// the three gives an empty document.
func PolicyDocument(s Settings, kind string, tight bool) (policy.Document, []FieldError) {
	s, _ = Normalise(Defaults(s))
	needs := map[string][]string{
		DocumentTrust:       {"external_id", "trusted_principal"},
		DocumentPermissions: {"bucket"},
		DocumentBucket:      {"bucket"},
	}[kind]
	if _, isARN := splitARN(s.Distribution); kind == DocumentBucket && s.Distribution != "" && !isARN {
		needs = append(needs, "role_arn") // the distribution is then in the role's account
	}
	if e := lacking(s, needs, "prefix", "distribution"); len(e) > 0 {
		return policy.Document{}, e
	}
	p := documented.Params{
		Partition: PartitionOf(s), Bucket: s.Bucket, Prefix: s.Prefix, ExternalID: s.ExternalID,
		TrustedPrincipal: s.TrustedPrincipal, DistributionARN: DistributionARN(s),
	}
	switch {
	case kind == DocumentTrust:
		return documented.Trust(p), nil
	case kind == DocumentPermissions && tight:
		return documented.PermissionsTight(p), nil
	case kind == DocumentPermissions:
		return documented.Permissions(p), nil
	case kind == DocumentBucket && p.DistributionARN != "":
		return documented.BucketCloudFront(p), nil
	case kind == DocumentBucket:
		return documented.BucketPublic(p), nil
	}
	return policy.Document{}, nil
}

// lacking returns what is missing or wrong among the needed fields, and what
// is wrong among the optional ones.
func lacking(s Settings, needs []string, optional ...string) []FieldError {
	var problems []FieldError
	for _, key := range needs {
		v, _, err := checkAlone(key, Get(s, key), s)
		if err == nil && v == "" {
			err = problem(key + ".missing")
		}
		if err != nil {
			problems = append(problems, *err)
		}
	}
	for _, key := range optional {
		if _, _, err := checkAlone(key, Get(s, key), s); err != nil {
			problems = append(problems, *err)
		}
	}
	return problems
}

// PartitionOf is the partition that settings are about: that of the Region,
// else of the role, else "aws".
func PartitionOf(s Settings) string {
	if p, ok := address.PartitionOf(s.Region); ok {
		return p.ID
	}
	if a, ok := splitARN(s.RoleARN); ok && a.partition != "" {
		return a.partition
	}
	return "aws"
}

// AccountOf is the account of the role; empty while there is none.
func AccountOf(s Settings) string { return accountOf(s.RoleARN) }

// DistributionARN is the distribution's ARN; one that is given by its ID
// belongs to the role's account. It is empty when there is no distribution or
// its account is not known.
func DistributionARN(s Settings) string {
	if s.Distribution == "" || strings.HasPrefix(s.Distribution, "arn:") {
		return s.Distribution
	}
	owner := AccountOf(s)
	if owner == "" {
		return ""
	}
	partition := "aws" // CloudFront's, for every partition but China's
	if PartitionOf(s) == "aws-cn" {
		partition = "aws-cn"
	}
	return arn{partition, "cloudfront", "", owner, "distribution/" + s.Distribution}.String()
}
