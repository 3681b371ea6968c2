// Package cloudfront is the control plane of the sandbox's CloudFront: the
// REST-XML protocol of version 2020-05-31, as far as the owner of a bucket
// reads, mends and invalidates a distribution. What the distributions deliver
// is package cdn's; this room tells it what has changed.
package cloudfront

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

// Namespace is that of the protocol's documents.
const Namespace = "http://cloudfront.amazonaws.com/doc/2020-05-31/"

// Edge is where the distributions deliver.
type Edge interface {
	// Invalidate lets go of what is cached under paths, as CreateInvalidation
	// takes them.
	Invalidate(id string, paths []string)
	// Configure puts d in place of the distribution with its ID.
	Configure(d account.Distribution)
}

// Options are the server's surroundings.
type Options struct {
	// Edge is told of changes; nil: nobody is.
	Edge Edge
}

// Server answers requests whose signature has been verified: the caller is
// access.CallerFrom of the request's context. It is safe for concurrent use.
type Server struct {
	account account.Account
	state   *state.State
	edge    Edge

	mu       sync.Mutex // guards what follows
	records  []*record
	controls []*control
}

// New returns the control plane of acct's distributions. live is the same
// account as it changes, and the clock.
func New(acct account.Account, live *state.State, o Options) *Server {
	s := &Server{account: acct, state: live, edge: o.Edge}
	for _, d := range acct.Distributions {
		s.add(d)
	}
	return s
}

func (s *Server) now() time.Time { return s.state.Now() }

// call is one request on its way through the server.
type call struct {
	*Server
	r      *http.Request
	caller access.Caller
	action string // "GetDistribution"
	id     string // of the distribution or the origin access control
	sub    string // of the invalidation
}

// answer is a successful one.
type answer struct {
	status   int // 0: 200
	etag     string
	location string
	body     any // nil: none
}

// route finds the operation of a request.
func route(r *http.Request) (action, id, sub string) {
	path, ok := strings.CutPrefix(r.URL.Path, "/2020-05-31/")
	if !ok {
		return "", "", ""
	}
	parts := strings.Split(strings.TrimSuffix(path, "/"), "/")
	pattern := r.Method + " " + parts[0]
	if len(parts) > 1 {
		id = parts[1]
		pattern += "/{}"
	}
	if len(parts) > 2 {
		pattern += "/" + parts[2]
	}
	if len(parts) > 3 {
		sub = parts[3]
		pattern += "/{}"
	}
	if len(parts) > 4 {
		return "", "", ""
	}
	return actions[pattern], id, sub
}

var actions = map[string]string{
	"GET distribution":                    "ListDistributions",
	"GET distribution/{}":                 "GetDistribution",
	"GET distribution/{}/config":          "GetDistributionConfig",
	"PUT distribution/{}/config":          "UpdateDistribution",
	"GET distribution/{}/invalidation":    "ListInvalidations",
	"POST distribution/{}/invalidation":   "CreateInvalidation",
	"GET distribution/{}/invalidation/{}": "GetInvalidation",
	"GET origin-access-control":           "ListOriginAccessControls",
	"POST origin-access-control":          "CreateOriginAccessControl",
	"GET origin-access-control/{}":        "GetOriginAccessControl",
	"GET origin-access-control/{}/config": "GetOriginAccessControlConfig",
	"PUT origin-access-control/{}/config": "UpdateOriginAccessControl",
}

var operations = map[string]func(*call) (answer, *awserr.Error){
	"ListDistributions":            (*call).listDistributions,
	"GetDistribution":              (*call).getDistribution,
	"GetDistributionConfig":        (*call).getDistributionConfig,
	"UpdateDistribution":           (*call).updateDistribution,
	"ListInvalidations":            (*call).listInvalidations,
	"CreateInvalidation":           (*call).createInvalidation,
	"GetInvalidation":              (*call).getInvalidation,
	"ListOriginAccessControls":     (*call).listControls,
	"CreateOriginAccessControl":    (*call).createControl,
	"GetOriginAccessControl":       (*call).getControl,
	"GetOriginAccessControlConfig": (*call).getControlConfig,
	"UpdateOriginAccessControl":    (*call).updateControl,
}

// Operation is the name of the operation that r asks for; empty: none that
// this server knows.
func Operation(r *http.Request) string {
	action, _, _ := route(r)
	return action
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	out, problem := s.serve(r)
	if problem != nil {
		WriteError(w, r, problem)
		return
	}
	h := w.Header()
	if out.etag != "" {
		h.Set("ETag", out.etag)
	}
	if out.location != "" {
		h.Set("Location", out.location)
	}
	body, err := xml.Marshal(out.body)
	if err != nil {
		WriteError(w, r, awserr.New(http.StatusInternalServerError, "InternalError", "An internal error occurred."))
		return
	}
	body = append([]byte(xml.Header), body...)
	h.Set("Content-Type", "text/xml")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if out.status != 0 {
		w.WriteHeader(out.status)
	}
	_, _ = w.Write(body) // the client may be gone
}

