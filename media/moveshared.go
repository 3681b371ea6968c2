package media

import (
	"context"
	"time"

	"github.com/mediadock/mediadock/media/journal"
)

// still gives back the copies whose originals may go at once. Of the others it
// says how they ended: a copy that may be another computer's goes with a
// claim, and one that was made a while ago, or may have been copied over, is
// looked at again.
func (m *mover) still(ctx context.Context, jobs []moveJob, s sink) []moveJob {
	sure := jobs[:0]
	for _, j := range jobs {
		switch {
		case j.shared:
			s.item(m.removeShared(ctx, j))
		case !m.careful && time.Since(j.at) < m.l.copyTrust:
			sure = append(sure, j)
		default:
			there, err := m.l.look(ctx, j.To)
			if err == nil && there != nil && there.ETag == j.made {
				sure = append(sure, j)
				continue
			}
			m.keep(j)
			e := moveEvent(j.MoveItem)
			e.Bytes, e.Err = 0, asError(err, j.From.Path)
			if err == nil {
				e.Err = &Error{Code: CodeChanged, Path: j.To}
			}
			s.item(e)
		}
	}
	return sure
}

// removeShared ends a job whose copy may be another computer's.
func (m *mover) removeShared(ctx context.Context, j moveJob) Event {
	e := moveEvent(j.MoveItem)
	if err := m.l.removeOneOf(ctx, m.d, m.op, j.id, j.From, j.copy()); err != nil {
		m.keep(j)
		e.Bytes, e.Err = 0, asError(err, j.From.Path)
		return e
	}
	m.op.Note(journal.Step{ID: j.id, State: journal.Done})
	return e
}

// copy is what the job stored.
func (j moveJob) copy() Item { return Item{Path: j.To, Key: j.ToKey, ETag: j.made} }

// takeBack removes copies that could not be written down: nothing is to be
// left in two places that the journal does not know of. Those that may be
// another computer's stay.
func (m *mover) takeBack(ctx context.Context, jobs []moveJob, why error, s sink) {
	for _, j := range jobs {
		e := j.stopped(why)
		err := error(refuse(CodeCutFresh, j.From.Path, "to", j.To, "minutes", "5"))
		if !j.shared {
			err = m.l.removeOneOf(ctx, m.d, m.op, j.id, j.copy(), j.From)
		}
		if err != nil {
			m.keep(j)
			e.Err = bothExist(j.MoveItem, "s3:DeleteObject", asError(err, j.From.Path))
		}
		s.item(e)
	}
}
