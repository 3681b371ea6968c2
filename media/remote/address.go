package remote

import (
	"encoding/binary"
	"net/netip"
	"slices"
)

// Kinds of addresses that are not public.
const (
	KindLoopback  = "loopback"
	KindPrivate   = "private" // RFC 1918, unique local, local NAT64
	KindShared    = "shared"  // a provider's own network, 100.64.0.0/10
	KindLinkLocal = "link-local"
	KindMetadata  = "metadata" // a cloud's metadata service
	KindMulticast = "multicast"
	KindReserved  = "reserved" // documentation, tests, unassigned, unspecified
)

var kinds = []struct {
	kind     string
	prefixes []netip.Prefix
}{
	// The first that holds an address names it.
	{KindMetadata, prefixes("169.254.169.254/32", "169.254.170.0/24", "169.254.169.123/32", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32",
		"fd00:ec2::/32", "fd20:ce::254/128", "fe80::a9fe:a9fe/128")},
	{KindLoopback, prefixes("127.0.0.0/8", "::1/128")},
	{KindPrivate, prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10", "64:ff9b:1::/48")},
	{KindShared, prefixes("100.64.0.0/10")},
	{KindLinkLocal, prefixes("169.254.0.0/16", "fe80::/10")},
	{KindMulticast, prefixes("224.0.0.0/4", "ff00::/8")},
	{KindReserved, prefixes("0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
		"240.0.0.0/4", "2001::/23", "2001:db8::/32", "3fff::/20")},
}

func prefixes(all ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(all))
	for i, s := range all {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// globalUnicast is all of IPv6 that is given out.
var globalUnicast = netip.MustParsePrefix("2000::/3")

// KindOf says what an address is that is not public; empty: it is public. An
// IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) counts as itself.
func KindOf(a netip.Addr) string {
	if !a.IsValid() || a.Zone() != "" {
		return KindLinkLocal // only local addresses have zones
	}
	if inner, ok := embedded(a); ok {
		return KindOf(inner)
	}
	for _, k := range kinds {
		if slices.ContainsFunc(k.prefixes, func(p netip.Prefix) bool { return p.Contains(a) }) {
			return k.kind
		}
	}
	if a.Is6() && !globalUnicast.Contains(a) {
		return KindReserved
	}
	return ""
}

var (
	nat64   = netip.MustParsePrefix("64:ff9b::/96")
	sixToIV = netip.MustParsePrefix("2002::/16")
)

// embedded is the IPv4 address that an IPv6 one leads to.
func embedded(a netip.Addr) (netip.Addr, bool) {
	if !a.Is6() {
		return a, false
	}
	b := a.As16()
	switch {
	case a.Is4In6():
		return a.Unmap(), true
	case nat64.Contains(a):
		return netip.AddrFrom4([4]byte(b[12:16])), true
	case sixToIV.Contains(a):
		return netip.AddrFrom4([4]byte(b[2:6])), true
	// ISATAP: any prefix, then 0000:5efe or 0200:5efe and the address.
	case binary.BigEndian.Uint32(b[8:12])&^0x02000000 == 0x5efe:
		return netip.AddrFrom4([4]byte(b[12:16])), true
	}
	return a, false
}

// canAllow holds for what an intranet may be.
func canAllow(kind string) bool {
	return kind == KindPrivate || kind == KindShared || kind == KindLoopback
}

// refuses says why an address is not connected to; empty: it is.
func (c *Client) refuses(a netip.AddrPort) string {
	kind := KindOf(a.Addr())
	if c.o.Permit != nil {
		if c.o.Permit(a) {
			return ""
		}
		if kind == "" {
			kind = KindReserved
		}
		return kind
	}
	if c.o.AllowPrivate && canAllow(kind) {
		return ""
	}
	return kind
}
