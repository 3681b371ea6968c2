package privacy

import (
	"errors"
	"slices"
	"strings"
)

// Decision is what became of what a file told beside its content when it was
// uploaded: codes of findings, the gravest first. It holds no detail: no
// coordinate, no name.
type Decision struct {
	Removed []string `json:"removed,omitempty"` // taken out
	Kept    []string `json:"kept,omitempty"`    // public, because somebody said so
	// Undecided are public, could have been taken out, and nobody was asked.
	Undecided []string `json:"undecided,omitempty"`
	Stays     []string `json:"stays,omitempty"` // public: it cannot be taken out here
	// Unknown is the Trouble of a file that could not be looked at in full.
	Unknown string `json:"unknown,omitempty"`
}

// Kinds of decisions: what matters most of a file.
const (
	DecidedKept      = "kept"
	DecidedUndecided = "undecided"
	DecidedStays     = "stays" // cannot be taken out, or is not known in full
	DecidedRemoved   = "removed"
)

// DecisionKinds are all kinds, the gravest first.
func DecisionKinds() []string {
	return []string{DecidedKept, DecidedUndecided, DecidedStays, DecidedRemoved}
}

// Decided is what an upload makes of what was found: stripped or as the file
// is, which somebody said (kept) or nobody.
func (r Report) Decided(stripped, kept bool) Decision {
	d := Decision{Unknown: r.Trouble}
	for _, f := range r.Findings {
		to := &d.Undecided
		switch {
		case f.Stays:
			to = &d.Stays
		case stripped:
			to = &d.Removed
		case kept:
			to = &d.Kept
		}
		*to = append(*to, f.Code)
	}
	return d
}

// Empty holds where nothing was found.
func (d Decision) Empty() bool { return d.Kind() == "" }

// Kind is one of DecisionKinds, empty where nothing was found.
func (d Decision) Kind() string {
	switch {
	case len(d.Kept) > 0:
		return DecidedKept
	case len(d.Undecided) > 0:
		return DecidedUndecided
	case len(d.Stays) > 0 || d.Unknown != "":
		return DecidedStays
	case len(d.Removed) > 0:
		return DecidedRemoved
	}
	return ""
}

// part is a word of the written form and its codes.
type part struct {
	word  string
	codes *[]string
}

func (d *Decision) parts() []part {
	return []part{{DecidedKept, &d.Kept}, {DecidedUndecided, &d.Undecided}, {DecidedStays, &d.Stays}, {DecidedRemoved, &d.Removed}}
}

// String is the written form: "kept: gps, camera; stays: maker; unknown: damaged".
func (d Decision) String() string {
	var parts []string
	for _, p := range d.parts() {
		if len(*p.codes) > 0 {
			parts = append(parts, p.word+": "+strings.Join(*p.codes, ", "))
		}
	}
	if d.Unknown != "" {
		parts = append(parts, "unknown: "+d.Unknown)
	}
	return strings.Join(parts, "; ")
}

var errDecision = errors.New("privacy: no decision is written like that")

// ParseDecision reads the written form. Codes that this version does not know
// are kept.
func ParseDecision(s string) (d Decision, err error) {
	for one := range strings.SplitSeq(s, ";") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		word, list, ok := strings.Cut(one, ":")
		if !ok {
			return Decision{}, errDecision
		}
		var codes []string
		for code := range strings.SplitSeq(list, ",") {
			codes = append(codes, strings.TrimSpace(code))
		}
		word = strings.ToLower(strings.TrimSpace(word))
		if word == "unknown" && len(codes) == 1 && d.Unknown == "" {
			d.Unknown = codes[0]
			continue
		}
		i := slices.IndexFunc(d.parts(), func(p part) bool { return p.word == word })
		if i < 0 {
			return Decision{}, errDecision
		}
		to := d.parts()[i].codes
		*to = append(*to, codes...)
	}
	if !d.Valid() {
		return Decision{}, errDecision
	}
	return d, nil
}

// Valid tells whether all codes are such as the written form can hold.
func (d Decision) Valid() bool {
	for _, p := range d.parts() {
		if slices.ContainsFunc(*p.codes, func(c string) bool { return !isCode(c) }) {
			return false
		}
	}
	return d.Unknown == "" || isCode(d.Unknown)
}

// isCode holds for small letters, digits and hyphens.
func isCode(s string) bool {
	const longest = 40
	return s != "" && len(s) <= longest && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-'
	})
}
