package diagnose

import (
	"sort"
	"strings"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	reCode        = lazyregexp.New(`\b(AccessDenied(?:Exception)?|NoSuchBucket|NoSuchKey|PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException|InvalidAccessKeyId|InvalidClientTokenId|SignatureDoesNotMatch|RequestTimeTooSkewed|ExpiredToken(?:Exception)?|InvalidToken|SlowDown|InvalidObjectState|RegionDisabledException|ValidationError|InvalidBucketName|AccessControlListNotSupported|KMS\.\w+|NoSuchEntity|AllAccessDisabled|MissingAuthenticationToken|IncompleteSignature|PreconditionFailed|EntityTooLarge|EntityTooSmall|MetadataTooLarge|KeyTooLongError|RequestTimeout|XAmzContentSHA256Mismatch|BadDigest|ServiceUnavailable|InternalError|QuotaExceeded|MalformedPolicyDocument|PackedPolicyTooLarge)\b`)
	reRunTogether = lazyregexp.New(`^\s*([A-Z][A-Za-z]+)(Access Denied|The specified (?:key|bucket) does not exist\.?)\s*([A-Z0-9]{16})?`)
	reS3URI       = lazyregexp.New(`s3://([a-z0-9][a-z0-9.-]+)(?:/([^\s"']*))?`)
	reEndpoint    = lazyregexp.New(`\b(?:s3|sts)[.-]([A-Za-z0-9-]+)\.amazonaws\.com`)
)

// Reading is one error found in a text.
type Reading struct {
	Evidence
	// Times is how often it occurs.
	Times int
}

// ReadText reads the first error of a text that a person has pasted, in
// whatever form. What it cannot make out stays empty, and the whole text is
// the message. Secrets are not in what it gives.
func ReadText(text string) Evidence { return ReadAll(text)[0].Evidence }

// ReadAll reads every error of a text, such as a log, in the order in which
// they stand there, the same one once. There is always at least one, which
// holds the whole text as its message where nothing was made out.
func ReadAll(text string) []Reading {
	text = clean(text)
	var all []Reading
	for _, piece := range pieces(text) {
		ev, ok := piece.read()
		if !ok {
			continue
		}
		ev.complete(piece.before + piece.text)
		if all = count(all, ev); len(all) == maxReadings {
			break
		}
	}
	if len(all) == 0 {
		ev := Evidence{Message: text}
		ev.readBare(text)
		ev.complete(text)
		all = []Reading{{Evidence: ev, Times: 1}}
	}
	return all
}

// piece is a part of a text in which an error of some form begins.
type piece struct {
	before string // what stands before it, as far as it may belong to it
	text   string
	form   form
}

// maxPiece is how many bytes of a text one error may take, maxPieces how many
// of them are looked at.
const (
	maxPiece  = 16 << 10
	maxPieces = 2000
)

// maxReadings bounds how many different errors of one text are told.
const maxReadings = 50

// maxBefore is how many bytes before an error may tell of it, such as the
// command that was run.
const maxBefore = 400

func (p piece) read() (Evidence, bool) {
	var ev Evidence
	ok := p.form.read(&ev, p.text)
	return ev, ok
}

// pieces finds where errors begin. Each reaches to the next one; what stands
// within the body that belongs to another is none by itself.
func pieces(text string) []piece {
	type start struct{ at, order int }
	var starts []start
	for i, f := range forms {
		for _, m := range f.begins.FindAllStringIndex(text, -1) {
			starts = append(starts, start{m[0], i})
		}
	}
	sort.Slice(starts, func(i, j int) bool {
		a, b := starts[i], starts[j]
		return a.at < b.at || a.at == b.at && a.order < b.order
	})
	var all []piece
	again := maxReadings
	if len(starts) > maxPieces {
		starts = starts[:maxPieces]
	}
	for i := 0; i < len(starts); {
		f := forms[starts[i].order]
		next := i + 1
		for next < len(starts) && starts[next].at-starts[i].at < maxPiece && (starts[next].at == starts[i].at || continues(f, forms[starts[next].order], text[starts[i].at:starts[next].at])) {
			next++
		}
		end := len(text)
		if next < len(starts) {
			end = starts[next].at
		}
		at := starts[i].at
		p := piece{before(text, at, len(all) == 0), strings.ToValidUTF8(text[at:min(end, at+maxPiece)], ""), f}
		if _, ok := p.read(); !ok && next > i+1 && again > 0 {
			again-- // another form begins there, or within
			i++
			continue
		}
		all = append(all, p)
		i = next
	}
	return all
}

