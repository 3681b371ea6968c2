package policy

import "unicode/utf8"

// Span is a part of a text in bytes: text[From:To]. Both are equal where
// nothing stands in this text of what the other has too much.
type Span struct{ From, To int }

// Compare finds where a refused ARN leaves the pattern of a granted one: from
// the first to the last byte that differ, in each of the two, widened to whole
// characters. A wildcard of the pattern matches what it stands for, one at the
// end the whole rest. Both spans are empty where the pattern matches.
func Compare(refused, granted string) (Span, Span) {
	a := align(refused, granted)
	return widen(refused, a.text), widen(granted, a.pattern)
}

// alignment is the cheapest way to lay a text over a pattern.
type alignment struct {
	cost          int  // characters to change, add or drop
	text, pattern Span // from the first to the last of them
}

// align compares by edit distance. What both begin with costs nothing and is
// skipped, which leaves little of the long ARNs of one bucket.
func align(text, pattern string) alignment {
	skip := 0
	for skip < len(text) && skip < len(pattern) && text[skip] == pattern[skip] && pattern[skip] != '*' {
		skip++
	}
	a := newTable(text[skip:], pattern[skip:]).trace()
	a.text.From, a.text.To = a.text.From+skip, a.text.To+skip
	a.pattern.From, a.pattern.To = a.pattern.From+skip, a.pattern.To+skip
	return a
}

// table holds the cost of every beginning of the text laid over every
// beginning of the pattern.
type table struct {
	text, pattern string
	costs         []int32
}

func newTable(text, pattern string) *table {
	t := &table{text: text, pattern: pattern, costs: make([]int32, (len(text)+1)*(len(pattern)+1))}
	for i := 0; i <= len(text); i++ {
		for j := 0; j <= len(pattern); j++ {
			t.set(i, j, t.cheapest(i, j))
		}
	}
	return t
}

func (t *table) at(i, j int) int32        { return t.costs[i*(len(t.pattern)+1)+j] }
func (t *table) set(i, j int, cost int32) { t.costs[i*(len(t.pattern)+1)+j] = cost }

func (t *table) cheapest(i, j int) int32 {
	switch {
	case i == 0 && j == 0:
		return 0
	case j == 0:
		return int32(i)
	case t.pattern[j-1] == '*':
		// Nothing, or one character more.
		if i == 0 {
			return t.at(0, j-1)
		}
		return min(t.at(i, j-1), t.at(i-1, j))
	case i == 0:
		return t.at(0, j-1) + 1
	case t.fits(i, j):
		return t.at(i-1, j-1)
	}
	return 1 + min(t.at(i-1, j-1), t.at(i-1, j), t.at(i, j-1))
}

// fits reports whether the characters before i and j match.
func (t *table) fits(i, j int) bool {
	return t.pattern[j-1] == t.text[i-1] || t.pattern[j-1] == '?'
}

// trace walks the cheapest way back and notes where it cost something.
func (t *table) trace() alignment {
	i, j := len(t.text), len(t.pattern)
	a := alignment{cost: int(t.at(i, j))}
	differs := func(toI, toJ int) {
		if a.text.To == 0 && a.pattern.To == 0 {
			a.text.To, a.pattern.To = i, j
		}
		a.text.From, a.pattern.From = toI, toJ
	}
	a.text.From, a.pattern.From = i, j
	for i > 0 || j > 0 {
		here := t.at(i, j)
		switch {
		case j > 0 && t.pattern[j-1] == '*' && t.at(i, j-1) == here:
			j--
		case j > 0 && t.pattern[j-1] == '*':
			i--
		case i > 0 && j > 0 && t.fits(i, j) && t.at(i-1, j-1) == here:
			i, j = i-1, j-1
		case i > 0 && j > 0 && t.at(i-1, j-1)+1 == here:
			differs(i-1, j-1)
			i, j = i-1, j-1
		case i > 0 && t.at(i-1, j)+1 == here:
			differs(i-1, j)
			i--
		default:
			differs(i, j-1)
			j--
		}
	}
	if a.cost == 0 {
		a.text, a.pattern = Span{}, Span{}
	}
	return a
}

// widen moves the ends of a span that stand within a character.
func widen(text string, s Span) Span {
	for s.From > 0 && s.From < len(text) && !utf8.RuneStart(text[s.From]) {
		s.From--
	}
	for s.To > 0 && s.To < len(text) && !utf8.RuneStart(text[s.To]) {
		s.To++
	}
	return s
}
