package wizard

import (
	"strings"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// maxRegionCode is what a label of a host name can hold, and every Region's
// code is one.
const maxRegionCode = 63

// maxRegion is far more than any Region's code or name has.
const maxRegion = 100

var regionInside = lazyregexp.New(`[a-z]{2,4}(?:-[a-z]+)+-[0-9]+`)

// checkRegion accepts codes. One that is not known but has the form of a
// partition's Regions is accepted, too: AWS opens Regions faster than programs
// are released.
func checkRegion(v string, _ Settings) (string, []Notice, *FieldError) {
	if _, known := address.RegionOf(v); known {
		return v, nil, nil
	}
	p, ok := address.PartitionOf(v)
	if !ok || !p.Supported || len(v) > maxRegion {
		return v, nil, regionProblem(v)
	}
	if len(v) > maxRegionCode {
		return v, nil, problem("region.too_long").args("length", number(len(v)))
	}
	if like := closestRegion(v); like != "" && regionWords(like) != regionWords(v) {
		return v, []Notice{notice("region", "region.like", "region", v, "like", like)}, nil
	}
	return v, []Notice{notice("region", "region.new", "region", v, "partition", p.ID)}, nil
}

func regionProblem(v string) *FieldError {
	if len(v) > maxRegion {
		return problem("region.too_long").args("length", number(len(v))).suggest(regionIn(v))
	}
	plain := strings.ToLower(fold(v))
	if p, ok := address.PartitionOf(plain); ok && !p.Supported {
		return problem("region.partition_unsupported").args("value", brief(v))
	}
	if address.IsPseudoRegion(v) || plain == "global" {
		return problem("region.pseudo").args("value", brief(v))
	}
	code, named := address.RegionByName(v)
	if address.IsZone(v) {
		return problem("region.zone").args("value", brief(v)).suggest(code)
	}
	if named && strings.ReplaceAll(plain, "_", "-") != code {
		return problem("region.display_name").args("value", brief(v)).suggest(code)
	}
	if _, ok := address.PartitionOf(plain); ok {
		if e := charset("region", v, isPlain); e != nil {
			return e // the code in full-width letters, in quotes ...
		}
	}
	e := problem("region.unknown").args("value", brief(v))
	for _, guess := range []string{code, regionIn(v), closestRegion(plain)} {
		if guess != "" {
			return e.suggest(guess)
		}
	}
	return e
}

// regionIn finds the one Region whose code stands somewhere in a text, such as
// a URL.
func regionIn(text string) string {
	found := ""
	for _, code := range regionInside.FindAllString(strings.ToLower(text), -1) {
		if _, known := address.RegionOf(code); !known {
			continue
		}
		if found != "" && found != code {
			return ""
		}
		found = code
	}
	return found
}

// regionWords is a Region's code without its number.
func regionWords(code string) string { return strings.TrimRight(code, "0123456789") }

// maxTypos is how many letters may differ for a code to count as misspelt.
const maxTypos = 2

// closestRegion is the Region whose code differs least from what was typed;
// empty when none is close, or two are equally close.
func closestRegion(typed string) string {
	best, at, tie := "", maxTypos+1, false
	for _, r := range address.Regions() {
		switch d := distance(typed, r.Code); {
		case d < at:
			best, at, tie = r.Code, d, false
		case d == at:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

// distance is the Levenshtein distance of two short texts.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
