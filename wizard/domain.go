package wizard

import (
	"net/netip"
	"strings"

	"golang.org/x/net/idna"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

const maxDomain = 253

var (
	// halfScheme matches a scheme whose "://" was mistyped.
	halfScheme = lazyregexp.New(`(?i)^(https?)(:/?|/{1,2}|;//|：//)([^/].*)$`)
	// schemeTwice matches an address pasted behind a scheme that was typed.
	schemeTwice = lazyregexp.New(`(?i)^(?:https?://?){2,}([^/].*)$`)
	// commaForPeriod matches a host with one comma that was typed for a period.
	commaForPeriod = lazyregexp.New(`^([^.,]+,[^,]+|[^,]+,[^.,]+)$`)
	// domainDistribution is what only the IDs of distributions look like.
	domainDistribution = lazyregexp.New(`^E[A-Z0-9]{12,13}$`)
	topLabel           = lazyregexp.New(`^([a-z][a-z0-9-]*|xn--[a-z0-9-]+)$`)
)

// hostProfile converts names as browsers do and refuses what DNS cannot hold.
var hostProfile = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.BidiRule(),
	idna.CheckHyphens(true), idna.CheckJoiners(true), idna.StrictDomainName(true), idna.VerifyDNSLength(true))

// origin is what was typed for a domain, taken apart without judging it.
type origin struct{ scheme, userinfo, host, port, path, query string }

func splitOrigin(v string) origin {
	var o origin
	rest := v
	if scheme, after, ok := strings.Cut(v, "://"); ok && !strings.ContainsAny(scheme, "/?#@.") {
		o.scheme, rest = strings.ToLower(scheme), after
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest, o.query = rest[:i], rest[i:]
	}
	if i := strings.Index(rest, "/"); i >= 0 {
		rest, o.path = rest[:i], rest[i:]
	}
	if i := strings.LastIndex(rest, "@"); i >= 0 {
		o.userinfo, rest = rest[:i+1], rest[i+1:]
	}
	o.host = rest
	if i := strings.LastIndex(rest, ":"); i >= 0 && !strings.Contains(rest[i:], "]") && (strings.HasPrefix(rest, "[") || strings.Count(rest, ":") == 1) {
		o.host, o.port = rest[:i], rest[i+1:]
	}
	return o
}

// address of the host as an IP, if it is one.
func (o origin) ip() (netip.Addr, bool) {
	ip, err := netip.ParseAddr(strings.Trim(o.host, "[]"))
	return ip, err == nil
}

func (o origin) loopback() bool {
	if host := strings.ToLower(o.host); host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, ok := o.ip()
	return ok && ip.IsLoopback()
}

// checkDomain accepts a host with or without https:// and stores it with
// (D5). http:// and a port are for loopback addresses only.
func checkDomain(v string, s Settings) (string, []Notice, *FieldError) {
	if arnStart.MatchString(v) || domainDistribution.MatchString(v) {
		e := problem("domain.host").detail("arn")
		if s.Distribution == "" && !strings.Contains(v, ":s3:") {
			e.also("distribution", v)
		}
		return v, nil, e
	}
	if twice := schemeTwice.FindStringSubmatch(v); twice != nil {
		return v, nil, problem("domain.scheme").detail("typo").suggest("https://" + twice[1])
	}
	if rest, ok := strings.CutPrefix(v, "//"); ok {
		return v, nil, problem("domain.scheme").detail("typo").suggest("https://" + strings.TrimLeft(rest, "/"))
	}
	if m := halfScheme.FindStringSubmatch(v); m != nil && !strings.Contains(v, "://") {
		if e := problem("domain.scheme").detail("typo"); strings.Contains(m[3], ".") {
			return v, nil, e.suggest("https://" + strings.TrimLeft(m[3], "/"))
		}
	}
	o := splitOrigin(v)
	if e := domainExtras(o); e != nil {
		return v, nil, e
	}
	if o.loopback() {
		return loopbackDomain(o)
	}
	host, e := domainHost(o.host)
	if e != nil {
		return v, nil, e
	}
	if e := notCustom(host); e != nil {
		return v, nil, e
	}
	if label, ok := imgixLabel(host); ok && s.Integration == Imgix {
		e := problem("domain.host").detail("imgix")
		if s.Subdomain == "" {
			e.also("subdomain", label)
		}
		return v, nil, e
	}
	return "https://" + host, domainNotices(o, host, s), nil
}

