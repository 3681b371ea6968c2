package handoff

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// label is a name for Terraform: letters, digits and underscores, not
// beginning with a digit.
func label(name string) string {
	s := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
	s = strings.Trim(s, "_")
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		return strings.TrimRight("media_"+s, "_")
	}
	return s
}

// logicalID is a name for CloudFormation: letters and digits alone.
func logicalID(name string) string {
	var b strings.Builder
	for _, word := range strings.Split(label(name), "_") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

// sid names the statement for readers among others of the bucket's policy.
// It is the same each time, and another for each directory of a bucket, so
// that it replaces itself and nothing else.
func (p Plan) sid() string {
	sum := sha256.Sum256([]byte(p.Settings.Prefix))
	return "MediadockDelivery" + hex.EncodeToString(sum[:4])
}

// roleNames are the role's inline policies; the fixes of the connection test
// call them the same.
const (
	permissionsName = "mediadock"
	keyUseName      = "mediadock-kms"
)

// roleDescription is in English in every language: IAM takes no other script.
func (p Plan) roleDescription() string {
	return "Lets the CMS keep its media in s3://" + strings.TrimSuffix(p.Settings.Bucket+"/"+p.Settings.Prefix, "/")
}
