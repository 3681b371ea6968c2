package handoff

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/wizard"
)

// Request writes the request to the administrator of the AWS side: what is
// asked and why, whom the role will trust, each document with where it goes,
// what changes, how to verify, what to send back. It has the external ID in
// full, and works before there is a role. The plan must be of kind All.
func Request(p Plan, say Say) (string, error) {
	if p.Settings.Integration != wizard.DefaultIntegration {
		return requestPieces(p, say)
	}
	r := request{page: &page{say: say, args: p.words(say)}, p: p}
	r.links = diagnose.ConsoleLinks(p.facts())
	r.opening()
	r.values()
	r.title(2, "steps.title")
	r.bucket()
	r.role()
	r.permissions()
	r.readers()
	r.key()
	r.distribution()
	r.changes()
	r.facts()
	r.verify()
	r.sendBack()
	r.security()
	r.checklist()
	if err := r.appendices(); err != nil {
		return "", err
	}
	return strings.TrimRight(r.b.String(), "\n") + "\n", nil
}

type request struct {
	*page
	p     Plan
	links diagnose.Links
}

// words are the plan's names as the texts have them.
func (p Plan) words(say Say) map[string]string {
	space := wizard.SpaceOf(p.Settings)
	args := map[string]string{
		"bucket_name": p.Settings.Bucket, "dir": code(space.Dir()),
		"url":      code(space.URL(space.Key(wizard.SampleNames()[0]))),
		"direct":   code(directURL(p.Settings)),
		"role_arn": code(p.RoleARN()), "principal": code(p.Settings.TrustedPrincipal),
		"also":            code(p.AlsoTrust),
		"trusted_account": code(principalAccount(p.Settings.TrustedPrincipal)),
		"external_id":     code(p.Settings.ExternalID), "permissions_name": code(permissionsName), "key_use_name": code(keyUseName),
		"distribution_arn": code(wizard.DistributionARN(p.Settings)),
	}
	if space.Dir() == "" {
		args["dir"] = say("handoff.whole-bucket", nil)
	}
	for k, v := range p.args() {
		args[k] = code(v)
	}
	args["service"] = p.serviceName()
	args["domain"] = code(strings.TrimPrefix(p.Settings.Domain, "https://"))
	args["distribution"] = code(p.Settings.Distribution[strings.LastIndexByte(p.Settings.Distribution, '/')+1:])
	return args
}

// directURL is the sample's address at S3 itself.
func directURL(s wizard.Settings) string {
	s.Domain = ""
	space := wizard.SpaceOf(s)
	return space.URL(space.Key(wizard.SampleNames()[0]))
}

// principalAccount is the account of a principal: its number, or that of its
// ARN.
func principalAccount(principal string) string {
	if parts := strings.SplitN(principal, ":", 6); len(parts) == 6 {
		return parts[4]
	}
	return principal
}

// wholeAccount tells whether the role trusts an account rather than one user
// or role of it.
func (p Plan) wholeAccount() bool {
	t := p.Settings.TrustedPrincipal
	return !strings.HasPrefix(t, "arn:") || strings.HasSuffix(t, ":root")
}

func (p Plan) facts() diagnose.Facts {
	return diagnose.Facts{
		Bucket: p.Settings.Bucket, Region: p.Region, Prefix: p.Settings.Prefix,
		RoleARN: p.Settings.RoleARN, Distribution: p.Settings.Distribution,
	}
}

func (r request) opening() {
	r.title(1, "title")
	r.line("intro")
	r.line("why")
	r.title(2, "trusted.title")
	switch {
	case r.p.AlsoTrust != "":
		r.line("trusted.both")
	case r.p.wholeAccount():
		r.line("trusted.account")
	default:
		r.line("trusted.principal")
	}
	r.line("trusted.id")
	if a := r.p.Account; a != "" && a == principalAccount(r.p.Settings.TrustedPrincipal) && r.p.wholeAccount() {
		r.line("trusted.same-account")
	}
	if a := r.p.Account; a != "" && (r.p.AlsoTrust == a || strings.HasSuffix(r.p.AlsoTrust, "::"+a+":root")) {
		r.line("trusted.also-same-account")
	}
}

