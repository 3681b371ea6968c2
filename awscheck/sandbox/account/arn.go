package account

import (
	"crypto/sha256"
	"encoding/base32"
	"time"

	"github.com/mediadock/mediadock/media/address"
)

// JustNow is the CreatedAgo of a role that was made as the sandbox started.
// The zero value means long ago.
const JustNow = time.Nanosecond

// Partition is the partition that the account belongs to, by the region of
// its first bucket: "aws", "aws-cn", "aws-us-gov" or "aws-eusc".
func (a Account) Partition() string {
	if len(a.Buckets) > 0 {
		if p, ok := address.PartitionOf(a.Buckets[0].Region); ok {
			return p.ID
		}
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

// RoleID is the unique ID that IAM gives r: AROA and 17 more characters.
func (a Account) RoleID(r Role) string { return uniqueID("AROA", a.RoleARN(r)) }

// CallerID is the unique ID that IAM gives c: AIDA and 17 more characters, or
// of a root user the account ID.
func (a Account) CallerID(c Caller) string {
	if c.Name == RootName {
		return c.Account
	}
	return uniqueID("AIDA", a.CallerARN(c))
}

func uniqueID(mark, arn string) string {
	sum := sha256.Sum256([]byte(arn))
	return mark + base32.StdEncoding.EncodeToString(sum[:])[:17]
}
