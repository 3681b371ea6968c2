// Package kms is the part of the sandbox's Key Management Service that is
// about keys and their policies, in the JSON 1.1 protocol. What S3 does with
// the keys, it asks of the account's state itself.
package kms

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

// Server answers requests whose signature has been verified: the caller is
// access.CallerFrom of the request's context.
type Server struct{ state *state.State }

// New returns a server for the keys of st.
func New(st *state.State) *Server { return &Server{st} }

// call is one request on its way through the server.
type call struct {
	*Server
	r      *http.Request
	caller access.Caller
	action string // "DescribeKey"
	region string // whose endpoint was asked
	input  input
}

// input are the parameters of all operations.
type input struct {
	KeyID      string `json:"KeyId"`
	Policy     string
	PolicyName string
	Bypass     bool `json:"BypassPolicyLockoutSafetyCheck"`
	Days       *int `json:"PendingWindowInDays"`
}

var operations map[string]func(*call) (any, *awserr.Error)

func init() { // the handlers refer to the table
	operations = map[string]func(*call) (any, *awserr.Error){
		"DescribeKey":         onKey(byAnyName, (*call).describeKey),
		"GetKeyPolicy":        onKey(atHome, (*call).getKeyPolicy),
		"PutKeyPolicy":        onKey(atHome, (*call).putKeyPolicy),
		"EnableKey":           onKey(atHome, (*call).enableKey),
		"DisableKey":          onKey(atHome, (*call).disableKey),
		"ScheduleKeyDeletion": onKey(atHome, (*call).scheduleKeyDeletion),
		"CancelKeyDeletion":   onKey(atHome, (*call).cancelKeyDeletion),
		"ListAliases":         (*call).listAliases,
	}
}

// Operation is the name of the operation that a request asks for, or empty.
func Operation(r *http.Request) string {
	name, ok := strings.CutPrefix(r.Header.Get("X-Amz-Target"), "TrentService.")
	if !ok || operations[name] == nil {
		return ""
	}
	return name
}

// Serve answers a request that was signed for region.
func (s *Server) Serve(w http.ResponseWriter, r *http.Request, region string) {
	result, problem := s.serve(r, region)
	if problem != nil {
		awserr.WriteJSON(w, problem)
		return
	}
	body, err := json.Marshal(result)
	if err != nil {
		awserr.WriteJSON(w, awserr.New(http.StatusInternalServerError, "KMSInternalException", "An internal error occurred."))
		return
	}
	if result == nil {
		body = nil
	}
	h := w.Header()
	h.Set("Content-Type", "application/x-amz-json-1.1")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // the client may be gone
}

// maxBody bounds what is read of a request.
const maxBody = 256 << 10

func (s *Server) serve(r *http.Request, region string) (any, *awserr.Error) {
	action := Operation(r)
	if action == "" {
		return nil, refused("UnknownOperationException", "")
	}
	c := &call{Server: s, r: r, caller: access.CallerFrom(r.Context()), action: action, region: region}
	data, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return nil, refused("SerializationException", "")
	}
	if len(data) > 0 && json.Unmarshal(data, &c.input) != nil {
		return nil, refused("SerializationException", "")
	}
	if c.caller.Principal.Kind == policy.Anonymous {
		return nil, refused("MissingAuthenticationTokenException", "Missing Authentication Token")
	}
	return operations[action](c)
}

// refused is an error of KMS, which answers all of them with status 400.
func refused(code, message string) *awserr.Error {
	return awserr.New(http.StatusBadRequest, code, message)
}

// reach is how a call may name its key.
type reach struct{ aliases, abroad bool }

var (
	byAnyName = reach{aliases: true, abroad: true}
	atHome    = reach{}
)

// onKey finds the key that a call names, once the caller may have it.
func onKey(may reach, serve func(*call, state.Key) (any, *awserr.Error)) func(*call) (any, *awserr.Error) {
	return func(c *call) (any, *awserr.Error) {
		if c.input.KeyID == "" {
			return nil, refused("ValidationException", "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null")
		}
		k, problem := c.find(c.input.KeyID, may)
		if problem == nil {
			problem = c.authorize(k, may)
		}
		if problem != nil {
			return nil, problem
		}
		return serve(c, k)
	}
}

// find finds a key of the region by its id, ARN, alias or alias ARN. Of keys
// in other accounts, strangers do not learn whether they are there.
func (c *call) find(name string, may reach) (state.Key, *awserr.Error) {
	own := c.caller.Principal.Account
	if strings.HasPrefix(name, "arn:") {
		f := strings.SplitN(name, ":", 6)
		if len(f) != 6 || f[2] != "kms" {
			return state.Key{}, refused("InvalidArnException", "Invalid arn "+name)
		}
		if f[3] != c.region {
			return state.Key{}, refused("NotFoundException", "Invalid arn "+f[3])
		}
		own = f[4]
	}
	k, found := c.state.KeyNamed(own, c.region, name)
	isAlias := strings.HasPrefix(name, "alias/") || strings.Contains(name, ":alias/")
	switch {
	case isAlias && !may.aliases:
		return state.Key{}, refused("NotFoundException", "Invalid keyId '"+name+"'")
	case found:
		return k, nil
	case own != c.caller.Principal.Account:
		return state.Key{}, c.unnamed(k.ARN)
	case isAlias:
		return state.Key{}, refused("NotFoundException", "Alias "+k.ARN+" is not found.")
	}
	return state.Key{}, refused("NotFoundException", "Key '"+k.ARN+"' does not exist")
}

// unnamed is the refusal that does not say whether there is such a key.
func (c *call) unnamed(arn string) *awserr.Error {
	return refused("AccessDeniedException", fmt.Sprintf(
		"User: %s is not authorized to perform: kms:%s on resource: %s because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access",
		c.caller.Principal.ARN, c.action, arn))
}

func (c *call) authorize(k state.Key, may reach) *awserr.Error {
	p, action := c.caller.Principal, "kms:"+c.action
	if p.Account != k.Account && !may.abroad {
		return c.unnamed(k.ARN)
	}
	policies := c.state.Policies(c.caller, "kms", k.Account)
	policies.Resource = &k.Policy
	d := policy.Evaluate(policy.Request{
		Principal: p, Action: action, Resource: k.ARN, ResourceAccount: k.Account, Context: c.keys(),
	}, policies)
	switch {
	case d.Allowed:
		return nil
	case p.Account != k.Account:
		return c.unnamed(k.ARN)
	}
	return refused("AccessDeniedException", fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %s %s",
		p.ARN, action, k.ARN, c.state.Clause(d, action)))
}

// keys are the condition keys of the request.
func (c *call) keys() map[string][]string {
	keys := access.RequestKeys(c.r, c.state.Now())
	keys["kms:calleraccount"] = []string{c.caller.Principal.Account}
	keys["aws:requestedregion"] = []string{c.region}
	if c.action == "PutKeyPolicy" {
		keys["kms:bypasspolicylockoutsafetycheck"] = []string{strconv.FormatBool(c.input.Bypass)}
	}
	return keys
}

// seconds is a time as the JSON protocol writes it.
func seconds(t time.Time) float64 { return float64(t.Unix()) }

// pending refuses what cannot be done to a key that waits for its deletion.
func pending(k state.Key) *awserr.Error {
	if k.State != state.KeyPendingDeletion {
		return nil
	}
	return refused("KMSInvalidStateException", k.ARN+" is pending deletion.")
}
