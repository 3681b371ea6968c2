package awscheck

import (
	"encoding/json"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// scrub masks the external ID wherever an answer or a command repeats it.
func (x *test) scrub(r Result) Result {
	id := x.target.ExternalID
	if len(id) < 6 {
		// A short one would be found in words by chance; it is never put
		// into a result by us.
		return r
	}
	mask := diagnose.Mask(id)
	hide := func(s string) string { return strings.ReplaceAll(s, id, mask) }
	hideArgs := func(args diagnose.Args) diagnose.Args {
		for k, v := range args {
			args[k] = hide(v)
		}
		return args
	}
	r.Args = hideArgs(r.Args)
	for i := range r.Notes {
		r.Notes[i].Args = hideArgs(r.Notes[i].Args)
	}
	for i := range r.Evidence {
		r.Evidence[i].Message = hide(r.Evidence[i].Message)
	}
	for i := range r.Causes {
		c := &r.Causes[i]
		c.Args = hideArgs(c.Args)
		for j := range c.Fixes {
			f := &c.Fixes[j]
			f.Args, f.Command = hideArgs(f.Args), hide(f.Command)
			f.Document, f.Before = withoutID(f.Document, id), withoutID(f.Before, id)
		}
	}
	return r
}

// withoutID puts the placeholder in the place of id; nil stays nil.
func withoutID(document json.RawMessage, id string) json.RawMessage {
	if len(document) == 0 {
		return nil
	}
	return json.RawMessage(strings.ReplaceAll(string(document), id, idPlaceholder))
}
