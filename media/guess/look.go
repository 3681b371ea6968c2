package guess

import "math"

// The classes of a byte.
const (
	other = iota
	lower
	upper
	digit
)

func class(c byte) int {
	switch {
	case 'a' <= c && c <= 'z':
		return lower
	case 'A' <= c && c <= 'Z':
		return upper
	case '0' <= c && c <= '9':
		return digit
	}
	return other
}

func lowered(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// features is what tells a random chunk from words and numbers.
type features struct {
	n, digits, lowers, uppers int
	hex                       int // characters that hexadecimal has
	turns                     int // letter to digit and back
	changes                   int // turns, and changes of case
	pairs, rare               int // pairs of letters, and how rare they are in all
	wordy                     int // letters in runs that read like words
	distinct                  int
}

// look measures a chunk of letters and digits in one pass.
func look(s string) features {
	f := features{n: len(s)}
	var have uint64
	last := other
	run, runRare := 0, 0 // the run of letters of one case
	endRun := func() {
		if run == 4 && runRare < 12 || run > 4 && 2*runRare < 9*(run-1) {
			f.wordy += run
		}
		run, runRare = 0, 0
	}
	for i := 0; i < len(s); i++ {
		c, k := s[i], class(s[i])
		b := lowered(c)
		switch k {
		case digit:
			f.digits++
			f.hex++
			have |= 1 << (b - '0')
		default:
			if k == lower {
				f.lowers++
			} else {
				f.uppers++
			}
			if b <= 'f' {
				f.hex++
			}
			have |= 1 << (10 + b - 'a')
		}
		if i > 0 && k != last {
			f.changes++
			if k == digit || last == digit {
				f.turns++
			}
		}
		// A capital may begin a word.
		if k != last && !(last == upper && k == lower && run == 1) {
			endRun()
		}
		if k != digit {
			if i > 0 && last != digit {
				r := rarity(lowered(s[i-1]), b)
				f.pairs++
				f.rare += r
				if run > 0 {
					runRare += r
				}
			}
			run++
		}
		last = k
	}
	endRun()
	for ; have != 0; have &= have - 1 {
		f.distinct++
	}
	return f
}

// meanRarity is above 5.5 for random letters and below 4.5 for nearly all
// words of eight letters and more, English or romaji.
func (f features) meanRarity() float64 {
	if f.pairs == 0 {
		return 6
	}
	return float64(f.rare) / float64(f.pairs)
}

// irregular tells that a chunk reads like random characters.
func (f features) irregular() bool {
	letters := f.n - f.digits
	if f.n < 8 || letters < 2 || 20*f.wordy >= 7*f.n {
		return false
	}
	if f.hex < f.n && f.n < 20 && 10*f.digits > 8*(f.turns+1) && f.turns > 0 {
		return false // digits in groups, as the numbers of products have them
	}
	mean := f.meanRarity()
	mixedCase := f.lowers > 0 && f.uppers > 0
	switch {
	case f.hex == f.n && !mixedCase && f.n >= 8:
		return f.turns >= 3 && (f.n >= 16 || mean >= 4)
	case mixedCase && 3*f.changes >= f.n-1 && mean >= 4.4:
		return true
	case f.n >= 10 && f.turns >= 3 && mean >= 4.4:
		return true
	}
	return f.n >= 12 && mean >= 4.9
}

// bits is what a random chunk is worth: its length in its alphabet. The
// alphabets of 32 to 36 characters are not told apart.
func (f features) bits() float64 {
	per := 4.95
	switch mixedCase := f.lowers > 0 && f.uppers > 0; {
	case f.hex == f.n && !mixedCase:
		per = 4
	case mixedCase && f.digits > 0:
		per = 5.95
	case mixedCase:
		per = 5.7
	case f.digits == 0:
		per = 4.7
	}
	return per * float64(f.n)
}

// patterned tells that a chunk that looks random follows a rule: few
// characters, a repeated part, or counting up (a1b2c3d4).
func (f features) patterned(s string) bool {
	if f.distinct < min(f.n/3, 8) {
		return true
	}
	for p := 1; p <= min(len(s)/2, 64); p++ {
		same := 0
		for i := p; i < len(s); i++ {
			if s[i] == s[i-p] {
				same++
			}
		}
		// Repeats need not be whole, and end anywhere.
		if same > 3*(len(s)-p)/4 && len(s)-p >= 4 {
			return true
		}
	}
	for _, stride := range []int{1, 2} {
		steps := 0
		for i := stride; i < len(s); i++ {
			if d := int(s[i]) - int(s[i-stride]); d == 1 || d == -1 {
				steps++
			}
		}
		if 2*steps > len(s)-stride {
			return true
		}
	}
	return false
}

// digits is what a number is worth, and what kind of number it is.
func (m *meter) digits(s string) {
	n := float64(len(s))
	camera := m.words.camera && len(s) >= 3
	m.words.camera = false
	switch {
	case uniform(s) || len(s) >= 4 && counting(s):
		m.inARow, m.camera = true, m.camera || camera
		m.natural += 3
	case len(s) == 2 && m.dated: // a month, a day, an hour
		m.natural += 4
	case len(s) == 4 && isYear(s):
		m.dated = true
		m.natural += 4
	case len(s) == 6 && (isYear(s[:4]) && isMonth(s[4:]) || isMonth(s[2:4]) && isDay(s[4:])):
		m.dated = true
		m.natural += 9
	case len(s) == 8 && isYear(s[:4]) && isMonth(s[4:6]) && isDay(s[6:]):
		m.dated = true
		m.natural += 11
	case len(s) >= 10 && len(s) <= 17 && isYear(s[:4]) && isMonth(s[4:6]) && isDay(s[6:8]):
		m.dated = true
		m.natural += 11 + 2.6*(n-8) // hours, minutes, seconds, thousandths
	case (len(s) == 10 || len(s) == 13) && s[0] == '1' && s[1] >= '4':
		m.dated = true // seconds or milliseconds since 1970
		m.natural += 24 + 2*(n-10)
	default:
		m.counted, m.camera = true, m.camera || camera
		m.natural += min(math.Log2(10)*n, 40)
	}
}

func uniform(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i] != s[0] {
			return false
		}
	}
	return len(s) > 1
}

// counting holds for 1234, 98765 and 567890.
func counting(s string) bool {
	up, down := true, true
	for i := 1; i < len(s); i++ {
		d := (int(s[i]) - int(s[i-1]) + 10) % 10
		up, down = up && d == 1, down && d == 9
	}
	return up || down
}

func isYear(s string) bool  { return s[:2] == "19" || s[:2] == "20" }
func isMonth(s string) bool { return s >= "01" && s <= "12" }
func isDay(s string) bool   { return s >= "01" && s <= "31" }
