package policy

import "unicode/utf8"

// literal marks the byte after it as no wildcard. Policy variables expand to
// text that must match itself even where it holds * or ?.
const literal = 0

// wildcardMatch reports whether all of s matches pattern, in which * stands
// for any run of characters, also across ":" and "/", and ? for exactly one.
// It never backtracks further than the last *, so that it stays linear in the
// product of both lengths whatever an untrusted pattern holds.
func wildcardMatch(pattern, s string, foldCase bool) bool {
	p, i := 0, 0
	star, mark := -1, 0
	for i < len(s) {
		if p < len(pattern) {
			switch c := pattern[p]; {
			case c == '*':
				star, mark = p, i
				p++
				continue
			case c == '?':
				_, size := utf8.DecodeRuneInString(s[i:])
				p++
				i += size
				continue
			case c == literal && p+1 < len(pattern):
				if pattern[p+1] == s[i] {
					p += 2
					i++
					continue
				}
			case sameByte(c, s[i], foldCase):
				p++
				i++
				continue
			}
		}
		if star < 0 {
			return false
		}
		_, size := utf8.DecodeRuneInString(s[mark:])
		mark += size
		p, i = star+1, mark
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

func sameByte(a, b byte, foldCase bool) bool {
	return a == b || foldCase && lowerByte(a) == lowerByte(b)
}

func lowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + ('a' - 'A')
	}
	return c
}

// arnMatch compares the six components of an ARN one by one, as the ARN
// condition operators do: a wildcard never reaches over a colon, except in
// the last component, which keeps its colons.
func arnMatch(pattern, s string) bool {
	for range 5 {
		pHead, pRest, pMore := cutColon(pattern)
		sHead, sRest, sMore := cutColon(s)
		if !pMore || !sMore || !wildcardMatch(pHead, sHead, false) {
			return false
		}
		pattern, s = pRest, sRest
	}
	return wildcardMatch(pattern, s, false)
}

// cutColon is strings.Cut at the first colon.
func cutColon(s string) (head, rest string, found bool) {
	for i := range len(s) {
		if s[i] == ':' {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}
