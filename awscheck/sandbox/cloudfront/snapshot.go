package cloudfront

import (
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// Snapshot is what has become of the distributions and their origin access
// controls, to be kept. Invalidations are not: the caches that they were of
// begin anew.
type Snapshot struct {
	Distributions []savedRecord  `json:"distributions"`
	Controls      []savedControl `json:"controls"`
}

type savedRecord struct {
	Edge     account.Distribution `json:"edge"`
	Config   config               `json:"config"`
	Names    []string             `json:"names"`
	ETag     string               `json:"etag"`
	Modified time.Time            `json:"modified"`
}

type savedControl struct {
	ID     string        `json:"id"`
	ETag   string        `json:"etag"`
	Config controlConfig `json:"config"`
}

// Snapshot is how everything is at this moment.
func (s *Server) Snapshot() Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out Snapshot
	for _, r := range s.records {
		out.Distributions = append(out.Distributions, savedRecord{r.base, r.config, r.names, r.etag, r.modified})
	}
	for _, c := range s.controls {
		out.Controls = append(out.Controls, savedControl{c.id, c.etag, c.config})
	}
	return out
}

// Restore makes everything what it was, and tells the edge.
func (s *Server) Restore(was Snapshot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.records, s.controls = nil, nil
	for _, d := range was.Distributions {
		s.records = append(s.records, &record{base: d.Edge, config: d.Config, names: d.Names, etag: d.ETag, modified: d.Modified})
		if s.edge != nil {
			s.edge.Configure(d.Edge)
		}
	}
	for _, c := range was.Controls {
		s.controls = append(s.controls, &control{id: c.ID, etag: c.ETag, config: c.Config})
	}
}
