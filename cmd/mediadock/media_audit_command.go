package main

import (
	"encoding/json"
	"strings"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/audit"
)

// mostCopied is up to what size S3 rewrites an object in one request.
const mostCopied = 5 << 30

// retypeCommand is the command that gives an object the right content type.
// There is no other way than to rewrite it, which changes its date: that is for
// a person to decide. All else that is known of it is said again, since S3 drops
// what is not. Empty where one request cannot do it.
func retypeCommand(sel selection, f audit.Finding) string {
	if f.Size > mostCopied {
		return ""
	}
	space := sel.space()
	key := space.Key(f.Path)
	args := []string{"aws", "s3api", "copy-object", "--bucket", space.Bucket, "--key", key,
		"--copy-source", address.CopySource(space.Bucket, key), "--copy-source-if-match", f.ETag,
		"--content-type", f.Wanted, "--metadata-directive", "REPLACE"}
	if len(f.Item.Metadata) > 0 {
		if m, err := json.Marshal(f.Item.Metadata); err == nil { // sorted by name
			args = append(args, "--metadata", string(m))
		}
	}
	if v := f.Item.CacheControl; v != "" {
		args = append(args, "--cache-control", v)
	}
	if v := f.Item.ContentDisposition; v != "" {
		args = append(args, "--content-disposition", v)
	}
	for i, arg := range args {
		args[i] = shellQuote(arg)
	}
	return strings.Join(args, " ")
}
