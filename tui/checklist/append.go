package checklist

import (
	"cmp"
	"errors"
	"maps"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/tui/text"
)

// Appended says what became of statements that were appended to a policy.
func Appended(c *text.Catalog, out policy.Appended) (lines []string) {
	say := func(id string, args map[string]string) { lines = append(lines, c.Say("cmd.merge."+id, args)) }
	for _, l := range []struct {
		id    string
		names []string
	}{{"added", out.Added}, {"replaced", out.Replaced}, {"there", out.There}} {
		if len(l.names) > 0 {
			say(l.id, map[string]string{"statements": strings.Join(l.names, ", ")})
		}
	}
	if out.Changed() && out.Kept > 0 {
		say("kept", map[string]string{"count": strconv.Itoa(out.Kept)})
	}
	if out.Odd != nil {
		say("odd", map[string]string{"line": strconv.Itoa(out.Odd.Line), "detail": oddity(c, out.Odd)})
	}
	say("size", map[string]string{"size": strconv.Itoa(out.Size), "limit": strconv.Itoa(out.Limit)})
	return lines
}

// NotAppended says why nothing was appended to the policy in what is called
// file: the id of a text and what fills it in. It is "" for other errors than
// those of policy.Append.
func NotAppended(c *text.Catalog, err error, file string) (id string, args map[string]string) {
	var bad *policy.ParseError
	var taken *policy.SidTakenError
	var large *policy.TooLargeError
	var old *policy.OldVersionError
	switch {
	case errors.As(err, &bad):
		return "cmd.merge.bad", map[string]string{
			"file": file, "line": strconv.Itoa(bad.Line), "column": strconv.Itoa(bad.Column), "detail": oddity(c, bad),
		}
	case errors.As(err, &taken):
		return "cmd.merge.sid", map[string]string{"file": file, "line": strconv.Itoa(taken.Line), "sid": taken.Sid}
	case errors.As(err, &large):
		return "cmd.merge.large", map[string]string{
			"size": strconv.Itoa(large.Size), "limit": strconv.Itoa(large.Limit), "over": strconv.Itoa(large.Size - large.Limit),
		}
	case errors.As(err, &old):
		return "cmd.merge.version", map[string]string{"file": file, "version": old.Version}
	}
	return "", nil
}

// oddity says what is wrong with a policy at a place.
func oddity(c *text.Catalog, e *policy.ParseError) string {
	args := maps.Clone(e.Args)
	if e.Reason == "wrong-type" {
		args["want"] = c.Say("policy-text.want."+cmp.Or(args["want"], "object"), nil)
	}
	return c.Say("policy-text."+e.Reason, args)
}
