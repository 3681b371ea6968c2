package audit

import "github.com/mediadock/mediadock/media/audit"

// mostHeld is how many findings of a kind are held: nobody reads more, and a
// library may have millions. All are counted.
const mostHeld = 5000

// finding is one file with which something is wrong.
type finding struct {
	audit.Finding
	command string // that a person may run about it
	left    bool   // Repair found another file there, and left it
}

// group are the findings of one kind.
type group struct {
	kind  audit.Kind
	held  []*finding
	total int
}

// groups are those of which something was found, in the order of audit.Kinds. A
// list shows a heading for each.
type groups struct{ all []*group }

func (g *groups) clear() { g.all = nil }

// of is the group of a kind, made where there is none.
func (g *groups) of(kind audit.Kind) *group {
	at := 0
	for _, k := range audit.Kinds() {
		have := at < len(g.all) && g.all[at].kind == k
		switch {
		case k == kind && have:
			return g.all[at]
		case k == kind:
			n := &group{kind: kind}
			g.all = append(g.all[:at], append([]*group{n}, g.all[at:]...)...)
			return n
		case have:
			at++
		}
	}
	n := &group{kind: kind} // of a kind that is newer than this program's order
	g.all = append(g.all, n)
	return n
}

func (g *groups) add(f *finding) {
	to := g.of(f.Kind)
	to.total++
	if len(to.held) < mostHeld {
		to.held = append(to.held, f)
	}
}

// rows is how many a list has: headings and findings.
func (g *groups) rows() (n int) {
	for _, x := range g.all {
		n += 1 + len(x.held)
	}
	return n
}

// row is what stands in a row: a finding, or the heading of its group.
func (g *groups) row(i int) (*group, *finding) {
	for _, x := range g.all {
		switch {
		case i < 0:
			return nil, nil
		case i == 0:
			return x, nil
		case i <= len(x.held):
			return x, x.held[i-1]
		}
		i -= 1 + len(x.held)
	}
	return nil, nil
}

func (g *groups) heading(i int) bool { _, f := g.row(i); return f == nil }

// find is the row of a finding.
func (g *groups) find(f *finding) (int, bool) {
	i := 0
	for _, x := range g.all {
		i++
		for _, h := range x.held {
			if h == f {
				return i, true
			}
			i++
		}
	}
	return 0, false
}

func (g *groups) total() (n int) {
	for _, x := range g.all {
		n += x.total
	}
	return n
}

// toMend are the held findings that can be mended, and were not tried.
func (g *groups) toMend() (all []*finding) {
	for _, x := range g.all {
		for _, f := range x.held {
			if f.Mendable() && !f.left {
				all = append(all, f)
			}
		}
	}
	return all
}

func (g *groups) mendable() int { return len(g.toMend()) }

// without takes findings away that are mended.
func (g *groups) without(gone map[*finding]bool) {
	kept := g.all[:0]
	for _, x := range g.all {
		held := x.held[:0]
		for _, f := range x.held {
			if gone[f] {
				x.total--
				continue
			}
			held = append(held, f)
		}
		if x.held = held; x.total > 0 {
			kept = append(kept, x)
		}
	}
	g.all = kept
}
