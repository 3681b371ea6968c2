package wizard

import (
	"slices"
	"strings"
)

// A rule checks a cleaned, non-empty value in the context of the other
// answers and returns its normal form.
type rule func(v string, s Settings) (string, []Notice, *FieldError)

var rules = map[string]rule{
	"integration":       checkIntegration,
	"bucket":            checkBucket,
	"region":            checkRegion,
	"access":            checkAccess,
	"role_arn":          checkRoleARN,
	"external_id":       checkExternalID,
	"trusted_principal": checkTrustedPrincipal,
	"prefix":            checkPrefix,
	"domain":            checkDomain,
	"fix_file_names":    checkToggle,
	"distribution":      checkDistribution,
	"service_id":        checkServiceID,
	"managed_by":        oneOf("managed_by", "mediadock", "service"),
	"notes":             checkNotes,
	"cloud_names":       checkCloudNames,
	"kms_key_arns":      checkKMSKeyARNs,

	"access_key_profile": checkKeyProfile,
	"subdomain":          checkSubdomain("subdomain"),
	"video_subdomain":    checkSubdomain("video_subdomain"),
	"path_rules":         checkPathRules,
}

// CheckField normalises and validates what was typed for one field, in the
// context of the other answers. The value is the normal form when err is nil,
// else what was typed without outer white space and invisible characters.
// Where two fields contradict one another, both get the same error, whose
// Field and Other name them.
func CheckField(key, raw string, s Settings) (value string, notices []Notice, err *FieldError) {
	value, notices, err = checkAlone(key, raw, s)
	if err != nil || value == "" {
		return value, notices, err
	}
	Set(&s, key, value)
	for _, e := range crossCheck(s) {
		if e.Field == key || e.Other == key {
			return value, notices, &e
		}
	}
	return value, notices, nil
}

// Normalise brings every setting to its normal form. What is not valid stays
// as it is, without outer white space and invisible characters.
func Normalise(s Settings) (Settings, []Notice) {
	var notices []Notice
	out := s
	for _, f := range allFields {
		v, more, _ := checkAlone(f.Key, Get(s, f.Key), s)
		Set(&out, f.Key, v)
		notices = append(notices, more...)
	}
	return out, notices
}

// Validate returns everything that is wrong with settings, cross-checks
// included, in the order of Fields; nil when they are valid. Empty settings
// that have a default are valid.
func Validate(s Settings) []FieldError {
	s = Defaults(s)
	var all []FieldError
	for _, f := range Fields(s.Integration) {
		if _, _, err := checkAlone(f.Key, Get(s, f.Key), s); err != nil {
			all = append(all, *err)
		}
	}
	all = append(all, foreign(s)...)
	all = append(all, crossCheck(s)...)
	inOrder(all)
	return all
}

// foreign are the settings that are given and belong to another integration.
func foreign(s Settings) []FieldError {
	in, ok := IntegrationByID(s.Integration)
	if !ok {
		return nil // said of the integration itself
	}
	var all []FieldError
	for _, f := range allFields {
		if v := Get(s, f.Key); !in.uses(f.Key) && v != "" && v != "false" && f.Key != "access" && f.Key != "managed_by" {
			all = append(all, *problem(f.Key+".not_used").args("integration", in.Name))
		}
	}
	return all
}

func inOrder(errs []FieldError) {
	place := func(e FieldError) int {
		if e.Field == PartsKey {
			return position("access") // the first of what follows from it
		}
		return position(e.Field)
	}
	slices.SortStableFunc(errs, func(a, b FieldError) int { return place(a) - place(b) })
}

func position(key string) int {
	return slices.IndexFunc(allFields, func(f Field) bool { return f.Key == key })
}

// checkAlone checks one field without cross-checks.
func checkAlone(key, raw string, s Settings) (string, []Notice, *FieldError) {
	return checkTo(maxSuggestions, key, raw, s)
}

// maxSuggestions bounds how often a suggestion's own suggestion is followed.
const maxSuggestions = 4

