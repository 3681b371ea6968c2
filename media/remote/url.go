package remote

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// mostURL is the longest URL that is taken, in bytes.
const mostURL = 8 << 10

// Parse reads a URL as a person wrote it, with blanks around it, characters
// that are not encoded, a dot after the host. Whether it may be reached is for
// Check. The error is an *Error.
func Parse(raw string) (*url.URL, error) {
	raw = strings.TrimSpace(strings.TrimPrefix(raw, "\uFEFF"))
	if len(raw) > mostURL {
		return nil, &Error{Code: CodeInvalid, URL: raw[:80] + "…", Args: map[string]string{"url": raw[:80] + "…"}}
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, &Error{Code: CodeInvalid, URL: hidden(raw), Args: map[string]string{"url": hidden(raw)}, Err: bare(err)}
	}
	u.Fragment, u.RawFragment = "", ""
	out, e := normal(u, raw)
	if e != nil {
		return nil, e
	}
	return out, nil
}

// normal brings scheme and host into one form, and refuses what has several
// meanings: "https://2130706433/" and "https://0x7f.1/" are 127.0.0.1 to some
// programs and names to others.
func normal(u *url.URL, raw string) (*url.URL, *Error) {
	out := *u
	out.Scheme = strings.ToLower(out.Scheme)
	if out.Scheme != "https" && out.Scheme != "http" {
		return nil, fault(CodeScheme, u, nil, "scheme", out.Scheme)
	}
	if out.User != nil {
		return nil, fault(CodeUserinfo, u, nil)
	}
	host := out.Hostname()
	if out.Opaque != "" || host == "" {
		return nil, fault(CodeInvalid, u, nil)
	}
	name, ok := asciiHost(host)
	if !ok {
		return nil, fault(CodeHost, u, nil, "host", host)
	}
	port := out.Port()
	if !portAllowed(port) {
		return nil, fault(CodePort, u, nil, "port", port)
	}
	if port == defaultPort(out.Scheme) {
		port = ""
	}
	switch {
	case port != "":
		out.Host = net.JoinHostPort(name, port)
	case strings.Contains(name, ":"):
		out.Host = "[" + name + "]"
	default:
		out.Host = name
	}
	return &out, nil
}

// asciiHost is the one form of a host: an address as netip writes it, or a
// name in ASCII without a dot at its end.
func asciiHost(host string) (string, bool) {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.String(), a.Zone() == ""
	}
	if !utf8.ValidString(host) {
		return "", false
	}
	// Full-width digits and dots become ordinary ones here.
	name, err := idna.Lookup.ToASCII(strings.TrimSuffix(host, "."))
	if err != nil || name == "" || len(name) > 253 || strings.HasSuffix(name, ".") {
		return "", false
	}
	if a, err := netip.ParseAddr(name); err == nil {
		return a.String(), true
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	if isNumber(last) {
		return "", false
	}
	return name, true
}

// isNumber holds for what inet_aton takes for the last part of an address.
func isNumber(s string) bool {
	if s == "" {
		return true
	}
	if _, err := strconv.ParseUint(s, 10, 64); err == nil {
		return true
	}
	if rest, ok := strings.CutPrefix(strings.ToLower(s), "0x"); ok {
		_, err := strconv.ParseUint("0"+rest, 16, 64)
		return err == nil
	}
	return strings.Trim(s, "0123456789") == ""
}

// portAllowed keeps to where web servers are: not the ports of mail, SSH and
// other services of old, which a request could be made to speak to.
func portAllowed(port string) bool {
	if port == "" {
		return true
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && (n == 80 || n == 443 || n >= 1024) && n != 6000 && n != 6379 && n != 11211
}

func defaultPort(scheme string) string {
	if scheme == "http" {
		return "80"
	}
	return "443"
}

// Check tells, without asking anybody, whether a URL may be reached.
func (c *Client) Check(u *url.URL) error {
	if err := c.check(u); err != nil {
		return err
	}
	return nil
}

func (c *Client) check(u *url.URL) *Error {
	if u.Scheme == "http" && !c.o.AllowHTTP {
		return fault(CodeHTTP, u, nil)
	}
	if a, err := netip.ParseAddr(u.Hostname()); err == nil {
		port, _ := strconv.ParseUint(portOf(u), 10, 16)
		if kind := c.refuses(netip.AddrPortFrom(a, uint16(port))); kind != "" {
			return addressError(u, a, kind)
		}
	}
	return nil
}

func portOf(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return defaultPort(u.Scheme)
}

// inside are the ends of names that are no public ones.
var inside = []string{"localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "localdomain"}

// metadataNames are those of cloud providers' metadata services.
var metadataNames = []string{"metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"}

// checkName judges a host by its name alone, where a proxy looks it up.
func (c *Client) checkName(u *url.URL) *Error {
	host := strings.ToLower(u.Hostname())
	if _, err := netip.ParseAddr(host); err == nil {
		return nil // check has judged it
	}
	for _, name := range metadataNames {
		if host == name {
			return hostError(u, host, KindMetadata)
		}
	}
	if c.o.AllowPrivate {
		return nil
	}
	private := !strings.Contains(host, ".")
	for _, end := range inside {
		private = private || host == end || strings.HasSuffix(host, "."+end)
	}
	if private {
		return hostError(u, host, KindPrivate)
	}
	return nil
}