// before is what stands before an error and may tell of it: the line's own
// beginning, and before the first error the lines above.
func before(text string, at int, first bool) string {
	lead := text[max(0, at-maxBefore):at]
	if i := strings.LastIndexByte(lead, '\n'); i >= 0 && !first {
		lead = lead[i:]
	}
	return strings.ToValidUTF8(lead, "")
}

// continues tells whether what begins after "between" belongs to the error
// before: the body to its headers, the next line of curl to the first, an
// element to its document.
func continues(f, next form, between string) bool {
	closed := strings.Contains(between, "</Error") || strings.Contains(between, "</DeleteResult>") || strings.Contains(between, "</html>")
	if closed {
		return false
	}
	first, second := f.begins.String(), next.begins.String()
	if first == second && !strings.Contains(between, "\n") {
		return true // an error within the error
	}
	if first == second && f.whole {
		// Two answers of curl are two, unless the first was not the last
		// word: a redirect followed, "100 Continue".
		return strings.HasPrefix(strings.TrimSpace(between), "<") || strings.HasPrefix(between, "* ") || strings.HasPrefix(between, "$ curl") ||
			reStatusLine.FindString(between) == ""
	}
	return f.whole && (next.whole || strings.Contains(between, "{"))
}

// count adds a reading, or one more occurrence of it. What differs in its
// request id alone is the same.
func count(all []Reading, ev Evidence) []Reading {
	for i := range all {
		a := all[i].Evidence
		sameOperation := a.Operation == ev.Operation || a.Operation == "" || ev.Operation == ""
		sameCode := a.Code == ev.Code || a.Code == "" || ev.Code == ""
		if sameOperation && sameCode && a.Message == ev.Message && a.Network == ev.Network &&
			(a.HTTPStatus == ev.HTTPStatus || a.HTTPStatus == 0 || ev.HTTPStatus == 0) {
			all[i].Times++
			all[i].fill(ev)
			return all
		}
	}
	return append(all, Reading{Evidence: ev, Times: 1})
}

// fill takes over what another printing of the same error tells besides.
func (ev *Evidence) fill(more Evidence) {
	ev.Operation, ev.Code = first(ev.Operation, more.Operation), first(ev.Code, more.Code)
	ev.RequestID, ev.HostID = first(ev.RequestID, more.RequestID), first(ev.HostID, more.HostID)
	if ev.HTTPStatus == 0 {
		ev.HTTPStatus = more.HTTPStatus
	}
}

// readBare reads a text of no known form: a sentence, or a line of a program.
func (ev *Evidence) readBare(text string) {
	if m := reRunTogether.FindStringSubmatch(text); m != nil { // a browser without tags
		ev.Code, ev.Message, ev.RequestID = m[1], m[2], m[3]
		return
	}
	if ev.Code = reCode.FindString(text); ev.Code == "" && ev.readConsole(text) {
		return
	}
	if _, after, ok := strings.Cut(text, ev.Code+": "); ok && ev.Code != "" {
		ev.Message = paragraph(after)
	}
}

