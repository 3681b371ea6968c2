package owner

import "strings"

// accountOf is the account in an ARN; empty where there is none.
func accountOf(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return ""
	}
	return parts[4]
}

// partitionOf is the partition in an ARN; "aws" where there is none.
func partitionOf(arn string) string {
	parts := strings.SplitN(arn, ":", 3)
	if len(parts) < 3 || parts[0] != "arn" || parts[1] == "" {
		return "aws"
	}
	return parts[1]
}

// roleName is the name of a role's ARN, without its path.
func roleName(arn string) string {
	_, resource, ok := strings.Cut(arn, ":role/")
	if !ok {
		return ""
	}
	return resource[strings.LastIndexByte(resource, '/')+1:]
}
