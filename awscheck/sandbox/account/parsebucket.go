package account

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	bucketGrammar = lazyregexp.New(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
	ipGrammar     = lazyregexp.New(`^\d{1,3}(\.\d{1,3}){3}$`)
)

// maxSize is the largest object that S3 stores.
const maxSize = 50 << 40

func (d *decoder) bucket(n ast.Node, path string) Bucket {
	b := Bucket{
		PublicAccessBlock: PublicAccessBlock{true, true, true, true},
		ObjectOwnership:   "BucketOwnerEnforced",
		Encryption:        Encryption{Algorithm: "AES256"},
	}
	seen := d.object(n, path, map[string]field{
		"name":                d.bucketName(&b.Name),
		"region":              d.region(&b.Region),
		"owner":               d.accountID(&b.Owner),
		"policy":              d.policy(&b.Policy, policy.KindBucket),
		"public_access_block": d.publicAccessBlock(&b.PublicAccessBlock),
		"object_ownership":    d.oneOf(&b.ObjectOwnership, "BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"),
		"encryption":          d.encryption(&b.Encryption),
		"versioning":          d.oneOf(&b.Versioning, "Enabled", "Suspended"),
		"object_lock":         d.objectLock(&b.ObjectLock),
		"cors":                d.rules(&b.CORS),
		"lifecycle":           d.rules(&b.Lifecycle),
		"requester_pays":      d.boolean(&b.RequesterPays),
		"objects":             d.objects(&b.Objects),
	})
	d.require(n, path, seen, "name", "region")
	d.checkResources(b, join(path, "policy"))
	if b.ObjectLock != nil && b.Versioning != "Enabled" {
		d.report(n, join(path, "object_lock"), "invalid", "Object Lock needs versioning: Enabled")
	}
	return b
}

// checkResources refuses what a bucket's policy says of other buckets, as S3
// does.
func (d *decoder) checkResources(b Bucket, path string) {
	partition, known := address.PartitionOf(b.Region)
	if b.Policy == nil || b.Name == "" || !known {
		return
	}
	own := address.BucketARN(partition.ID, b.Name)
	for _, s := range b.Policy.Statements {
		for _, r := range slices.Concat(s.Resource, s.NotResource) {
			rest, ours := strings.CutPrefix(r, own)
			if r == "*" || ours && (rest == "" || rest[0] == '/' || rest[0] == '*') {
				continue
			}
			d.problems = append(d.problems, Problem{Line: s.Line, Path: path, Code: "policy",
				Reason: fmt.Sprintf("Policy has invalid resource: %s is not this bucket, %s", r, own)})
		}
	}
}

func (d *decoder) bucketName(to *string) field {
	return func(n ast.Node, path string) {
		d.text(to)(n, path)
		s := *to
		if s == "" {
			return
		}
		reserved := strings.HasPrefix(s, "xn--") || strings.HasPrefix(s, "sthree-") || strings.HasPrefix(s, "amzn-s3-demo-") ||
			strings.HasSuffix(s, "-s3alias") || strings.HasSuffix(s, "--ol-s3") || strings.HasSuffix(s, ".mrap") ||
			strings.HasSuffix(s, "--x-s3") || strings.HasSuffix(s, "--table-s3")
		if !bucketGrammar.MatchString(s) || strings.Contains(s, "..") || ipGrammar.MatchString(s) || reserved {
			d.report(n, path, "invalid", "%q cannot be the name of a general purpose bucket", s)
		}
	}
}

func (d *decoder) region(to *string) field {
	return func(n ast.Node, path string) {
		d.text(to)(n, path)
		if _, ok := address.PartitionOf(*to); *to != "" && !ok {
			d.report(n, path, "invalid", "%q is no region code", *to)
		}
	}
}

func (d *decoder) publicAccessBlock(to *PublicAccessBlock) field {
	return func(n ast.Node, path string) {
		*to = PublicAccessBlock{} // a key missing from a given map is false
		d.object(n, path, map[string]field{
			"block_public_acls":       d.boolean(&to.BlockPublicACLs),
			"ignore_public_acls":      d.boolean(&to.IgnorePublicACLs),
			"block_public_policy":     d.boolean(&to.BlockPublicPolicy),
			"restrict_public_buckets": d.boolean(&to.RestrictPublicBuckets),
		})
	}
}

func (d *decoder) encryption(to *Encryption) field {
	return func(n ast.Node, path string) {
		d.object(n, path, map[string]field{
			"algorithm": d.oneOf(&to.Algorithm, "AES256", "aws:kms", "aws:kms:dsse"),
			"key":       d.matching(&to.Key, kmsGrammar, "KMS key ARN (arn:aws:kms:REGION:ACCOUNT:key/ID)"),
		})
		if to.Key != "" && to.Algorithm == "AES256" {
			d.report(n, join(path, "key"), "invalid", "a key needs algorithm: aws:kms")
		}
	}
}