func checkTo(depth int, key, raw string, s Settings) (string, []Notice, *FieldError) {
	v, notices := clean(key, raw)
	if v == "" {
		return "", notices, missing(key, s)
	}
	if kind := secretIn(key, v); kind != "" {
		return v, notices, problem(key + ".secret").detail(kind)
	}
	check, ok := rules[key]
	if !ok {
		return v, notices, nil
	}
	value, more := v, []Notice(nil)
	err := pastedText(key, v, s)
	if err == nil {
		value, more, err = check(v, s)
	}
	if err != nil {
		err.settle(depth, v, s)
		return v, notices, err
	}
	return value, append(notices, more...), nil
}

// Missing is the error of a question that has to be answered and was not.
func Missing(key string) *FieldError { return problem(key + ".missing") }

func missing(key string, s Settings) *FieldError {
	if Get(Defaults(Settings{}), key) != "" {
		return nil
	}
	if !offered(s.Integration).requires(key) {
		return nil
	}
	return problem(key + ".missing")
}

// settle makes sure that what an error offers would be accepted: each value
// takes its normal form, a suggestion that is wrong itself is replaced by its
// own suggestion, and what cannot be accepted is dropped.
func (e *FieldError) settle(depth int, given string, s Settings) {
	if e.Suggestion != "" {
		value, more, ok := acceptable(depth, e.Field, e.Suggestion, s)
		if !ok || value == given {
			value, more = "", nil
		}
		e.Suggestion = value
		for key, v := range more {
			e.also(key, v)
		}
	}
	for key, v := range e.Also {
		value, _, ok := acceptable(depth, key, v, s)
		if !ok || value == "" || value == Get(s, key) {
			delete(e.Also, key)
			continue
		}
		e.Also[key] = value
	}
	if len(e.Also) == 0 {
		e.Also = nil
	}
}

func acceptable(depth int, key, v string, s Settings) (value string, more map[string]string, ok bool) {
	if depth == 0 {
		return "", nil, false
	}
	value, _, err := checkTo(depth-1, key, v, s)
	if err == nil {
		return value, nil, true
	}
	return err.Suggestion, err.Also, err.Suggestion != ""
}

// oneOf is the rule of a field that is one of a few words.
func oneOf(key string, words ...string) rule {
	return func(v string, _ Settings) (string, []Notice, *FieldError) {
		if slices.Contains(words, v) {
			return v, nil, nil
		}
		e := problem(key+".unknown").args("value", brief(v))
		if w := strings.ToLower(fold(v)); slices.Contains(words, w) {
			e.suggest(w)
		}
		return v, nil, e
	}
}

// checkAccess refuses to assume a role where the service has none.
func checkAccess(v string, s Settings) (string, []Notice, *FieldError) {
	if in, ok := IntegrationByID(s.Integration); ok && v == "role" && !in.uses("role_arn") {
		return v, nil, problem("access.no_role").args("integration", in.Name).suggest("caller")
	}
	return oneOf("access", "role", "caller")(v, s)
}

func checkIntegration(v string, _ Settings) (string, []Notice, *FieldError) {
	if _, ok := IntegrationByID(v); ok {
		return v, nil, nil
	}
	e := problem("integration.unknown").args("value", brief(v)).suggest(strings.ToLower(fold(v)))
	if strings.Contains(e.Suggestion, DefaultIntegration) { // "microCMS", "alpha.microcms.io"
		e.suggest(DefaultIntegration)
	}
	return v, nil, e
}

func checkToggle(v string, _ Settings) (string, []Notice, *FieldError) {
	on, ok := parseToggle(v)
	switch {
	case !ok:
		e := problem("fix_file_names.unknown").args("value", brief(v))
		for meant, words := range spokenToggles {
			if slices.Contains(words, strings.ToLower(fold(v))) {
				e.suggest(meant)
			}
		}
		return v, nil, e
	case on:
		return "true", nil, nil
	}
	return "false", nil, nil
}

// spokenToggles are words that are no answer in a file, but leave no doubt.
var spokenToggles = map[string][]string{
	"true":  {"true", "on", "オン", "はい", "有効", "する", "enabled", "enable"},
	"false": {"false", "off", "オフ", "いいえ", "無効", "しない", "disabled", "disable"},
}

// parseToggle reads the words that people and files use for on and off.
func parseToggle(v string) (on, ok bool) {
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "true", "on", "yes", "1", "y", "t":
		return true, true
	case "false", "off", "no", "0", "n", "f", "":
		return false, true
	}
	return false, false
}
