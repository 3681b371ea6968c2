package sts

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// propagation is how long a new role is not yet known everywhere. IAM is
// eventually consistent: until then AssumeRole answers as if there were no
// such role.
const propagation = 10 * time.Second

// chained is the longest session of a role that was assumed by a role.
const chained = time.Hour

// assumption is a valid AssumeRole request.
type assumption struct {
	roleARN, name, externalID, sourceIdentity string
	hasExternalID                             bool
	duration                                  time.Duration
	policy                                    string
	tags                                      map[string]string
	transitive                                []string
	mfa                                       bool // the caller gave the code of a device of theirs
}

func (s *Server) assumeRole(r *http.Request, caller access.Caller) (string, *awserr.Error) {
	a, problem := readAssumption(r)
	if problem != nil {
		return "", problem
	}
	if caller.Principal.Kind == policy.Root {
		return "", awserr.New(http.StatusForbidden, "AccessDenied", "Roles may not be assumed by root accounts.")
	}
	if r.Form.Has("TokenCode") || r.Form.Has("SerialNumber") {
		if problem := s.verifyMFA(r, caller); problem != nil {
			return "", problem
		}
		a.mfa = true
	}
	target, problem := s.authorize(r, caller, a)
	if problem != nil {
		return "", problem
	}
	switch {
	case caller.Principal.Kind == policy.AssumedRole && a.duration > chained:
		return "", validation("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining")
	case a.duration > target.MaxSession:
		return "", validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
	}
	v := session{
		AccessKeyID: newAccessKeyID(), Role: target.Name, Name: a.name,
		Expires: s.state.Now().UTC().Add(a.duration).Truncate(time.Second), Policy: a.policy, SourceIdentity: a.sourceIdentity,
	}
	return s.credentials(target, v), nil
}

// authorize decides the assumption. A role that does not exist, or not yet,
// is refused in the same words as one whose trust policy does not match.
func (s *Server) authorize(r *http.Request, caller access.Caller, a assumption) (state.Role, *awserr.Error) {
	target, exists := s.state.RoleByARN(a.roleARN)
	if exists && s.state.Now().Sub(target.Created) < propagation {
		exists = false
	}
	trust := policy.Document{Version: "2012-10-17"}
	if exists {
		trust = target.Trust
	}
	owner := accountOf(a.roleARN)
	policies := s.state.Policies(caller, "sts", owner)
	policies.Resource = &trust
	for _, action := range a.actions() {
		d := policy.Evaluate(policy.Request{
			Principal: caller.Principal, Action: action, Resource: a.roleARN, ResourceAccount: owner, Context: s.context(r, caller, a),
		}, policies)
		if !d.Allowed {
			return state.Role{}, s.denied(caller, action, a.roleARN, d)
		}
	}
	if !exists {
		return state.Role{}, s.denied(caller, "sts:AssumeRole", a.roleARN, policy.Decision{})
	}
	return target, nil
}

// denied is AWS's refusal. What a trust policy merely does not allow is not
// explained: it must not tell strangers whether the role exists. Nor are they
// told which of another organization's policies refused them.
func (s *Server) denied(c access.Caller, action, arn string, d policy.Decision) *awserr.Error {
	text := fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %s", c.Principal.ARN, action, arn)
	clause := d.Clause(action)
	if c.Principal.Account == accountOf(arn) {
		clause = s.state.Clause(d, action)
	}
	if clause != "" && (d.Explicit || d.Layer != policy.LayerTrust) {
		text += " " + clause
	}
	return awserr.New(http.StatusForbidden, "AccessDenied", text)
}

// actions are what the caller must be allowed to do.
func (a assumption) actions() []string {
	actions := []string{"sts:AssumeRole"}
	if len(a.tags) > 0 {
		actions = append(actions, "sts:TagSession")
	}
	if a.sourceIdentity != "" {
		actions = append(actions, "sts:SetSourceIdentity")
	}
	return actions
}