// WriteError writes e as CloudFront does.
func WriteError(w http.ResponseWriter, r *http.Request, e *awserr.Error) {
	awserr.WriteQuery(w, r, e, Namespace, "")
}

func (s *Server) serve(r *http.Request) (answer, *awserr.Error) {
	action, id, sub := route(r)
	serve := operations[action]
	if serve == nil {
		return answer{}, awserr.New(http.StatusNotImplemented, "NotImplemented", "The sandbox's CloudFront does not know "+r.Method+" "+r.URL.Path)
	}
	c := &call{Server: s, r: r, caller: access.CallerFrom(r.Context()), action: action, id: id, sub: sub}
	if problem := c.authorize(); problem != nil {
		return answer{}, problem
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if id := c.caller.Principal.Account; id != s.account.ID {
		// Whoever comes from another account looks into that one. Nothing is there.
		c.Server = &Server{account: account.Account{ID: id}, state: s.state}
	}
	return serve(c)
}

// authorize refuses unless the caller may do the action on what it names: in
// its own account, since there is no asking for another one's distributions.
func (c *call) authorize() *awserr.Error {
	p, action := c.caller.Principal, "cloudfront:"+c.action
	resource := strings.Replace(c.resource(), "::"+c.account.ID+":", "::"+p.Account+":", 1)
	d := policy.Evaluate(policy.Request{
		Principal: p, Action: action, Resource: resource, ResourceAccount: p.Account, Context: access.RequestKeys(c.r, c.now()),
	}, c.state.Policies(c.caller, "cloudfront", p.Account))
	switch {
	case p.Kind == policy.Anonymous:
		return awserr.New(http.StatusForbidden, "MissingAuthenticationToken", "Request is missing Authentication Token")
	case d.Allowed:
		return nil
	}
	return awserr.New(http.StatusForbidden, "AccessDenied",
		fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %s %s", p.ARN, action, resource, c.state.Clause(d, action)))
}

// resource is the ARN that the action is about; "*" for lists.
func (c *call) resource() string {
	kind := "distribution"
	if strings.Contains(c.action, "OriginAccessControl") {
		kind = "origin-access-control"
	}
	if c.id == "" && !strings.HasPrefix(c.action, "List") {
		return c.arn(kind, "*")
	}
	if c.id == "" {
		return "*"
	}
	return c.arn(kind, c.id)
}

func (s *Server) arn(kind, id string) string {
	return "arn:" + s.account.Partition() + ":cloudfront::" + s.account.ID + ":" + kind + "/" + id
}

// bodyLimit is the longest document taken: 3,000 paths of 4,000 characters
// with their tags.
const bodyLimit = 16 << 20

// read reads the request's document.
func (c *call) read(into any) *awserr.Error {
	body, err := io.ReadAll(io.LimitReader(c.r.Body, bodyLimit+1))
	switch {
	case err != nil || len(body) > bodyLimit:
		return invalid("The request body could not be read.")
	case len(strings.TrimSpace(string(body))) == 0:
		return awserr.New(http.StatusBadRequest, "MissingBody", "This operation requires a body. Ensure that the body is present and the Content-Type header is set.")
	}
	if err := xml.Unmarshal(body, into); err != nil {
		return awserr.New(http.StatusBadRequest, "MalformedXML", "1 validation error detected: the XML is not well formed or not as the schema has it: "+err.Error())
	}
	return nil
}

func invalid(text string) *awserr.Error {
	return awserr.New(http.StatusBadRequest, "InvalidArgument", text)
}

// ifMatch refuses a change that does not name the version it changes.
func (c *call) ifMatch(etag string) *awserr.Error {
	switch given := c.r.Header.Get("If-Match"); given {
	case "":
		return awserr.New(http.StatusBadRequest, "InvalidIfMatchVersion", "The If-Match version is missing or not valid for the resource.")
	case etag:
		return nil
	}
	return awserr.New(http.StatusPreconditionFailed, "PreconditionFailed", "The request failed because it didn't meet the preconditions in one or more request-header fields.")
}

// page is the part of a list of n that Marker and MaxItems ask for; id gives
// the marker of an item. Markers name the last item of the page before.
type page struct {
	Marker      string
	NextMarker  string `xml:",omitempty"`
	MaxItems    int
	IsTruncated bool
	Quantity    int
}

func (c *call) page(n int, id func(int) string) (p page, from, to int, problem *awserr.Error) {
	q := c.r.URL.Query()
	p.Marker, p.MaxItems = q.Get("Marker"), 100
	if v := q.Get("MaxItems"); v != "" {
		most, err := strconv.Atoi(v)
		if err != nil || most < 1 {
			return p, 0, 0, invalid("The parameter MaxItems is not valid.")
		}
		p.MaxItems = min(most, 1000)
	}
	if p.Marker != "" {
		for from < n && id(from) != p.Marker {
			from++
		}
		from = min(from+1, n)
	}
	to = min(from+p.MaxItems, n)
	p.Quantity = to - from
	if to < n {
		p.IsTruncated, p.NextMarker = true, id(to-1)
	}
	return p, from, to, nil
}
