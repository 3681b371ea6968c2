// Package guess tells how easily the address of a file is guessed (M29, M30).
// Media lie in public: whoever has the address has the file, and the addresses
// hold no random part unless the name does.
//
// The estimate is pessimistic, since it is relied upon. Words, dates and
// counters are worth little however many there are: who knows one file of a
// series knows the others. Only random characters make a name unguessable.
//
// The package is a leaf: it imports nothing else of this project, and does
// nothing but compute.
package guess

import (
	"math"
	"strings"
)

// Level says how hard a path is to find for somebody who does not know it.
type Level string

// The levels.
const (
	Guessable   Level = "guessable"   // found by trying, or by thinking
	Hard        Level = "hard"        // not worth the tries, but no secret
	Unguessable Level = "unguessable" // at least 64 random bits
)

// Reason says what the estimate rests on.
type Reason string

// The reasons.
const (
	Words       Reason = "words"        // words alone
	CommonWord  Reason = "common-word"  // one word of those that are tried first: photo
	Device      Reason = "device"       // a name that Windows keeps for a device: CON
	Date        Reason = "date"         // a date or a time
	Camera      Reason = "camera"       // what cameras and telephones count: IMG_1234
	Counter     Reason = "counter"      // a number that counts: page-17
	Sequence    Reason = "sequence"     // digits in a row or all the same: 12345, 0000
	Repeated    Reason = "repeated"     // a pattern that looks random and is not
	TimeBased   Reason = "time-based"   // an ID made of the time: UUIDv1, ObjectID
	ShortRandom Reason = "short-random" // random, but too short
	Random      Reason = "random"       // random and long enough
)

// Reasons are all of them.
func Reasons() []Reason {
	return []Reason{Words, CommonWord, Device, Date, Camera, Counter, Sequence, Repeated, TimeBased, ShortRandom, Random}
}

// The bits from which on a path has a level. At a million tries a second,
// more than S3 answers, 40 bits last two weeks and 64 half a million years.
const (
	hardBits        = 40
	unguessableBits = 64
	// mostNatural is what words, dates and counters are worth at most: less
	// than makes a name hard, since it can be thought of.
	mostNatural = 36
	mostBits    = 256
)

// Result is the estimate for one path.
type Result struct {
	// Bits is the binary logarithm of how many paths have to be tried, 256 at
	// most.
	Bits   int
	Level  Level
	Reason Reason
	// Sensitive are the words that hint at something confidential, as the list
	// of words has them, each once.
	Sensitive []string
}

// Flagged tells that something that looks confidential can be guessed.
func (r Result) Flagged() bool { return len(r.Sensitive) > 0 && r.Level != Unguessable }

// Score estimates a path, with folders, relative to what is in every address
// of the connection. It takes any string.
func Score(path string) Result {
	m := meter{}
	m.path(fold(path))
	return m.result()
}

// meter adds up what the parts of a path are worth.
type meter struct {
	random, natural float64

	dated, counted, repeated, timed bool
	camera, inARow, device          bool

	words words
	seen  [8]string // chunks that were counted already
	n     int
}

func (m *meter) result() Result {
	bits := min(m.natural, mostNatural) + m.random
	r := Result{Bits: int(min(bits, mostBits)), Level: Guessable, Sensitive: m.words.sensitive}
	switch {
	case m.random >= unguessableBits:
		r.Level = Unguessable
	case bits >= hardBits:
		r.Level = Hard
	}
	switch {
	case r.Level == Unguessable:
		r.Reason = Random
	case m.timed:
		r.Reason = TimeBased
	case m.random > 0:
		r.Reason = ShortRandom
	case m.repeated:
		r.Reason = Repeated
	default:
		r.Reason = m.natures()
	}
	return r
}

// natures is what a name without anything random rests on.
func (m *meter) natures() Reason {
	switch {
	case m.device:
		return Device
	case m.camera:
		return Camera
	case m.dated:
		return Date
	case m.counted:
		return Counter
	case m.inARow:
		return Sequence
	case m.words.known == 1 && m.words.strange == 0:
		return CommonWord
	}
	return Words
}

// path counts folders like names, since a random folder protects as well. An
// extension that says a file's type is worth nothing.
func (m *meter) path(p string) {
	for {
		segment, rest, more := strings.Cut(p, "/")
		if !more {
			stem, ext := Split(segment)
			if len(ext) > longestType {
				stem = segment
			}
			m.device = IsDevice(segment)
			m.segment(stem)
			return
		}
		m.segment(segment)
		m.words.apart()
		p = rest
	}
}

// longestType is the longest extension, with its dot, that is worth nothing:
// what is longer may hold anything.
const longestType = len(".tar.zst")

// segment cuts a name into chunks of ASCII letters and digits, and the rest.
func (m *meter) segment(s string) {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case class(c) != other:
			j := i + 1
			for j < len(s) && class(s[j]) != other {
				j++
			}
			if id, bits, timed := uuid(s[i:]); id > 0 {
				m.id(s[i:i+id], bits, timed)
				i += id
				continue
			}
			m.chunk(s[i:j])
			i = j
		case c < 0x80:
			i++
		default:
			i += m.wide(s[i:])
		}
	}
}

// id takes an identifier of a known form.
func (m *meter) id(s string, bits float64, timed bool) {
	m.words.apart()
	if m.again(s) {
		return
	}
	if bits < 10 {
		m.repeated = true
		m.natural += bits
		return
	}
	m.timed = m.timed || timed
	m.random += bits
}

// chunk takes letters and digits without anything in between.
func (m *meter) chunk(s string) {
	if m.again(s) {
		m.words.apart()
		return
	}
	if bits, timed := knownID(s); bits > 0 {
		m.words.apart()
		m.timed = m.timed || timed
		m.random += bits
		return
	}
	if f := look(s); f.irregular() {
		m.words.apart()
		if f.patterned(s) {
			m.repeated = true
			m.natural += 10
			return
		}
		m.random += f.bits()
		return
	}
	if len(s) >= longNumber {
		if f := look(s); f.digits == f.n && f.distinct >= 6 && !f.patterned(s) {
			m.random += math.Log2(10) * float64(f.n)
			return
		}
	}
	m.text(s)
}

// longNumber is from how many digits on a number is no time and no counter;
// IDs made of the time have up to 19.
const longNumber = 20

// text takes a chunk as words and numbers.
func (m *meter) text(s string) {
	for i := 0; i < len(s); {
		j := i + 1
		if class(s[i]) == digit {
			for j < len(s) && class(s[j]) == digit {
				j++
			}
			m.digits(s[i:j])
			m.words.apart()
		} else {
			for j < len(s) && class(s[j]) != digit {
				j++
			}
			m.natural += m.words.letters(s[i:j], j < len(s))
		}
		i = j
	}
}

// again tells whether a chunk of some length was there before: said twice, it
// has to be guessed once.
func (m *meter) again(s string) bool {
	if len(s) < 4 {
		return false
	}
	for _, old := range m.seen[:min(m.n, len(m.seen))] {
		if old == s {
			return true
		}
	}
	if m.n < len(m.seen) {
		m.seen[m.n] = s
		m.n++
	}
	return false
}
