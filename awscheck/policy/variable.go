package policy

import "strings"

// matchPattern compares s with a pattern that may hold wildcards and policy
// variables. A variable that has no value matches nothing.
func (e *evaluation) matchPattern(pattern, s string) bool {
	if !e.needsExpansion(pattern) {
		return wildcardMatch(pattern, s, false)
	}
	var buf [256]byte
	expanded, ok := e.expand(buf[:0], pattern, true)
	return ok && wildcardMatch(string(expanded), s, false)
}

// needsExpansion reports whether the pattern is more than text and wildcards:
// it has variables, or holds the byte that marks literals.
func (e *evaluation) needsExpansion(pattern string) bool {
	for i := range len(pattern) {
		switch {
		case pattern[i] == literal:
			return true
		case pattern[i] == '$' && e.variables && i+1 < len(pattern) && pattern[i+1] == '{':
			return true
		}
	}
	return false
}

// expand appends pattern with its variables replaced. With wildcards true the
// result is a pattern in which the replaced text is marked literal; otherwise
// it is plain text. It fails when a variable has no value and no default, or
// several values.
func (e *evaluation) expand(to []byte, pattern string, wildcards bool) ([]byte, bool) {
	for i := 0; i < len(pattern); {
		if e.variables && strings.HasPrefix(pattern[i:], "${") {
			v, size, ok := parseVariable(pattern[i:])
			if ok {
				text, found := e.valueOf(v)
				if !found {
					return to, false
				}
				to = appendLiteral(to, text, wildcards)
				i += size
				continue
			}
		}
		c := pattern[i]
		if c == literal && wildcards {
			to = append(to, literal)
		}
		to = append(to, c)
		i++
	}
	return to, true
}

func appendLiteral(to []byte, text string, wildcards bool) []byte {
	for i := range len(text) {
		if wildcards && (text[i] == '*' || text[i] == '?' || text[i] == literal) {
			to = append(to, literal)
		}
		to = append(to, text[i])
	}
	return to
}

// variable is one ${key} or ${key, 'default'}.
type variable struct {
	key          string
	defaultValue string
	hasDefault   bool
}

// parseVariable reads the variable at the start of s, which begins with "${",
// and its length. What is no variable stays text.
func parseVariable(s string) (v variable, size int, ok bool) {
	end := strings.IndexAny(s, ",}")
	if end < 0 {
		return v, 0, false
	}
	v.key = s[2:end]
	if v.key == "" || strings.ContainsAny(v.key, " \t") {
		return v, 0, false
	}
	if s[end] == '}' {
		return v, end + 1, true
	}
	rest := strings.TrimLeft(s[end+1:], " ")
	if !strings.HasPrefix(rest, "'") {
		return v, 0, false
	}
	value, after, found := strings.Cut(rest[1:], "'")
	if !found {
		return v, 0, false
	}
	after = strings.TrimLeft(after, " ")
	if !strings.HasPrefix(after, "}") {
		return v, 0, false
	}
	v.defaultValue, v.hasDefault = value, true
	return v, len(s) - len(after) + 1, true
}

// valueOf resolves a variable. ${*}, ${?} and ${$} are the characters
// themselves.
func (e *evaluation) valueOf(v variable) (string, bool) {
	switch v.key {
	case "*", "?", "$":
		return v.key, true
	}
	if values := e.lookup(v.key); values.len() == 1 && values.at(0) != "" {
		return values.at(0), true
	}
	return v.defaultValue, v.hasDefault
}
