package wizard

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

const (
	maxARN      = 2048
	maxRoleName = 64
	maxRolePath = 512
)

var (
	roleName = lazyregexp.New(`^[A-Za-z0-9_+=,.@-]+$`)
	account  = lazyregexp.New(`^\d{12}$`)
	// looseRole finds account and name where the colons or slashes of a role's
	// ARN are not where they belong.
	looseRole = lazyregexp.New(`^(?:(?:arn)?:*(aws[a-z-]*)?:)?(?:iam:+)?(\d{12}):+/?role[:/\\]+([\w+=,.@/-]+)$`)
	// uniqueID is the ID that IAM shows in policies in place of a principal
	// that was deleted.
	uniqueID = lazyregexp.New(`^A(ROA|IDA|GPA|IPA|NPA|NVA|SCA)[A-Z0-9]{12,}$`)
	// roleInside finds a role's ARN in a line of JSON.
	roleInside = lazyregexp.New(`^[^:]*:\s*["'](arn:[^"'\s]+)["']\s*,?\s*$`)
)

// arn is the six parts of an ARN.
type arn struct{ partition, service, region, account, resource string }

func splitARN(v string) (arn, bool) {
	parts := strings.SplitN(v, ":", 6)
	if len(parts) < 6 || !strings.EqualFold(parts[0], "arn") {
		return arn{}, false
	}
	return arn{strings.ToLower(parts[1]), strings.ToLower(parts[2]), parts[3], parts[4], parts[5]}, true
}

func (a arn) String() string {
	return strings.Join([]string{"arn", a.partition, a.service, a.region, a.account, a.resource}, ":")
}

func roleARN(partition, account, name string) string {
	return arn{partition, "iam", "", account, "role/" + name}.String()
}

func checkRoleARN(v string, s Settings) (string, []Notice, *FieldError) {
	if webScheme.MatchString(v) || amazonHost.MatchString(v) {
		return v, nil, pastedRole(v, s)
	}
	if e := charset("role_arn", v, isPlain); e != nil {
		if inside := roleInside.FindStringSubmatch(v); inside != nil {
			e.suggest(inside[1])
		}
		return v, nil, e
	}
	if len(v) > maxARN {
		return v, nil, problem("role_arn.too_long").args("length", number(len(v)), "max", number(maxARN))
	}
	a, ok := splitARN(v)
	if !ok {
		return v, nil, notAnARN(v, s)
	}
	for _, check := range []func(arn, Settings) *FieldError{otherResource, roleAccount, rolePath} {
		if e := check(a, s); e != nil {
			return v, nil, e
		}
	}
	if a.String() != v || a.region != "" {
		a.region = ""
		return v, nil, problem("role_arn.format").suggest(a.String())
	}
	return v, roleNotices(a, s), nil
}

// knownAccount is the account that the role is likely to be in, as far as the
// other answers tell.
func knownAccount(s Settings) string {
	account, _, _ := BucketOwner(s.Bucket)
	return account
}

// pastedRole reads the console's address of a role. It tells the name; the
// account is in it only where several sessions are open at once, or in the
// link for switching roles.
func pastedRole(v string, s Settings) *FieldError {
	e := problem("role_arn.pasted_url")
	if !webScheme.MatchString(v) {
		v = "https://" + v
	}
	u, err := url.Parse(v)
	if err != nil {
		return e
	}
	portal := u.Query().Get("account_id")
	if to := destination(u); to != "" {
		if _, query, _ := strings.Cut(u.Fragment, "?"); portal == "" {
			values, _ := url.ParseQuery(query)
			portal = values.Get("account_id")
		}
		if u, err = url.Parse(to); err != nil {
			return e
		}
	}
	left, partition, ok := consoleHost(strings.ToLower(u.Hostname()))
	if !ok {
		return e
	}
	owner := cmp.Or(portal, knownAccount(s))
	session, _, _ := strings.Cut(left, ".")
	if id, _, found := strings.Cut(session, "-"); found && account.MatchString(id) {
		owner = id
	}
	name := ""
	page, _, _ := strings.Cut(u.Fragment, "?")
	switch segments := strings.Split(strings.Trim(page, "/"), "/"); {
	case u.Query().Get("roleName") != "":
		name, owner = u.Query().Get("roleName"), u.Query().Get("account")
	case len(segments) >= 3 && segments[0] == "roles" && segments[1] == "details":
		name = segments[2]
	case len(segments) >= 2 && segments[0] == "roles":
		name = segments[1]
	}
	if name != "" && owner != "" {
		e.suggest(roleARN(partition, owner, name))
	}
	return e
}

