package diagnose

import (
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	reCodeTag    = lazyregexp.New(`<Code>\s*([\w.]+)\s*</?`)
	reMessageTag = lazyregexp.New(`(?s)<Message>(.*?)(?:</|$)`)
	reIDTag      = lazyregexp.New(`<Request(?:Id|ID)>\s*([^<\s]+)`)
	reHostTag    = lazyregexp.New(`<HostId>\s*([^<\s]+)`)
	reCollapse   = lazyregexp.New(`(?m)^[ \t]*[-▼▶+][ \t]*(<)`)
	reXMLDecl    = lazyregexp.New(`(?s)^<\?xml[^>]*>\s*`)
	reXMLEnd     = lazyregexp.New(`</(?:ErrorResponse|DeleteResult|Error)>`)
	reTitle      = lazyregexp.New(`(?is)<title>\s*(?:ERROR:?\s*)?(\d{3})?\b`)
	reERROR      = lazyregexp.New(`\b(\d{3}) ERROR\b`)
	reCFRequest  = lazyregexp.New(`(?i)Request ID:\s*([\w=+/-]{20,})`)
	reStatusLine = lazyregexp.New(`(?m)^(?:< )?HTTP/[\d.]+ ([1-5]\d\d)`)
	reHeaderLine = lazyregexp.New(`^(?:< )?([A-Za-z][A-Za-z0-9-]*): ?(.*)$`)
	reCurlHelp   = lazyregexp.New(`\n?More details here: https://curl\S+(?s:.*)`)
	reCurlHost   = lazyregexp.New(`target host ?name '([^']+)'`)
	reAsked      = lazyregexp.New(`https?://[^\s"'<>]+`)
	reSentLine   = lazyregexp.New(`(?m)^> (GET|HEAD|PUT|POST|DELETE) (\S+) HTTP`)
	reSentHost   = lazyregexp.New(`(?mi)^> host: (\S+)`)
	reNoHost     = lazyregexp.New(`Could not resolve host: (\S+)`)
	reHTTPStatus = lazyregexp.New(`['"]?(?:\$?httpStatusCode|statusCode|HTTPStatusCode)['"]?\s*:\s*(\d{3})`)
	reFieldID    = lazyregexp.New(`['"]?(?:requestId|RequestId|aws_request_id)['"]?\s*:\s*['"]([^'"]+)['"]`)
	reFieldHost  = lazyregexp.New(`['"]?(?:extendedRequestId|HostId)['"]?\s*:\s*['"]([^'"]+)['"]`)
	reFieldCode  = lazyregexp.New(`['"]?(?:__type|Code|code|errorCode|name)['"]?\s*:\s*['"](?:[\w.]+#)?([A-Z][\w.]+)['"]`)
	reFieldSaid  = lazyregexp.New(`(?s)['"]?(?:message|Message|errorMessage)['"]?\s*:\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')`)
	reNodeHead   = lazyregexp.New(`(?m)(?:^|\s|\.)([A-Z][A-Za-z0-9]*)(?: \[\w+\])?: ([^\n]*)`)
	reStyleless  = lazyregexp.New(`(?i)does not appear to have any style information|スタイル情報が関連(?:付け|づけ)られていない`)
)

// readXML reads an <Error>, be it whole, cut off, or as a browser shows it.
func readXML(ev *Evidence, piece string) bool {
	piece = reCollapse.ReplaceAllString(piece, "$1")
	body := reXMLDecl.ReplaceAllString(strings.TrimSpace(piece), "")
	if end := reXMLEnd.FindAllStringIndex(body, -1); end != nil {
		body = body[:end[len(end)-1][1]]
	}
	before := ev.Code
	ev.ReadBody([]byte(body))
	if ev.Code == "" { // cut off: what is there is taken
		ev.Code, ev.Message = group(reCodeTag, body), strings.TrimSpace(group(reMessageTag, body))
		ev.RequestID, ev.HostID = first(ev.RequestID, group(reIDTag, body)), first(ev.HostID, group(reHostTag, body))
	}
	return ev.Code != "" && before == "" || ev.Message != ""
}

// readPage reads a web page: CloudFront's own, or that of a server or proxy.
func readPage(ev *Evidence, piece string) bool {
	status := first(group(reERROR, piece), group(reTitle, piece))
	ev.HTTPStatus, _ = strconv.Atoi(status)
	ev.Message = gist([]byte(piece))
	if strings.Contains(piece, "The request could not be satisfied") {
		ev.fromCloudFront(piece)
		return true
	}
	ev.Header = map[string]string{"content-type": "text/html"}
	for _, server := range []string{"nginx", "apache", "squid", "zscaler", "openresty", "cloudflare", "microsoft-iis"} {
		if strings.Contains(strings.ToLower(piece), server) {
			ev.Header["server"] = server
			break
		}
	}
	return ev.HTTPStatus > 0 || reProxyPage.MatchString(piece)
}

