package diagnose

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// Foreign is a fix that somebody else's report tells, less what no fix of
// this program has: command lines other than those that fixes are made of,
// links that lead to no console of AWS, names of files elsewhere. What is left
// is as good as who made the report.
func Foreign(f Fix) Fix {
	if !commandLine(f.Command) {
		f.Command = ""
	}
	if !consoleLink(f.ConsoleURL) {
		f.ConsoleURL = ""
	}
	if !reFileName.MatchString(f.File) {
		f.File = ""
	}
	if !reFixID.MatchString(f.ID) {
		f.ID = ""
	}
	if !json.Valid(f.Document) {
		f.Document = nil
	}
	if !json.Valid(f.Before) {
		f.Before = nil
	}
	return f
}

var (
	reFileName = lazyregexp.New(`^[A-Za-z0-9][A-Za-z0-9_-]*\.json$`)
	reFixID    = lazyregexp.New(`^[a-z0-9][a-z0-9-]{0,99}$`)
	// What shell makes: words that no shell reads otherwise, or in quotation
	// marks, on one line.
	reShellLine = lazyregexp.New(`^(?:[ ` + strings.ReplaceAll(regexp.QuoteMeta(shellSafe), "-", `\-`) + `]|'[^'\x00-\x1f\x7f]*'|\\')*$`)
)

// beginnings are those of the command lines of fixes. After one that ends with
// a space words follow, after an equals sign one word; another is the line.
var beginnings = []string{
	"aws ", "mediadock ", "dig +short ", "curl -sv -o /dev/null ",
	"export AWS_CA_BUNDLE=/path/to/authority.pem", "export HTTPS_PROXY=http://PROXY_HOST:PORT NO_PROXY=localhost,127.0.0.1,169.254.169.254",
	"export AWS_REGION=", "export AWS_STS_REGIONAL_ENDPOINTS=regional", "export AWS_REQUEST_CHECKSUM_CALCULATION=when_required",
	"sudo timedatectl set-ntp true", generateOutputs,
}

func commandLine(s string) bool {
	return reShellLine.MatchString(s) && slices.ContainsFunc(beginnings, func(b string) bool {
		rest, begins := strings.CutPrefix(s, b)
		return begins && (rest == "" || strings.HasSuffix(b, " ") || strings.HasSuffix(b, "=") && !strings.Contains(rest, " "))
	})
}

// consoleLink tells a link to a console of AWS, or to its page of outages.
func consoleLink(s string) bool {
	if s == imgixSources {
		return true
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" {
		return false
	}
	host := strings.ToLower(u.Hostname())
	for _, console := range consoleHosts {
		if host == console || strings.HasSuffix(host, "."+console) {
			return true
		}
	}
	return host == "health.aws.amazon.com"
}