// notAnARN explains what is no ARN at all: an account, the name of a role, an
// ARN that lost its beginning.
func notAnARN(v string, s Settings) *FieldError {
	if bare := digits(v); bare != "" && strings.Trim(v, "0123456789-") == "" {
		if len(bare) != 12 {
			return problem("role_arn.account").detail("digits").args("account", v, "digits", number(len(bare)))
		}
		return problem("role_arn.account").detail("bare")
	}
	for _, head := range []string{"aws:", "aws-cn:", "aws-us-gov:", "aws-eusc:"} {
		if strings.HasPrefix(v, head) {
			return problem("role_arn.format").suggest("arn:" + v)
		}
	}
	if m := looseRole.FindStringSubmatch(v); m != nil {
		return problem("role_arn.format").suggest(roleARN(cmp.Or(m[1], "aws"), m[2], m[3]))
	}
	if uniqueID.MatchString(v) {
		return problem("role_arn.format").detail("unique_id")
	}
	name := strings.TrimPrefix(v, "role/")
	if strings.Contains(v, ":") || !roleName.MatchString(name[strings.LastIndex(name, "/")+1:]) {
		return problem("role_arn.format")
	}
	e := problem("role_arn.format").detail("bare_name")
	if owner := knownAccount(s); owner != "" {
		partition, _ := address.PartitionOf(s.Region)
		if partition.ID == "" {
			partition.ID = "aws"
		}
		e.suggest(roleARN(partition.ID, owner, name))
	}
	return e
}

// otherResource recognises the ARNs of everything that is not a role.
func otherResource(a arn, _ Settings) *FieldError {
	kind, name, _ := strings.Cut(a.resource, "/")
	switch {
	case a.service == "sts" && kind == "assumed-role":
		return sessionOfRole(a, name)
	case a.service == "sts":
		return problem("role_arn.session").detail("federated")
	case a.partition == "" && looseRole.MatchString(a.String()):
		m := looseRole.FindStringSubmatch(a.String())
		return problem("role_arn.format").suggest(roleARN("aws", m[2], m[3]))
	case a.service != "iam":
		return problem("role_arn.format").detail("service").args("service", a.service)
	case a.resource == "root":
		return problem("role_arn.root")
	}
	switch kind {
	case "role":
		return nil
	case "user":
		return problem("role_arn.user")
	case "instance-profile":
		return problem("role_arn.instance_profile").suggest(roleARN(a.partition, a.account, name))
	case "policy":
		return problem("role_arn.policy")
	}
	if m := looseRole.FindStringSubmatch(a.String()); m != nil {
		return problem("role_arn.format").suggest(roleARN(cmp.Or(m[1], "aws"), m[2], m[3]))
	}
	if fixed, ok := strings.CutPrefix(strings.ToLower(a.resource[:min(5, len(a.resource))]), "role"); ok && (fixed == "/" || fixed == ":") {
		return problem("role_arn.format").suggest(roleARN(a.partition, a.account, a.resource[5:]))
	}
	return problem("role_arn.format").detail("resource").args("resource", kind)
}

