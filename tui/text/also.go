package text

import "strings"

// alsoTrust says of the second principal of a trust policy (--also-trust)
// what is said of the first, whose grammar it has.
func alsoTrust(errors map[string]string) map[string]string {
	const first = "error.trusted_principal."
	also := map[string]string{}
	for id, said := range errors {
		if rest, ok := strings.CutPrefix(id, first); ok && rest != "missing" {
			also["error.also_trust."+rest] = said
		}
	}
	return also
}
