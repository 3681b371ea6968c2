package wizard

import (
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// principalInside finds the account in an ARN that was cut short, and in the
// address at which an account signs in.
var principalInside = lazyregexp.New(`^(?:arn:aws[a-z-]*:iam::(\d{12}):?|(?:iam::?:?)?(\d{12}):root|https?://(\d{12})\.signin\.(?:aws\.amazon\.com|amazonaws\.cn).*)$`)

// checkTrustedPrincipal accepts what a role can trust in another account: the
// account itself, by number or root ARN, a role, a user, or a session.
func checkTrustedPrincipal(v string, s Settings) (string, []Notice, *FieldError) {
	if strings.Contains(v, "*") {
		return v, nil, problem("trusted_principal.wildcard")
	}
	if e := charset("trusted_principal", v, isPlain); e != nil {
		return v, nil, e
	}
	if len(v) > maxARN {
		return v, nil, problem("trusted_principal.too_long").args("length", number(len(v)))
	}
	if strings.Trim(v, "0123456789-") == "" {
		return principalAccount(v, v, func(id string) string { return id })
	}
	if m := principalInside.FindStringSubmatch(v); m != nil {
		return v, nil, problem("trusted_principal.format").suggest(m[1] + m[2] + m[3])
	}
	a, ok := splitARN(v)
	if !ok {
		return v, nil, problem("trusted_principal.format")
	}
	if fixed, found := strings.CutSuffix(a.String(), ":root:"); found {
		return v, nil, problem("trusted_principal.format").suggest(fixed + ":root")
	}
	kind, name, _ := strings.Cut(a.resource, "/")
	iam := a.service == "iam" && (a.resource == "root" || (kind == "role" || kind == "user") && name != "")
	session := a.service == "sts" && kind == "assumed-role" && strings.Contains(name, "/")
	supported := a.partition == "aws" || a.partition == "aws-cn" || a.partition == "aws-us-gov" || a.partition == "aws-eusc"
	if !iam && !session || !supported {
		return v, nil, problem("trusted_principal.format")
	}
	if a.String() != v || a.region != "" {
		a.region = ""
		return v, nil, problem("trusted_principal.format").suggest(a.String())
	}
	if v == s.RoleARN {
		return v, []Notice{notice("trusted_principal", "trusted_principal.self")}, nil
	}
	value, notices, err := principalAccount(v, a.account, func(id string) string { a.account = id; return a.String() })
	if session && err == nil {
		notices = append(notices, notice("trusted_principal", "trusted_principal.session"))
	}
	return value, notices, err
}

func principalAccount(v, id string, rebuild func(string) string) (string, []Notice, *FieldError) {
	if !account.MatchString(id) {
		bare := digits(id)
		e := problem("trusted_principal.account").args("account", id, "digits", number(len(bare)))
		if len(bare) == 12 {
			e.detail("hyphens")
		}
		return v, nil, e.suggest(rebuild(bare))
	}
	if exampleAccounts[id] {
		return v, []Notice{notice("trusted_principal", "trusted_principal.example_account", "account", id)}, nil
	}
	return v, nil, nil
}
