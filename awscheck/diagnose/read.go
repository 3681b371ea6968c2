package diagnose

import (
	"regexp"
	"strconv"
	"strings"
)

// The forms in which AWS's own tools and SDKs print an error.
var (
	reCLI  = regexp.MustCompile(`(?s)An error occurred \(([A-Za-z0-9.]+)\) when calling the (\w+) operation(?: \([^)]*\))?:\s*(.*)`)
	reGo   = regexp.MustCompile(`(?s)operation error ([A-Za-z0-9 ]+): (\w+),.*?StatusCode: (\d+)(?:, RequestID: ([^,\s]*))?(?:, HostID: ([^,\s]*))?.*?api error ([A-Za-z0-9.]+): (.*)`)
	reJava = regexp.MustCompile(`(?s)(.*?)\s*\(Service: (?:Amazon |AWS)?([A-Za-z0-9]+)[^;,]*[;,] Status Code: (\d+)[;,](?: Error Code: (\w+)[;,])?(?: Request ID: ([^;,)\s]+))?`)
	reName = regexp.MustCompile(`(?s)^(?:[\w.]*?)\b([A-Z][A-Za-z0-9]*(?:\.[A-Z]\w+)?): (.+)`)
	reCode = regexp.MustCompile(`\b(AccessDenied|NoSuchBucket|NoSuchKey|PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException|InvalidAccessKeyId|InvalidClientTokenId|SignatureDoesNotMatch|RequestTimeTooSkewed|ExpiredToken(?:Exception)?|InvalidToken|SlowDown|InvalidObjectState|RegionDisabledException|ValidationError|InvalidBucketName|AccessControlListNotSupported|KMS\.\w+|NoSuchEntity|AllAccessDisabled)\b`)
	reXML  = regexp.MustCompile(`(?s)<(?:\?xml|ErrorResponse|Error)\b.*`)
)

// ReadText reads an error that a person has pasted, in whatever form: XML or
// JSON, the lines of the AWS CLI and the SDKs, or the bare text. What it
// cannot make out stays empty, and the whole text is the message.
func ReadText(text string) Evidence {
	text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	var ev Evidence
	switch {
	case ev.readMarkup(text):
	case ev.readLine(text):
	default:
		ev.Message = text
		ev.Code = reCode.FindString(text)
	}
	if ev.Code == "" && ev.HTTPStatus == 0 {
		ev.Network = networkWords(text)
	}
	_, denied := ParseDenial(ev.Message)
	if ev.HTTPStatus == 0 && (ev.Code == "AccessDenied" || ev.Code == "" && denied) {
		ev.HTTPStatus, ev.Network = 403, ""
	}
	if ev.Operation == "" {
		if strings.Contains(text, "sts:AssumeRole") {
			ev.Operation = "sts:AssumeRole"
		}
	}
	return ev
}

func (ev *Evidence) readMarkup(text string) bool {
	body := text
	if m := reXML.FindString(text); m != "" {
		body = m
	}
	probe := Evidence{}
	probe.ReadBody([]byte(body))
	if probe.Code == "" {
		return false
	}
	*ev = probe
	return true
}

func (ev *Evidence) readLine(text string) bool {
	if m := reCLI.FindStringSubmatch(text); m != nil {
		ev.Code, ev.Operation, ev.Message = m[1], serviceOf(m[2])+":"+m[2], m[3]
		return true
	}
	if m := reGo.FindStringSubmatch(text); m != nil {
		ev.Operation = strings.ToLower(m[1]) + ":" + m[2]
		ev.HTTPStatus, _ = strconv.Atoi(m[3])
		ev.RequestID, ev.HostID, ev.Code, ev.Message = m[4], m[5], m[6], m[7]
		return true
	}
	if m := reJava.FindStringSubmatch(text); m != nil {
		ev.Message, ev.Code, ev.RequestID = m[1], m[4], m[5]
		ev.HTTPStatus, _ = strconv.Atoi(m[3])
		return true
	}
	if m := reName.FindStringSubmatch(text); m != nil && reCode.MatchString(m[1]) {
		ev.Code, ev.Message = m[1], m[2]
		return true
	}
	return false
}

func serviceOf(operation string) string {
	switch operation {
	case "AssumeRole", "GetCallerIdentity", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "GetSessionToken":
		return "sts"
	}
	return "s3"
}

// networkWords finds in a text what connect finds in an error.
func networkWords(text string) string {
	t := strings.ToLower(text)
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(t, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("proxyconnect", "proxy authentication", "tunnel connection failed"):
		return "proxy"
	case has("x509", "certificate verify failed", "certificate_verify_failed", "unable to get local issuer", "self-signed certificate", "ssl validation failed", "tls:"):
		return "tls"
	case has("no such host", "name or service not known", "getaddrinfo", "could not resolve", "could not connect to the endpoint url", "nodename nor servname"):
		return "dns"
	case has("connection refused", "econnrefused"):
		return "refused"
	case has("connection reset", "econnreset", "broken pipe"):
		return "reset"
	case has("timed out", "timeout", "deadline exceeded"):
		return "timeout"
	}
	return ""
}
