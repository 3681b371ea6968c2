package connect

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// EvidenceOf describes any error of an AWS call or a network call. Where the
// error comes from these clients the evidence is that of the attempt that
// failed, which may be another request than operation: a refused AssumeRole
// fails the S3 call that needed it. operation is used where the error names
// none. A nil error gives the operation alone.
func EvidenceOf(err error, operation string) diagnose.Evidence {
	ev := diagnose.Evidence{Operation: operation}
	if err == nil {
		return ev
	}
	var known interface{ evidence() diagnose.Evidence }
	if errors.As(err, &known) {
		return known.evidence()
	}
	var x *exchange
	if errors.As(err, &x) {
		return x.evidence
	}
	var op *smithy.OperationError
	if errors.As(err, &op) {
		ev.Operation = strings.ToLower(op.ServiceID) + ":" + op.OperationName
	}
	completeFromError(&ev, err)
	if ev.Message == "" {
		ev.Message = err.Error()
	}
	ev.Message = redactText(ev.Message)
	return ev
}

// completeFromError fills what the answer itself did not tell.
func completeFromError(ev *diagnose.Evidence, err error) {
	var re *smithyhttp.ResponseError
	if ev.HTTPStatus == 0 && errors.As(err, &re) && re.Response != nil {
		ev.HTTPStatus = re.HTTPStatusCode()
	}
	var ae smithy.APIError
	if errors.As(err, &ae) {
		ev.Code = first(ev.Code, ae.ErrorCode())
		ev.Message = first(ev.Message, ae.ErrorMessage())
	}
	if ev.HTTPStatus == 0 && ev.Network == "" {
		ev.Network = networkKind(err)
	}
	if name := issuerOf(err); name != "" {
		if ev.Elements == nil {
			ev.Elements = map[string]string{}
		}
		ev.Elements["Issuer"] = name
	}
}

// issuerOf is who issued the certificate that was not trusted: the name of
// the proxy that inspects the traffic, as a rule.
func issuerOf(err error) string {
	var verify *tls.CertificateVerificationError
	if !errors.As(err, &verify) || len(verify.UnverifiedCertificates) == 0 {
		return ""
	}
	issuer := verify.UnverifiedCertificates[0].Issuer
	if issuer.CommonName != "" {
		return issuer.CommonName
	}
	return issuer.String()
}

// networkKind classifies an error that came in place of an answer; it is
// empty for errors that have nothing to do with the network.
func networkKind(err error) string {
	var (
		proxy  *ProxyError
		dns    *net.DNSError
		op     *net.OpError
		verify *tls.CertificateVerificationError
		host   x509.HostnameError
		ca     x509.UnknownAuthorityError
		cert   x509.CertificateInvalidError
		record tls.RecordHeaderError
		alert  tls.AlertError
		netErr net.Error
		sent   *url.Error
	)
	switch {
	case errors.Is(err, context.Canceled):
		return "canceled"
	case errors.As(err, &proxy):
		if strings.Contains(strings.ToLower(proxy.Reason), "no such host") {
			return "dns" // the proxy looked the name up for us
		}
		return "proxy"
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return "proxy"
	case errors.As(err, &dns):
		if dns.IsTimeout {
			return "timeout"
		}
		return "dns"
	case errors.As(err, &verify), errors.As(err, &host), errors.As(err, &ca),
		errors.As(err, &cert), errors.As(err, &record), errors.As(err, &alert):
		return "tls"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "unreachable"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &netErr) && netErr.Timeout():
		return "timeout"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "reset"
	case errors.As(err, &op):
		return "unreachable"
	case errors.As(err, &sent):
		return "reset" // the transport's own errors have no types
	}
	return ""
}

// NetworkKind classifies the error of a request that got no answer, as
// diagnose.Evidence.Network; empty for other errors.
func NetworkKind(err error) string { return networkKind(err) }

// telling are the response headers that say who answered and how.
var telling = []string{
	"Server", "Via", "X-Cache", "X-Amz-Cf-Id", "X-Amz-Cf-Pop", "Age", "Date", "Location",
	"Content-Type", "Content-Length", "Content-Encoding", "Cache-Control", "Expires", "Etag", "Last-Modified",
	"X-Amz-Bucket-Region", "X-Amz-Server-Side-Encryption", "X-Amz-Delete-Marker", "X-Amz-Version-Id",
	"X-Amz-Storage-Class", "X-Amz-Error-Code", "X-Amz-Error-Message", "X-Amzn-Waf-Action",
	"Access-Control-Allow-Origin", "X-Content-Type-Options", "Strict-Transport-Security", "Alt-Svc",
}

// tellingHeaders keeps the few headers that matter, with lower-case names.
func tellingHeaders(h http.Header) map[string]string {
	kept := map[string]string{}
	for _, name := range telling {
		v := h.Get(name)
		if v == "" {
			continue
		}
		if name == "Location" {
			v = RedactURL(v)
		}
		kept[strings.ToLower(name)] = v
	}
	return kept
}

// TellingHeaders keeps the headers of an answer that say who answered, with
// lower-case names and without secrets.
func TellingHeaders(h http.Header) map[string]string { return tellingHeaders(h) }
