package diagnose

import (
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

const redacted = "REDACTED"

var (
	// Presigned query parameters, wherever a URL is quoted.
	rePresigned = lazyregexp.New(`(?i)(X-Amz-(?:Signature|Credential|Security-Token)|Signature|AWSAccessKeyId|Key-Pair-Id)=[^&\s"'<>,]+`)
	// SigV4 errors quote what was signed, and the signature.
	reCanonical = lazyregexp.New(`(?is)The Canonical String for this request should have been.*`)
	reSignedXML = lazyregexp.New(`(?is)<(StringToSign|StringToSignBytes|CanonicalRequest|CanonicalRequestBytes|SignatureProvided|SecretAccessKey|SessionToken|Token-0)>[^<]*`)
	reEchoed    = lazyregexp.New(`(?i)Value '[^']*' at 'externalId'`)
	// Credentials as files, variables, headers, JSON and commands write them.
	reSecret     = lazyregexp.New(`(?i)((?:aws[_-]?)?(?:secret[_-]?(?:access[_-]?)?key|session[_-]?token|security[_-]?token)["']?\s*[:=]\s*["']?)[^\s"',;}<]+`)
	reHeader     = lazyregexp.New(`(?im)^([<>*\s]*(?:authorization|proxy-authorization|x-amz-security-token|cookie|set-cookie)\s*:\s*).+$`)
	reExternalID = lazyregexp.New(`(?i)(--external-id[ =]|"?sts:ExternalId"?\s*:\s*\[?\s*|"?ExternalId"?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,}\]]+)`)
	reUserInfo   = lazyregexp.New(`(?i)\b(https?://)[^/\s:@"']+:[^/\s@"']+@`)
	// A secret access key by itself: forty letters, digits, + and /.
	reLoneKey = lazyregexp.New(`[A-Za-z0-9/+]{40,}`)
)

// Redact removes from a text that somebody else wrote what must not be passed
// on: secret keys, session tokens, signatures, presigned parameters, passwords
// in URLs, and external IDs.
func Redact(s string) string {
	s = rePresigned.ReplaceAllString(s, "$1="+redacted)
	s = reCanonical.ReplaceAllString(s, "")
	s = reSignedXML.ReplaceAllString(s, "<$1>"+redacted)
	s = reHeader.ReplaceAllString(s, "${1}"+redacted)
	s = reSecret.ReplaceAllString(s, "${1}"+redacted)
	s = reEchoed.ReplaceAllString(s, "Value '"+redacted+"' at 'externalId'")
	s = reExternalID.ReplaceAllString(s, "${1}"+redacted)
	s = reUserInfo.ReplaceAllString(s, "${1}"+redacted+"@")
	return reLoneKey.ReplaceAllStringFunc(s, func(key string) string {
		if len(key) == 40 && strings.ContainsAny(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") &&
			strings.ContainsAny(key, "ghijklmnopqrstuvwxyz") && strings.ContainsAny(key, "0123456789") && !strings.HasPrefix(key, "/") {
			return redacted
		}
		return key
	})
}
