package diagnose

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	reExpecting  = lazyregexp.New(`(?i)expecting '([a-z0-9-]+)'`)
	reMFADelete  = lazyregexp.New(`(?i)\bMFA\b.*(?:must be used|required|needed)|x-amz-mfa`)
	reKMSOldText = lazyregexp.New(`(?i)ciphertext refers to a customer master key|KMS key .*(?:denied|not allowed)`)
)

// s3 explains a failed S3 request.
func (c *diagnosis) s3() {
	ev := c.ev
	operation := strings.TrimPrefix(ev.Operation, "s3:")
	switch {
	case c.wrongRegion():
	case ev.Code == "NoSuchBucket", operation == "HeadBucket" && ev.HTTPStatus == 404:
		c.certain("bucket-not-found")
	case ev.Code == "AllAccessDisabled", ev.Code == "AccountProblem", ev.Code == "NotSignedUp", ev.Code == "InvalidPayer":
		c.certain("account-suspended")
	case ev.Code == "InvalidObjectState":
		c.certain("object-archived")
	case c.malformed():
	case strings.HasPrefix(ev.Code, "KMS."):
		c.keyFailed()
	case c.denial.Layer == LayerObjectLock:
		c.certain("object-locked")
	case c.denial.Layer == LayerBlockPublic:
		c.blockedPublic()
	case reMFADelete.MatchString(ev.Message):
		c.certain("mfa-delete")
	case strings.Contains(strings.ToLower(ev.Message), "requester pays"):
		c.certain("requester-pays")
	case ev.HTTPStatus == 403 || ev.Code == "AccessDenied" || ev.Code == "Forbidden":
		c.s3Denied(operation)
	case ev.HTTPStatus == 400 && strings.HasPrefix(operation, "Head"):
		c.headMalformed()
	case ev.keyMissing():
		c.missing(operation)
	default:
		c.notKnown()
	}
}

// blockedPublic explains what Block Public Access refuses an administrator:
// a policy, or an ACL that came with an upload.
func (c *diagnosis) blockedPublic() {
	if strings.HasSuffix(c.denial.Setting, "Acls") {
		c.certain("public-acl-blocked", Args{"what": c.denial.Setting})
		return
	}
	c.certain("public-access-blocked")
}

// headMalformed explains a 400 without a body: wrong region and expired
// token look alike, unless the answer names the region.
func (c *diagnosis) headMalformed() {
	if c.ev.BucketRegion != "" && c.ev.BucketRegion == c.f.Region {
		c.likely("credentials-expired")
		c.possible("session-token-invalid")
		return
	}
	c.likely("wrong-region")
	c.possible("credentials-expired")
}

// missing explains that there is no such object. By itself that says all
// that there is to say; of one that has just been uploaded it does not: S3
// shows at once what it has stored.
func (c *diagnosis) missing(operation string) {
	reads := operation == "GetObject" || operation == "HeadObject" || operation == "CopyObject"
	if reads && c.f.Passed["object.put"] && !c.f.Passed["object.delete"] {
		c.likely("object-vanished")
	}
}

// keyMissing tells the answer that there is no such object.
func (ev Evidence) keyMissing() bool {
	return ev.Code == "NoSuchKey" || ev.HTTPStatus == 404 && (ev.Code == "" || ev.Code == "NotFound")
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
	args := Args{"actual": orPlaceholder(actual, "BUCKET_REGION")}
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
	if c.otherAction(operation) {
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
		c.actionDenied()
	}
	c.plain()
}

// actionsOf are the IAM actions that the documented policy grants for an
// operation. A denial of another one is explained by that one.
var actionsOf = map[string][]string{
	"HeadBucket": {"s3:ListBucket"}, "ListObjectsV2": {"s3:ListBucket"}, "ListObjects": {"s3:ListBucket"},
	"GetBucketLocation": {"s3:GetBucketLocation"},
	"PutObject":         {"s3:PutObject"}, "CreateMultipartUpload": {"s3:PutObject"}, "UploadPart": {"s3:PutObject"},
	"CompleteMultipartUpload": {"s3:PutObject"},
	"CopyObject":              {"s3:GetObject", "s3:PutObject"}, "UploadPartCopy": {"s3:GetObject", "s3:PutObject"},
	"DeleteObject": {"s3:DeleteObject"}, "DeleteObjects": {"s3:DeleteObject"},
	"GetObject": {"s3:GetObject"}, "HeadObject": {"s3:GetObject"},
}

// otherAction explains the denial of an action that the operation does not
// need by its name: tags, or the look whether a missing file exists.
func (c *diagnosis) otherAction(operation string) bool {
	expected, ok := actionsOf[operation]
	action := c.denial.Action
	if !ok || action == "" || slices.Contains(expected, action) {
		return false
	}
	switch {
	case strings.HasSuffix(action, "ObjectTagging"):
		c.own("tagging-denied")
	case action == "s3:ListBucket" && expected[0] == "s3:GetObject":
		// S3 asks for the right to list when it does not find the key.
		c.likely("object-not-found")
		c.possible("list-denied")
	default:
		c.actionDenied()
	}
	return true
}

// actionDenied explains the denial of an action that has no cause of its own.
func (c *diagnosis) actionDenied() {
	if c.denial.Action == "" {
		c.notKnown()
		return
	}
	c.own("action-denied")
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
	if c.ev.Code == "AccessDenied" && c.settings.RoleARN != "" && !c.f.CallerAccess && !c.f.CustomEndpoint {
		c.likely("bucket-foreign-owner")
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
	if c.f.Passed["bucket.list"] && !c.f.CallerAccess && !c.f.InPrefix {
		// Some policy does reach the role, but not here.
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
	if c.denial.Unclear || reKMSOldText.MatchString(c.ev.Message) {
		// One text for a key that is missing, elsewhere, or refuses.
		c.likely(id, c.kmsArgs())
		c.possible("kms-key-unusable", c.kmsArgs())
		return
	}
	c.certain(id, c.kmsArgs())
}

// keyFailed explains the errors of KMS that S3 hands on.
func (c *diagnosis) keyFailed() {
	switch code := strings.TrimPrefix(c.ev.Code, "KMS."); {
	case strings.HasPrefix(code, "AccessDenied"):
		c.kms()
	case strings.Contains(code, "Internal"), strings.Contains(code, "Timeout"), strings.Contains(code, "Unavailable"):
		c.likely("service-unavailable")
	default:
		c.certain("kms-key-unusable", c.kmsArgs())
	}
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

var reKeyARN = lazyregexp.New(`arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:(?:key|alias)/[A-Za-z0-9/_-]+`)

func (c *diagnosis) demote(id string, l Likelihood) {
	for i := range c.causes {
		if c.causes[i].ID == id && c.causes[i].Likelihood == Certain {
			c.causes[i].Likelihood = l
		}
	}
}

func quoted(s string) string { return `"` + s + `"` }
