package cloudfront

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// control is an origin access control.
type control struct {
	id, etag string
	config   controlConfig
}

type controlConfig struct {
	XMLName                       xml.Name `xml:"OriginAccessControlConfig"`
	XMLNS                         string   `xml:"xmlns,attr,omitempty"`
	Name                          string
	Description                   string
	SigningProtocol               string
	SigningBehavior               string
	OriginAccessControlOriginType string
}

// maxName is the longest name of an origin access control.
const maxName = 64

// controlOf is the origin access control of a distribution of the account
// file. Its ID follows from the distribution's.
func (s *Server) controlOf(d account.Distribution) *control {
	signing := d.Signing
	if signing == "" {
		signing = account.SignAlways
	}
	name := s.originDomain(d)
	if len(name) > maxName {
		name = name[:maxName]
	}
	return &control{
		id: "EOAC" + strings.TrimPrefix(d.ID, "E"), etag: newID("E"),
		config: controlConfig{
			Name: name, SigningProtocol: "sigv4", SigningBehavior: signing, OriginAccessControlOriginType: "s3",
		},
	}
}

// certificateARN makes up the ARN of a certificate with names on it.
func (s *Server) certificateARN(names []string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.Join(names, " "))))
	id := fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
	return "arn:" + s.account.Partition() + ":acm:us-east-1:" + s.account.ID + ":certificate/" + id
}

func (s *Server) control(id string) *control {
	for _, c := range s.controls {
		if c.id == id {
			return c
		}
	}
	return nil
}

func (c *call) findControl() (*control, *awserr.Error) {
	if found := c.control(c.id); found != nil {
		return found, nil
	}
	return nil, awserr.New(http.StatusNotFound, "NoSuchOriginAccessControl", "The specified origin access control does not exist.")
}

type controlDocument struct {
	XMLName                   xml.Name `xml:"OriginAccessControl"`
	XMLNS                     string   `xml:"xmlns,attr"`
	Id                        string
	OriginAccessControlConfig controlConfig
}

func (o *control) document() controlDocument {
	return controlDocument{XMLNS: Namespace, Id: o.id, OriginAccessControlConfig: o.config}
}

func (c *call) getControl() (answer, *awserr.Error) {
	o, problem := c.findControl()
	if problem != nil {
		return answer{}, problem
	}
	return answer{etag: o.etag, body: o.document()}, nil
}

func (c *call) getControlConfig() (answer, *awserr.Error) {
	o, problem := c.findControl()
	if problem != nil {
		return answer{}, problem
	}
	doc := o.config
	doc.XMLNS = Namespace
	return answer{etag: o.etag, body: doc}, nil
}

type controlList struct {
	XMLName xml.Name `xml:"OriginAccessControlList"`
	XMLNS   string   `xml:"xmlns,attr"`
	page
	Items *[]controlSummary `xml:"Items>OriginAccessControlSummary"`
}

type controlSummary struct {
	Id                            string
	Description                   string
	Name                          string
	SigningProtocol               string
	SigningBehavior               string
	OriginAccessControlOriginType string
}

func (c *call) listControls() (answer, *awserr.Error) {
	p, from, to, problem := c.page(len(c.controls), func(i int) string { return c.controls[i].id })
	if problem != nil {
		return answer{}, problem
	}
	list := controlList{XMLNS: Namespace, page: p}
	items := []controlSummary{}
	for _, o := range c.controls[from:to] {
		items = append(items, controlSummary{
			Id: o.id, Description: o.config.Description, Name: o.config.Name, SigningProtocol: o.config.SigningProtocol,
			SigningBehavior: o.config.SigningBehavior, OriginAccessControlOriginType: o.config.OriginAccessControlOriginType,
		})
	}
	if len(items) > 0 {
		list.Items = &items
	}
	return answer{body: list}, nil
}

func (c *call) createControl() (answer, *awserr.Error) {
	doc, problem := c.readControl()
	if problem != nil {
		return answer{}, problem
	}
	o := &control{id: newID("E"), etag: newID("E"), config: doc}
	c.controls = append(c.controls, o)
	return answer{
		status: http.StatusCreated, etag: o.etag, body: o.document(),
		location: "https://cloudfront.amazonaws.com/2020-05-31/origin-access-control/" + o.id,
	}, nil
}

func (c *call) updateControl() (answer, *awserr.Error) {
	o, problem := c.findControl()
	if problem != nil {
		return answer{}, problem
	}
	if problem := c.ifMatch(o.etag); problem != nil {
		return answer{}, problem
	}
	doc, problem := c.readControl()
	if problem != nil {
		return answer{}, problem
	}
	o.config, o.etag = doc, newID("E")
	for _, r := range c.records {
		if r.uses(o.id) {
			c.configure(r)
		}
	}
	return answer{etag: o.etag, body: o.document()}, nil
}

// readControl reads and judges the configuration in the request.
func (c *call) readControl() (controlConfig, *awserr.Error) {
	var doc controlConfig
	if problem := c.read(&doc); problem != nil {
		return doc, problem
	}
	doc.XMLNS = ""
	switch {
	case doc.Name == "" || len(doc.Name) > maxName:
		return doc, invalid("The parameter Name of the origin access control must have 1 to 64 characters.")
	case doc.SigningProtocol != "sigv4" && doc.SigningProtocol != "sigv4a":
		return doc, invalid("The parameter SigningProtocol is not valid.")
	case doc.SigningBehavior != account.SignAlways && doc.SigningBehavior != account.SignNever && doc.SigningBehavior != account.SignNoOverride:
		return doc, invalid("The parameter SigningBehavior is not valid.")
	}
	switch doc.OriginAccessControlOriginType {
	case "s3", "mediastore", "mediapackagev2", "lambda":
	default:
		return doc, invalid("The parameter OriginAccessControlOriginType is not valid.")
	}
	for _, other := range c.controls {
		if other.config.Name == doc.Name && other.id != c.id {
			return doc, awserr.New(http.StatusConflict, "OriginAccessControlAlreadyExists", "An origin access control with the same parameters already exists.")
		}
	}
	return doc, nil
}
