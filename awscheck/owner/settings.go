package owner

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// settings are the bucket's settings that more than one row needs.
type settings struct {
	publicAccess once[publicAccess]
	lifecycle    once[[]Rule]
}

// delivery is how files reach people.
type delivery int

const (
	direct  delivery = iota // from S3, to everybody
	through                 // through a distribution, which alone may read
	private                 // to a service that reads with credentials of its own
)

func (w Wants) delivery() delivery {
	switch {
	case w.Domain != "" || w.Distribution != "":
		return through
	case slices.Contains(publicReaders, w.Integration):
		return direct
	}
	return private
}

// gaps are what could not be read of what a row needs.
type gaps struct {
	needs   []string
	message string
	open    bool
}

// gap adds what p lacks.
func gap[T any](g *gaps, p Part[T]) {
	g.open = g.open || p.State != Known && p.State != Absent
	switch p.State {
	case Denied:
		if !slices.Contains(g.needs, p.Needs) {
			g.needs = append(g.needs, p.Needs)
		}
	case Failed, NotAsked:
		if g.message == "" {
			g.message = said(p.Evidence)
		}
	}
}

func (g gaps) none() bool { return !g.open }

// finding is that of a row that cannot be told for the gaps.
func (g gaps) finding() Finding {
	if len(g.needs) > 0 {
		return unknown(strings.Join(g.needs, ", "))
	}
	return Finding{Status: Unknown, What: Unread, Args: diagnose.Args{"message": g.message}}
}

// note adds a note to a finding.
func (f *Finding) note(id string, args diagnose.Args) {
	f.Notes = append(f.Notes, diagnose.Note{ID: id, Args: args})
}
