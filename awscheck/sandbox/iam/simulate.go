package iam

import (
	"encoding/base64"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

// simulated is who a simulation is about: a role or user of the account, with
// the sources of their policies by name.
type simulated struct {
	caller access.Caller
	arn    string
	named  []source
}

// source is a policy as MatchedStatements call it.
type source struct {
	id, kind string
	document policy.Document
}

// simulatePrincipalPolicy evaluates identity policies, the permissions
// boundary and service control policies. Resource policies are not simulated
// for roles, and resource control policies for nobody: so AWS has it.
func (c *call) simulatePrincipalPolicy() (string, *awserr.Error) {
	who, problem := c.simulated()
	if problem != nil {
		return "", problem
	}
	actions := c.list("ActionNames")
	if len(actions) == 0 {
		return "", invalid("1 validation error detected: Value null at 'actionNames' failed to satisfy constraint: Member must not be null")
	}
	for _, a := range actions {
		if service, name, ok := strings.Cut(a, ":"); !ok || service == "" || name == "" {
			return "", awserr.New(400, "InvalidInput", "Invalid Action Name: "+a)
		}
	}
	if who.caller.Principal.Kind == policy.AssumedRole && c.r.Form.Get("ResourcePolicy") != "" {
		return "", awserr.New(400, "InvalidInput", "Simulation of resource-based policies isn't supported for IAM roles.")
	}
	resources := c.list("ResourceArns")
	if len(resources) == 0 {
		resources = []string{"*"}
	}
	for _, r := range resources {
		if r != "*" && strings.Count(r, ":") < 5 {
			return "", awserr.New(400, "InvalidInput", "Invalid Resource Arn: "+r)
		}
	}
	return c.page(actions, func(action string) string { return c.simulate(who, action, resources) })
}

// simulated finds who PolicySourceArn names, once the caller may ask.
func (c *call) simulated() (simulated, *awserr.Error) {
	arn, problem := c.parameter("PolicySourceArn", "policySourceArn")
	if problem == nil {
		problem = c.authorize(arn, arn, nil)
	}
	if problem != nil {
		return simulated{}, problem
	}
	name := arn[strings.LastIndexByte(arn, '/')+1:]
	if r, ok := c.state.RoleByARN(arn); ok && c.home() {
		who := simulated{caller: c.state.AsRole(r), arn: arn, named: inlineSources("role", r.Name, r.Inline)}
		who.caller.Principal.ARN = "arn:" + c.state.Partition() + ":sts::" + c.state.ID() + ":assumed-role/" + r.Name + "/simulation"
		for _, attached := range r.Attached {
			if m, ok := c.state.Managed(attached); ok {
				who.named = append(who.named, managedSource(m))
			}
		}
		if m, ok := c.state.Managed(r.Boundary); ok {
			who.named = append(who.named, managedSource(m))
		}
		return who, nil
	}
	if u, ok := c.state.User(c.caller.Principal.Account, name); ok && u.ARN == arn {
		return simulated{caller: c.state.AsUser(u), arn: arn, named: inlineSources("user", u.Name, u.Inline)}, nil
	}
	return simulated{}, noSuchEntity("Invalid Entity Arn: " + arn + " does not include a valid Entity Id or Entity Name.")
}

func inlineSources(kind, of string, policies []state.Inline) []source {
	all := make([]source, len(policies))
	for i, p := range policies {
		all[i] = source{kind + "_" + of + "_" + p.Name, kind, p.Document}
	}
	return all
}

func managedSource(m state.Managed) source {
	kind := "user-managed"
	if m.AWS {
		kind = "aws-managed"
	}
	return source{m.Name, kind, m.Document()}
}

// simulate is the result of one action on all resources.
func (c *call) simulate(who simulated, action string, resources []string) string {
	context := c.context()
	var each strings.Builder
	var whole verdict
	for i, resource := range resources {
		v := who.decide(action, resource, context)
		if i == 0 || v.rank() > whole.rank() {
			whole = v
		}
		each.WriteString("<member>\n" + element("EvalResourceName", resource) + element("EvalResourceDecision", v.decision) +
			who.matched(v) + missingKeys(v) + boundaryDetail(v) + "</member>\n")
	}
	about := resources[0]
	if len(resources) > 1 {
		about = "*"
	}
	details := ""
	if c.state.InOrganization() {
		details = "<OrganizationsDecisionDetail>\n" + element("AllowedByOrganizations", strconv.FormatBool(whole.organization)) + "</OrganizationsDecisionDetail>\n"
	}
	return "<member>\n" + element("EvalActionName", action) + element("EvalResourceName", about) + element("EvalDecision", whole.decision) +
		who.matched(whole) + missingKeys(whole) + details + boundaryDetail(whole) +
		"<ResourceSpecificResults>\n" + each.String() + "</ResourceSpecificResults>\n</member>\n"
}

// verdict is the answer for one action on one resource.
type verdict struct {
	decision     string // "allowed", "implicitDeny", "explicitDeny"
	statement    *policy.Statement
	organization bool
	boundary     *bool // nil: there is none
	missing      []string
}

// rank orders decisions: the gravest stands for all resources.
func (v verdict) rank() int {
	return slices.Index([]string{"allowed", "implicitDeny", "explicitDeny"}, v.decision)
}

func (who simulated) decide(action, resource string, context map[string][]string) verdict {
	c := who.caller
	request := policy.Request{Principal: c.Principal, Action: action, Resource: resource, Context: context}
	d := policy.Evaluate(request, policy.Policies{Identity: c.Identity, Boundary: c.Boundary, ServiceControl: c.ServiceControl})
	v := verdict{decision: "implicitDeny", statement: d.Statement, organization: true}
	switch {
	case d.Allowed:
		v.decision = "allowed"
	case d.Explicit:
		v.decision = "explicitDeny"
	}
	alone := func(docs []policy.Document) bool {
		request := request
		return policy.Evaluate(request, policy.Policies{Identity: docs}).Allowed
	}
	if c.ServiceControl != nil {
		v.organization = alone(c.ServiceControl)
	}
	if c.Boundary != nil {
		allowed := alone([]policy.Document{*c.Boundary})
		v.boundary = &allowed
	}
	v.missing = who.missing(context)
	return v
}

// missing are the condition keys that the policies ask for and the simulation
// was not given.
func (who simulated) missing(context map[string][]string) []string {
	var missing []string
	for _, key := range who.keys() {
		if _, given := context[strings.ToLower(key)]; !given && !derived(key) {
			missing = append(missing, key)
		}
	}
	return missing
}

// derived reports whether a key follows from the principal.
func derived(key string) bool {
	key = strings.ToLower(key)
	return strings.HasPrefix(key, "aws:principal") || key == "aws:userid" || key == "aws:username"
}

// keys are the condition keys in the policies, each once, in order.
func (who simulated) keys() []string {
	found := map[string]string{}
	docs := slices.Concat(who.caller.Identity, who.caller.ServiceControl)
	if who.caller.Boundary != nil {
		docs = append(docs, *who.caller.Boundary)
	}
	for _, d := range docs {
		for _, s := range d.Statements {
			for _, condition := range s.Conditions {
				found[strings.ToLower(condition.Key)] = condition.Key
			}
		}
	}
	keys := slices.Collect(maps.Values(found))
	slices.Sort(keys)
	return keys
}

// matched names the statement that decided.
func (who simulated) matched(v verdict) string {
	if v.statement == nil {
		return "<MatchedStatements/>\n"
	}
	for _, s := range who.named {
		for i := range s.document.Statements {
			if &s.document.Statements[i] == v.statement {
				line := max(v.statement.Line, 1)
				return "<MatchedStatements>\n<member>\n" + element("SourcePolicyId", s.id) + element("SourcePolicyType", s.kind) +
					position("StartPosition", line, 1) + position("EndPosition", line, 1) + "</member>\n</MatchedStatements>\n"
			}
		}
	}
	return "<MatchedStatements/>\n" // an organization's policies are not shown to its members
}

func position(name string, line, column int) string {
	return "<" + name + ">\n" + element("Line", strconv.Itoa(line)) + element("Column", strconv.Itoa(column)) + "</" + name + ">\n"
}

func missingKeys(v verdict) string { return members("MissingContextValues", v.missing) }

func boundaryDetail(v verdict) string {
	if v.boundary == nil {
		return ""
	}
	return "<PermissionsBoundaryDecisionDetail>\n" + element("AllowedByPermissionsBoundary", strconv.FormatBool(*v.boundary)) + "</PermissionsBoundaryDecisionDetail>\n"
}

// list reads Name.member.1, Name.member.2 and so on.
func (c *call) list(name string) []string {
	var all []string
	for i := 1; c.r.Form.Has(name + ".member." + strconv.Itoa(i)); i++ {
		all = append(all, c.r.Form.Get(name+".member."+strconv.Itoa(i)))
	}
	return all
}

// context reads ContextEntries.
func (c *call) context() map[string][]string {
	keys := map[string][]string{}
	for i := 1; ; i++ {
		entry := "ContextEntries.member." + strconv.Itoa(i) + "."
		name := c.r.Form.Get(entry + "ContextKeyName")
		if name == "" {
			return keys
		}
		keys[strings.ToLower(name)] = c.list(entry + "ContextKeyValues")
	}
}

// defaultPage is how many results a page has when the caller does not say.
const defaultPage = 100

// page answers with the results from Marker on, MaxItems at most.
func (c *call) page(actions []string, result func(action string) string) (string, *awserr.Error) {
	limit := defaultPage
	if given := c.r.Form.Get("MaxItems"); given != "" {
		n, err := strconv.Atoi(given)
		if err != nil || n < 1 || n > 1000 {
			return "", invalid("1 validation error detected: Value '" + given + "' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000")
		}
		limit = n
	}
	from, problem := c.marker(len(actions))
	if problem != nil {
		return "", problem
	}
	to := min(from+limit, len(actions))
	var b strings.Builder
	b.WriteString("<EvaluationResults>\n")
	for _, a := range actions[from:to] {
		b.WriteString(result(a))
	}
	b.WriteString("</EvaluationResults>\n" + element("IsTruncated", strconv.FormatBool(to < len(actions))))
	if to < len(actions) {
		b.WriteString(element("Marker", base64.StdEncoding.EncodeToString([]byte(strconv.Itoa(to)))))
	}
	return b.String(), nil
}

// marker is where the page begins that the caller goes on with.
func (c *call) marker(most int) (int, *awserr.Error) {
	given := c.r.Form.Get("Marker")
	if given == "" {
		return 0, nil
	}
	text, err := base64.StdEncoding.DecodeString(given)
	n, err2 := strconv.Atoi(string(text))
	if err != nil || err2 != nil || n < 0 || n > most {
		return 0, invalid("Invalid Marker.")
	}
	return n, nil
}

// contextKeys is GetContextKeysForPrincipalPolicy.
func (c *call) contextKeys() (string, *awserr.Error) {
	who, problem := c.simulated()
	if problem != nil {
		return "", problem
	}
	return members("ContextKeyNames", who.keys()), nil
}