// complete adds what follows from what was read, or stands beside it.
func (ev *Evidence) complete(text string) {
	ev.Code = strings.TrimSuffix(ev.Code, "DeniedException") + map[bool]string{true: "Denied"}[strings.HasSuffix(ev.Code, "DeniedException")]
	if len(ev.Message) > 4*maxMessage {
		ev.Message = strings.ToValidUTF8(ev.Message[:4*maxMessage], "") + " …"
	}
	d, denied := ParseDenial(ev.Message)
	if ev.Code == "" && (denied || strings.HasPrefix(strings.ToLower(ev.Message), "access denied")) && ev.Message != text {
		ev.Code = "AccessDenied"
	}
	if ev.Code == "" && ev.HTTPStatus == 0 && ev.Network == "" && !denied {
		ev.Network = networkWords(ev.Message)
	}
	if ev.HTTPStatus == 0 && (ev.Code == "AccessDenied" || ev.Code == "" && denied) {
		ev.HTTPStatus, ev.Network = 403, ""
	}
	if ev.HTTPStatus == 0 {
		ev.HTTPStatus = statusOfCode[ev.Code]
	}
	if ev.Code == "" && ev.HTTPStatus > 0 && ev.Elements["Service"] != "" {
		ev.Code = codeOfWords(ev.Message)
	}
	ev.Operation = first(ev.Operation, operationOf(d), ev.operationBeside(text))
	if ev.Host == "" {
		ev.Host = reEndpoint.FindString(ev.Message)
	}
	if m := reS3URI.FindStringSubmatch(text); m != nil && ev.Elements["BucketName"] == "" {
		if ev.Elements == nil {
			ev.Elements = map[string]string{}
		}
		ev.Elements["BucketName"], ev.Elements["Key"] = m[1], first(ev.Elements["Key"], m[2])
	}
}

// statusOfCode are the statuses that come with codes which say it all.
var statusOfCode = map[string]int{
	"NoSuchKey": 404, "NoSuchBucket": 404, "NoSuchEntity": 404, "Forbidden": 403, "InvalidAccessKeyId": 403,
	"InvalidClientTokenId": 403, "SignatureDoesNotMatch": 403, "PermanentRedirect": 301, "PreconditionFailed": 412,
}

// codeOfWords is the code that goes with S3's own words, for SDKs that do
// not print it.
func codeOfWords(message string) string {
	m := strings.ToLower(message)
	for words, code := range map[string]string{
		"access denied": "AccessDenied", "bucket does not exist": "NoSuchBucket", "key does not exist": "NoSuchKey",
		"access key id you provided does not exist": "InvalidAccessKeyId", "token included in the request is invalid": "InvalidClientTokenId",
		"token included in the request is expired": "ExpiredToken", "token has expired": "ExpiredToken",
		"signature we calculated does not match": "SignatureDoesNotMatch", "reduce your request rate": "SlowDown",
		"using the specified endpoint": "PermanentRedirect", "does not allow acls": "AccessControlListNotSupported",
	} {
		if strings.Contains(m, words) {
			return code
		}
	}
	return ""
}

// operationOf is the request that needs the denied action.
func operationOf(d Denial) string {
	service, action, ok := strings.Cut(d.Action, ":")
	switch {
	case !ok:
		return ""
	case service == "sts":
		if action == "TagSession" || action == "SetSourceIdentity" {
			return "sts:AssumeRole"
		}
		return d.Action
	case service == "s3", service == "kms":
		return "s3:" + operationFor(action)
	}
	return d.Action
}

// operationBeside finds who asked where the error itself does not tell: a
// browser shows S3's answers to strangers.
func (ev Evidence) operationBeside(text string) string {
	switch {
	case reStyleless.MatchString(text), reRunTogether.MatchString(text):
		return "GET " + first(strings.TrimRight(reAsked.FindString(text), ".,;"), "https://")
	case strings.Contains(text, "sts:AssumeRole"), strings.Contains(text, "roleArn'"), ev.Elements["Service"] == "sts":
		return "sts:AssumeRole"
	}
	return ""
}

// regionOfEndpoint is the region that a text's endpoint names, if it is one.
func regionOfEndpoint(text string) string {
	region := group(reEndpoint, text)
	if _, ok := address.RegionOf(region); ok {
		return region
	}
	return ""
}
