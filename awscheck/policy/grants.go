package policy

// evaluation is one request being decided. It lives on the stack of Evaluate.
type evaluation struct {
	request *Request
	// variables is true while a document is read whose version has policy
	// variables.
	variables bool
	// bounded is true for a principal with a permissions boundary.
	bounded bool
}

// grants are the statements of one layer that apply to the request.
type grants struct {
	present     bool
	allow, deny *Statement
}

// missing reports whether the layer exists and does not allow.
func (g grants) missing() bool { return g.present && g.allow == nil }

// resourceGrants are the statements of a resource's policy that apply, parted
// by how they name the principal, because that decides which other layers
// still limit them.
type resourceGrants struct {
	deny    *Statement
	direct  *Statement // names the user, the session, the service, or everybody
	role    *Statement // names the role of the session
	account *Statement // names the account: delegates
}

// any returns the strongest grant.
func (g resourceGrants) any() *Statement {
	switch {
	case g.direct != nil:
		return g.direct
	case g.role != nil:
		return g.role
	}
	return g.account
}

// optionalGrants reads a layer that may be absent.
func (e *evaluation) optionalGrants(d *Document) grants {
	g := grants{present: d != nil}
	if d != nil {
		e.read(d, &g)
	}
	return g
}

// identityGrants reads documents of which any may allow.
func (e *evaluation) identityGrants(docs []Document) grants {
	g := grants{present: docs != nil}
	for i := range docs {
		e.read(&docs[i], &g)
	}
	return g
}

// everybodysGrants reads documents that stand for whoever asks: they name
// principals, mostly "*", and one that names none means everybody.
func (e *evaluation) everybodysGrants(docs []Document) grants {
	g := grants{present: docs != nil}
	for i := range docs {
		e.readEverybody(&docs[i], &g)
	}
	return g
}

// optionalEverybody is everybodysGrants of a document that may be absent.
func (e *evaluation) optionalEverybody(d *Document) grants {
	g := grants{present: d != nil}
	if d != nil {
		e.readEverybody(d, &g)
	}
	return g
}

func (e *evaluation) readEverybody(d *Document, g *grants) {
	e.variables = d.Version == Version2012
	for i := range d.Statements {
		s := &d.Statements[i]
		binds := s.Principal == nil && s.NotPrincipal == nil || e.names(s) != unnamed
		switch {
		case !binds || !e.covers(s, false):
		case s.Effect == Deny:
			keepFirst(&g.deny, s)
		case s.Effect == Allow:
			keepFirst(&g.allow, s)
		}
	}
}

// read adds the statements of a document without principals.
func (e *evaluation) read(d *Document, g *grants) {
	e.variables = d.Version == Version2012
	for i := range d.Statements {
		s := &d.Statements[i]
		switch {
		case s.Effect == Deny && g.deny == nil:
			if e.covers(s, false) {
				g.deny = s
			}
		case s.Effect == Allow && g.allow == nil:
			if e.covers(s, false) {
				g.allow = s
			}
		}
	}
}

// resourceGrants reads the policy of the resource.
func (e *evaluation) resourceGrants(d *Document) resourceGrants {
	var g resourceGrants
	if d == nil {
		return g
	}
	e.variables = d.Version == Version2012
	trust := e.assumesRole()
	for i := range d.Statements {
		s := &d.Statements[i]
		how := e.names(s)
		if how == unnamed || !e.covers(s, trust) {
			continue
		}
		switch {
		case s.Effect == Deny:
			keepFirst(&g.deny, s)
		case s.Effect != Allow:
		case how == byAccount:
			keepFirst(&g.account, s)
		case how == byRole:
			keepFirst(&g.role, s)
		default:
			keepFirst(&g.direct, s)
		}
	}
	return g
}

func keepFirst(to **Statement, s *Statement) {
	if *to == nil {
		*to = s
	}
}

// covers reports whether action, resource and conditions of s fit the
// request. Trust policies have no resource: there absence covers; anywhere
// else a statement without one has no effect.
func (e *evaluation) covers(s *Statement, trust bool) bool {
	return s.CoversAction(e.request.Action) && e.coversResource(s, trust) && e.holds(s.Conditions)
}

// CoversAction reports whether the statement's Action or NotAction is about
// action, whatever its Effect, Resource and Condition.
func (s *Statement) CoversAction(action string) bool {
	if s.NotAction != nil {
		return !matchAction(s.NotAction, action)
	}
	return matchAction(s.Action, action)
}

func matchAction(patterns []string, action string) bool {
	for _, p := range patterns {
		if wildcardMatch(p, action, true) {
			return true
		}
	}
	return false
}

func (e *evaluation) coversResource(s *Statement, trust bool) bool {
	switch {
	case s.NotResource != nil:
		return !e.matchResource(s.NotResource)
	case s.Resource == nil:
		return trust
	}
	return e.matchResource(s.Resource)
}

func (e *evaluation) matchResource(patterns []string) bool {
	for _, p := range patterns {
		if e.matchPattern(p, e.request.Resource) {
			return true
		}
	}
	return false
}
