// Package s3control is the part of the sandbox's S3 that is about a whole
// account: its Block Public Access setting, in the REST-XML protocol of
// version 2018-08-20.
package s3control

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

// Server answers requests whose signature has been verified: the caller is
// access.CallerFrom of the request's context.
type Server struct{ state *state.State }

// New returns a server for the account st.
func New(st *state.State) *Server { return &Server{st} }

const (
	prefix        = "/v20180820/"
	accountHeader = "X-Amz-Account-Id"
)

// Serves reports whether a request, which is signed for "s3", is about an
// account.
func Serves(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, prefix) && r.Header.Get(accountHeader) != ""
}

var operations = map[string]string{
	http.MethodGet: "GetPublicAccessBlock", http.MethodPut: "PutPublicAccessBlock", http.MethodDelete: "DeletePublicAccessBlock",
}

// Operation is the name of the operation that a request asks for, or empty.
func Operation(r *http.Request) string {
	if r.URL.Path != prefix+"configuration/publicAccessBlock" {
		return ""
	}
	return operations[r.Method]
}

// actions are the IAM actions of the operations. There is none for deleting.
var actions = map[string]string{
	"GetPublicAccessBlock":    "s3:GetAccountPublicAccessBlock",
	"PutPublicAccessBlock":    "s3:PutAccountPublicAccessBlock",
	"DeletePublicAccessBlock": "s3:PutAccountPublicAccessBlock",
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	operation := Operation(r)
	problem := s.authorize(r, actions[operation])
	switch {
	case operation == "":
		problem = awserr.New(http.StatusNotImplemented, "NotImplemented", "The sandbox knows the account's Block Public Access alone.")
	case problem != nil:
	case operation == "GetPublicAccessBlock":
		problem = s.get(w)
	case operation == "PutPublicAccessBlock":
		problem = s.put(w, r)
	default:
		s.state.SetAccessBlock(nil)
		w.WriteHeader(http.StatusNoContent)
	}
	if problem != nil {
		awserr.WriteWrapped(w, problem)
	}
}

func (s *Server) authorize(r *http.Request, action string) *awserr.Error {
	c := access.CallerFrom(r.Context())
	p, of := c.Principal, r.Header.Get(accountHeader)
	if p.Kind == policy.Anonymous || p.Account != of || of != s.state.ID() {
		return awserr.New(http.StatusForbidden, "AccessDenied", "Access Denied")
	}
	d := policy.Evaluate(policy.Request{
		Principal: p, Action: action, Resource: "*", ResourceAccount: of, Context: access.RequestKeys(r, s.state.Now()),
	}, s.state.Policies(c, "s3", of))
	if d.Allowed {
		return nil
	}
	return awserr.New(http.StatusForbidden, "AccessDenied",
		fmt.Sprintf("User: %s is not authorized to perform: %s %s", p.ARN, action, s.state.Clause(d, action)))
}

// configuration is the document on the wire.
type configuration struct {
	XMLName               xml.Name `xml:"PublicAccessBlockConfiguration"`
	Namespace             string   `xml:"xmlns,attr,omitempty"`
	BlockPublicAcls       bool
	IgnorePublicAcls      bool
	BlockPublicPolicy     bool
	RestrictPublicBuckets bool
}

const namespace = "http://awss3control.amazonaws.com/doc/2018-08-20/"

func (s *Server) get(w http.ResponseWriter) *awserr.Error {
	b, ok := s.state.AccessBlock()
	if !ok {
		return awserr.New(http.StatusNotFound, "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")
	}
	body, err := xml.Marshal(configuration{
		Namespace: namespace, BlockPublicAcls: b.BlockPublicACLs, IgnorePublicAcls: b.IgnorePublicACLs,
		BlockPublicPolicy: b.BlockPublicPolicy, RestrictPublicBuckets: b.RestrictPublicBuckets,
	})
	if err != nil {
		return awserr.New(http.StatusInternalServerError, "InternalError", "We encountered an internal error. Please try again.")
	}
	body = append([]byte(xml.Header), body...)
	h := w.Header()
	h.Set("Content-Type", "application/xml")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // the client may be gone
	return nil
}

// maxBody bounds what is read of a configuration.
const maxBody = 64 << 10

func (s *Server) put(w http.ResponseWriter, r *http.Request) *awserr.Error {
	var c configuration
	data, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil || xml.Unmarshal(data, &c) != nil {
		return awserr.New(http.StatusBadRequest, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")
	}
	s.state.SetAccessBlock(&account.PublicAccessBlock{
		BlockPublicACLs: c.BlockPublicAcls, IgnorePublicACLs: c.IgnorePublicAcls,
		BlockPublicPolicy: c.BlockPublicPolicy, RestrictPublicBuckets: c.RestrictPublicBuckets,
	})
	w.WriteHeader(http.StatusOK)
	return nil
}
