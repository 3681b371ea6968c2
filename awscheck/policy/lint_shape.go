package policy

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of AWS for the size of a document, in characters without white
// space ("IAM and AWS STS quotas"; bucket and key policies are bytes).
const (
	limitTrustDefault = 2_048
	limitTrust        = 4_096
	limitManaged      = 6_144
	limitInlineRole   = 10_240
	limitBucket       = 20_480
	limitKey          = 32_768
)

// document checks what concerns no single statement.
func (l *linter) document() {
	if l.doc.Version == "" {
		l.add(-1, "version-missing")
	}
	if len(l.doc.Statements) == 0 {
		l.add(-1, "no-statements")
	} else if l.kind == KindTrust {
		l.assumable()
	}
	if l.doc.ID != "" && (l.kind == KindIdentity || l.kind == KindTrust) {
		l.add(-1, "id-not-allowed")
	}
	l.size()
}

func (l *linter) size() {
	text, err := json.Marshal(l.doc)
	if err != nil {
		return // a document made in Go that has no JSON form has no size
	}
	switch n := utf8.RuneCount(text); l.kind {
	case KindTrust:
		if n > limitTrust {
			l.tooLarge("too-large", n, limitTrust)
		} else if n > limitTrustDefault {
			l.tooLarge("too-large-default", n, limitTrustDefault)
		}
	case KindIdentity:
		if n > limitInlineRole {
			l.tooLarge("too-large", n, limitInlineRole)
		} else if n > limitManaged {
			l.tooLarge("too-large-managed", n, limitManaged)
		}
	case KindBucket:
		if len(text) > limitBucket {
			l.tooLarge("too-large", len(text), limitBucket)
		}
	case KindKey:
		if len(text) > limitKey {
			l.tooLarge("too-large", len(text), limitKey)
		}
	}
}

func (l *linter) tooLarge(code string, size, limit int) {
	l.add(-1, code, "size", strconv.Itoa(size), "limit", strconv.Itoa(limit))
}

// shape checks which elements a statement has.
func (l *linter) shape(i int, s *Statement) {
	l.sid(i, s)
	named := s.Principal != nil || s.NotPrincipal != nil
	switch {
	case l.kind == KindIdentity && named:
		l.add(i, "principal-not-allowed")
	case l.kind != KindIdentity && !named:
		l.add(i, "principal-missing")
	}
	placed := s.Resource != nil || s.NotResource != nil
	switch {
	case l.kind == KindTrust && placed:
		l.add(i, "resource-not-allowed")
	case l.kind != KindTrust && !placed:
		l.add(i, "resource-missing")
	}
	l.negations(i, s)
	l.emptyLists(i, s)
	l.oldVariables(i, s)
}

// negations points out the elements that say "all but".
func (l *linter) negations(i int, s *Statement) {
	if s.NotPrincipal != nil && l.kind != KindIdentity && l.kind != KindTrust {
		if s.Effect == Allow {
			l.add(i, "allow-not-principal")
		} else {
			l.add(i, "deny-not-principal")
		}
	}
	if s.Effect != Allow {
		return
	}
	if s.NotAction != nil {
		l.add(i, "allow-not-action")
	}
	if s.NotResource != nil && l.kind != KindTrust {
		l.add(i, "allow-not-resource")
	}
}

// sid checks the statement's name. IAM takes letters and digits; bucket and
// key policies take more.
func (l *linter) sid(i int, s *Statement) {
	if s.Sid == "" {
		return
	}
	strict := l.kind == KindIdentity || l.kind == KindTrust
	if strict && strings.ContainsFunc(s.Sid, notAlphanumeric) {
		l.add(i, "sid-charset", "value", s.Sid)
	}
	for _, other := range l.doc.Statements[:i] {
		if other.Sid == s.Sid {
			l.add(i, "sid-repeated", "value", s.Sid)
			break
		}
	}
}

func notAlphanumeric(c rune) bool {
	return (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
}

// emptyLists points out [] where a value is meant: it matches nothing.
func (l *linter) emptyLists(i int, s *Statement) {
	for _, e := range []struct {
		name string
		list []string
	}{
		{"Action", s.Action}, {"NotAction", s.NotAction},
		{"Resource", s.Resource}, {"NotResource", s.NotResource},
	} {
		if e.list != nil && len(e.list) == 0 {
			l.add(i, "empty-list", "name", e.name)
		}
	}
}

// oldVariables points out policy variables that the document's version takes
// for plain text.
func (l *linter) oldVariables(i int, s *Statement) {
	if l.doc.Version == Version2012 {
		return
	}
	lists := [][]string{s.Resource, s.NotResource}
	for _, c := range s.Conditions {
		lists = append(lists, c.Values)
	}
	for _, list := range lists {
		for _, v := range list {
			if strings.Contains(v, "${") {
				l.add(i, "variable-in-old-version", "value", v)
			}
		}
	}
}
