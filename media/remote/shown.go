package remote

import (
	"net/url"
	"slices"
	"strings"
)

// secretParameters sign or authorise a URL in the ways that are common; their
// values are never shown.
var secretParameters = []string{
	"x-amz-signature", "x-amz-security-token", "x-amz-credential", "signature", "sig", "policy", "key-pair-id", "awsaccesskeyid",
	"x-goog-signature", "x-goog-credential", "googleaccessid", "token", "access_token", "auth", "apikey", "api_key", "key", "secret", "password", "st", "draftkey",
}

// Shown is a URL as it may be printed and kept: without what signs it.
func Shown(u *url.URL) string {
	out := *u
	if out.User != nil {
		out.User = url.User("…")
	}
	if !Secret(u) {
		return strings.Replace(out.String(), "%E2%80%A6@", "…@", 1)
	}
	pairs := strings.Split(out.RawQuery, "&")
	for i, p := range pairs {
		if name, _, ok := strings.Cut(p, "="); ok && isSecret(name) {
			pairs[i] = name + "=…"
		}
	}
	out.RawQuery = strings.Join(pairs, "&")
	return strings.Replace(out.String(), "%E2%80%A6@", "…@", 1)
}

// Secret tells that a URL carries what signs or authorises it.
func Secret(u *url.URL) bool {
	return slices.ContainsFunc(strings.Split(u.RawQuery, "&"), func(p string) bool {
		name, _, _ := strings.Cut(p, "=")
		return isSecret(name)
	})
}

func isSecret(name string) bool {
	plain, err := url.QueryUnescape(name)
	return err == nil && slices.Contains(secretParameters, strings.ToLower(plain))
}

// hidden is what can be shown of a string that is no URL: nothing that may be
// a query or a password.
func hidden(raw string) string {
	if before, _, ok := strings.Cut(raw, "@"); ok {
		scheme, _, _ := strings.Cut(before, "//")
		return scheme + "//…"
	}
	if before, _, ok := strings.Cut(raw, "?"); ok {
		return before + "?…"
	}
	return raw
}
