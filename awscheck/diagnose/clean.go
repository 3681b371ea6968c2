package diagnose

import (
	"html"
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// MaxText is how many bytes of a pasted text are read; what follows is left.
const MaxText = 512 << 10

var (
	reANSI   = lazyregexp.New(`\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]`)
	reBox    = lazyregexp.New(`(?m)^[ \t]*[│┃╷╵╭╰|][ \t]?`)
	reNumber = lazyregexp.New(`(?m)^[ \t]*\d{1,6}[ \t]*[|│:][ \t]`)
	reQuote  = lazyregexp.New(`(?m)^(?:> ?)+`)
)

// clean takes away what terminals, editors and mail put around a text:
// colours, line numbers, boxes, quotation marks; and what must not be echoed.
func clean(text string) string {
	if len(text) > MaxText {
		text = text[:MaxText]
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.TrimPrefix(text, "\ufeff")
	text = reANSI.ReplaceAllString(text, "")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ").Replace(text)
	if !strings.Contains(text, "> GET ") && !strings.Contains(text, "> PUT ") && !strings.Contains(text, "> HEAD ") { // not curl -v
		text = reQuote.ReplaceAllString(text, "")
	}
	text = reNumber.ReplaceAllString(text, "")
	text = reBox.ReplaceAllString(text, "")
	if strings.Contains(text, "&lt;Code&gt;") {
		text = html.UnescapeString(text)
	}
	return strings.TrimSpace(Redact(text))
}
