// Package report words a connection test: what to mend first, one sentence a
// row, the reason that matters, the steps that mend it, the evidence. The
// screen and the line mode say it with these.
package report

import (
	"fmt"
	"maps"
	"net/url"
	"strings"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/text"
)

// say is the text of an id with arguments made safe.
func say(c *text.Catalog, id string, args diagnose.Args) string {
	safe := make(map[string]string, len(args))
	for k, v := range args {
		safe[k] = text.Safe(v)
	}
	return c.Say(id, safe)
}

// Bad tells whether a status asks for attention.
func Bad(s awscheck.Status) bool {
	return s == awscheck.Fail || s == awscheck.Warn || s == awscheck.Inconclusive
}

// Title is the short name of a check.
func Title(c *text.Catalog, id string) string { return c.Say("check."+id, nil) }

// Sentence is what a row found, else the title of its check.
func Sentence(c *text.Catalog, r awscheck.Result) string {
	if r.Reason != "" && c.Has(r.Reason) {
		return say(c, r.Reason, r.Args)
	}
	return Title(c, r.ID)
}

// VendorOnly is who alone may assume the role, where the live test could not
// ask for that reason and the owner's side carries the verdict; else empty.
func VendorOnly(rows []awscheck.Result) string {
	for _, r := range rows {
		if r.ID == "role.assume" && r.Reason == SkipVendorOnly {
			return text.Safe(r.Args["vendor"])
		}
	}
	return ""
}

// SkipVendorOnly is the reason of rows that nobody but the vendor can test.
const SkipVendorOnly = "result.skip.vendor-only"

// Brief is Sentence for a line of a list: of a URL, which is long and for the
// most part the probe's, it names the host alone, and why a row was skipped it
// says in a few words.
func Brief(c *text.Catalog, r awscheck.Result) string {
	switch r.Reason {
	case "result.skip.needs":
		return text.Fill(c.UI.Check.Needs, "what", Title(c, r.Args["need"]))
	case SkipVendorOnly:
		return c.UI.Check.ForVendor
	}
	r.Args = hosted(r.Args)
	return Sentence(c, r)
}

// hosted are arguments with a URL's host in place of the URL.
func hosted(args diagnose.Args) diagnose.Args {
	u, err := url.Parse(args["url"])
	if err != nil || u.Host == "" {
		return args
	}
	args = maps.Clone(args)
	args["url"] = u.Host
	return args
}

// NeedsTitle tells whether what a row found says not of what: that of skipped
// rows, and of the owner's ("Off: ...").
func NeedsTitle(c *text.Catalog, r awscheck.Result) bool {
	return (r.Status == awscheck.Skip || strings.HasPrefix(r.ID, "owner.")) && Sentence(c, r) != Title(c, r.ID)
}

// Titled is Brief with the title of the check in front where it needs one.
func Titled(c *text.Catalog, r awscheck.Result) string {
	if !NeedsTitle(c, r) {
		return Brief(c, r)
	}
	return Title(c, r.ID) + c.UI.Check.Colon + Brief(c, r)
}

// Why is what to say of a row in one line: its cause where that is certain,
// else what was found, without a full stop. possible counts the causes that
// then come into question: none of them is to be told as a fact.
func Why(c *text.Catalog, r awscheck.Result) (why string, possible int) {
	s := Brief(c, r)
	if x, ok := leading(r); ok && x.Likelihood == diagnose.Certain && c.Has("cause."+x.ID) {
		x.Args = hosted(x.Args)
		s = Cause(c, x)
	} else {
		for _, x := range r.Causes {
			if x.Likelihood != diagnose.RuledOut {
				possible++
			}
		}
	}
	return strings.TrimRight(s, ".。"), possible
}

// Cause is the text of a cause.
func Cause(c *text.Catalog, x diagnose.Cause) string { return say(c, "cause."+x.ID, x.Args) }

// Fix is the text of a fix.
func Fix(c *text.Catalog, f diagnose.Fix) string { return say(c, "fix."+f.ID, f.Args) }

// Note is the text of a note.
func Note(c *text.Catalog, n diagnose.Note) string { return say(c, "note."+n.ID, n.Args) }

// Word is the word for a status.
func Word(c *text.Catalog, s awscheck.Status) string {
	w := c.UI.Check
	switch s {
	case awscheck.Pass:
		return w.Pass
	case awscheck.Warn:
		return w.Warn
	case awscheck.Fail:
		return w.Fail
	case awscheck.Skip:
		return w.Skip
	case awscheck.Inconclusive:
		return w.Inconclusive
	}
	return ""
}

// Verdict is the word for a verdict.
func Verdict(c *text.Catalog, v awscheck.Verdict) string {
	w := c.UI.Check
	switch v {
	case awscheck.Ready:
		return w.VerdictReady
	case awscheck.ReadyWithWarnings:
		return w.VerdictWarnings
	case awscheck.Failed:
		return w.VerdictFailed
	}
	return w.VerdictNotRun
}

// Likelihood is the word for how sure a cause is.
func Likelihood(c *text.Catalog, l diagnose.Likelihood) string {
	w := c.UI.Trouble
	switch l {
	case diagnose.Certain:
		return w.Certain
	case diagnose.Likely:
		return w.Likely
	case diagnose.RuledOut:
		return w.RuledOut
	}
	return w.Possible
}

// Evidence is one exchange after another: in the first line what was asked and
// what came back, then what the answer said, and for a delivery the way to who
// gave it: DNS, TLS, headers. What an earlier exchange has told of the way is
// not told again.
func Evidence(all []diagnose.Evidence) [][]string {
	var out [][]string
	told := map[string]bool{}
	for _, e := range all {
		lines := []string{exchange(e)}
		if e.Message != "" {
			lines = append(lines, text.Safe(e.Message))
		}
		for _, l := range e.Wire() {
			if !told[l] {
				told[l] = true
				lines = append(lines, text.Safe(l))
			}
		}
		out = append(out, lines)
	}
	return out
}

func exchange(e diagnose.Evidence) string {
	parts := []string{e.Operation}
	if e.HTTPStatus != 0 {
		parts = append(parts, fmt.Sprint(e.HTTPStatus))
	}
	for _, p := range []string{e.Code, e.Network, e.Host} {
		if p != "" && (p != e.Host || !strings.Contains(e.Operation, "://"+p)) {
			parts = append(parts, p)
		}
	}
	return text.Safe(strings.Join(parts, "  "))
}
