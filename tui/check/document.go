package check

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/lazyregexp"
	"github.com/mediadock/mediadock/tui/text"
)

// idMark stands for the external ID in the documents of a report, which may be
// passed on. What a person copies or saves to mend a connection has the ID.
const idMark = "<EXTERNAL_ID>"

// whole is a document as it works in AWS; filled tells that the external ID
// was put in.
func (p *page) whole(document json.RawMessage) (doc string, filled bool) {
	doc = indented(document)
	if p.externalID == "" || !strings.Contains(doc, idMark) {
		return doc, false
	}
	return strings.ReplaceAll(doc, idMark, quoted(p.externalID)), true
}

// plain is what a person takes along from the page: all steps in order, with
// their links, their documents as they work in AWS and their commands.
func (p *page) plain() string {
	var parts []string
	link := ""
	for _, s := range p.steps() {
		doc, _ := p.whole(s.Document)
		told := s.Told(p.env.Text)
		if s.ConsoleURL != "" && s.ConsoleURL != link {
			link = s.ConsoleURL
			told += "\n" + link
		}
		for _, part := range []string{told, doc, s.Command} {
			if part != "" {
				parts = append(parts, text.SafeLines(part))
			}
		}
	}
	return strings.Join(parts, "\n\n")
}

// quoted is s as it stands between the quotation marks of a JSON string.
func quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return s
	}
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(b.String()), `"`), `"`)
}

func indented(raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	var b bytes.Buffer
	if json.Indent(&b, raw, "", "  ") != nil {
		return string(raw)
	}
	return b.String()
}

var fileArg = lazyregexp.New(`file://([A-Za-z0-9._-]+)`)

// fileOf is the name under which a fix's document is saved: the one that its
// command reads, else that of the kind of document.
func fileOf(f diagnose.Fix) string {
	if f.File != "" {
		return f.File
	}
	if m := fileArg.FindStringSubmatch(f.Command); m != nil {
		return m[1]
	}
	var doc struct {
		Statement json.RawMessage
	}
	type statement struct {
		Principal json.RawMessage
		Action    json.RawMessage
	}
	if json.Unmarshal(f.Document, &doc) != nil {
		return "policy.json"
	}
	var all []statement
	if json.Unmarshal(doc.Statement, &all) != nil {
		var one statement
		if json.Unmarshal(doc.Statement, &one) != nil {
			return "policy.json"
		}
		all = []statement{one}
	}
	about := func(service string) bool {
		return slices.ContainsFunc(all, func(s statement) bool { return bytes.Contains(s.Action, []byte(`"`+service+":")) })
	}
	ofResource := slices.ContainsFunc(all, func(s statement) bool { return s.Principal != nil })
	switch {
	case about("sts") && ofResource:
		return "trust.json"
	case about("sts"):
		return "assume-role.json"
	case about("kms") && ofResource:
		return "key-policy.json"
	case about("kms"):
		return "kms.json"
	case ofResource:
		return "bucket-policy.json"
	}
	return "permissions.json"
}
