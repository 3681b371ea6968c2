package diagnose

import (
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// reBrowserCode are the codes with which browsers end their own error pages.
var reBrowserCode = lazyregexp.New(`\b(?:ERR_(?:NAME|CERT|SSL|CONNECTION|EMPTY|TIMED|ADDRESS|PROXY|TUNNEL)_[A-Z_]+|ERR_TIMED_OUT|DNS_PROBE_[A-Z_]+|SSL_ERROR_[A-Z_]+|SEC_ERROR_[A-Z_]+|MOZILLA_PKIX_ERROR_[A-Z_]+|PR_[A-Z_]+_ERROR)\b`)

// reBrowserWords are such pages without a code, and a script that was not
// let near an answer.
var reBrowserWords = lazyregexp.New(`blocked by CORS policy|Cross-Origin Request Blocked|クロスオリジン要求をブロックしました|IP address could not be found|IP アドレスが見つかりません|という名前のサーバーが見つかりません|サーバ(?:ー)?が見つかりません|can.t find the server|having trouble finding that site|can.t connect to the server at`)

// browserForm begins where the text does, since the page names the host above
// its code.
var browserForm = form{
	begins: lazyregexp.New(`(?s)\A.{0,800}?(?:` + reBrowserCode.String() + `|(?:` + reBrowserWords.String() + `)(?:.{0,400}?` + reBrowserCode.String() + `)?)|` + reBrowserCode.String() + `|blocked by CORS policy`),
	read:   readBrowser,
}

// reHostName is the name of a site in a sentence of a browser.
var reHostName = lazyregexp.New(`\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\b`)

// browserSays are the kinds of network trouble by what browsers call them.
var browserSays = []struct {
	network string
	re      *lazyregexp.Regexp
}{
	{"cors", lazyregexp.New(`CORS|Cross-Origin|クロスオリジン`)},
	{"tls", lazyregexp.New(`ERR_CERT_|ERR_SSL_|SSL_ERROR_|SEC_ERROR_|MOZILLA_PKIX_`)},
	{"refused", lazyregexp.New(`ERR_CONNECTION_REFUSED`)},
	{"reset", lazyregexp.New(`ERR_CONNECTION_(?:RESET|CLOSED|ABORTED)|ERR_EMPTY_RESPONSE|PR_(?:CONNECT_RESET|END_OF_FILE)_ERROR`)},
	{"timeout", lazyregexp.New(`TIMED_OUT`)},
	{"proxy", lazyregexp.New(`ERR_(?:PROXY|TUNNEL)_`)},
	{"unreachable", lazyregexp.New(`ERR_ADDRESS_UNREACHABLE|DNS_PROBE_FINISHED_NO_INTERNET`)},
	{"dns", lazyregexp.New(`.`)},
}

// readBrowser reads a browser's own page, or a line of its console: no server
// has answered, or the answer was kept from a script.
func readBrowser(ev *Evidence, piece string) bool {
	told := reBrowserCode.FindString(piece) // surer than words
	if told == "" {
		told = reBrowserWords.FindString(piece)
	}
	if told == "" {
		return false
	}
	for _, says := range browserSays {
		if says.re.MatchString(told) {
			ev.Network = says.network
			break
		}
	}
	ev.Host = reHostName.FindString(piece)
	asked := reAsked.FindString(piece)
	if asked == "" && ev.Host != "" {
		asked = "https://" + ev.Host + "/"
	}
	ev.Operation = "GET " + first(strings.TrimRight(asked, ".,;"), "https://")
	ev.Message = strings.Join(strings.Fields(piece), " ")
	return true
}
