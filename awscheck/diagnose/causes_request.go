package diagnose

import (
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	reCopyToItself = lazyregexp.New(`(?i)copy an object to itself`)
	reCopyTooLarge = lazyregexp.New(`(?i)copy source is larger than the maximum`)
	reNeedChecksum = lazyregexp.New(`(?i)Content-MD5 (?:OR x-amz-checksum- )?HTTP header is required|x-amz-checksum.*is required`)
	reAt           = lazyregexp.New(`(?i)at '(\w+)'`)
)

// malformed explains what S3 refuses about a request itself, whoever sends
// it: its names, sizes, headers, checksums.
func (c *diagnosis) malformed() bool {
	ev := c.ev
	switch ev.Code {
	case "InvalidBucketName":
		c.certain("bucket-name-invalid")
	case "MethodNotAllowed":
		c.likely("wrong-endpoint", Args{"location": ""})
		c.possible("bucket-type-unsupported")
	case "AccessControlListNotSupported":
		c.certain("acl-not-supported")
	case "PreconditionFailed":
		c.certain("precondition-failed")
	case "ConditionalRequestConflict", "OperationAborted":
		c.certain("write-conflict")
	case "NotImplemented":
		c.certain("feature-unsupported", Args{"what": first(ev.Elements["Header"], ev.Message)})
	case "XAmzContentSHA256Mismatch", "BadDigest", "XAmzContentChecksumMismatch":
		c.certain("content-corrupted")
	case "EntityTooLarge":
		c.certain("entity-too-large")
	case "EntityTooSmall":
		c.certain("entity-too-small")
	case "MetadataTooLarge", "RequestHeaderSectionTooLarge":
		c.certain("metadata-too-large")
	case "KeyTooLongError", "KeyTooLong":
		c.certain("key-too-long")
	case "InvalidTag":
		c.certain("tag-invalid")
	case "QuotaExceeded", "XMinioStorageFull", "StorageQuotaExceeded":
		c.certain("quota-exceeded")
	case "RequestTimeout":
		c.certain("upload-timed-out")
	case "InvalidDigest", "MalformedXML", "InvalidArgument", "MissingContentLength", "InvalidURI", "InvalidRange", "InvalidPart", "InvalidPartOrder", "NoSuchUpload":
		c.request()
	case "InvalidRequest":
		return c.invalidRequest()
	default:
		return c.malformedByStatus()
	}
	return true
}

func (c *diagnosis) request() {
	field := first(c.ev.Elements["ArgumentName"], c.ev.Code)
	if m := reAt.FindStringSubmatch(c.ev.Message); m != nil {
		field = m[1]
	}
	if strings.Contains(c.ev.Message, "KMS managed keys") {
		c.certain("kms-anonymous")
		return
	}
	c.certain("request-malformed", Args{"field": field, "message": c.ev.Message})
}

// invalidRequest reads the text: the code says nothing.
func (c *diagnosis) invalidRequest() bool {
	switch m := c.ev.Message; {
	case reCopyToItself.MatchString(m):
		c.certain("copy-to-itself")
	case reCopyTooLarge.MatchString(m):
		c.certain("copy-too-large")
	case c.ev.NeedsChecksum():
		c.certain("checksum-required")
	default:
		return false
	}
	return true
}

// malformedByStatus explains answers without a code, as to HEAD requests and
// from servers other than AWS.
func (c *diagnosis) malformedByStatus() bool {
	switch s := c.ev.HTTPStatus; {
	case s == 412:
		c.certain("precondition-failed")
	case s == 405:
		c.likely("wrong-endpoint", Args{"location": ""})
		c.possible("bucket-type-unsupported")
	case s == 501:
		c.likely("feature-unsupported", Args{"what": first(c.ev.Message, "HTTP 501")})
	case s == 507:
		c.likely("quota-exceeded")
	default:
		return false
	}
	return true
}

// NeedsChecksum tells the refusal of an upload that came without a checksum:
// a bucket with a default retention asks for one.
func (ev Evidence) NeedsChecksum() bool { return reNeedChecksum.MatchString(ev.Message) }
