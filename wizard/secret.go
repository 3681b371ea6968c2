package wizard

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// A secretShape is how a kind of secret looks. Settings are looked at with
// every key that is pressed: no pattern is tried on a text without one of the
// parts that the pattern cannot do without.
type secretShape struct {
	parts   []string
	pattern *lazyregexp.Regexp
}

func (x secretShape) in(v string) bool {
	has := func(part string) bool { return strings.Contains(v, part) }
	return slices.ContainsFunc(x.parts, has) && x.pattern.MatchString(v)
}

// Secrets that are pasted by mistake are refused in every field, and leave no
// trace: no suggestion, argument or draft repeats them.
var (
	// Access key IDs of users (AKIA) and of sessions (ASIA).
	accessKeyID = secretShape{[]string{"AKIA", "ASIA"}, lazyregexp.New(`(?:^|[^A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7][A-Z0-9]{15}(?:$|[^A-Za-z0-9])`)}
	// Secret keys and session tokens that are called so, as configuration
	// files and the AWS CLI's answers do.
	namedSecretKey = secretShape{[]string{"=", ":"}, lazyregexp.New(`(?i)secret[ _-]?(?:access[ _-]?)?key["']?\s*[=:]\s*["']?[A-Za-z0-9/+]{40}`)}
	namedToken     = secretShape{[]string{"=", ":"}, lazyregexp.New(`(?i)(?:session|security)[ _-]?token["']?\s*[=:]\s*["']?[A-Za-z0-9/+=%]{16}`)}
	// Session tokens begin with a version and an origin, in base64.
	sessionToken = secretShape{
		[]string{"IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz", "FQoDYXdz", "AgoJb3JpZ2lu"},
		lazyregexp.New(`(?:^|[^A-Za-z0-9+/])(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|FQoDYXdz|AgoJb3JpZ2lu)[A-Za-z0-9+/=]{20}`),
	}
	privateKey = secretShape{[]string{"PRIVATE KEY-----"}, lazyregexp.New(`-----BEGIN [A-Z ]*PRIVATE KEY-----`)}
	presigned  = secretShape{[]string{"?", "&"}, lazyregexp.New(`(?i)[?&]X-Amz-(?:Signature|Security-Token|Credential)=`)}
	base64Run  = lazyregexp.New(`[A-Za-z0-9/+]+`)
)

// secretIn names the secret that a value of a field holds: the detail of the
// code "<field>.secret"; empty for none.
func secretIn(key, v string) string {
	switch {
	case privateKey.in(v):
		return "private_key"
	case namedSecretKey.in(v):
		return "secret_key"
	case cloudinaryURL.in(v):
		return "cloudinary_url"
	case sessionToken.in(v), namedToken.in(v) && !presigned.in(v):
		return "session_token"
	case accessKeyID.in(v) && !presigned.in(v):
		return "access_key"
	case hasSecretKey(key, v):
		return "secret_key"
	}
	return ""
}

// hasSecretKey looks for a run of 40 letters, digits, / and + that was drawn
// at random, as secret access keys are. ARNs and URLs are none, and an
// external ID may be such a run, unless it has the signs that only a few
// generators use beside letters and digits.
func hasSecretKey(key, v string) bool {
	if len(v) < secretKeyLength || arnStart.MatchString(v) || strings.Contains(v, "://") {
		return false
	}
	for _, at := range base64Run.FindAllStringIndex(v, -1) {
		run := v[at[0]:at[1]]
		alone := key != "external_id" || len(v) == len(run) && strings.ContainsAny(run, "/+")
		if alone && len(run) == secretKeyLength && looksDrawn(run) {
			return true
		}
	}
	return false
}

const secretKeyLength = 40

// looksDrawn tells a text drawn at random from base64's letters from words: in
// it neighbours are of different kinds some 25 times of 39, and slashes are
// rare; both bounds leave more than three standard deviations.
func looksDrawn(run string) bool {
	const fewestChanges, mostSlashes = 15, 4
	kind := func(r byte) int {
		switch c := rune(r); {
		case unicode.IsUpper(c):
			return 1
		case unicode.IsLower(c):
			return 2
		case unicode.IsDigit(c):
			return 3
		}
		return 4
	}
	changes := 0
	kinds := map[int]bool{kind(run[0]): true}
	for i := 1; i < len(run); i++ {
		kinds[kind(run[i])] = true
		if kind(run[i]) != kind(run[i-1]) {
			changes++
		}
	}
	return kinds[1] && kinds[2] && changes >= fewestChanges && strings.Count(run, "/") <= mostSlashes
}

// WithoutSecrets empties the settings that hold a secret, or an address that
// carries one, so that what was pasted by mistake is kept nowhere.
func WithoutSecrets(s Settings) Settings {
	for _, f := range allFields {
		v := Get(s, f.Key)
		if presigned.in(v) || secretIn(f.Key, v) != "" {
			Set(&s, f.Key, "")
		}
	}
	return s
}