// values are the settings in a table, those that were entered.
func (r request) values() {
	r.title(2, "values.title")
	r.row(r.text("values.name"), r.text("values.value"))
	r.row("---", "---")
	s := r.p.Settings
	role, roleName := s.RoleARN, "field.role_arn.label"
	if r.p.Proposed {
		role, roleName = r.p.RoleName, "handoff.values.role"
	}
	for _, v := range [][2]string{
		{"field.bucket.label", s.Bucket}, {"field.region.label", s.Region}, {roleName, role},
		{"field.external_id.label", s.ExternalID}, {"field.trusted_principal.label", s.TrustedPrincipal},
		{"field.also_trust.label", r.p.AlsoTrust},
		{"field.prefix.label", s.Prefix}, {"field.domain.label", s.Domain},
		{"field.distribution.label", wizard.DistributionARN(s)}, {"field.kms_key.label", r.p.KMSKey},
	} {
		if v[1] != "" {
			r.row(r.say(v[0], nil), code(v[1]))
		}
	}
	r.b.WriteString("\n")
	if r.p.Proposed {
		r.line("values.proposed")
	}
}

// verify are commands for each of the three sides.
func (r request) verify() {
	r.title(2, "verify.title")
	r.line("verify.owner")
	r.block("sh", r.checkCommand())
	r.line("verify.vendor")
	arn := `"$ROLE_ARN"`
	if !r.p.Proposed {
		arn = quoteWord(r.p.Settings.RoleARN)
	}
	assume := "aws sts assume-role --role-session-name mediadock-verify --role-arn " + arn
	r.block("sh", assume+" --external-id "+quoteWord(r.p.Settings.ExternalID))
	if r.p.Proposed {
		r.line("verify.role-arn")
	}
	r.line("verify.refused")
	r.block("sh", assume)
	r.line("verify.us")
	r.block("sh", "mediadock check "+quoteWord(r.p.Name)+" --with report.md")
}

// checkCommand is the test of the owner's side with every setting as a flag:
// whoever runs it has no saved connection.
func (r request) checkCommand() string {
	var b strings.Builder
	b.WriteString("mediadock check --owner --output report.md")
	for _, f := range wizard.Fields(r.p.Settings.Integration) {
		v := wizard.Get(r.p.Settings, f.Key)
		switch f.Key {
		case "bucket", "region", "external_id", "trusted_principal", "prefix", "domain", "distribution":
			if v != "" {
				b.WriteString(" \\\n  --" + f.Flag + " " + quoteWord(v))
			}
		case "role_arn":
			if r.p.Proposed {
				v = `"$(aws iam get-role --role-name ` + quoteWord(r.p.RoleName) + ` --query Role.Arn --output text)"`
			} else {
				v = quoteWord(v)
			}
			b.WriteString(" \\\n  --role-arn " + v)
		}
	}
	return b.String()
}

// quoteWord quotes for a shell only what needs it.
func quoteWord(s string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+,./:@%"
	if s != "" && strings.Trim(s, plain) == "" {
		return s
	}
	return quoteShell(s)
}

func (r request) sendBack() {
	r.title(2, "back.title")
	ids := []string{"back.role", "back.report"}
	if r.p.Settings.Distribution != "" {
		ids = append(ids, "back.deployed")
	}
	r.list("-", ids...)
}

func (r request) security() {
	r.title(2, "security.title")
	scope := "security.scope"
	switch {
	case r.p.Settings.Prefix == "":
		scope = "security.scope-all"
	case r.p.Tight:
		scope = "security.scope-tight"
	}
	r.list("-", "security.id", "security.once", scope, "security.keys", "security.log")
	r.title(3, "apart.title")
	r.line("apart.why")
	r.line("apart.how")
	r.list("-", "apart.admins", "apart.editors", "apart.vendor")
}

func (r request) checklist() {
	r.title(2, "checklist.title")
	ids := []string{"checklist.bucket", "checklist.role", "checklist.permissions"}
	if r.p.Public() {
		ids = append(ids, "checklist.public")
	} else {
		ids = append(ids, "checklist.cloudfront")
	}
	if r.p.KMSKey != "" {
		ids = append(ids, "checklist.key")
	}
	r.list("- [ ]", append(ids, "checklist.verify", "checklist.back")...)
}

func (r request) appendices() error {
	r.title(2, "appendix.title")
	r.line("appendix.intro")
	template, err := CloudFormation(r.p, r.say)
	if err != nil {
		return err
	}
	script, err := Shell(r.p, r.say)
	if err != nil {
		return err
	}
	for _, a := range [][3]string{
		{"appendix.terraform", "hcl", Terraform(r.p, r.say)},
		{"appendix.cloudformation", "yaml", template},
		{"appendix.aws-cli", "sh", script},
	} {
		if a[2] == "" { // there is nothing that it could make
			continue
		}
		r.title(3, a[0])
		r.block(a[1], a[2])
	}
	return nil
}
