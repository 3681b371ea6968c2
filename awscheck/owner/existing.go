package owner

import (
	"maps"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Existing are the documents that have been read so far, for fixes to be
// merged into. It asks for nothing.
func (s *Side) Existing() diagnose.Existing {
	var e diagnose.Existing
	if p := s.reads.role.peek(); p.State == Known {
		e.Trust, e.BoundaryARN = &p.Value.Trust, p.Value.BoundaryARN
	}
	if p := s.reads.permissions.peek(); p.State == Known {
		if len(p.Value.Inline) > 0 {
			e.Permissions = maps.Clone(p.Value.Inline)
		}
		e.Attached, e.Boundary = maps.Clone(p.Value.Attached), p.Value.Boundary
	}
	switch p := s.reads.bucketPolicy.peek(); p.State {
	case Known:
		e.Bucket = &p.Value.Document
	case Absent:
		e.NoBucketPolicy = true
	}
	e.Key, e.KeyARN = s.reads.encryption.peek().Value.existing()
	return e
}

// peek is the part if it has been read.
func (o *once[T]) peek() Part[T] {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.part
}
