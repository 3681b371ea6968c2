package awserr

import (
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The XML namespaces of the query services.
const (
	NamespaceSTS = "https://sts.amazonaws.com/doc/2011-06-15/"
	NamespaceIAM = "https://iam.amazonaws.com/doc/2010-05-08/"
)

const xmlHeader = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// WriteS3 writes e as S3 does: an <Error> document, and to HEAD requests and
// statuses without a body the headers alone. resource is left out when empty.
// An empty requestID or hostID is taken from the response headers
// x-amz-request-id and x-amz-id-2, where the sandbox has put them.
func WriteS3(w http.ResponseWriter, r *http.Request, e *Error, resource, requestID, hostID string) {
	h := w.Header()
	requestID = header(h, "X-Amz-Request-Id", requestID)
	hostID = header(h, "X-Amz-Id-2", hostID)
	copyHeader(h, e.Header)
	h.Del("Content-Length")
	if r.Method == http.MethodHead || e.Status == http.StatusNotModified {
		h.Del("Content-Type")
		if r.Method == http.MethodHead {
			h.Set("Content-Type", "application/xml")
		}
		w.WriteHeader(e.Status)
		return
	}
	var b strings.Builder
	b.WriteString(xmlHeader)
	b.WriteString("<Error>")
	element(&b, "Code", e.Code)
	element(&b, "Message", e.Message)
	for _, x := range e.Extra {
		element(&b, x.Name, x.Value)
	}
	if resource != "" {
		element(&b, "Resource", resource)
	}
	element(&b, "RequestId", requestID)
	element(&b, "HostId", hostID)
	b.WriteString("</Error>")
	send(w, e.Status, "application/xml", b.String())
}

// WriteQuery writes e as the query services (STS, IAM) do: an <ErrorResponse>
// document in the service's namespace. An empty requestID is taken from the
// response header x-amzn-RequestId.
func WriteQuery(w http.ResponseWriter, r *http.Request, e *Error, namespace, requestID string) {
	h := w.Header()
	requestID = header(h, "X-Amzn-Requestid", requestID)
	copyHeader(h, e.Header)
	fault := "Sender"
	if e.Status >= 500 {
		fault = "Receiver"
	}
	var b strings.Builder
	b.WriteString(`<ErrorResponse xmlns="` + namespace + `">` + "\n  <Error>\n    ")
	element(&b, "Type", fault)
	b.WriteString("\n    ")
	element(&b, "Code", e.Code)
	b.WriteString("\n    ")
	element(&b, "Message", e.Message)
	b.WriteString("\n  </Error>\n  ")
	element(&b, "RequestId", requestID)
	b.WriteString("\n</ErrorResponse>\n")
	if r.Method == http.MethodHead {
		w.WriteHeader(e.Status)
		return
	}
	send(w, e.Status, "text/xml", b.String())
}

func header(h http.Header, name, given string) string {
	if given == "" {
		return h.Get(name)
	}
	h.Set(name, given)
	return given
}

func copyHeader(to, from http.Header) {
	for k, v := range from {
		to[http.CanonicalHeaderKey(k)] = v
	}
}

func send(w http.ResponseWriter, status int, contentType, body string) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body)) // the client may be gone: nothing is left to tell it
}

func element(b *strings.Builder, name, value string) {
	b.WriteString("<" + name + ">")
	b.WriteString(Escape(value))
	b.WriteString("</" + name + ">")
}

// Escape returns s as XML character data, the way AWS escapes it: quotes stay
// as they are, carriage returns are kept by reference, and what XML 1.0 cannot
// hold at all becomes U+FFFD.
func Escape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case c == '&':
			b.WriteString("&amp;")
		case c == '<':
			b.WriteString("&lt;")
		case c == '>':
			b.WriteString("&gt;")
		case c == '\r':
			b.WriteString("&#13;")
		case c == utf8.RuneError && n == 1, c < 0x20 && c != '\t' && c != '\n', c == 0xFFFE, c == 0xFFFF:
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}
