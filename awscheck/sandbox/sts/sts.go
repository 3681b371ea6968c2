// Package sts is the sandbox's Security Token Service: AssumeRole and
// GetCallerIdentity of the query protocol, version 2011-06-15.
package sts

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/sign"
)

// Options are the server's surroundings.
type Options struct {
	Now func() time.Time // the sandbox's clock; default time.Now
}

// Server answers STS requests whose signature has been verified: the caller
// is access.CallerFrom of the request's context. It also knows every key that
// may sign requests.
type Server struct {
	account account.Account
	now     func() time.Time
	started time.Time
	tokens  sealer
	callers map[string]sign.Key // by access key ID
	roles   map[string]role     // by ARN
	byName  map[string]role
}

// role is a role of the account with what follows from its file.
type role struct {
	account.Role
	arn, id string
}

// New returns a server for acct.
func New(acct account.Account, o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{
		account: acct, now: o.Now, started: o.Now(), tokens: newSealer(),
		callers: map[string]sign.Key{}, roles: map[string]role{}, byName: map[string]role{},
	}
	for _, c := range acct.Callers {
		s.callers[c.AccessKeyID] = sign.Key{Secret: c.SecretAccessKey, Caller: s.user(c)}
	}
	for _, r := range acct.Roles {
		arn := acct.RoleARN(r)
		known := role{r, arn, acct.RoleID(r)}
		s.roles[arn], s.byName[r.Name] = known, known
	}
	return s
}

func (s *Server) user(c account.Caller) access.Caller {
	owner := c.Account
	if owner == "" {
		owner = s.account.ID
	}
	c.Account = owner
	arn := s.account.CallerARN(c)
	caller := access.Caller{
		AccessKeyID: c.AccessKeyID,
		Principal:   policy.Principal{Kind: policy.User, Account: owner, ARN: arn, UserID: s.account.CallerID(c)},
	}
	if c.Name == account.RootName {
		caller.Principal.Kind = policy.Root
	}
	if c.Policy != nil {
		caller.Identity = []policy.Document{*c.Policy}
	}
	if owner == s.account.ID {
		caller.ServiceControl = s.account.ServiceControlPolicies
	}
	return caller
}

// Key finds the key of an access key ID: a caller's, or that of a session
// which the token describes. It is a sign.Keys.
func (s *Server) Key(accessKeyID, token string) (sign.Key, sign.Standing) {
	if k, ok := s.callers[accessKeyID]; ok {
		if token != "" {
			return sign.Key{}, sign.InvalidToken
		}
		return k, sign.Known
	}
	if token == "" {
		return sign.Key{}, sign.Unknown
	}
	v, err := s.tokens.open(token)
	r, ok := s.byName[v.Role]
	if err != nil || v.AccessKeyID != accessKeyID || !ok {
		if !strings.HasPrefix(accessKeyID, "ASIA") {
			return sign.Key{}, sign.Unknown
		}
		return sign.Key{}, sign.InvalidToken
	}
	return sign.Key{Secret: s.tokens.secret(accessKeyID), Expires: v.Expires, Caller: s.sessionCaller(r, v)}, sign.Known
}

func (s *Server) sessionCaller(r role, v session) access.Caller {
	c := access.Caller{
		AccessKeyID: v.AccessKeyID,
		Principal: policy.Principal{
			Kind: policy.AssumedRole, Account: s.account.ID, ARN: s.sessionARN(r, v.Name), RoleARN: r.arn, UserID: r.id + ":" + v.Name,
		},
		Boundary:       r.PermissionsBoundary,
		ServiceControl: s.account.ServiceControlPolicies,
	}
	if r.Policy != nil {
		c.Identity = []policy.Document{*r.Policy}
	}
	if v.Policy != "" {
		if doc, err := policy.Parse([]byte(v.Policy)); err == nil { // parsed once before, by AssumeRole
			c.Session = &doc
		}
	}
	return c
}

func (s *Server) sessionARN(r role, name string) string {
	return "arn:" + s.account.Partition() + ":sts::" + s.account.ID + ":assumed-role/" + r.Name + "/" + name
}

const version = "2011-06-15"

// Operation is the name of the operation that form asks for.
func Operation(form url.Values) string { return form.Get("Action") }

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
