package owner

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// guest is who is to assume the role.
type guest struct {
	name    string // the account's number, or the principal's ARN
	account string
	// may be all of these: of an account alone, anybody in it, and whoever of
	// it the trust policy names.
	may []policy.Principal
	// vague: only the account is known, so that nothing that depends on who
	// asks can be decided.
	vague bool
	// token: a user whose credentials may have come with a second factor.
	token bool
}

// guestOf takes an account's number, its root ARN, or the ARN of a user, a
// role or a session; ok is false for anything else.
func guestOf(principal string, trust policy.Document) (guest, bool) {
	if isAccount(principal) {
		return accountGuest(principal, "aws", principal, trust), true
	}
	account := accountOf(principal)
	if !isAccount(account) {
		return guest{}, false
	}
	if strings.HasSuffix(principal, ":root") {
		return accountGuest(principal, partitionOf(principal), account, trust), true
	}
	p, ok := principalOf(principal, trust)
	return guest{name: principal, account: account, may: []policy.Principal{p}}, ok
}

func accountGuest(name, partition, account string, trust policy.Document) guest {
	g := guest{name: name, account: account, vague: true}
	for _, arn := range named(trust) {
		if accountOf(arn) != account || strings.HasSuffix(arn, ":root") {
			continue
		}
		if p, ok := principalOf(arn, trust); ok {
			partition = partitionOf(arn)
			g.may = append(g.may, p)
		}
	}
	// Anybody: a name that no policy is about.
	anybody := "arn:" + partition + ":iam::" + account + ":role/any-role-of-this-account"
	p, _ := principalOf(anybody, trust)
	g.may = slices.Insert(g.may, 0, p)
	return g
}

// principalOf is who an ARN means, with rights of their own to assume what
// they like.
func principalOf(arn string, trust policy.Document) (policy.Principal, bool) {
	p := policy.Principal{Account: accountOf(arn), ARN: arn}
	resource := arn[strings.LastIndexByte(arn, ':')+1:]
	switch kind, name, _ := strings.Cut(resource, "/"); kind {
	case "user":
		p.Kind = policy.User
	case "role":
		p.Kind, p.RoleARN = policy.AssumedRole, arn
		p.ARN = "arn:" + partitionOf(arn) + ":sts::" + p.Account + ":assumed-role/" + roleName(arn) + "/session"
	case "assumed-role":
		role, _, _ := strings.Cut(name, "/")
		p.Kind, p.RoleARN = policy.AssumedRole, roleOfSession(arn, role, trust)
	case "root":
		p.Kind = policy.Root
	default:
		return p, false
	}
	return p, isAccount(p.Account)
}

// roleOfSession is the role that a session was made of. A session's ARN has
// lost the role's path; a role of that name in the trust policy has it.
func roleOfSession(arn, name string, trust policy.Document) string {
	for _, p := range named(trust) {
		if accountOf(p) == accountOf(arn) && roleName(p) == name {
			return p
		}
	}
	return "arn:" + partitionOf(arn) + ":iam::" + accountOf(arn) + ":role/" + name
}

// named are the AWS principals that the trust policy lets in.
func named(trust policy.Document) []string {
	var all []string
	for _, s := range trust.Statements {
		if s.Effect == policy.Allow && s.Principal != nil {
			all = append(all, s.Principal.AWS...)
		}
	}
	return all
}

func isAccount(s string) bool { return len(s) == 12 && strings.Trim(s, "0123456789") == "" }
