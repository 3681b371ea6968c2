package wizard

import (
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

const (
	minExternalID = 2
	maxExternalID = 1224
	// strongExternalID is the length from which an ID counts as hard to
	// guess.
	strongExternalID = 16
)

// exampleID matches what documentation and haste suggest.
var exampleID = lazyregexp.New(`(?i)^(my|your|the|an?)?[-_]?(unique)?[-_]?(example|sample|test|demo|dummy|default|password|secret|changeme|change-me|external|externalid|external[-_]id|sts:externalid)[-_]?(corp|id|string)?[-_]?\d*$|^(12345(6(7(89?)?)?)?0?|abc123|abcdef|xxx+|unique-?id)$`)

// placeholder matches what documents write where a value belongs.
var placeholder = lazyregexp.New(`^(<[^<>]*>|\$?\{[^{}]*\}|\[[^\[\]]*\]|＜[^＜＞]*＞)$`)

// checkExternalID follows the grammar of AssumeRole's ExternalId: 2 to 1,224
// letters, digits and _ + = , . @ : / -.
func checkExternalID(v string, s Settings) (string, []Notice, *FieldError) {
	if strings.ContainsAny(v, "…•●＊") || strings.Trim(v, "*") == "" || strings.Contains(v, "...") && len(v) < strongExternalID {
		return v, nil, problem("external_id.charset").detail("masked")
	}
	if placeholder.MatchString(v) {
		return v, nil, problem("external_id.charset").detail("placeholder")
	}
	if e := charset("external_id", v, isExternalID); e != nil {
		return v, nil, e
	}
	switch {
	case len(v) < minExternalID:
		return v, nil, problem("external_id.too_short").args("length", number(len(v)))
	case len(v) > maxExternalID:
		return v, nil, problem("external_id.too_long").args("length", number(len(v)))
	case arnStart.MatchString(v):
		return v, []Notice{notice("external_id", "external_id.arn")}, nil
	case len(punctuation("external_id", v)) > 0:
		return v, punctuation("external_id", v), nil
	case exampleID.MatchString(v):
		return v, []Notice{notice("external_id", "external_id.example")}, nil
	case guessable(v, s):
		return v, []Notice{notice("external_id", "external_id.weak")}, nil
	}
	return v, nil, nil
}

func isExternalID(r rune) bool {
	return isLetter(r) || isDigit(r) || strings.ContainsRune("_+=,.@:/-", r)
}

// guessable holds for an ID that is short, repeats itself, or is built from
// names that strangers know.
func guessable(v string, s Settings) bool {
	if len(v) < strongExternalID {
		return true
	}
	rest := strings.ToLower(v)
	for _, known := range []string{s.Bucket, s.Prefix, accountOf(s.RoleARN), accountOf(s.TrustedPrincipal), "microcms", "mediadock"} {
		if known != "" {
			rest = strings.ReplaceAll(rest, strings.ToLower(known), "")
		}
	}
	letters := map[rune]bool{}
	for _, r := range rest {
		letters[r] = true
	}
	const fewLetters = 5
	return len(rest) < strongExternalID/2 || len(letters) < fewLetters
}
