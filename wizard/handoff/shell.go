package handoff

import (
	_ "embed"
	"fmt"
	"strings"
	"text/template"

	"github.com/mediadock/mediadock/awscheck/policy"
)

//go:embed awscli.sh.tmpl
var shellText string

//go:embed awscli_pieces.sh.tmpl
var shellPieces string

var shellTemplate = template.Must(template.New("awscli.sh").Funcs(template.FuncMap{
	"sh": quoteShell,
}).Parse(shellText + shellPieces))

// Shell writes a plan as a script for POSIX shells and the AWS CLI. It reads
// what exists first; where something else stands, it prints the merge, leaves
// it to a person and ends with 1. Running it again does no harm.
func Shell(p Plan, say Say) (string, error) {
	s := script{Plan: p, say: say}
	var b strings.Builder
	if err := shellTemplate.Execute(&b, s); err != nil {
		return "", fmt.Errorf("aws cli script: %w", err)
	}
	return b.String(), nil
}

// script is what the template asks.
type script struct {
	Plan
	say Say
}

// Say is a text about the plan; more pairs of name and value may be given.
func (s script) Say(id string, pairs ...string) string {
	return s.say("handoff.sh."+id, s.args(pairs...))
}

// Comment is a text as comment lines.
func (s script) Comment(id string) string {
	var lines []string
	for line := range strings.SplitSeq(s.Say(id), "\n") {
		lines = append(lines, strings.TrimRight("# "+line, " "))
	}
	return strings.Join(lines, "\n")
}

// JSON is a document in several lines, Statement a document's only statement
// in one, Statements all of them.
func (s script) JSON(d *policy.Document) string      { return string(JSON(*d)) }
func (s script) Statement(d *policy.Document) string { return string(compact(d.Statements[0])) }
func (s script) Line(st policy.Statement) string     { return string(compact(st)) }
func (s script) Description() string                 { return s.roleDescription() }
func (s script) KeyStatements() []policy.Statement   { return s.KeyPolicy.Statements }
func (s script) ReadsBucket() bool                   { return s.Bucket != nil }
func (s script) RolePolicies() (list []rolePolicyFile) {
	if s.Permissions != nil {
		list = append(list, rolePolicyFile{permissionsName, *s.Permissions})
	}
	if s.KeyUse != nil {
		list = append(list, rolePolicyFile{keyUseName, *s.KeyUse})
	}
	return list
}

type rolePolicyFile struct {
	Name     string
	document policy.Document
}

// JSON is the policy in several lines.
func (r rolePolicyFile) JSON() string { return string(JSON(r.document)) }

// quoteShell quotes one word for POSIX shells. NUL, which no argument can
// hold, is left out.
func quoteShell(s string) string {
	return "'" + strings.ReplaceAll(strings.ReplaceAll(s, "\x00", ""), "'", `'\''`) + "'"
}
