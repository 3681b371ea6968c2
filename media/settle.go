package media

import "context"

// lookAt finds out which targets exist.
func (l *Library) lookAt(ctx context.Context, items []PutItem) error {
	return l.lookPast(ctx, items, func(string) {})
}

// lookPast is lookAt that tells of every key that a listing comes by.
func (l *Library) lookPast(ctx context.Context, items []PutItem, seen func(key string)) error {
	spots := make([]*spot, 0, len(items))
	owner := make([]int, 0, len(items))
	for i := range items {
		if items[i].Code == "" {
			spots = append(spots, &spot{path: items[i].Path, key: items[i].Key})
			owner = append(owner, i)
		}
	}
	if err := l.lookSeeing(ctx, spots, seen); err != nil {
		return err
	}
	for n, s := range spots {
		if s.old != nil {
			items[owner[n]].Exists, items[owner[n]].Old = true, *s.old
		}
	}
	return nil
}

// settle decides what becomes of each item.
func (l *Library) settle(ctx context.Context, plan *PutPlan, choice IfExists) error {
	taken := make(map[string]bool, len(plan.Items))
	for i := range plan.Items {
		item := &plan.Items[i]
		if item.Code != "" {
			continue
		}
		if taken[item.Key] && choice != KeepBoth {
			item.Code = CodeDuplicate
			continue
		}
		if err := l.decide(ctx, item, choice, taken); err != nil {
			return err
		}
		taken[item.Key] = true
	}
	plan.count()
	return nil
}

// Decide changes what becomes of one item whose name is taken.
func (l *Library) Decide(ctx context.Context, plan *PutPlan, i int, choice IfExists) error {
	item := &plan.Items[i]
	if !item.Exists || item.Code != "" && item.Code != CodeExists {
		return nil
	}
	item.Code = ""
	taken := make(map[string]bool, len(plan.Items))
	for j := range plan.Items {
		if j != i && plan.Items[j].Code == "" {
			taken[plan.Items[j].Key] = true
		}
	}
	if err := l.decide(ctx, item, choice, taken); err != nil {
		return err
	}
	plan.count()
	return nil
}

func (p *PutPlan) count() {
	p.Bytes = 0
	for _, item := range p.Items {
		if item.Code == "" {
			p.Bytes += item.Size
		}
	}
}

func (l *Library) decide(ctx context.Context, item *PutItem, choice IfExists, taken map[string]bool) error {
	if !item.Exists && !taken[item.Key] {
		return nil
	}
	switch choice {
	case Replace:
		return nil
	case KeepBoth:
		return l.freeName(ctx, item, taken)
	case Skip:
		same, err := l.sameContent(ctx, *item, item.Old)
		if err != nil {
			return err
		}
		item.Code = CodeConflict
		if same {
			item.Code = CodeSame
		}
		return nil
	}
	item.Code = CodeExists
	return nil
}

// freeName finds the first of name-2, name-3 ... that is neither in the
// bucket nor in the plan.
func (l *Library) freeName(ctx context.Context, item *PutItem, taken map[string]bool) error {
	original := item.Path
	for n := 2; ; n++ {
		name := numbered(original, n)
		if taken[l.space.Key(name)] {
			continue
		}
		old, err := l.look(ctx, name)
		if err != nil {
			return err
		}
		if old != nil {
			continue
		}
		if err := l.space.CheckName(name); err != nil {
			e := nameError(err)
			item.Code, item.Args = e.Code, e.TextArgs()
			return nil
		}
		l.name(item, name)
		item.Exists, item.Old = false, Item{}
		return nil
	}
}
