package main

import (
	"strings"

	"github.com/mediadock/mediadock/media/purge"
)

// meant remembers the arguments of a media command that are written as paths
// are elsewhere: as a URL, with the prefix before them, or with a wildcard.
// Where nothing was found it is said what they should have been.
func (a *app) meant(sel selection, args []string) {
	space := sel.space()
	for _, arg := range args {
		switch dir := space.Dir(); {
		case strings.HasPrefix(arg, "https://"), strings.HasPrefix(arg, "http://"):
			if keys, err := purge.Keys(space, arg); err == nil {
				a.hint("cmd.meant_url", arg, strings.TrimPrefix(keys[0], dir))
			}
		case strings.HasPrefix(arg, "s3://"+space.Bucket+"/"+dir):
			a.hint("cmd.meant_url", arg, strings.TrimPrefix(arg, "s3://"+space.Bucket+"/"+dir))
		case dir != "" && strings.HasPrefix(strings.TrimPrefix(arg, "/"), dir):
			a.hint("cmd.meant_prefix", arg, strings.TrimPrefix(strings.TrimPrefix(arg, "/"), dir))
		case strings.ContainsAny(arg, "*?"):
			a.hint("cmd.meant_glob", arg, "")
		}
	}
}

func (a *app) hint(id, arg, path string) {
	if path == "" {
		path = "/"
	}
	if len(a.hints) < 3 {
		a.hints = append(a.hints, a.text.Say(id, map[string]string{"arg": arg, "path": path}))
	}
}

// sayMeant says it, once.
func (a *app) sayMeant() {
	if !a.flags.json {
		for _, line := range a.hints {
			a.tell(line)
		}
	}
	a.hints = nil
}