func accountOf(arn string) string {
	if p := strings.SplitN(arn, ":", 6); len(p) == 6 {
		return p[4]
	}
	return ""
}

// context holds the condition keys of the request.
func (s *Server) context(r *http.Request, caller access.Caller, a assumption) map[string][]string {
	keys := access.RequestKeys(r, s.state.Now())
	keys["sts:rolesessionname"] = []string{a.name}
	if a.hasExternalID {
		keys["sts:externalid"] = []string{a.externalID}
	}
	if a.sourceIdentity != "" {
		keys["sts:sourceidentity"] = []string{a.sourceIdentity}
	}
	for k, v := range a.tags {
		keys["aws:requesttag/"+strings.ToLower(k)] = []string{v}
		keys["aws:tagkeys"] = append(keys["aws:tagkeys"], k)
	}
	if len(a.transitive) > 0 {
		keys["sts:transitivetagkeys"] = a.transitive
	}
	switch {
	case a.mfa:
		keys["aws:multifactorauthpresent"], keys["aws:multifactorauthage"] = []string{"true"}, []string{"0"}
	case caller.Principal.Kind == policy.AssumedRole:
		keys["aws:multifactorauthpresent"] = []string{"false"} // long-term keys have no such key at all
	}
	return keys
}

func (s *Server) credentials(r state.Role, v session) string {
	packed := ""
	if v.Policy != "" {
		packed = "    <PackedPolicySize>" + strconv.Itoa(1+len(v.Policy)*100/(2*maxPolicy)) + "</PackedPolicySize>\n"
	}
	source := ""
	if v.SourceIdentity != "" {
		source = "    <SourceIdentity>" + awserr.Escape(v.SourceIdentity) + "</SourceIdentity>\n"
	}
	return "  <AssumeRoleResult>\n" + source +
		"    <AssumedRoleUser>\n" +
		"      <AssumedRoleId>" + r.ID + ":" + awserr.Escape(v.Name) + "</AssumedRoleId>\n" +
		"      <Arn>" + awserr.Escape(s.sessionARN(r, v.Name)) + "</Arn>\n" +
		"    </AssumedRoleUser>\n" +
		"    <Credentials>\n" +
		"      <AccessKeyId>" + v.AccessKeyID + "</AccessKeyId>\n" +
		"      <SecretAccessKey>" + s.tokens.secret(v.AccessKeyID) + "</SecretAccessKey>\n" +
		"      <SessionToken>" + s.tokens.seal(v) + "</SessionToken>\n" +
		"      <Expiration>" + v.Expires.Format(time.RFC3339) + "</Expiration>\n" +
		"    </Credentials>\n" + packed +
		"  </AssumeRoleResult>\n"
}

// The limits of AssumeRole's parameters.
const (
	maxPolicy      = 2048
	minDuration    = 900
	maxDuration    = 43200
	defaultSession = 3600
)

var (
	namePattern     = lazyregexp.New(`^[\w+=,.@-]*$`)
	externalPattern = lazyregexp.New(`^[\w+=,.@:/-]*$`)
	arnPattern      = lazyregexp.New(`^arn:[a-z-]+:iam::\d{12}:role/`)
)

