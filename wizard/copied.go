package wizard

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// What people paste is often more than the value: a line of a configuration
// file or of a mail, a policy, the answer of the AWS CLI, a command. It is
// refused, and what it tells is offered.
var (
	// "AWS_BUCKET=alpha", "External ID: x", "バケット名：alpha"
	labelled = lazyregexp.New(`^\s*(?:export\s+|set\s+|\$env:|- |・)?((?:[a-zA-Z]{2,5}:)?[\p{L}_][\p{L}\p{N}_ .-]{1,40}?)\s*[=:：＝]\s*(.+)$`)
	// one of several labels in a line
	label = lazyregexp.New(`(?:^|\s)([\p{L}_][\p{L}\p{N}_-]*)\s*[=:：＝]`)
	// "sts:ExternalId": "x", also with the value in brackets
	quotedKey = lazyregexp.New(`["']([\w:. -]{2,60})["']\s*[:=]\s*\[?\s*["']([^"'\n]*)["']`)
	// several variables in one line
	variable = lazyregexp.New(`(?:^|\s)([A-Z][A-Z0-9_]{2,60})=("[^"]*"|'[^']*'|[^\s;]+)`)
	// options of the AWS CLI
	option  = lazyregexp.New(`(?:^|\s)--([a-z][a-z-]{2,40})[ =]("[^"]*"|'[^']*'|\S+)`)
	command = lazyregexp.New(`^\s*\$?\s*aws\s+[a-z0-9]+\s`)
	// what ARNs inside of a text tell
	arnInside = lazyregexp.New(`arn:aws[a-z-]*:(?:s3:::|cloudfront::\d{12}:distribution/)[^\s"',\])}]+`)
	s3Inside  = lazyregexp.New(`s3://[^\s"',\])}]+`)
	// "<https://...>" of mails, "[text](https://...)" of Markdown
	linked = lazyregexp.New(`^(?:\[[^\]]*\]\(|[<＜])((?:https?|s3)://[^\s<>＜＞()]+|arn:[^\s<>＜＞()]+)[)>＞]$`)
)

// fieldNames are the ends of the names under which values are found: of
// variables, of the AWS CLI's options and answers, of labels in documents. They
// are written without case, spaces and punctuation.
var fieldNames = []struct {
	key  string
	ends []string
}{
	{"bucket", []string{"bucket", "bucketname", "バケット", "バケット名"}},
	{"region", []string{"region", "locationconstraint", "リージョン"}},
	{"role_arn", []string{"rolearn", "ロールarn", "ロールのarn"}},
	{"external_id", []string{"externalid", "外部id"}},
	{"trusted_principal", []string{"trustedprincipal", "accountid", "アカウントid"}},
	{"prefix", []string{"prefix", "プレフィックス"}},
	{"domain", []string{"domain", "domainname", "cdn", "cdnurl", "mediaurl", "ドメイン"}},
	{"distribution", []string{"distribution", "distributionid", "ディストリビューションid"}},
	{"service_id", []string{"serviceid", "サービスid"}},
}

func pastable(key string) bool {
	for _, f := range fieldNames {
		if f.key == key {
			return true
		}
	}
	return false
}

// named is the field that a name in a text stands for; empty for none.
func named(name, value string) string {
	plain := strings.NewReplacer("_", "", "-", "", ".", "", ":", "", " ", "").Replace(strings.ToLower(norm.NFKC.String(name)))
	switch {
	case plain == "aws":
		return "trusted_principal" // of a trust policy's Principal
	case strings.HasSuffix(plain, "arn") && strings.Contains(value, ":distribution/"):
		return "distribution"
	case strings.HasSuffix(plain, "arn") && strings.Contains(value, ":role/"):
		return "role_arn"
	}
	for _, f := range fieldNames {
		if slices.ContainsFunc(f.ends, func(end string) bool { return strings.HasSuffix(plain, end) }) {
			return f.key
		}
	}
	return ""
}

// told is what a text tells about fields, several values where it tells
// several.
type told map[string][]string