func (d *decoder) objectLock(to **ObjectLock) field {
	return func(n ast.Node, path string) {
		var lock ObjectLock
		var days int64
		seen := d.object(n, path, map[string]field{
			"mode": d.oneOf(&lock.Mode, "GOVERNANCE", "COMPLIANCE"),
			"days": d.integer(&days, 1, 36500),
		})
		d.require(n, path, seen, "mode", "days")
		lock.Days = int(days)
		*to = &lock
	}
}

func (d *decoder) rules(to *[]map[string]any) field {
	return func(n ast.Node, path string) {
		d.list(n, path, func(n ast.Node, path string) {
			if m, ok := d.free(n, path).(map[string]any); ok {
				*to = append(*to, m)
				return
			}
			d.report(n, path, "wrong-type", "must be a mapping (key: value), is %s", kind(n))
		})
	}
}

func (d *decoder) objects(to *[]Object) field {
	return func(n ast.Node, path string) {
		keys := map[string]bool{}
		d.list(n, path, func(n ast.Node, path string) {
			o := d.objectEntry(n, path)
			if o.Key != "" && keys[o.Key] {
				d.report(n, join(path, "key"), "duplicate", "%q is there twice", o.Key)
			}
			keys[o.Key] = true
			*to = append(*to, o)
		})
	}
}

func (d *decoder) objectEntry(n ast.Node, path string) Object {
	var o Object
	var file, content string
	var count int64
	seen := d.object(n, path, map[string]field{
		"key": d.text(&o.Key), "file": d.text(&file), "size": d.integer(&o.Size, 0, maxSize), "content": d.text(&content),
		"content_type": d.text(&o.ContentType), "metadata": d.metadata(&o.Metadata),
		"kms_key": d.matching(&o.KMSKey, kmsGrammar, "KMS key ARN (arn:aws:kms:REGION:ACCOUNT:key/ID)"),
		"prefix":  d.text(&o.Prefix), "count": d.integer(&count, 1, 100_000_000), "name": d.text(&o.Name),
	})
	o.Count = int(count)
	if seen["count"] || seen["prefix"] || seen["name"] {
		d.checkFamily(n, path, seen, o)
		return o
	}
	d.require(n, path, seen, "key")
	if len(o.Key) > 1024 || !utf8.ValidString(o.Key) {
		d.report(n, join(path, "key"), "invalid", "a key is at most 1,024 bytes of UTF-8")
	}
	sources := 0
	for _, k := range []string{"file", "size", "content"} {
		if seen[k] {
			sources++
		}
	}
	switch {
	case sources != 1:
		d.report(n, path, "invalid", "exactly one of file, content and size is required")
	case seen["content"]:
		o.Content = []byte(content)
	case seen["file"]:
		data, err := d.readFile(file)
		if err != nil {
			d.report(n, join(path, "file"), "file", "%v", err)
		}
		o.Content = append([]byte{}, data...)
	}
	if o.Content != nil {
		o.Size = int64(len(o.Content))
	}
	return o
}

// checkFamily checks an entry that stands for many synthetic objects.
func (d *decoder) checkFamily(n ast.Node, path string, seen map[string]bool, o Object) {
	d.require(n, path, seen, "count", "name", "size")
	for _, k := range []string{"key", "file", "content"} {
		if seen[k] {
			d.report(n, join(path, k), "invalid", "cannot stand beside count: a family of objects has prefix, name and size")
		}
	}
	if o.Name != "" && strings.Count(o.Name, "{n}") != 1 {
		d.report(n, join(path, "name"), "invalid", "must hold {n} once, where the number goes")
	}
	if len(o.Prefix)+len(o.Name)+10 > 1024 {
		d.report(n, path, "invalid", "the keys would be longer than 1,024 bytes")
	}
}

// metadata reads user metadata: S3 keeps the names in lower case.
func (d *decoder) metadata(to *map[string]string) field {
	return func(n ast.Node, path string) {
		var m map[string]string
		d.textMap(&m)(n, path)
		*to = make(map[string]string, len(m))
		size := 0
		for k, v := range m {
			(*to)[strings.ToLower(strings.TrimPrefix(strings.ToLower(k), "x-amz-meta-"))] = v
			size += len(k) + len(v)
		}
		if size > 2048 {
			d.report(n, path, "invalid", "user metadata is at most 2 KB, is %d bytes", size)
		}
	}
}
