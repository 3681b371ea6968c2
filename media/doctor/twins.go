package doctor

import (
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Twins finds paths that differ, and that some system or person takes for one:
// in case alone, which Windows and macOS do not tell apart, or in form alone
// (composed and decomposed), which look the same. It is not for concurrent use.
type Twins struct {
	fold cases.Caser
	by   map[string][]string
}

// NewTwins knows no path yet.
func NewTwins() *Twins { return &Twins{fold: cases.Fold(), by: map[string][]string{}} }

func (t *Twins) key(path string) string { return norm.NFC.String(t.fold.String(norm.NFC.String(path))) }

// Add tells of a path that is there or will be.
func (t *Twins) Add(path string) {
	k := t.key(path)
	for _, p := range t.by[k] {
		if p == path {
			return
		}
	}
	t.by[k] = append(t.by[k], path)
}

// Of is the remark about a path that has a twin; its code is empty where there
// is none.
func (t *Twins) Of(path string) Note {
	for _, other := range t.by[t.key(path)] {
		if other == path {
			continue
		}
		code := CaseTwin
		if norm.NFC.String(other) == norm.NFC.String(path) {
			code = FormTwin
		}
		return Note{Code: code, Args: map[string]string{"other": other}}
	}
	return Note{}
}

// Taken tells whether a path, or a twin of it, is known.
func (t *Twins) Taken(path string) bool { return len(t.by[t.key(path)]) > 0 }
