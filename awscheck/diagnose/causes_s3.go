package diagnose

import (
	"regexp"
	"strings"
)

var (
	reExpecting  = regexp.MustCompile(`(?i)expecting '([a-z0-9-]+)'`)
	reKMSOldText = regexp.MustCompile(`(?i)ciphertext refers to a customer master key|KMS key .*(?:denied|not allowed)`)
)

// s3 explains a failed S3 request.
func (c *diagnosis) s3() {
	ev := c.ev
	operation := strings.TrimPrefix(ev.Operation, "s3:")
	switch {
	case c.wrongRegion():
	case ev.Code == "NoSuchBucket", operation == "HeadBucket" && ev.HTTPStatus == 404:
		c.certain("bucket-not-found")
	case ev.Code == "InvalidBucketName", ev.HTTPStatus == 405 && isBucketOperation(operation):
		c.likely("bucket-type-unsupported")
		c.possible("bucket-not-found")
	case ev.Code == "AllAccessDisabled", ev.Code == "AccountProblem", ev.Code == "NotSignedUp", ev.Code == "InvalidPayer":
		c.certain("account-suspended")
	case ev.Code == "InvalidObjectState":
		c.certain("object-archived")
	case ev.Code == "AccessControlListNotSupported":
		c.certain("request-refused", Args{"message": ev.Message})
	case strings.HasPrefix(ev.Code, "KMS."):
		c.certain("kms-key-unusable", c.kmsArgs())
	case c.denial.Layer == LayerObjectLock:
		c.certain("object-locked")
	case c.denial.Layer == LayerBlockPublic:
		c.certain("public-access-blocked")
	case strings.Contains(strings.ToLower(ev.Message), "requester pays"):
		c.certain("requester-pays")
	case ev.HTTPStatus == 403 || ev.Code == "AccessDenied" || ev.Code == "Forbidden":
		c.s3Denied(operation)
	case ev.HTTPStatus == 400 && operation == "HeadBucket":
		// A HEAD has no body: wrong region and expired token look alike.
		c.likely("wrong-region")
		c.possible("credentials-expired")
	case ev.keyMissing():
		// That a file does not exist says all that there is to say.
	default:
		c.notKnown()
	}
}

// keyMissing tells the answer that there is no such object.
func (ev Evidence) keyMissing() bool {
	return ev.Code == "NoSuchKey" || ev.HTTPStatus == 404 && (ev.Code == "" || ev.Code == "NotFound")
}

func isBucketOperation(operation string) bool {
	switch operation {
	case "HeadBucket", "GetBucketLocation", "ListObjectsV2":
		return true
	}
	return false
}

// wrongRegion explains answers that name another region than the settings.
func (c *diagnosis) wrongRegion() bool {
	ev := c.ev
	actual := ev.BucketRegion
	if m := reExpecting.FindStringSubmatch(ev.Message); m != nil && actual == "" {
		actual = m[1]
	}
	switch ev.Code {
	case "PermanentRedirect", "MovedPermanently", "AuthorizationHeaderMalformed",
		"IllegalLocationConstraintException", "TemporaryRedirect", "BucketRegionMismatch":
	default:
		if ev.HTTPStatus != 301 && (actual == "" || actual == c.f.Region || c.f.Region == "") {
			return false
		}
	}
	if ev.Code == "TemporaryRedirect" && (actual == "" || actual == c.f.Region) {
		c.likely("propagating")
		return true
	}
	args := Args{"actual": orPlaceholder(actual, "REGION")}
	if actual == "" || actual == c.f.Region {
		c.likely("wrong-region", args)
		return true
	}
	c.certain("wrong-region", args)
	return true
}

func (c *diagnosis) s3Denied(operation string) {
	if c.f.WithoutOwnerOK {
		c.certain("bucket-foreign-owner")
		return
	}
	c.layers()
	if strings.HasPrefix(c.denial.Action, "kms:") || reKMSOldText.MatchString(c.ev.Message) {
		c.kms()
		return
	}
	switch operation {
	case "HeadBucket", "ListObjectsV2", "ListObjects":
		c.listDenied()
	case "GetBucketLocation":
		c.own("location-denied")
	case "PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload":
		c.putDenied()
	case "CopyObject", "UploadPartCopy":
		c.own("copy-denied")
	case "DeleteObject", "DeleteObjects":
		c.own("delete-denied")
	case "GetObject", "HeadObject":
		c.own("get-denied")
		if c.f.Encryption == "aws:kms" && c.denial.Action == "" {
			c.possible("kms-decrypt-denied", c.kmsArgs())
		}
	default:
		c.notKnown()
	}
	c.plain()
}

