package text

import (
	"strconv"

	"github.com/mediadock/mediadock/media/audit"
)

// Audited is one finding of an audit in a line.
func (c *Catalog) Audited(f audit.Finding) string { return c.aboutFinding(f, "line") }

// WhyAudited says why a file is a finding.
func (c *Catalog) WhyAudited(f audit.Finding) string { return c.aboutFinding(f, "why") }

// AuditedTodo says what to do about a finding.
func (c *Catalog) AuditedTodo(f audit.Finding) string {
	return c.Say("audit."+string(f.Kind)+".todo", nil)
}

// aboutFinding is the text of a kind of finding that fits this one best.
func (c *Catalog) aboutFinding(f audit.Finding, what string) string {
	id := "audit." + string(f.Kind) + "." + what
	args := map[string]string{
		"path": f.Path, "to": f.To, "type": f.ContentType, "wanted": f.Wanted, "service": f.Service, "directory": f.Directory,
		"count": strconv.Itoa(f.Candidates),
	}
	switch {
	case f.Kind == audit.Missing && f.Candidates > 1:
		id += ".several"
	case f.Kind == audit.Environment && f.Service != "":
		id += ".service"
	case f.Kind == audit.Type && f.ContentType == "":
		id += ".none"
	}
	return c.Say(id, args)
}
