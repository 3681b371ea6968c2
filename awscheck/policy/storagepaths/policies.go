package storagepaths

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// operations are the IAM actions of what a table grants on objects; listing is
// of the bucket.
var operations = map[string]string{Get: "s3:GetObject", Write: "s3:PutObject", Delete: "s3:DeleteObject"}

// ListOperation is the IAM action of List, on the bucket.
const ListOperation = "s3:ListBucket"

// Operation is the IAM action of one of Actions.
func Operation(action string) string {
	if action == List {
		return ListOperation
	}
	return operations[action]
}

// RolePolicy is the inline policy of one of the app's roles (A16, A19, A20,
// A24), on the bucket with that ARN. It grants what Allows says, by identity
// where a folder has an owner. A path that takes back what the one above it
// grants is a Deny, as in Amplify's own storage. The documented form lists the
// objects beside the bucket for s3:ListBucket, which has no effect; the tight
// one does not, and names its statements.
func (t Table) RolePolicy(bucketARN, role string, tight bool) policy.Document {
	b := builder{bucket: bucketARN, tight: tight}
	b.add(t, role, nil)
	return policy.Document{Version: policy.Version2012, Statements: b.statements}
}

// BucketPolicy is the bucket's policy that grants the roles (their ARNs by
// Roles' names) exactly the table; roles without an ARN are left out. It is
// needed where bucket and app are in two accounts.
func (t Table) BucketPolicy(bucketARN string, arns map[string]string) policy.Document {
	b := builder{bucket: bucketARN, tight: true}
	for _, role := range t.Roles() {
		if arn := arns[role]; arn != "" {
			b.add(t, role, &policy.Principals{AWS: []string{arn}})
		}
	}
	return policy.Document{Version: policy.Version2012, Statements: b.statements}
}

// OpenBucketPolicy is the bucket policy of row A5 as it is documented: the
// roles may list, read, write and delete in the whole bucket, whatever a table
// says.
func OpenBucketPolicy(bucketARN string, arns ...string) policy.Document {
	return policy.Document{Version: policy.Version2012, Statements: []policy.Statement{{
		Sid:       "Statement1",
		Effect:    policy.Allow,
		Principal: &policy.Principals{AWS: arns},
		Action:    []string{"s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:ListBucket"},
		Resource:  []string{bucketARN, bucketARN + "/*"},
	}}}
}

type builder struct {
	bucket     string
	tight      bool
	statements []policy.Statement
}

// add writes the statements of one role: what it may do with objects, grouped
// by the paths, listing after the first of them, then what is taken back.
func (b *builder) add(t Table, role string, who *policy.Principals) {
	name := sidOf(role)
	objects := func(effect policy.Effect, sid string, of func(action string) []string) {
		for i, g := range groups(of) {
			var resources []string
			for _, p := range g.paths {
				resources = append(resources, b.bucket+"/"+p)
			}
			b.put(policy.Statement{Sid: name + sid + sidOf(strings.Join(g.actions, "-")), Effect: effect, Principal: who, Action: g.operations(), Resource: resources})
			if i == 0 && effect == policy.Allow {
				b.list(t.allowed(role, List), effect, name+"List", who)
			}
		}
	}
	allowed := func(action string) []string { return t.allowed(role, action) }
	objects(policy.Allow, "", allowed)
	if len(groups(allowed)) == 0 {
		b.list(allowed(List), policy.Allow, name+"List", who)
	}
	objects(policy.Deny, "Not", func(action string) []string { return t.denied(role, action) })
	b.list(t.denied(role, List), policy.Deny, name+"NotList", who)
}

func (b *builder) list(paths []string, effect policy.Effect, sid string, who *policy.Principals) {
	if len(paths) == 0 {
		return
	}
	var prefixes []string
	for _, p := range paths {
		prefixes = append(prefixes, strings.TrimSuffix(p, "*"), p)
	}
	resources := []string{b.bucket}
	if !b.tight {
		resources = append(resources, b.bucket+"/*")
	}
	b.put(policy.Statement{
		Sid: sid, Effect: effect, Principal: who, Action: []string{ListOperation}, Resource: resources,
		Conditions: []policy.Condition{{Operator: "StringLike", Key: "s3:prefix", Values: prefixes}},
	})
}

func (b *builder) put(s policy.Statement) {
	if !b.tight {
		s.Sid = ""
	}
	b.statements = append(b.statements, s)
}

// allowed are the paths under which a role may do an action; those that lie
// below another one of them are left out.
func (t Table) allowed(role, action string) []string {
	var all []string
	for _, p := range t.Paths() {
		granted := t.grants(p, role, action) || role == Authenticated && t.grants(p, Owner, action)
		if above := t.above(p); granted && (above == "" || !t.grants(above, role, action)) {
			all = append(all, p)
		}
	}
	return all
}

// denied are the paths that take an action back which the path above grants.
func (t Table) denied(role, action string) []string {
	var all []string
	for _, p := range t.shared() {
		if above := t.above(p); above != "" && t.grants(above, role, action) && !t.grants(p, role, action) {
			all = append(all, p)
		}
	}
	return all
}

// group is actions that are about the same paths.
type group struct{ actions, paths []string }

func (g group) operations() []string {
	var all []string
	for _, a := range g.actions {
		all = append(all, Operation(a))
	}
	return all
}

func groups(of func(action string) []string) []group {
	var all []group
	for _, action := range []string{Get, Write, Delete} {
		paths := of(action)
		if len(paths) == 0 {
			continue
		}
		i := slices.IndexFunc(all, func(g group) bool { return slices.Equal(g.paths, paths) })
		if i < 0 {
			all = append(all, group{paths: paths})
			i = len(all) - 1
		}
		all[i].actions = append(all[i].actions, action)
	}
	return all
}

// sidOf is a name as statement IDs may have it: letters and digits, each word
// with a capital.
func sidOf(name string) string {
	var out strings.Builder
	capital := true
	for _, r := range name {
		switch {
		case r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			if capital {
				r = []rune(strings.ToUpper(string(r)))[0]
			}
			out.WriteRune(r)
			capital = false
		default:
			capital = true
		}
	}
	return out.String()
}
