package awscheck

import (
	"cmp"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// TextID is the text that tells of a report that was joined.
func (o Origin) TextID() string {
	return "report.origin." + cmp.Or(string(o.Side), "none")
}

// Args fill the text of TextID.
func (o Origin) Args() diagnose.Args {
	return diagnose.Args{"time": stamp(o.StartedAt), "account": cmp.Or(o.Caller, "?"), "verdict": string(o.Verdict)}
}

// Lines tell the changes in sentences, one a line, those to look at first in
// front; what is unchanged is counted.
func (c Changes) Lines(say Say) (lines []string) {
	if len(c.Settings) > 0 {
		lines = append(lines, say("report.change.settings", diagnose.Args{"fields": strings.Join(c.Settings, ", ")}))
	}
	word := func(s Status) string { return say("status."+string(s), nil) }
	for _, kind := range []Change{Failing, ChangedCause, ChangedState, Fixed, ChangedNotes, AddedRow, DroppedRow} {
		for _, d := range c.Rows {
			if d.Change != kind {
				continue
			}
			args := diagnose.Args{"row": d.ID, "before": "", "after": "", "found": ""}
			if d.Before.ID != "" {
				args["before"] = word(d.Before.Status)
			}
			if d.After.ID != "" {
				args["after"], args["found"] = word(d.After.Status), say(d.After.Reason, d.After.Args)
			}
			lines = append(lines, say("report.change."+string(kind), args))
		}
	}
	if n := c.Count(Unchanged); n > 0 || len(lines) == 0 {
		lines = append(lines, say("report.change.unchanged", diagnose.Args{"count": itoa(n)}))
	}
	return lines
}
