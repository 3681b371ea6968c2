// Package sts is the sandbox's Security Token Service: AssumeRole and
// GetCallerIdentity of the query protocol, version 2011-06-15.
package sts

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/sign"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

// Server answers STS requests whose signature has been verified: the caller
// is access.CallerFrom of the request's context. It also knows every key that
// may sign requests.
type Server struct {
	state  *state.State
	tokens sealer
}

// New returns a server for the account st.
func New(st *state.State) *Server { return &Server{state: st, tokens: newSealer()} }

// Key finds the key of an access key ID: a caller's, or that of a session
// which the token describes. It is a sign.Keys.
func (s *Server) Key(accessKeyID, token string) (sign.Key, sign.Standing) {
	if u, ok := s.state.UserByKey(accessKeyID); ok {
		if token != "" {
			return sign.Key{}, sign.InvalidToken
		}
		return sign.Key{Secret: u.SecretAccessKey, Caller: s.state.AsUser(u)}, sign.Known
	}
	if token == "" {
		return sign.Key{}, sign.Unknown
	}
	v, err := s.tokens.open(token)
	r, ok := s.state.Role(v.Role)
	if err != nil || v.AccessKeyID != accessKeyID || !ok {
		if !strings.HasPrefix(accessKeyID, "ASIA") {
			return sign.Key{}, sign.Unknown
		}
		return sign.Key{}, sign.InvalidToken
	}
	return sign.Key{Secret: s.tokens.secret(accessKeyID), Expires: v.Expires, Caller: s.sessionCaller(r, v)}, sign.Known
}

// sessionCaller is the sender of a session's request, with the policies that
// its role has now.
func (s *Server) sessionCaller(r state.Role, v session) access.Caller {
	c := s.state.AsRole(r)
	c.AccessKeyID, c.Principal.ARN, c.Principal.UserID = v.AccessKeyID, s.sessionARN(r, v.Name), r.ID+":"+v.Name
	if v.Policy != "" {
		if doc, err := policy.Parse([]byte(v.Policy)); err == nil { // parsed once before, by AssumeRole
			c.Session = &doc
		}
	}
	return c
}

func (s *Server) sessionARN(r state.Role, name string) string {
	return "arn:" + s.state.Partition() + ":sts::" + s.state.ID() + ":assumed-role/" + r.Name + "/" + name
}

const version = "2011-06-15"

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.refuse(w, r, awserr.New(http.StatusBadRequest, "MalformedQueryString", "The query string contains a syntax error."))
		return
	}
	caller := access.CallerFrom(r.Context())
	var result string
	var problem *awserr.Error
	switch action := r.Form.Get("Action"); {
	case action == "":
		problem = awserr.New(http.StatusBadRequest, "MissingAction", "The request must contain the parameter Action.")
	case r.Form.Get("Version") != version && r.Form.Get("Version") != "", !known(action):
		problem = awserr.New(http.StatusBadRequest, "InvalidAction",
			"Could not find operation "+action+" for version "+orNone(r.Form.Get("Version")))
	case action == "AssumeRole":
		result, problem = s.assumeRole(r, caller)
	default:
		result = s.callerIdentity(caller)
	}
	if problem != nil {
		s.refuse(w, r, problem)
		return
	}
	s.answer(w, r, result)
}

func known(action string) bool { return action == "AssumeRole" || action == "GetCallerIdentity" }

func orNone(v string) string {
	if v == "" {
		return "NO_VERSION_SPECIFIED"
	}
	return v
}

// callerIdentity needs no permission, even under an explicit deny.
func (s *Server) callerIdentity(c access.Caller) string {
	return "  <GetCallerIdentityResult>\n" +
		"    <Arn>" + awserr.Escape(c.Principal.ARN) + "</Arn>\n" +
		"    <UserId>" + awserr.Escape(c.Principal.UserID) + "</UserId>\n" +
		"    <Account>" + c.Principal.Account + "</Account>\n" +
		"  </GetCallerIdentityResult>\n"
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, result string) {
	action := r.Form.Get("Action")
	body := "<" + action + `Response xmlns="` + awserr.NamespaceSTS + "\">\n" + result +
		"  <ResponseMetadata>\n    <RequestId>" + awserr.Escape(w.Header().Get("X-Amzn-Requestid")) + "</RequestId>\n  </ResponseMetadata>\n" +
		"</" + action + "Response>\n"
	w.Header().Set("Content-Type", "text/xml")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write([]byte(body)) // the client may be gone
}

func (s *Server) refuse(w http.ResponseWriter, r *http.Request, e *awserr.Error) {
	awserr.WriteQuery(w, r, e, awserr.NamespaceSTS, "")
}