// readAssumption validates the parameters, all at once as AWS does.
func readAssumption(r *http.Request) (assumption, *awserr.Error) {
	var v violations
	a := assumption{
		roleARN: r.Form.Get("RoleArn"), name: r.Form.Get("RoleSessionName"), externalID: r.Form.Get("ExternalId"),
		sourceIdentity: r.Form.Get("SourceIdentity"), policy: r.Form.Get("Policy"), duration: defaultSession * time.Second,
		hasExternalID: r.Form.Has("ExternalId"),
	}
	if !r.Form.Has("RoleArn") {
		v.null("roleArn")
	} else {
		v.length("roleArn", a.roleARN, 20, 2048)
	}
	if !r.Form.Has("RoleSessionName") {
		v.null("roleSessionName")
	} else {
		v.length("roleSessionName", a.name, 2, 64)
		v.pattern("roleSessionName", a.name, namePattern, `[\w+=,.@-]*`)
	}
	if a.hasExternalID {
		v.length("externalId", a.externalID, 2, 1224)
		v.pattern("externalId", a.externalID, externalPattern, `[\w+=,.@:\/-]*`)
	}
	if r.Form.Has("SourceIdentity") {
		v.length("sourceIdentity", a.sourceIdentity, 2, 64)
		v.pattern("sourceIdentity", a.sourceIdentity, namePattern, `[\w+=,.@-]*`)
	}
	if r.Form.Has("Policy") {
		v.length("policy", a.policy, 1, maxPolicy)
	}
	if problem := v.duration(r, &a.duration); problem != nil {
		return a, problem
	}
	a.tags, a.transitive = readTags(r)
	if problem := v.err(); problem != nil {
		return a, problem
	}
	if !arnPattern.MatchString(a.roleARN) {
		return a, validation(a.roleARN + " is invalid")
	}
	if r.Form.Has("PolicyArns.member.1.arn") {
		return a, validation("The sandbox has no managed policies to pass as PolicyArns; pass Policy.")
	}
	if a.policy != "" {
		if _, err := policy.Parse([]byte(a.policy)); err != nil {
			return a, awserr.New(http.StatusBadRequest, "MalformedPolicyDocument", "This policy contains invalid Json")
		}
	}
	return a, nil
}

func readTags(r *http.Request) (map[string]string, []string) {
	tags := map[string]string{}
	var transitive []string
	for i := 1; i <= 50; i++ {
		n := strconv.Itoa(i)
		if r.Form.Has("Tags.member." + n + ".Key") {
			tags[r.Form.Get("Tags.member."+n+".Key")] = r.Form.Get("Tags.member." + n + ".Value")
		}
		if r.Form.Has("TransitiveTagKeys.member." + n) {
			transitive = append(transitive, r.Form.Get("TransitiveTagKeys.member."+n))
		}
	}
	return tags, transitive
}

// violations collects what AWS calls validation errors.
type violations []string

func (v *violations) add(name, value, constraint string) {
	*v = append(*v, fmt.Sprintf("Value %s at '%s' failed to satisfy constraint: %s", value, name, constraint))
}

func (v *violations) null(name string) { v.add(name, "null", "Member must not be null") }

func (v *violations) length(name, value string, least, most int) {
	switch n := len([]rune(value)); {
	case n < least:
		v.add(name, "'"+value+"'", fmt.Sprintf("Member must have length greater than or equal to %d", least))
	case n > most:
		v.add(name, "'"+value+"'", fmt.Sprintf("Member must have length less than or equal to %d", most))
	}
}

func (v *violations) pattern(name, value string, p *lazyregexp.Regexp, shown string) {
	if !p.MatchString(value) {
		v.add(name, "'"+value+"'", "Member must satisfy regular expression pattern: "+shown)
	}
}

func (v *violations) duration(r *http.Request, to *time.Duration) *awserr.Error {
	given := r.Form.Get("DurationSeconds")
	if given == "" {
		return nil
	}
	n, err := strconv.Atoi(given)
	switch {
	case err != nil:
		return awserr.New(http.StatusBadRequest, "MalformedInput", "Start of structure or map found where not expected.")
	case n < minDuration:
		v.add("durationSeconds", "'"+given+"'", fmt.Sprintf("Member must have value greater than or equal to %d", minDuration))
	case n > maxDuration:
		v.add("durationSeconds", "'"+given+"'", fmt.Sprintf("Member must have value less than or equal to %d", maxDuration))
	}
	*to = time.Duration(n) * time.Second
	return nil
}

func (v violations) err() *awserr.Error {
	switch len(v) {
	case 0:
		return nil
	case 1:
		return validation("1 validation error detected: " + v[0])
	}
	return validation(fmt.Sprintf("%d validation errors detected: %s", len(v), strings.Join(v, "; ")))
}

func validation(text string) *awserr.Error {
	return awserr.New(http.StatusBadRequest, "ValidationError", text)
}
