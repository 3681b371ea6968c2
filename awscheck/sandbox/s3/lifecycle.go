package s3

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// maxRules is how many lifecycle rules a bucket may have, maxRuleID how long
// their IDs may be.
const (
	maxRules  = 1000
	maxRuleID = 255
)

// element is an XML element of a configuration that is kept as it came.
type element struct {
	name     string
	text     string
	children []element
}

// UnmarshalXML reads an element with everything in it.
func (e *element) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	e.name = start.Name.Local
	var text strings.Builder
	for {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			var child element
			if err := child.UnmarshalXML(d, t); err != nil {
				return err
			}
			e.children = append(e.children, child)
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			if len(e.children) == 0 {
				e.text = strings.TrimSpace(text.String())
			}
			return nil
		}
	}
}

// child is the first child of that name; ok is false when there is none.
func (e element) child(name string) (element, bool) {
	for _, c := range e.children {
		if c.name == name {
			return c, true
		}
	}
	return element{}, false
}

// value is the element as the account file has rules: a text, or a mapping in
// which repeated elements are lists.
func (e element) value() any {
	if len(e.children) == 0 {
		return e.text
	}
	m := map[string]any{}
	for _, c := range e.children {
		switch before := m[c.name].(type) {
		case nil:
			m[c.name] = c.value()
		case []any:
			m[c.name] = append(before, c.value())
		default:
			m[c.name] = []any{before, c.value()}
		}
	}
	return m
}

func (c *call) putBucketLifecycle() error {
	if err := c.allow("s3:PutLifecycleConfiguration"); err != nil {
		return err
	}
	var body element
	if err := c.readXML(512<<10, &body); err != nil {
		return err
	}
	if body.name != "LifecycleConfiguration" || len(body.children) == 0 || len(body.children) > maxRules {
		return malformedXML()
	}
	rules, ids := make([]map[string]any, 0, len(body.children)), map[string]bool{}
	for _, r := range body.children {
		id, err := checkRule(r)
		if err != nil {
			return err
		}
		rule, _ := r.value().(map[string]any) // a rule that was checked has children
		if id == "" {
			id = newRuleID()
			rule["ID"] = id
		}
		if ids[id] {
			return invalidArgument("Rule ID must be unique. Found same ID for more than one rule", "ID", id)
		}
		ids[id] = true
		rules = append(rules, rule)
	}
	return c.configure(http.StatusOK, func(b *account.Bucket) { b.Lifecycle = rules })
}

func newRuleID() string {
	raw := make([]byte, 36)
	_, _ = rand.Read(raw) // never fails, says crypto/rand
	return base64.StdEncoding.EncodeToString(raw)
}

// ruleActions are what a lifecycle rule may do.
var ruleActions = []string{
	"Expiration", "Transition", "NoncurrentVersionExpiration", "NoncurrentVersionTransition", "AbortIncompleteMultipartUpload",
}

// ruleDays are the elements that hold a number of days, by the action that
// they belong to.
var ruleDays = map[string]string{
	"Expiration": "Days", "NoncurrentVersionExpiration": "NoncurrentDays", "AbortIncompleteMultipartUpload": "DaysAfterInitiation",
}

// checkRule returns a lifecycle rule's ID, or why S3 does not take the rule.
func checkRule(r element) (id string, err error) {
	status, _ := r.child("Status")
	_, hasFilter := r.child("Filter")
	_, hasPrefix := r.child("Prefix")
	if r.name != "Rule" || status.text != "Enabled" && status.text != "Disabled" || hasFilter == hasPrefix {
		return "", malformedXML()
	}
	if e, ok := r.child("ID"); ok {
		id = e.text
	}
	if len(id) > maxRuleID {
		return "", invalidArgument("ID length should not exceed allowed limit of 255", "ID", id)
	}
	acts := false
	for _, name := range ruleActions {
		action, ok := r.child(name)
		if !ok {
			continue
		}
		acts = true
		if err := checkAction(name, action); err != nil {
			return "", err
		}
	}
	if !acts {
		return "", invalidRequest("At least one action needs to be specified in a rule")
	}
	if _, aborts := r.child("AbortIncompleteMultipartUpload"); aborts && r.hasTag() {
		return "", invalidRequest("AbortIncompleteMultipartUpload cannot be specified with Tags")
	}
	return id, nil
}

