package remote

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

func TestKindsOfAddresses(t *testing.T) {
	for kind, addresses := range map[string]string{
		"":            "8.8.8.8 1.1.1.1 172.15.0.1 172.32.0.1 100.63.255.255 100.128.0.0 192.167.1.1 2001:4860:4860::8888 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:0808:0808::1",
		KindLoopback:  "127.0.0.1 127.255.255.254 ::1 ::ffff:127.0.0.1 64:ff9b::127.0.0.1 2002:7f00:1::",
		KindPrivate:   "10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 fc00::1 fd12::1 ::ffff:10.1.1.1 ::ffff:a01:101 64:ff9b::10.0.0.1 2002:a00:1::1 64:ff9b:1::1 fec0::1 2001:470:1::5efe:10.0.0.1",
		KindShared:    "100.64.0.1 100.127.255.255 ::ffff:100.64.0.1",
		KindLinkLocal: "169.254.0.1 fe80::1 febf::1 fe80::1%eth0 2606:4700::1111%eth0",
		KindMetadata:  "169.254.169.254 169.254.170.2 fd00:ec2::254 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe 64:ff9b::a9fe:a9fe 2002:a9fe:a9fe:: 100.100.100.200 168.63.129.16",
		KindMulticast: "224.0.0.1 239.255.255.255 ff02::1",
		KindReserved:  "0.0.0.0 0.1.2.3 240.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 203.0.113.9 :: ::2 ::8.8.8.8 2001:db8::1 2001:0:1::1 100::1 4000::1",
	} {
		for a := range strings.FieldsSeq(addresses) {
			if got := KindOf(netip.MustParseAddr(a)); got != kind {
				t.Errorf("%s is %q, want %q", a, got, kind)
			}
		}
	}
	if KindOf(netip.Addr{}) == "" {
		t.Error("no address is public")
	}
}

func TestParse(t *testing.T) {
	for raw, expect := range map[string]string{
		"https://EXAMPLE.com":                         "https://example.com",
		"  HTTPS://example.com.:443/a b.png\t":        "https://example.com/a%20b.png",
		"\uFEFFhttps://example.com/写真.png#x":          "https://example.com/%E5%86%99%E7%9C%9F.png",
		"http://example.com:80/?q=1":                  "http://example.com/?q=1",
		"https://example.com:8443/":                   "https://example.com:8443/",
		"https://例え.jp/":                              "https://xn--r8jz45g.jp/",
		"https://[2606:4700:0::1111]:443/":            "https://[2606:4700::1111]/",
		"https://1.1.1.1/":                            "https://1.1.1.1/",
		"https://example.com/a%2Fb%20c?d=%26":         "https://example.com/a%2Fb%20c?d=%26",
		"https://a_b.example.com/":                    CodeHost,
		"ftp://example.com/":                          CodeScheme,
		"example.com/a.png":                           CodeScheme,
		"":                                            CodeScheme,
		"https:///a":                                  CodeInvalid,
		"https:example.com":                           CodeInvalid,
		"https://exa mple.com/":                       CodeInvalid,
		"https://example.com/\x00":                    CodeInvalid,
		"https://example.com\\@10.0.0.1/":             CodeInvalid,
		"https://user@example.com/":                   CodeUserinfo,
		"https://example.com:22/":                     CodePort,
		"https://example.com:0/":                      CodePort,
		"https://example.com:99999/":                  CodePort,
		"https://0177.0.0.1/":                         CodeHost,
		"https://127.1/":                              CodeHost,
		"https://2130706433/":                         CodeHost,
		"https://0x7f000001/":                         CodeHost,
		"https://0x7f.0.0.0x1/":                       CodeHost,
		"https://1.2.3.4.5/":                          CodeHost,
		"https://example.com../":                      CodeHost,
		"https://99999999999999999999/":               CodeHost,
		"https://" + strings.Repeat("a", 300) + "/":   CodeHost,
		"https://e.com/" + strings.Repeat("a", 9<<10): CodeInvalid,
	} {
		u, err := Parse(raw)
		got := codeOf(err)
		if err == nil {
			got = u.String()
		}
		if got != expect {
			t.Errorf("%.60q: %s, want %s", raw, got, expect)
		}
	}
}

func TestWhatSignsAURLIsNeverShown(t *testing.T) {
	for raw, expect := range map[string]string{
		"https://b.s3.amazonaws.com/k?X-Amz-Signature=abc&X-Amz-Date=1&X-Amz-Security-Token=tt": "https://b.s3.amazonaws.com/k?X-Amz-Signature=…&X-Amz-Date=1&X-Amz-Security-Token=…",
		"https://x.example.com/a.png?w=100":                                                     "https://x.example.com/a.png?w=100",
		"https://x.blob.core.windows.net/a?sv=1&%73ig=secret":                                   "https://x.blob.core.windows.net/a?sv=1&%73ig=…",
		"https://user:pw@example.com/":                                                          "https://…@example.com/",
	} {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := Shown(u); got != expect {
			t.Errorf("%s, want %s", got, expect)
		}
		if _, err := Parse(raw + "\x01"); err == nil || strings.Contains(err.Error(), "pw") || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "abc") {
			t.Errorf("the error shows it: %v", err)
		}
	}
}

func TestNamesOfDispositions(t *testing.T) {
	for header, expect := range map[string]string{
		"":                                    "",
		"inline":                              "",
		`attachment; filename="a b.png"`:      "a b.png",
		`attachment; filename=a b.png`:        "a b.png",
		`attachment; filename="../../etc/x"`:  "x",
		`attachment; filename="C:\dir\x.png"`: "x.png",
		`attachment; filename="x.png"; filename*=UTF-8''%E5%86%99%E7%9C%9F.png`: "写真.png",
		`attachment; filename="=?UTF-8?B?5YaZ55yfLnBuZw==?="`:                   "写真.png",
		"attachment; filename=\"写真.png\"":                                       "写真.png",
		"attachment; filename=\"\x8e\xca\x90^.png\"":                            "写真.png",
		`attachment; filename=""`:                                               "",
		`attachment; filename="/"`:                                              "",
	} {
		if got := dispositionName(header); got != expect {
			t.Errorf("%q: %q, want %q", header, got, expect)
		}
	}
}

// Whatever a URL looks like, what comes out is read again as the same, and
// literal addresses are judged.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"https://example.com/a", "https://[::ffff:7f00:1]/", "http://0x7f.1:80/", "https://１２７.1/", "https://a@b:c@d/", "https://x/%zz"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := Parse(raw)
		if err != nil {
			if codeOf(err) == "" || strings.HasPrefix(codeOf(err), "no *Error") {
				t.Fatalf("%v", err)
			}
			return
		}
		again, err := Parse(u.String())
		if err != nil || again.String() != u.String() {
			t.Fatalf("%q is %q, then %v, %v", raw, u, again, err)
		}
		if u.User != nil || u.Hostname() == "" || strings.HasSuffix(u.Hostname(), ".") {
			t.Fatalf("%q came through as %q", raw, u)
		}
		_ = Shown(u)
	})
}

func FuzzDispositionName(f *testing.F) {
	f.Add(`attachment; filename="a.png"; filename*=UTF-8''%2e%2e%2fx`)
	f.Fuzz(func(t *testing.T, header string) {
		if name := dispositionName(header); strings.ContainsAny(name, `/\`) {
			t.Fatalf("%q has folders", name)
		}
	})
}