func (t told) add(key, value string) {
	value = strings.Trim(strings.TrimRight(strings.TrimSpace(value), ",;、"), `"'[] `)
	if key != "" && value != "" && !slices.Contains(t[key], value) {
		t[key] = append(t[key], value)
	}
}

// only is the value of a field that a text tells one of.
func (t told) only(key string) string {
	if len(t[key]) == 1 {
		return t[key][0]
	}
	return ""
}

// pastedText recognises a text that is more than the value of a field; nil
// when it is none. What the text tells about other fields is offered, too,
// where they are empty.
func pastedText(key, v string, s Settings) *FieldError {
	if !pastable(key) || len(v) > MaxFile {
		return nil
	}
	if m := linked.FindStringSubmatch(v); m != nil {
		return problem(key + ".pasted_text").suggest(m[1])
	}
	if arnStart.MatchString(v) || anyScheme.MatchString(v) {
		return nil
	}
	json := strings.HasPrefix(v, "{") || strings.HasPrefix(v, "[") || strings.Contains(v, `"Statement"`)
	t := tell(v)
	// Where the value's own grammar allows = and :, only its own name counts;
	// it never allows blanks.
	strict := (key == "external_id" || key == "service_id" || key == "region") && !strings.ContainsFunc(v, unicode.IsSpace)
	if json || command.MatchString(v) || quotedKey.MatchString(v) {
		fromARNs(v, t)
	} else if len(t) == 0 || strict && len(t[key]) == 0 {
		return nil
	}
	if !json && len(t) == 0 {
		return nil
	}
	e := problem(key + ".pasted_text").suggest(t.only(key))
	if json {
		e.detail("json")
	}
	for _, f := range fieldNames {
		if f.key != key && Get(s, f.key) == "" && f.key != "service_id" {
			e.also(f.key, t.only(f.key))
		}
	}
	return e
}

// tell collects the values that stand behind names.
func tell(v string) told {
	t := told{}
	if !strings.ContainsAny(v, "=:：＝") && !strings.Contains(v, "--") { // no pattern can do without
		return t
	}
	for _, m := range quotedKey.FindAllStringSubmatch(v, -1) {
		t.add(named(m[1], m[2]), m[2])
	}
	if len(t) > 0 {
		return t
	}
	for _, pattern := range []*lazyregexp.Regexp{variable, option} {
		for _, m := range pattern.FindAllStringSubmatch(v, -1) {
			t.add(named(m[1], m[2]), m[2])
		}
	}
	if len(t) > 0 {
		return t
	}
	if joined(v, t); len(t) > 0 {
		return t
	}
	for line := range strings.Lines(v) {
		if m := labelled.FindStringSubmatch(strings.TrimRight(line, "\r\n")); m != nil && !arnStart.MatchString(line) && strings.ToLower(m[1]) != "aws" {
			t.add(named(m[1], m[2]), m[2])
		}
	}
	return t
}

// joined reads several labelled values in one line, as an input line makes one
// of several. Every label must be known: what stands between them is a value.
func joined(v string, t told) {
	at := label.FindAllStringSubmatchIndex(v, -1)
	if len(at) < 2 || at[0][0] != 0 {
		return
	}
	for _, m := range at {
		if named(v[m[2]:m[3]], "") == "" && !strings.HasSuffix(strings.ToLower(norm.NFKC.String(v[m[2]:m[3]])), "arn") {
			return
		}
	}
	for i, m := range at {
		end := len(v)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		value := strings.TrimSpace(v[m[1]:end])
		t.add(named(v[m[2]:m[3]], value), value)
	}
}

// fromARNs adds what the ARNs and S3 URIs in a text tell.
func fromARNs(v string, t told) {
	for _, found := range append(arnInside.FindAllString(v, -1), s3Inside.FindAllString(v, -1)...) {
		if strings.Contains(found, ":distribution/") {
			t.add("distribution", found)
			continue
		}
		loc, _ := locate(found)
		t.add("bucket", loc.bucket)
		if loc.key != "*" {
			t.add("prefix", prefixOf(loc.key))
		}
	}
}