// domainExtras refuses everything beside scheme and host. The texts never
// repeat a user name or password.
func domainExtras(o origin) *FieldError {
	bare := "https://" + o.host
	switch {
	case o.scheme != "" && o.scheme != "https" && (o.scheme != "http" || !o.loopback()):
		return problem("domain.scheme").args("scheme", o.scheme).suggest(bare)
	case o.userinfo != "":
		return problem("domain.userinfo").suggest(bare)
	case o.path != "":
		return problem("domain.path").suggest(bareOrigin(o))
	case o.query != "":
		return problem("domain.query").suggest(bareOrigin(o))
	case o.port != "" && !o.loopback():
		return problem("domain.port").args("port", o.port).suggest(bare)
	}
	return nil
}

// bareOrigin keeps the scheme and port that a loopback address may have.
func bareOrigin(o origin) string {
	if !o.loopback() {
		return "https://" + o.host
	}
	v, _, _ := loopbackDomain(o)
	return v
}

func loopbackDomain(o origin) (string, []Notice, *FieldError) {
	scheme := o.scheme
	var notices []Notice
	if scheme == "" {
		scheme = "https"
		notices = append(notices, notice("domain", "domain.scheme_added"))
	}
	v := scheme + "://" + strings.ToLower(o.host)
	if o.port != "" {
		v += ":" + o.port
	}
	return v, notices, nil
}

// domainHost brings a host to the form that DNS knows.
func domainHost(host string) (string, *FieldError) {
	if e := charset("domain", host, isHost); e != nil {
		if plain := fold(host); commaForPeriod.MatchString(plain) {
			e.suggest(strings.Replace(plain, ",", ".", 1))
		} else if strings.Contains(host, ",") {
			e.suggest("") // several domains, of which only one can be meant
		}
		return "", e
	}
	if _, ok := (origin{host: host}).ip(); ok {
		return "", problem("domain.ip")
	}
	switch {
	case strings.HasSuffix(host, ".") && host != ".":
		return "", problem("domain.host").detail("trailing_dot").suggest(strings.TrimRight(host, "."))
	case strings.Contains(host, "*"):
		return "", problem("domain.host").detail("wildcard")
	case strings.Contains(host, "_"):
		return "", problem("domain.host").detail("underscore")
	case len(host) > maxDomain:
		return "", problem("domain.too_long").args("length", number(len(host)))
	}
	ascii, err := hostProfile.ToASCII(host)
	switch {
	case err != nil:
		return "", problem("domain.host").args("host", host)
	case !strings.Contains(ascii, "."):
		return "", problem("domain.host").detail("single_label").args("host", host)
	case !topLabel.MatchString(ascii[strings.LastIndex(ascii, ".")+1:]):
		return "", problem("domain.host").args("host", host)
	}
	return ascii, nil
}

// isHost lets through what may be an internationalised name and stops what
// typing or pasting left: white space, quotes, full-width ASCII.
func isHost(r rune) bool {
	if r < 0x80 {
		return isLetter(r) || isDigit(r) || strings.ContainsRune(".-_*:[]", r)
	}
	// The long vowel mark is a letter of Japanese names; U+FF01 to U+FF5E are
	// full-width ASCII.
	return r == 'ー' || !isDash(r) && !isQuote(r) && r != '。' && !('\uff01' <= r && r <= '\uff5e') && r != '\u3000' && r > 0xa0
}

// notCustom refuses names that AWS serves itself, except CloudFront's.
func notCustom(host string) *FieldError {
	if _, _, ok := consoleHost(host); ok {
		return problem("domain.host").detail("console")
	}
	if _, ok := awsHost(host); ok {
		return problem("domain.host").detail("s3_default")
	}
	return nil
}

var exampleDomain = lazyregexp.New(`(^|\.)(example\.(com|net|org|jp|co\.jp)|(example|test|invalid))$`)

func domainNotices(o origin, host string, s Settings) []Notice {
	var notices []Notice
	if o.scheme == "" {
		notices = append(notices, notice("domain", "domain.scheme_added"))
	}
	shown, err := hostProfile.ToUnicode(host)
	switch {
	case err == nil && shown != host:
		notices = append(notices, notice("domain", "domain.idn", "ascii", host, "unicode", shown))
	case o.host != host:
		notices = append(notices, notice("domain", "domain.lowercased"))
	}
	if exampleDomain.MatchString(host) {
		notices = append(notices, notice("domain", "domain.example"))
	}
	if host == s.Bucket && s.Distribution == "" {
		notices = append(notices, notice("domain", "domain.is_bucket"))
	}
	if strings.HasSuffix(host, ".cloudfront.net") && s.Integration != Imgix && s.Distribution == "" {
		notices = append(notices, notice("domain", "domain.no_distribution"))
	}
	return notices
}
