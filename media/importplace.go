package media

import (
	"context"
	"maps"
	"time"
)

// place finds out whether a name is free, and decides by the plan's policy.
// On a name of this run only one file is stored, whatever the policy.
func (m *importer) place(ctx context.Context, item *ImportItem, put *PutItem) error {
	if m.plan.o.RandomSuffix && !item.Exact {
		path, err := m.l.unguessable(put.Path)
		if err != nil {
			return err
		}
		m.l.name(put, path)
	}
	if err := m.l.space.CheckName(put.Path); err != nil {
		return nameError(err)
	}
	if put.Path == item.put.Path {
		put.Exists, put.Old = item.put.Exists, item.put.Old
	} else {
		one := []PutItem{*put}
		if err := m.l.lookAt(ctx, one); err != nil {
			return err
		}
		*put = one[0]
	}
	if item.Twin && m.plan.o.IfExists != KeepBoth && put.Path == item.Path {
		return refuse(CodeSameURLName, put.Path) // whichever arrives first, the first of the list has the name
	}
	for policy := m.plan.o.IfExists; ; {
		taken := m.claim(put.Key)
		if taken == nil && !put.Exists {
			return nil
		}
		if taken != nil && policy != KeepBoth {
			return refuse(CodeSameURLName, put.Path)
		}
		if err := m.decide(ctx, item, put, policy, taken); err != nil {
			return err
		}
		if put.Code == CodeExists && policy == Fail && m.plan.o.Taken != nil && !m.dry {
			var err error
			if policy, err = m.ask(ctx, put); err != nil {
				return err
			}
		}
		if put.Code != "" || policy != KeepBoth || put.Exists {
			return nil
		}
	}
}

// ask has somebody decide about a name that the bucket has. What is there
// already is not asked about.
func (m *importer) ask(ctx context.Context, put *PutItem) (IfExists, error) {
	put.Code = ""
	if err := m.l.decide(ctx, put, Skip, nil); err != nil || put.Code == CodeSame {
		return Skip, err
	}
	put.Code = CodeExists
	m.asking.Lock() // one question at a time
	defer m.asking.Unlock()
	if err := ctx.Err(); err != nil {
		return Fail, &Error{Code: CodeAborted, Path: put.Path, Err: err}
	}
	choice, err := m.plan.o.Taken(ctx, *put)
	if err != nil || choice == Fail || choice == "" {
		return Fail, err
	}
	if put.Code = ""; choice == Skip {
		put.Code = CodeLeftOut
		return Skip, nil
	}
	return choice, m.l.decide(ctx, put, choice, m.names())
}

// names are the keys that this run has taken.
func (m *importer) names() map[string]bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.taken)
}

// claim takes a key for this run; where another file has it already, it gives
// all that are taken.
func (m *importer) claim(key string) map[string]bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.taken[key] {
		return maps.Clone(m.taken)
	}
	m.taken[key] = true
	return nil
}

// decide is the plan's policy about a name that is taken. What an earlier run
// had begun to store may be there: then it is done.
func (m *importer) decide(ctx context.Context, item *ImportItem, put *PutItem, policy IfExists, taken map[string]bool) error {
	if m.dry && policy == Skip { // nothing is here to compare with
		put.Code = CodeExists
		return nil
	}
	if item.begun && !m.dry && put.Exists {
		again := *put
		if again.Size != put.Old.Size { // somebody may have had it stripped
			as := uploadedAs(put.File, put.Old.Size)
			again.Size, again.Private, again.Strip = as.Size, as.Private, as.Strip
		}
		if err := m.l.decide(ctx, &again, Skip, taken); err == nil && again.Code == CodeSame {
			*put = again
			return nil
		}
	}
	return m.l.decide(ctx, put, policy, taken)
}

// store uploads a file that is here.
func (m *importer) store(ctx context.Context, item *ImportItem, put PutItem, e Event) (Event, error) {
	put.settlePrivate(m.plan.o.Privacy) // as it is compared with what is there
	err := m.place(ctx, item, &put)
	if err == nil {
		err = m.before(ctx, &put)
	}
	e.Path, e.Key, e.URL, e.Total, e.File = put.Path, put.Key, put.URL, put.Size, &put
	if err != nil {
		return e, err
	}
	record := importRecord{State: importBegun, ID: item.stateKey(), From: item.From, Path: put.Path, Size: put.Size}
	if put.Code == CodeSame {
		record.State, record.ETag = importDone, put.Old.ETag
		e.Code = CodeSame
		return e, m.plan.state.note(record, false)
	}
	if put.Code == "" {
		if err := m.plan.state.note(record, true); err != nil {
			return e, err
		}
	}
	looked := m.plan.looked
	if put.Path != item.put.Path {
		looked = time.Now()
	}
	done := m.l.putItem(ctx, put, looked, OpImport, m.slots, m.uploads, sink{})
	e.Code, e.Err, e.Bytes, e.Left, e.ETag = done.Code, done.Err, done.Bytes, done.Left, done.ETag
	e.Kept, e.Private = done.Kept, done.Private
	if e.Err == nil && e.Code == "" {
		record.State, record.ETag = importDone, done.ETag
		return e, m.plan.state.note(record, false)
	}
	return e, nil
}
