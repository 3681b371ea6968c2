package diagnose

import "strings"

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
	case has("x509", "certificate verify failed", "certificate_verify_failed", "unable to get local issuer", "no alternative certificate subject name", "self-signed certificate", "ssl validation failed", "tls:"):
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
