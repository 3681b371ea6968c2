package diagnose

import (
	"slices"
	"strings"
)

// Ways groups the fixes of a cause: each way mends it by itself, and the fixes
// of one way are its steps, in order. A fix whose id begins with "then-" is the
// step after the one before it.
func Ways(fixes []Fix) [][]Fix {
	var ways [][]Fix
	for i, f := range fixes {
		if i > 0 && f.follows(fixes[i-1]) {
			last := len(ways) - 1
			ways[last] = append(ways[last], f)
			continue
		}
		ways = append(ways, []Fix{f})
	}
	return ways
}

// narrowing are the fixes that narrow one policy of a role each: a role is
// narrow only once all of them are done.
var narrowing = []string{"narrow-permissions", "delete-wide-policy", "detach-wide-policies"}

// stepsAfter names the fixes, beside those that say so in their id, that are
// the step after another one.
var stepsAfter = map[string][]string{
	"set-origin-access":      {"create-origin-access"},
	"add-alias":              {"add-certificate"},
	"find-conflicting-alias": {"add-alias"},
	"unblock-account":        {"unblock-bucket"},
	"narrow-permissions":     narrowing,
	"delete-wide-policy":     narrowing,
	"detach-wide-policies":   narrowing,
}

func (f Fix) follows(before Fix) bool {
	return strings.HasPrefix(f.ID, "then-") || slices.Contains(stepsAfter[f.ID], before.ID)
}
