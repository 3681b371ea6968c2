package awscheck

import (
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
			f.Document = []byte(strings.ReplaceAll(string(f.Document), id, "<EXTERNAL_ID>"))
			if len(f.Document) == 0 {
				f.Document = nil
			}
		}
	}
	return r
}
