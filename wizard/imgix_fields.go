package wizard

import (
	"errors"
	"regexp"
	"strings"

	"github.com/mediadock/mediadock/media/imgix"
)

const (
	maxLabel   = 63 // of DNS
	maxProfile = 128
)

// imgixHosts are the domains of which a source's subdomains are a part.
var imgixHosts = []string{".imgix.net", ".imgix.video"}

// imgixLabel is the subdomain in a host of imgix's.
func imgixLabel(host string) (label string, ok bool) {
	for _, end := range imgixHosts {
		if label, ok := strings.CutSuffix(strings.ToLower(host), end); ok && label != "" && !strings.Contains(label, ".") {
			return label, true
		}
	}
	return "", false
}

// checkSubdomain accepts one label of DNS, which is all that imgix puts before
// its own domain (I9, I11).
func checkSubdomain(key string) rule {
	return func(v string, s Settings) (string, []Notice, *FieldError) {
		if o := splitOrigin(v); strings.Contains(v, "://") || strings.ContainsAny(v, "./") {
			return v, nil, pastedSubdomain(key, o, s)
		}
		if e := charset(key, v, func(r rune) bool { return isLetter(r) || isDigit(r) || r == '-' }); e != nil {
			return v, nil, e.suggest(strings.Trim(strings.ReplaceAll(strings.ToLower(e.Suggestion), "_", "-"), "-"))
		}
		switch lower := strings.ToLower(v); {
		case len(v) > maxLabel:
			return v, nil, problem(key+".too_long").args("length", number(len(v)))
		case lower != v:
			return v, nil, problem(key + ".uppercase").suggest(lower)
		case strings.Trim(v, "-") != v:
			return v, nil, problem(key + ".edge").suggest(strings.Trim(v, "-"))
		}
		return v, []Notice{notice(key, key+".forever", "value", v)}, nil
	}
}

// pastedSubdomain offers the subdomain of an address of imgix's. Any other
// host is likely the custom domain.
func pastedSubdomain(key string, o origin, s Settings) *FieldError {
	host := strings.TrimSuffix(o.host, ".")
	if label, ok := imgixLabel(host); ok {
		return problem(key + ".pasted_url").suggest(label)
	}
	e := problem(key + ".charset").detail("dots")
	if !strings.Contains(host, ".imgix.") && s.Domain == "" && strings.Contains(host, ".") {
		e.also("domain", "https://"+strings.ToLower(host))
	}
	return e
}

var (
	// "[profile imgix]" and "[imgix]", as AWS's files have it above the keys.
	profileHeader = regexp.MustCompile(`^\[\s*(?:profile\s+)?([^\]]+?)\s*\]$`)
	// "AWS_PROFILE=imgix", "--profile imgix", "profile imgix"
	profileOption = regexp.MustCompile(`^(?:export\s+)?(?:AWS_PROFILE\s*=|--(?:aws-)?profile[ =]|profile\s+)\s*["']?([^"']+?)["']?$`)
)

// checkKeyProfile accepts the name of a profile in AWS's own files (D12). What
// is in it is AWS's business: secrets are refused before this is asked.
func checkKeyProfile(v string, _ Settings) (string, []Notice, *FieldError) {
	if arnStart.MatchString(v) {
		return v, nil, problem("access_key_profile.arn")
	}
	if m := profileHeader.FindStringSubmatch(v); m != nil {
		return v, nil, problem("access_key_profile.header").suggest(m[1])
	}
	if m := profileOption.FindStringSubmatch(v); m != nil {
		return v, nil, problem("access_key_profile.option").suggest(m[1])
	}
	if len(v) > maxProfile {
		return v, nil, problem("access_key_profile.too_long").args("length", number(len(v)))
	}
	allowed := func(r rune) bool { return r >= ' ' && r != 0x7f && !strings.ContainsRune("[]=#;\"'", r) }
	if e := charset("access_key_profile", v, allowed); e != nil {
		return v, nil, e
	}
	return v, nil, nil
}

// checkPathRules accepts a mode alone or with its paths (I13).
func checkPathRules(v string, _ Settings) (string, []Notice, *FieldError) {
	r, err := imgix.Parse(v)
	var wrong *imgix.RuleError
	if errors.As(err, &wrong) {
		return v, nil, ruleProblem(wrong, v)
	}
	var notices []Notice
	for _, path := range r.Paths {
		if !strings.HasSuffix(path, "/") && !fileName.MatchString(path) {
			notices = append(notices, notice("path_rules", "path_rules.open_end", "value", path))
		}
	}
	return r.JSON(), notices, nil
}

func ruleProblem(wrong *imgix.RuleError, v string) *FieldError {
	e := problem("path_rules." + wrong.Code)
	switch wrong.Code {
	case imgix.NotRules, imgix.EmptyPath:
		return e
	case imgix.NoSuchMode:
		e.args("modes", strings.Join(imgix.Modes(), ", "))
	case imgix.BadPath: // "/images/*" is what people mean by "/images/"
		e.suggest(withoutStars(v))
	}
	return e.args("value", brief(wrong.Value))
}

var trailingStars = regexp.MustCompile(`\*+"`)

// withoutStars is v without the wildcards at the ends of paths.
func withoutStars(v string) string {
	r, err := imgix.Parse(trailingStars.ReplaceAllString(v, `"`))
	if err != nil {
		return ""
	}
	return r.JSON()
}

// PathRules are the rules of settings; what is not valid shows everything, as
// imgix does by default.
func PathRules(s Settings) imgix.Rules {
	r, err := imgix.Parse(string(s.PathRules))
	if err != nil {
		return imgix.Rules{Mode: imgix.IncludeAll}
	}
	return r
}

// imgixArgs fill the facts about imgix.
func imgixArgs(fact string, s Settings) map[string]string {
	if _, _, err := checkAlone("subdomain", s.Subdomain, s); err != nil {
		s.Subdomain = ""
	}
	sample := SampleNames()[0]
	switch fact {
	case "imgix-subdomain":
		return map[string]string{"subdomain": orDash(s.Subdomain)}
	case "imgix-video":
		return map[string]string{"subdomain": s.VideoSubdomain}
	case "imgix-path":
		space := SpaceOf(s)
		return map[string]string{"url": space.URL(space.Key(sample)), "key": space.Key(sample), "dir": space.Dir()}
	case "imgix-domain":
		return map[string]string{"domain": s.Domain, "subdomain": orDash(s.Subdomain)}
	case "imgix-rules":
		return map[string]string{"mode": PathRules(s).Mode}
	}
	return nil
}

func orDash(v string) string {
	if v == "" {
		return "-"
	}
	return v
}

// RulesOver is how many of the files of a listing the Asset Manager will show,
// and which listed paths no file begins with; of a listing that is cut short
// nothing is missing for certain.
func RulesOver(s Settings, paths []string, more bool) (shown Live, missed []string) {
	r := PathRules(s)
	id := "imgix.shown"
	if more {
		id = "imgix.shown-some"
	} else {
		missed = r.Unmatched(paths)
	}
	return Live{id, map[string]string{"shown": number(r.Count(paths)), "total": number(len(paths))}}, missed
}
