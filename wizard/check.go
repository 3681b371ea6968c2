package wizard

import (
	"regexp"
	"strings"

	"github.com/mediadock/mediadock/media/address"
)

// rule validates a cleaned, non-empty value in the context of the other
// answers and returns its normal form.
type rule func(v string, s Settings) (string, []Notice, *FieldError)

// CheckField normalises and validates what was typed for one field, in the
// context of the other answers. The value is the normal form when err is nil,
// else what was typed without outer white space and invisible characters.
func CheckField(key, raw string, s Settings) (value string, notices []Notice, err *FieldError) {
	value, notices, err = checkAlone(key, raw, s)
	if err != nil {
		return value, notices, err
	}
	return value, notices, nil
}

func checkAlone(key, raw string, s Settings) (string, []Notice, *FieldError) {
	v, notices := clean(key, raw)
	if v == "" {
		if in, ok := IntegrationByID(Defaults(s).Integration); ok && in.requires(key) && Get(Defaults(Settings{}), key) == "" {
			return "", notices, &FieldError{Field: key, Code: key + ".missing"}
		}
		return "", notices, nil
	}
	check, ok := rules[key]
	if !ok {
		return v, notices, nil
	}
	value, more, err := check(v, s)
	notices = append(notices, more...)
	if err != nil {
		err.Field = key
		return v, notices, err
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

// Validate returns everything that is wrong with settings, in the order of
// Fields; nil when they are valid.
func Validate(s Settings) []FieldError {
	var all []FieldError
	for _, f := range Fields(s.Integration) {
		if _, _, err := checkAlone(f.Key, Get(s, f.Key), s); err != nil {
			all = append(all, *err)
		}
	}
	return all
}

var (
	bucketGrammar = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
	roleGrammar   = regexp.MustCompile(`^arn:(aws|aws-cn|aws-us-gov|aws-eusc):iam::\d{12}:role(/[\x21-\x7E]+)*/[\w+=,.@-]{1,64}$`)
	idGrammar     = regexp.MustCompile(`^[A-Za-z0-9_+=,.@:/-]*$`)
)

var rules map[string]rule

func init() {
	rules = map[string]rule{
		"bucket": func(v string, _ Settings) (string, []Notice, *FieldError) {
			switch {
			case len(v) < 3:
				return v, nil, &FieldError{Code: "bucket.too_short"}
			case len(v) > 63:
				return v, nil, &FieldError{Code: "bucket.too_long"}
			case !bucketGrammar.MatchString(v):
				return v, nil, &FieldError{Code: "bucket.charset"}
			}
			return v, nil, nil
		},
		"region": func(v string, _ Settings) (string, []Notice, *FieldError) {
			if _, known := address.RegionOf(v); known {
				return v, nil, nil
			}
			if code, ok := address.RegionByName(v); ok {
				return v, nil, &FieldError{Code: "region.display_name", Suggestion: code}
			}
			if p, ok := address.PartitionOf(v); ok && p.Supported {
				return v, []Notice{{"region", "region.new", map[string]string{"region": v}}}, nil
			}
			return v, nil, &FieldError{Code: "region.unknown"}
		},
		"role_arn": func(v string, _ Settings) (string, []Notice, *FieldError) {
			if !roleGrammar.MatchString(v) {
				return v, nil, &FieldError{Code: "role_arn.format"}
			}
			return v, nil, nil
		},
		"external_id": func(v string, _ Settings) (string, []Notice, *FieldError) {
			switch {
			case !idGrammar.MatchString(v):
				return v, nil, &FieldError{Code: "external_id.charset"}
			case len(v) < 2:
				return v, nil, &FieldError{Code: "external_id.too_short"}
			case len(v) > 1224:
				return v, nil, &FieldError{Code: "external_id.too_long"}
			}
			return v, nil, nil
		},
		"domain": func(v string, _ Settings) (string, []Notice, *FieldError) {
			if !strings.Contains(v, "://") {
				v = "https://" + v
			}
			return v, nil, nil
		},
	}
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
