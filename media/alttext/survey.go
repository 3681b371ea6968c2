package alttext

import (
	"path"
	"slices"
	"strings"
)

// Coverage is how much of a library is described, in pictures.
type Coverage struct {
	Images     int `json:"images"`
	WithAlt    int `json:"with_alt"` // suspicious ones and hints among them
	Missing    int `json:"missing"`
	Suspicious int `json:"suspicious"`
	Hints      int `json:"hints"`
	Decorative int `json:"decorative"`
}

// Count counts n pictures of a class in; a negative n takes them out.
func (c *Coverage) Count(class Class, n int) {
	c.Images += n
	switch class {
	case Missing:
		c.Missing += n
		return
	case Decorative:
		c.Decorative += n
		return
	case Suspicious:
		c.Suspicious += n
	case Hint:
		c.Hints += n
	}
	c.WithAlt += n
}

// Percent is how many of a hundred pictures need no alt text any more: they
// have one, or are decorative. It is 100 only when none is missing.
func (c Coverage) Percent() int {
	if c.Images == 0 {
		return 100
	}
	return int(int64(c.Images-c.Missing) * 100 / int64(c.Images))
}

// Open is how many pictures somebody should look at.
func (c Coverage) Open() int { return c.Missing + c.Suspicious + c.Hints }

// Folder is the coverage of the pictures that lie in a folder itself.
type Folder struct {
	Path string `json:"path"` // ends in a slash; empty for the top
	Coverage
}

// Judged is a picture of a survey.
type Judged struct {
	Picture
	Verdict
}

// Survey counts pictures and remembers the first of those that somebody should
// look at. The zero value counts alone.
type Survey struct {
	Coverage
	// Keep is how many of each class are remembered.
	Keep int
	// Repeats are the alt texts of which Repeated is true.
	Repeats map[string]bool
	// PerFolder counts folders, too.
	PerFolder bool

	queue   map[Class][]Judged
	folders map[string]*Coverage
}

// Add judges a picture and counts it.
func (s *Survey) Add(p Picture) Judged {
	p.Repeated = s.Repeats[p.Alt]
	j := Judged{p, Judge(p)}
	s.Count(j.Class, 1)
	if s.PerFolder {
		if s.folders == nil {
			s.folders = map[string]*Coverage{}
		}
		dir, _ := path.Split(p.Path)
		f := s.folders[dir]
		if f == nil {
			f = &Coverage{}
			s.folders[dir] = f
		}
		f.Count(j.Class, 1)
	}
	if len(j.Reasons) > 0 && len(s.queue[j.Class]) < s.Keep {
		if s.queue == nil {
			s.queue = map[Class][]Judged{}
		}
		s.queue[j.Class] = append(s.queue[j.Class], j)
	}
	return j
}

// Queue is what somebody should look at, as far as Keep allows: the missing
// ones, the suspicious ones, and then hints.
func (s *Survey) Queue() []Judged {
	return slices.Concat(s.queue[Missing], s.queue[Suspicious], s.queue[Hint])
}

// Folders are the folders with pictures, those with the most open ones first.
func (s *Survey) Folders() []Folder {
	out := make([]Folder, 0, len(s.folders))
	for p, c := range s.folders {
		out = append(out, Folder{p, *c})
	}
	slices.SortFunc(out, func(a, b Folder) int {
		if a.Open() != b.Open() {
			return b.Open() - a.Open()
		}
		return strings.Compare(a.Path, b.Path)
	})
	return out
}

// MostAlike is from how many different pictures on the same alt text is
// suspicious; forms of one picture count once.
const MostAlike = 3

// Repeats finds the alt texts that too many different pictures have. It is told
// of all files of one text after another.
type Repeats struct {
	found map[string]bool
	alt   string
	seen  map[string]bool
}

// Add takes in a file.
func (r *Repeats) Add(file, alt string) {
	if r.seen == nil || alt != r.alt {
		r.alt, r.seen = alt, map[string]bool{}
	}
	if len(r.seen) >= MostAlike {
		return
	}
	if r.seen[Variant(file)] = true; len(r.seen) == MostAlike {
		if r.found == nil {
			r.found = map[string]bool{}
		}
		r.found[alt] = true
	}
}

// Found are the texts.
func (r *Repeats) Found() map[string]bool { return r.found }