// sessionOfRole rebuilds the role of a session. Its path is lost: a session's
// ARN does not tell it, and the text says so.
func sessionOfRole(a arn, nameAndSession string) *FieldError {
	name, _, _ := strings.Cut(nameAndSession, "/")
	if strings.HasPrefix(name, "AWSReservedSSO_") {
		return problem("role_arn.sso_reserved")
	}
	return problem("role_arn.session").suggest(roleARN(a.partition, a.account, name))
}

func roleAccount(a arn, s Settings) *FieldError {
	if p, ok := address.PartitionByID(a.partition); !ok {
		return problem("role_arn.format")
	} else if !p.Supported {
		return problem("role_arn.partition").detail("unsupported").args("partition", a.partition)
	}
	if account.MatchString(a.account) {
		return nil
	}
	bare := digits(a.account)
	fixed := a
	switch {
	case a.account == "":
		fixed.account = knownAccount(s)
		return problem("role_arn.account").args("account", "").suggest(fixed.String())
	case strings.Trim(a.account, "0123456789-") != "":
		return problem("role_arn.account").args("account", a.account)
	case len(bare) == 12:
		fixed.account = bare
		return problem("role_arn.account").detail("hyphens").args("account", a.account, "digits", "12").suggest(fixed.String())
	}
	return problem("role_arn.account").detail("digits").args("account", a.account, "digits", number(len(bare)))
}

// rolePath checks path and name: the name is what follows the last slash.
func rolePath(a arn, _ Settings) *FieldError {
	rest := strings.TrimPrefix(a.resource, "role/")
	switch {
	case strings.HasPrefix(rest, "aws-service-role/"):
		return problem("role_arn.service_linked")
	case strings.HasPrefix(rest, "aws-reserved/"):
		return problem("role_arn.sso_reserved")
	}
	if a.resource == "role" {
		return problem("role_arn.format")
	}
	if tidy := strings.Join(strings.FieldsFunc(rest, func(r rune) bool { return r == '/' }), "/"); tidy != rest {
		fixed := a
		fixed.resource = "role/" + tidy
		return problem("role_arn.format").suggest(fixed.String())
	}
	at := strings.LastIndex(rest, "/") + 1
	path, name := rest[:at], rest[at:]
	switch {
	case name == "":
		return problem("role_arn.format")
	case len(path)+1 > maxRolePath && path != "":
		return problem("role_arn.too_long").args("length", number(len(a.String())), "max", number(maxARN))
	}
	if e := charset("role_arn", name, func(r rune) bool { return roleName.MatchString(string(r)) }); e != nil {
		return e.suggest(fold(a.String()))
	}
	if len(name) > maxRoleName {
		return problem("role_arn.too_long").detail("name").args("length", number(len(name)))
	}
	return nil
}

// exampleAccounts are the numbers that AWS's documentation and test servers
// use for accounts.
var exampleAccounts = map[string]bool{
	"123456789012": true, "111122223333": true, "444455556666": true, "777788889999": true,
	"111111111111": true, "222222222222": true, "999999999999": true, "000000000000": true,
}

func roleNotices(a arn, s Settings) []Notice {
	var notices []Notice
	if exampleAccounts[a.account] {
		notices = append(notices, notice("role_arn", "role_arn.example_account", "account", a.account))
	}
	notices = append(notices, punctuation("role_arn", a.resource)...)
	if accountOf(s.TrustedPrincipal) == a.account {
		notices = append(notices, notice("role_arn", "role_arn.trusted_account", "account", a.account))
	}
	return notices
}

// accountOf is the account of a role's or principal's ARN, or a bare account
// ID; empty when there is none.
func accountOf(v string) string {
	if account.MatchString(v) {
		return v
	}
	if a, ok := splitARN(v); ok && account.MatchString(a.account) {
		return a.account
	}
	return ""
}

// punctuation points out a comma or period at the end, which the grammar
// allows, but which is left of a list or a sentence more often than not.
func punctuation(key, v string) []Notice {
	if last := v[len(v)-1:]; strings.Contains(",.", last) {
		return []Notice{notice(key, "ends_in_punctuation", "char", last)}
	}
	return nil
}
