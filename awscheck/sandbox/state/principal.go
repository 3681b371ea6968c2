package state

import (
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

var (
	accountNumber = lazyregexp.New(`^\d{12}$`)
	uniqueID      = lazyregexp.New(`^A(ID|RO)A[A-Z0-9]{17}$`)
	principalARN  = lazyregexp.New(`^arn:aws[a-z-]*:(iam|sts)::(\d{12}):(root|user/.+|role/.+|assumed-role/[^/]+/.+)$`)
)

// PrincipalExists says whether a policy may name the principal p ("AWS" in a
// Principal element): AWS takes none that is not there. Of other accounts the
// sandbox knows nothing, and takes what has the right form.
func (s *State) PrincipalExists(p string) bool {
	if p == "*" || accountNumber.MatchString(p) || uniqueID.MatchString(p) {
		return true
	}
	m := principalARN.FindStringSubmatch(p)
	if m == nil {
		return false
	}
	account, what := m[2], m[3]
	if account != s.ID() {
		return true
	}
	name := what[strings.LastIndexByte(what, '/')+1:]
	switch kind, rest, _ := strings.Cut(what, "/"); kind {
	case "user":
		u, ok := s.User(account, name)
		return ok && u.ARN == p
	case "role":
		r, ok := s.Role(name)
		return ok && r.ARN == p
	case "assumed-role":
		role, _, _ := strings.Cut(rest, "/")
		_, ok := s.Role(role)
		return ok
	}
	return true
}