// hasTag reports whether a rule chooses objects by their tags.
func (e element) hasTag() bool {
	filter, _ := e.child("Filter")
	and, _ := filter.child("And")
	_, alone := filter.child("Tag")
	_, among := and.child("Tag")
	return alone || among
}

func checkAction(name string, action element) error {
	days, hasDays := action.child(ruleDays[name])
	if hasDays {
		if n, err := strconv.Atoi(days.text); err != nil {
			return malformedXML()
		} else if n <= 0 {
			return invalidArgument("'"+days.name+"' for "+name+" action must be a positive integer", days.name, days.text)
		}
	}
	if name != "Expiration" {
		return nil
	}
	_, hasDate := action.child("Date")
	_, hasMarker := action.child("ExpiredObjectDeleteMarker")
	if hasDays && hasMarker || hasDays && hasDate || hasDate && hasMarker || !hasDays && !hasDate && !hasMarker {
		return malformedXML()
	}
	return nil
}

func (c *call) deleteBucketLifecycle() error {
	if err := c.allow("s3:PutLifecycleConfiguration"); err != nil {
		return err
	}
	return c.configure(http.StatusNoContent, func(b *account.Bucket) { b.Lifecycle = nil })
}

func (c *call) putObjectLockConfiguration() error {
	if err := c.allow("s3:PutBucketObjectLockConfiguration"); err != nil {
		return err
	}
	var body struct {
		XMLName xml.Name `xml:"ObjectLockConfiguration"`
		Enabled string   `xml:"ObjectLockEnabled"`
		Rule    *struct {
			Default struct {
				Mode        string
				Days, Years int
			} `xml:"DefaultRetention"`
		}
	}
	if err := c.readXML(64<<10, &body); err != nil {
		return err
	}
	var lock account.ObjectLock
	if body.Rule != nil {
		d := body.Rule.Default
		lock = account.ObjectLock{Mode: d.Mode, Days: d.Days, Years: d.Years}
		if d.Mode != "GOVERNANCE" && d.Mode != "COMPLIANCE" || (d.Days > 0) == (d.Years > 0) {
			return malformedXML()
		}
	}
	switch {
	case body.Enabled != "Enabled" && c.bucket.settings().ObjectLock == nil:
		return malformedXML()
	case c.bucket.settings().Versioning != "Enabled":
		return awserr.New(http.StatusConflict, "InvalidBucketState", "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration")
	}
	return c.configure(http.StatusOK, func(b *account.Bucket) { b.ObjectLock = &lock })
}

func (c *call) getBucketRequestPayment() error {
	if err := c.allow("s3:GetBucketRequestPayment"); err != nil {
		return err
	}
	payer := "BucketOwner"
	if c.bucket.settings().RequesterPays {
		payer = "Requester"
	}
	x := newXML()
	x.open("RequestPaymentConfiguration")
	x.text("Payer", payer)
	x.end("RequestPaymentConfiguration")
	return c.send(x)
}

func (c *call) putBucketRequestPayment() error {
	if err := c.allow("s3:PutBucketRequestPayment"); err != nil {
		return err
	}
	var body struct {
		XMLName xml.Name `xml:"RequestPaymentConfiguration"`
		Payer   string
	}
	if err := c.readXML(64<<10, &body); err != nil {
		return err
	}
	if body.Payer != "Requester" && body.Payer != "BucketOwner" {
		return malformedXML()
	}
	return c.configure(http.StatusOK, func(b *account.Bucket) { b.RequesterPays = body.Payer == "Requester" })
}

// chargeRequester refuses who would have to pay and did not say that they
// will; strangers without a name cannot pay at all.
func (c *call) chargeRequester() error {
	if !c.bucket.settings().RequesterPays || !c.stranger(c.bucket) {
		return nil
	}
	says := c.r.Header.Get("X-Amz-Request-Payer") == "requester" || c.query.Get("x-amz-request-payer") == "requester"
	if !says || c.caller.Principal.Account == "" {
		return c.denied()
	}
	c.w.Header().Set("X-Amz-Request-Charged", "requester")
	return nil
}