// own adds the operation's own cause. It is certain where the text names the
// action and the role's policy; a deny from elsewhere makes a missing
// permission only a possibility.
func (c *diagnosis) own(id string) {
	switch {
	case c.denial.decidedByLayer():
		c.possible(id)
	case c.denial.Action != "" && c.denial.Layer == LayerIdentity:
		c.certain(id)
	default:
		c.likely(id)
	}
}

// plain adds what a text without any explanation makes thinkable: AWS
// explains a refusal to a caller of the bucket's own account.
func (c *diagnosis) plain() {
	if c.denial.Action != "" || c.denial.Layer != "" || c.f.CustomEndpoint && c.f.ExpectedOwner == "" {
		return
	}
	c.possible("bucket-foreign-owner")
	if c.ev.Code != "" && c.ev.Code != "Forbidden" && !c.f.CustomEndpoint {
		c.possible("requester-pays")
	}
}

func (c *diagnosis) listDenied() {
	switch {
	case c.f.Listed:
		c.certain("list-prefix-condition", Args{"tried": aside(quoted(c.f.ListedWith) + ": OK")})
		c.ruledOut("list-denied")
	case c.denial.decidedByLayer():
		c.possible("list-denied")
	default:
		c.own("list-denied")
		if c.denial.Layer == LayerIdentity && c.f.Prefix != "" {
			// The condition may name another prefix altogether.
			c.demote("list-denied", Likely)
			c.possible("list-prefix-condition")
		}
	}
}

// putDenied tells a policy that does not reach the role from one that names
// another folder, as far as other rows can tell.
func (c *diagnosis) putDenied() {
	d := c.denial
	if d.Explicit && (d.Layer == LayerResource || d.Layer == LayerSCP || d.Layer == LayerRCP) {
		if c.f.EncryptionAccepted != "" {
			c.certain("encryption-required")
			c.ruledOut("put-denied")
			return
		}
		if d.Layer == LayerResource {
			c.possible("encryption-required")
		}
	}
	if d.decidedByLayer() {
		c.possible("put-denied")
		return
	}
	wrongPrefix := Possible
	if c.f.Passed["bucket.list"] && !c.f.CallerAccess {
		// Some policy does reach the role.
		wrongPrefix = Likely
	}
	if wrongPrefix == Likely {
		c.likely("put-wrong-prefix")
	}
	c.likely("put-denied")
	c.possible("put-wrong-prefix")
}

func (c *diagnosis) kms() {
	id := "kms-denied"
	if strings.HasSuffix(c.denial.Action, ":Decrypt") || c.denial.Action == "" && strings.HasSuffix(c.ev.Operation, "GetObject") {
		id = "kms-decrypt-denied"
	}
	if c.denial.Unclear {
		c.likely(id, c.kmsArgs())
		c.possible("kms-key-unusable", c.kmsArgs())
		return
	}
	c.certain(id, c.kmsArgs())
}

func (c *diagnosis) kmsArgs() Args {
	key := ""
	if strings.Contains(c.denial.Resource, ":kms:") {
		key = c.denial.Resource
	} else if m := reKeyARN.FindString(c.ev.Message); m != "" {
		key = m
	}
	return Args{"kms_key": orPlaceholder(key, "KEY_ARN"), "kms": aside(key)}
}

var reKeyARN = regexp.MustCompile(`arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:(?:key|alias)/[A-Za-z0-9/_-]+`)

func (c *diagnosis) demote(id string, l Likelihood) {
	for i := range c.causes {
		if c.causes[i].ID == id && c.causes[i].Likelihood == Certain {
			c.causes[i].Likelihood = l
		}
	}
}

func quoted(s string) string { return `"` + s + `"` }
