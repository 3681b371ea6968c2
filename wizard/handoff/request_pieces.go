package handoff

import (
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/wizard"
)

// requestPieces is Request for integrations other than microCMS.
func requestPieces(p Plan, say Say) (string, error) {
	r := request{page: &page{say: say, args: p.words(say)}, p: p}
	r.links = diagnose.ConsoleLinks(p.facts())
	r.title(1, "title")
	r.line("piece.intro")
	r.line("piece.why." + p.Settings.Integration)
	r.answers()
	r.title(2, "steps.title")
	r.step("step.bucket")
	r.where("step.bucket.where", r.links.BucketPermissions)
	r.list("-", "step.bucket.type", "step.bucket.ownership")
	for _, piece := range p.Pieces {
		r.piece(piece)
	}
	r.facts()
	r.verifyPieces()
	r.title(2, "back.title")
	if len(p.on(wizard.OnUser)) > 0 {
		r.list("-", "piece.back.user", "back.report-only")
	} else {
		r.list("-", "piece.back.done", "back.report-only")
	}
	r.title(2, "security.title")
	r.list("-", "piece.security.only", "piece.security.keep", "piece.security.undo")
	r.title(2, "checklist.title")
	for _, piece := range p.Pieces {
		r.b.WriteString("- [ ] " + r.pieceTitle(piece) + "\n")
	}
	r.b.WriteString("\n")
	r.list("- [ ]", "piece.checklist.verify")
	if err := r.appendices(); err != nil {
		return "", err
	}
	return strings.TrimRight(r.b.String(), "\n") + "\n", nil
}

// answers are the settings that were entered, in a table. What is nobody's
// business but ours is left out, and so is what has a page of its own.
func (r request) answers() {
	r.title(2, "values.title")
	r.row(r.text("values.name"), r.text("values.value"))
	r.row("---", "---")
	for _, f := range wizard.Fields(r.p.Settings.Integration) {
		v := wizard.Get(r.p.Settings, f.Key)
		switch f.Key {
		case "integration", "access", "access_key_profile", "managed_by", "notes":
			continue
		}
		if v != "" && f.Kind != wizard.Table {
			r.row(r.say("field."+f.Key+".label", nil), code(v))
		}
	}
	r.b.WriteString("\n")
}

// pieceArgs are the names that the texts of a piece speak of.
func (r request) pieceArgs(piece wizard.Piece) []string {
	target, _ := r.p.target(piece)
	who := code(target)
	if target == "" && piece.On == wizard.OnRole {
		who = r.text("piece.unknown.role", "document", code(piece.ID))
	}
	return []string{
		"document", code(piece.ID), "who", who,
		"name", code(policyName(piece)), "key", code(piece.Of), "file", code(piece.Of),
	}
}

// pieceTitle says what is done with a piece.
func (r request) pieceTitle(piece wizard.Piece) string {
	id := "piece.step." + piece.On
	if target, proposed := r.p.target(piece); proposed || piece.On == wizard.OnRole && target == "" {
		id += "-new"
	}
	return r.text(id, r.pieceArgs(piece)...)
}

// piece is a step: where the document goes, what to mind, the document.
func (r request) piece(piece wizard.Piece) {
	r.steps++
	r.b.WriteString("### " + strconv.Itoa(r.steps) + ". " + r.pieceTitle(piece) + "\n\n")
	r.where("piece.where."+piece.On, r.pieceLink(piece), r.pieceArgs(piece)...)
	target, proposed := r.p.target(piece)
	if proposed {
		r.line("piece.user-new", r.pieceArgs(piece)...)
	}
	r.line("piece.how."+piece.On, r.pieceArgs(piece)...)
	if piece.On == wizard.OnRole && target == "" {
		r.line("piece.role-unknown", r.pieceArgs(piece)...)
	}
	language := "json"
	if piece.Policy == nil && strings.HasSuffix(piece.Of, ".ts") {
		language = "ts"
	}
	r.block(language, string(Body(piece)))
	if piece.On == wizard.OnUser {
		r.line("piece.user-key", r.pieceArgs(piece)...)
	}
}

// pieceLink leads to the page of the console where a piece goes.
func (r request) pieceLink(piece wizard.Piece) string {
	f := r.p.facts()
	switch piece.On {
	case wizard.OnUser:
		return r.links.Users
	case wizard.OnRole:
		if f.RoleARN = piece.Of; f.RoleARN != "" && !strings.HasPrefix(f.RoleARN, "arn:") {
			f.RoleARN = "arn:" + r.p.Partition + ":iam::" + r.p.Account + ":role/" + piece.Of
		}
		return diagnose.ConsoleLinks(f).Role
	case wizard.OnKey:
		return diagnose.KeyLink(f, piece.Of)
	case wizard.OnBucket, wizard.OnCORS:
		return r.links.BucketPermissions
	}
	return ""
}

// verifyPieces are commands for the two sides.
func (r request) verifyPieces() {
	r.title(2, "verify.title")
	if command, whole := r.ownerCommand(); whole {
		r.line("piece.verify.owner")
		if len(r.p.on(wizard.OnUser)) > 0 {
			r.line("piece.verify.key")
			command = "aws configure --profile " + r.p.Settings.Integration + "\n" + command + " \\\n  --access-key-profile " + r.p.Settings.Integration
		}
		r.block("sh", command)
		r.line("verify.us")
		r.block("sh", "mediadock check "+quoteWord(r.p.Name)+" --with report.md")
		return
	}
	r.line("piece.verify.file")
	r.block("sh", "mediadock connection export "+quoteWord(r.p.Name)+" --output connection.yaml")
	r.line("piece.verify.owner")
	r.block("sh", "mediadock connection import connection.yaml\nmediadock check "+quoteWord(r.p.Name)+" --owner --output report.md")
}

// ownerCommand is the test with every setting as a flag; whole is false where
// a setting cannot be one.
func (r request) ownerCommand() (command string, whole bool) {
	var b strings.Builder
	b.WriteString("mediadock check --owner --output report.md")
	for _, f := range wizard.Fields(r.p.Settings.Integration) {
		v := wizard.Get(r.p.Settings, f.Key)
		switch {
		case v == "" || f.Key == "notes" || f.Key == "managed_by" || f.Key == "access" || f.Key == "access_key_profile":
		case f.Key == "path_rules": // which nothing at AWS depends on
		case f.Kind == wizard.Table:
			return "", false
		default:
			b.WriteString(" \\\n  --" + f.Flag + " " + quoteWord(v))
		}
	}
	return b.String(), true
}
