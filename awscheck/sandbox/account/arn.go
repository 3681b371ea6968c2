package account

import (
	"strings"
	"time"
)

// JustNow is the CreatedAgo of a role that was made as the sandbox started.
// The zero value means long ago.
const JustNow = time.Nanosecond

// Partition is the partition that the account belongs to, by the region of
// its first bucket: "aws", "aws-cn", "aws-us-gov" or "aws-eusc".
func (a Account) Partition() string {
	region := ""
	if len(a.Buckets) > 0 {
		region = a.Buckets[0].Region
	}
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	case strings.HasPrefix(region, "eusc-"):
		return "aws-eusc"
	}
	return "aws"
}

// RoleARN is the ARN of r, path included.
func (a Account) RoleARN(r Role) string {
	path := r.Path
	if path == "" {
		path = "/"
	}
	return "arn:" + a.Partition() + ":iam::" + a.ID + ":role" + path + r.Name
}

// CallerARN is the ARN of c. A caller named "root" is its account's root
// user.
func (a Account) CallerARN(c Caller) string {
	if c.Name == RootName {
		return "arn:" + a.Partition() + ":iam::" + c.Account + ":root"
	}
	return "arn:" + a.Partition() + ":iam::" + c.Account + ":user/" + c.Name
}

// RootName is the name of a caller that is its account's root user.
const RootName = "root"
