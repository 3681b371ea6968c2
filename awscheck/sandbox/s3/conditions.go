package s3

import (
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// conditions are the condition keys that S3 fills from the request.
func (c *call) conditions() map[string][]string {
	k := map[string][]string{}
	set := func(key string, value string) {
		if value != "" {
			k[key] = []string{value}
		}
	}
	now := c.srv.now().UTC()
	set("aws:securetransport", strconv.FormatBool(secure(c.r)))
	set("aws:sourceip", sourceIP(c.r))
	set("aws:useragent", c.r.UserAgent())
	set("aws:referer", c.r.Referer())
	set("aws:currenttime", now.Format(time.RFC3339))
	set("aws:epochtime", strconv.FormatInt(now.Unix(), 10))
	set("aws:viaawsservice", "false")
	if c.bucket != nil {
		set("aws:requestedregion", c.bucket.region)
		set("aws:resourceaccount", c.bucket.owner)
		set("s3:resourceaccount", c.bucket.owner)
	}
	if c.r.TLS != nil {
		set("s3:tlsversion", tlsVersions[c.r.TLS.Version])
	}
	c.signatureConditions(set)
	c.headerConditions(set)
	c.queryConditions(set)
	if source, ok := c.ctx.Value(sourceKey{}).([2]string); ok {
		set("aws:sourcearn", source[0])
		set("aws:sourceaccount", source[1])
		delete(k, "aws:sourceip") // a service's own address is not disclosed
	}
	return k
}

var tlsVersions = map[uint16]string{0x0301: "1.0", 0x0302: "1.1", 0x0303: "1.2", 0x0304: "1.3"}

// secure reports whether the client sees a TLS connection. The loopback
// endpoint stands for AWS's HTTPS endpoint, so that a policy that demands TLS
// means there what it means at AWS; plain HTTP to an S3 host name does not.
func secure(r *http.Request) bool {
	_, named := ParseHost(r.Host)
	return r.TLS != nil || !named
}

func sourceIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

func (c *call) signatureConditions(set func(key, value string)) {
	switch {
	case strings.HasPrefix(c.r.Header.Get("Authorization"), "AWS4-"):
		set("s3:authtype", "REST-HEADER")
	case c.query.Has("X-Amz-Signature"):
		set("s3:authtype", "REST-QUERY-STRING")
		if at, err := time.Parse("20060102T150405Z", c.query.Get("X-Amz-Date")); err == nil {
			set("s3:signatureage", strconv.FormatInt(c.srv.now().Sub(at).Milliseconds(), 10))
		}
	default:
		return
	}
	set("s3:signatureversion", "AWS4-HMAC-SHA256")
	set("s3:x-amz-content-sha256", c.r.Header.Get("X-Amz-Content-Sha256"))
}

// headerConditions are keys that are called like the header they come from.
func (c *call) headerConditions(set func(key, value string)) {
	for _, name := range []string{
		"x-amz-acl", "x-amz-copy-source", "x-amz-metadata-directive", "x-amz-server-side-encryption",
		"x-amz-server-side-encryption-aws-kms-key-id", "x-amz-storage-class", "x-amz-website-redirect-location",
		"x-amz-object-ownership", "if-match", "if-none-match",
		"x-amz-grant-full-control", "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp",
	} {
		set("s3:"+name, c.r.Header.Get(name))
	}
	set("s3:object-lock-mode", c.r.Header.Get("X-Amz-Object-Lock-Mode"))
	set("s3:object-lock-legal-hold", c.r.Header.Get("X-Amz-Object-Lock-Legal-Hold"))
	set("s3:object-lock-retain-until-date", c.r.Header.Get("X-Amz-Object-Lock-Retain-Until-Date"))
}

func (c *call) queryConditions(set func(key, value string)) {
	set("s3:versionid", c.query.Get("versionId"))
	if c.key != "" || c.r.Method != http.MethodGet {
		return
	}
	// An empty prefix or delimiter that was sent is in the request context.
	for _, name := range []string{"prefix", "delimiter", "max-keys"} {
		if c.query.Has(name) {
			set("s3:"+name, c.query.Get(name))
		}
	}
}
