package guess

// uuid recognises a UUID at the beginning of s: its length, what it is worth,
// and whether it is made of the time. Length 0: there is none.
func uuid(s string) (length int, bits float64, timed bool) {
	const size = 36
	if len(s) < size || s[8] != '-' || len(s) > size && class(s[size]) != other {
		return 0, 0, false
	}
	var distinct uint32
	for i := range size {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return 0, 0, false
			}
		default:
			v, ok := hexValue(s[i])
			if !ok {
				return 0, 0, false
			}
			distinct |= 1 << v
		}
	}
	kinds := 0
	for ; distinct != 0; distinct &= distinct - 1 {
		kinds++
	}
	switch {
	case kinds < 6: // the nil UUID and what people type
		return size, 4, false
	case s[14] == '4':
		return size, 122, false
	case s[14] == '7':
		return size, 74, false
	case s[14] == '1' || s[14] == '2' || s[14] == '6':
		return size, 14, true
	}
	// Made from a name (3, 5) or in somebody's own way.
	return size, 40, false
}

// knownID recognises identifiers whose characters look random but of which a
// part is the time.
func knownID(s string) (bits float64, timed bool) {
	switch {
	case len(s) == 24 && s[0] >= '4' && s[0] <= '7' && oneCaseHex(s):
		return 40, true // MongoDB's ObjectID: time, process, counter
	case len(s) == 26 && s[0] == '0' && look(s).irregular():
		return 80, false // ULID: 48 bits of time, 80 random ones
	}
	return 0, false
}

func oneCaseHex(s string) bool {
	f := look(s)
	return f.hex == f.n && f.irregular() && (f.lowers == 0 || f.uppers == 0)
}

func hexValue(c byte) (uint, bool) {
	switch c = lowered(c); {
	case '0' <= c && c <= '9':
		return uint(c - '0'), true
	case 'a' <= c && c <= 'f':
		return uint(c-'a') + 10, true
	}
	return 0, false
}
