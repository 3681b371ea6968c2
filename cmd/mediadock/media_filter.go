package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
)

// filterFlags choose files by patterns.
type filterFlags struct{ include, exclude []string }

func (f *filterFlags) add(cmd *cobra.Command) {
	// No commas between several: {a,b} has some.
	cmd.Flags().StringArrayVar(&f.exclude, "exclude", nil, "")
	cmd.Flags().StringArrayVar(&f.include, "include", nil, "")
}

func (f filterFlags) filter() (*media.Filter, error) {
	filter, err := media.NewFilter(f.include, f.exclude)
	var bad *media.PatternError
	if errors.As(err, &bad) {
		return nil, usage("bad_pattern", map[string]string{"value": bad.Pattern})
	}
	return filter, err
}

// counted are the reasons for leaving files out that need no line for each
// file: nobody misses these.
var counted = []string{media.CodeExcluded, media.CodeHiddenFile, media.CodeJunk}

// leftOut counts what was left out for these reasons.
type leftOut map[string]int

// add counts one, and tells whether it needs no line of its own.
func (l leftOut) add(code string) bool {
	for _, c := range counted {
		if c == code {
			l[code]++
			return true
		}
	}
	return false
}

// sayCounted tells how many there were.
func (a *app) sayCounted(l leftOut) {
	var parts []string
	for _, code := range counted {
		if n := l[code]; n > 0 {
			parts = append(parts, a.text.Say("media.note."+code, map[string]string{"count": strconv.Itoa(n)}))
		}
	}
	if len(parts) > 0 && !a.flags.json {
		a.tell(a.text.Say("media.note.left-out", map[string]string{"list": strings.Join(parts, a.text.Say("know.list-separator", nil))}))
	}
}
