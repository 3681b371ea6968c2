package media

import (
	"context"
	"strings"

	"github.com/mediadock/mediadock/media/doctor"
)

// ImportChoice is what becomes of a file that has come and is not stored yet.
type ImportChoice string

// The choices.
const (
	ImportAsIs     ImportChoice = ""
	ImportKept     ImportChoice = "keep"  // as it is, because somebody said so
	ImportStripped ImportChoice = "strip" // without what it tells beside its content, as far as that can be taken out
	ImportNot      ImportChoice = "leave-out"
)

// before decides about a file that has come, before anybody can see it.
func (m *importer) before(ctx context.Context, put *PutItem) error {
	if m.plan.o.Before == nil || put.Code != "" {
		return nil
	}
	m.asking.Lock() // one question at a time
	defer m.asking.Unlock()
	if err := ctx.Err(); err != nil {
		return &Error{Code: CodeAborted, Path: put.Path, Err: err}
	}
	choice, err := m.plan.o.Before(ctx, *put)
	if err != nil {
		return err
	}
	switch choice {
	case ImportStripped:
		put.StripPrivate()
	case ImportKept:
		put.KeepPrivate()
	case ImportNot:
		put.Code = CodeLeftOut
	}
	return nil
}

// addTwin notes that another file of the list differs in case or form alone.
func (i *PutItem) addTwin(item *ImportItem) {
	if item.twin.Code != "" && i.Path == item.Path {
		i.Notes = append(i.Notes, item.twin)
	}
}

// fixForeign is a better path for a name that a URL or a server tells; the
// folder, which the person has named, stays.
func (l *Library) fixForeign(folder, name string, about *PutItem) string {
	if name == "" {
		return folder
	}
	n := l.doctored(folder, "", name, about)
	return folder + strings.ReplaceAll(doctor.Fix(n), "/", "-")
}

// named holds for what will be fetched and has a name already.
func (i ImportItem) named() bool {
	return i.Code == "" && i.Path != "" && !strings.HasSuffix(i.Path, "/")
}

// paths are those of the items that will be fetched, as far as they are known.
func (p *ImportPlan) paths() []PutItem {
	var all []PutItem
	for _, item := range p.Items {
		if item.named() {
			all = append(all, PutItem{Path: item.Path})
		}
	}
	return all
}

// noteTwins finds items whose paths differ from another's, or from one in the
// bucket, in case or form alone. Those whose names may be changed are numbered
// with FixNames, in the order of the list.
func (p *ImportPlan) noteTwins(there []string) {
	known, twins := map[string]bool{}, doctor.NewTwins()
	for _, path := range there {
		twins.Add(path)
	}
	for _, item := range p.Items {
		if item.Exact && (item.Code == "" || item.Code == CodeImported) {
			twins.Add(item.Path)
			known[item.Path] = true
		}
	}
	for i := range p.Items {
		item := &p.Items[i]
		if !item.named() {
			continue
		}
		if path := item.Path; p.o.FixNames && !item.Exact {
			for n := 2; !known[path] && twins.Of(path).Code != ""; n++ {
				path = numbered(item.Path, n)
			}
			item.Path = path
		}
		item.twin = twins.Of(item.Path)
		twins.Add(item.Path)
		known[item.Path] = true
	}
}
