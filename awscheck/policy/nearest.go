package policy

// Nearest finds, among the documents' statements that allow r.Action, the
// Resource pattern that comes nearest to r.Resource: the one with the fewest
// characters to change, among equals the longest. It is what a refused ARN is
// shown against. It is false where no statement allows the action on named
// resources.
//
// A pattern that matches is the nearest of all: then it is no resource that
// was refused, but a condition that was not met, or another layer.
func Nearest(r Request, docs ...Document) (pattern string, ok bool) {
	best := -1
	for i := range docs {
		for j := range docs[i].Statements {
			s := &docs[i].Statements[j]
			if s.Effect != Allow || !s.CoversAction(r.Action) {
				continue
			}
			for _, p := range s.Resource {
				cost := align(r.Resource, p).cost
				if best < 0 || cost < best || cost == best && len(p) > len(pattern) {
					pattern, best = p, cost
				}
			}
		}
	}
	return pattern, best >= 0
}
