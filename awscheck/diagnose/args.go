package diagnose

import (
	"strings"

	"github.com/mediadock/mediadock/media/address"
)

// baseArgs are the connection's own names, for every text and command. What
// is not known is a placeholder in angle brackets, as AWS's pages write it.
func baseArgs(f Facts) Args {
	dir := (address.Space{Prefix: f.Prefix}).Dir()
	return Args{
		"bucket":         orPlaceholder(f.Bucket, "BUCKET"),
		"region":         orPlaceholder(f.Region, "REGION"),
		"prefix":         f.Prefix,
		"dir":            dir,
		"role":           orPlaceholder(f.RoleARN, "ROLE_ARN"),
		"role_name":      orPlaceholder(roleName(f.RoleARN), "ROLE_NAME"),
		"role_account":   orPlaceholder(accountOf(f.RoleARN), "ACCOUNT_ID"),
		"caller":         orPlaceholder(f.CallerARN, "CALLER_ARN"),
		"caller_account": orPlaceholder(first(f.CallerAccount, accountOf(f.CallerARN)), "CALLER_ACCOUNT_ID"),
		"domain":         orPlaceholder(f.Domain, "DOMAIN"),
		"host":           orPlaceholder(hostOf(f.Domain), "HOST"),
		"distribution":   orPlaceholder(distributionID(f.Distribution), "DISTRIBUTION_ID"),
		"key":            orPlaceholder(f.Key, "KEY"),
		"bucket_arn":     address.BucketARN(partition(f), orPlaceholder(f.Bucket, "BUCKET")),
		"objects_arn":    address.ObjectsARN(partition(f), orPlaceholder(f.Bucket, "BUCKET"), f.Prefix),
		"actual":         orPlaceholder("", "BUCKET_REGION"),
		"offset":         "",
		"url":            orPlaceholder("", "URL"),
		"granted":        orPlaceholder(f.Granted, "ARN"),
		"message":        "",
		"resource":       orPlaceholder("", "RESOURCE_ARN"),
		"refused":        address.ObjectsARN(partition(f), orPlaceholder(f.Bucket, "BUCKET"), f.Prefix),
		"who":            orPlaceholder(roleName(f.RoleARN), "ROLE_NAME"),
		"action":         orPlaceholder("", "ACTION"),
		"principal":      orPlaceholder("", "PRINCIPAL_ARN"),
		"policy":         "",
		"layer":          "",
		"encryption":     aside(f.EncryptionAccepted),
		"kms_key":        orPlaceholder("", "KEY_ARN"), // for commands
		"kms":            "",                           // for texts
		"status":         "",
		"issuer":         "",
		"field":          "?",
		"profile":        orPlaceholder(f.Profile, "PROFILE"),
		"source":         orPlaceholder("", "SOURCE_PROFILE"),
		"device":         orPlaceholder("", "MFA_DEVICE"),
		"program":        "credential_process",
		"asked":          "",
		"location":       "",
		"certificate":    "",
		"leads":          "", // where a name leads
		"other":          "", // another bucket's name
		"until":          "",
		"keys":           orPlaceholder(f.Key, "KEY"),
		"count":          "1",
		"want":           "?",
		"tried":          "",
		"got":            "?",
		"what":           "?",
		"days":           "?",
		"age":            "?",
		"rule":           "?",
		"where":          orPlaceholder("", "PREFIX"),
		"setting":        "?",
		"class":          "?",
		"switches":       "?",
		"path":           address.EscapePath("/" + f.Key),
	}
}

func orPlaceholder(v, name string) string {
	if v == "" {
		return "<" + name + ">"
	}
	return v
}

// aside is v in parentheses after a space, for texts that read well without
// it when v is not known.
func aside(v string) string {
	if v == "" {
		return ""
	}
	return " (" + v + ")"
}

func partition(f Facts) string {
	if parts := strings.SplitN(f.RoleARN, ":", 3); len(parts) == 3 && parts[0] == "arn" && parts[1] != "" {
		return parts[1]
	}
	if p, ok := address.PartitionOf(f.Region); ok {
		return p.ID
	}
	return "aws"
}

func accountOf(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return ""
	}
	return parts[4]
}

func roleName(arn string) string {
	_, resource, ok := strings.Cut(arn, ":role/")
	if !ok {
		return ""
	}
	return resource[strings.LastIndexByte(resource, '/')+1:]
}

func hostOf(domain string) string {
	_, host, ok := strings.Cut(domain, "://")
	if !ok {
		host = domain
	}
	host, _, _ = strings.Cut(host, "/")
	return host
}

func distributionID(d string) string { return d[strings.LastIndexByte(d, '/')+1:] }

// distributionARN is the distribution's ARN; an id alone is of the role's
// account.
func distributionARN(f Facts) string {
	if strings.HasPrefix(f.Distribution, "arn:") {
		return f.Distribution
	}
	return "arn:" + partition(f) + ":cloudfront::" + orPlaceholder(accountOf(f.RoleARN), "ACCOUNT_ID") +
		":distribution/" + orPlaceholder(f.Distribution, "DISTRIBUTION_ID")
}