// fromCloudFront marks an answer that CloudFront made by itself.
func (ev *Evidence) fromCloudFront(piece string) {
	if ev.Header == nil {
		ev.Header = map[string]string{}
	}
	ev.Header["server"] = "CloudFront"
	ev.Header["content-type"] = "text/html"
	if id := group(reCFRequest, piece); id != "" {
		ev.Header["x-amz-cf-id"] = id
	}
	if ev.Operation == "" {
		ev.Operation = "GET https://"
	}
	if ev.HTTPStatus == 0 {
		ev.HTTPStatus = 403
	}
}

// readHTTP reads what curl prints: the request with -v, the status line and
// headers with -i, and the body.
func readHTTP(ev *Evidence, piece string) bool {
	url := reAsked.FindString(reCurlHelp.ReplaceAllString(piece, ""))
	method := "GET"
	if m := reSentLine.FindStringSubmatch(piece); m != nil {
		method = m[1]
		if host := group(reSentHost, piece); host != "" && strings.HasPrefix(m[2], "/") {
			url = "https://" + host + m[2]
		}
	}
	if host := group(reNoHost, piece); host != "" {
		ev.Operation, ev.Network, ev.Message, ev.Host = "GET "+first(url, "https://"+host+"/"), "dns", paragraph(piece), host
		return true
	}
	at := reStatusLine.FindAllStringSubmatchIndex(piece, -1)
	if at == nil {
		ev.Network, ev.Message = networkWords(piece), paragraph(reCurlHelp.ReplaceAllString(piece, ""))
		if host := group(reCurlHost, piece); url == "" && host != "" {
			url, ev.Host = "https://"+host+"/", host
		}
		ev.Operation = "GET " + first(url, "https://")
		return ev.Network != ""
	}
	last := at[len(at)-1] // after "100 Continue" and redirects
	ev.HTTPStatus, _ = strconv.Atoi(piece[last[2]:last[3]])
	body := ev.readHeaders(piece[last[1]:])
	if ev.Header["server"] == "AmazonS3" || ev.Header["via"] != "" || ev.Header["x-amz-cf-id"] != "" || url != "" {
		ev.Operation = first(map[string]string{"HEAD": "HEAD "}[method], "GET ") + first(url, "https://")
	}
	switch {
	case strings.Contains(body, "The request could not be satisfied"):
		ev.Message = gist([]byte(body))
		ev.fromCloudFront(body)
	case strings.Contains(body, "<Code>"):
		readXML(ev, body[strings.IndexByte(body, '<'):])
	case ev.HTTPStatus >= 300:
		ev.Message = gist([]byte(body))
	}
	return true
}

// readHeaders takes the headers up to the empty line, and gives the body.
func (ev *Evidence) readHeaders(s string) (body string) {
	ev.Header = map[string]string{}
	lines := strings.Split(s, "\n")[1:]
	for i, line := range lines {
		m := reHeaderLine.FindStringSubmatch(strings.TrimRight(line, " "))
		if m == nil {
			return strings.Join(lines[i:], "\n")
		}
		switch name, v := strings.ToLower(m[1]), m[2]; name {
		case "x-amz-request-id", "x-amzn-requestid":
			ev.RequestID = v
		case "x-amz-id-2":
			ev.HostID = v
		case "x-amz-bucket-region":
			ev.BucketRegion = v
		default:
			ev.Header[name] = v
		}
	}
	return ""
}

// readNode reads what Node.js prints of an error object: the name, the
// message, the stack, and the fields in braces.
func readNode(ev *Evidence, piece string) bool {
	m := reNodeHead.FindStringSubmatch(piece)
	if m == nil {
		return false
	}
	brace := strings.IndexByte(piece, '{')
	if brace < 0 {
		return false
	}
	fields := piece[brace:]
	if !strings.Contains(fields, "$metadata") && !strings.Contains(fields, "statusCode") && !reFieldCode.MatchString(fields) {
		return false
	}
	ev.Message = m[2]
	ev.Code = first(group(reFieldCode, fields), m[1])
	if ev.Message == ev.Code || ev.Message == "UnknownError" {
		ev.Message = ""
	}
	ev.readFields(fields)
	return true
}

// readJSON reads an error as JSON, or as Python prints a dictionary.
func readJSON(ev *Evidence, piece string) bool {
	ev.Code = group(reFieldCode, piece)
	if m := reFieldSaid.FindStringSubmatch(piece); m != nil {
		ev.Message = strings.NewReplacer(`\"`, `"`, `\'`, `'`, `\n`, "\n", `\\`, `\`).Replace(first(m[1], m[2]))
	}
	ev.readFields(piece)
	_, denied := ParseDenial(ev.Message)
	return ev.Code != "" && (ev.HTTPStatus > 0 || ev.Message != "" || ev.RequestID != "") || denied
}

func (ev *Evidence) readFields(s string) {
	ev.RequestID, ev.HostID = group(reFieldID, s), group(reFieldHost, s)
	ev.HTTPStatus, _ = strconv.Atoi(group(reHTTPStatus, s))
}
