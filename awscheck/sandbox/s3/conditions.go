package s3

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
)

// conditionKeys are the condition keys of a request, in lower case.
type conditionKeys map[string][]string

// set adds a key unless its value is empty: S3 then leaves it out.
func (k conditionKeys) set(key, value string) {
	if value != "" {
		k[key] = []string{value}
	}
}

// conditions are the condition keys that S3 fills from the request.
func (c *call) conditions() conditionKeys {
	k := conditionKeys(access.RequestKeys(c.r, c.srv.now()))
	k.set("aws:viaawsservice", "false")
	if c.bucket != nil {
		k.set("aws:requestedregion", c.bucket.region)
		k.set("aws:resourceaccount", c.bucket.owner)
		k.set("s3:resourceaccount", c.bucket.owner)
	}
	if c.r.TLS != nil {
		k.set("s3:tlsversion", tlsVersions[c.r.TLS.Version])
	}
	k.addSignature(c)
	k.addHeaders(c.r.Header)
	k.addQuery(c)
	k.addRequestTags(c.r.Header)
	if source, ok := c.ctx.Value(sourceKey{}).([2]string); ok {
		k.set("aws:sourcearn", source[0])
		k.set("aws:sourceaccount", source[1])
		delete(k, "aws:sourceip") // a service's own address is not disclosed
	}
	return k
}

var tlsVersions = map[uint16]string{0x0301: "1.0", 0x0302: "1.1", 0x0303: "1.2", 0x0304: "1.3"}

func (k conditionKeys) addSignature(c *call) {
	switch {
	case strings.HasPrefix(c.r.Header.Get("Authorization"), "AWS4-"):
		k.set("s3:authtype", "REST-HEADER")
	case c.query.Has("X-Amz-Signature"):
		k.set("s3:authtype", "REST-QUERY-STRING")
		if at, err := time.Parse("20060102T150405Z", c.query.Get("X-Amz-Date")); err == nil {
			k.set("s3:signatureage", strconv.FormatInt(c.srv.now().Sub(at).Milliseconds(), 10))
		}
	default:
		return
	}
	k.set("s3:signatureversion", "AWS4-HMAC-SHA256")
	k.set("s3:x-amz-content-sha256", c.r.Header.Get("X-Amz-Content-Sha256"))
}

// addHeaders adds keys that are called like the header they come from.
func (k conditionKeys) addHeaders(h http.Header) {
	for _, name := range []string{
		"x-amz-acl", "x-amz-copy-source", "x-amz-metadata-directive", "x-amz-server-side-encryption",
		"x-amz-server-side-encryption-aws-kms-key-id", "x-amz-storage-class", "x-amz-website-redirect-location",
		"x-amz-object-ownership", "if-match", "if-none-match",
		"x-amz-grant-full-control", "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp",
	} {
		k.set("s3:"+name, h.Get(name))
	}
	k.set("s3:object-lock-mode", h.Get("X-Amz-Object-Lock-Mode"))
	k.set("s3:object-lock-legal-hold", h.Get("X-Amz-Object-Lock-Legal-Hold"))
	k.set("s3:object-lock-retain-until-date", h.Get("X-Amz-Object-Lock-Retain-Until-Date"))
}

func (k conditionKeys) addQuery(c *call) {
	k.set("s3:versionid", c.query.Get("versionId"))
	if c.key != "" || c.r.Method != http.MethodGet {
		return
	}
	// An empty prefix that was sent is a value; policies that let people list
	// the top of a bucket compare with it.
	for _, name := range []string{"prefix", "delimiter", "max-keys"} {
		if c.query.Has(name) {
			k["s3:"+name] = []string{c.query.Get(name)}
		}
	}
}

// addRequestTags adds the keys that follow from the tags a request brings.
func (k conditionKeys) addRequestTags(h http.Header) {
	tags, err := headerTags(h)
	if err != nil {
		return // refused later
	}
	for _, t := range tags {
		k.set("s3:requestobjecttag/"+strings.ToLower(t.key), t.value)
		k["s3:requestobjecttagkeys"] = append(k["s3:requestobjecttagkeys"], t.key)
	}
}

// addObjectTags adds the keys that follow from the tags an object has.
func (k conditionKeys) addObjectTags(v *version) {
	if v == nil {
		return
	}
	for _, t := range v.tags {
		k.set("s3:existingobjecttag/"+strings.ToLower(t.key), t.value)
	}
}
