package tuitest

import (
	"context"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/world"
)

// CDN is a World before whose media a CDN stands.
type CDN struct {
	*World
	On bool // purged unless the person says otherwise
	// Answer is what becomes of a purge.
	Answer world.Purged
	// Foreign is the account of a distribution that is not the role's.
	Foreign string
	// Purges are the keys and folders of each purge.
	Purges [][]string
	// Owing is what is owed now, by the paths of plans; Paid is what becomes
	// of what was owed before, nil where nothing was.
	Owing []string
	Paid  *world.Purged
}

var _ world.Purger = (*CDN)(nil)

// PurgePlan counts a path for each file.
func (c *CDN) PurgePlan(_ string, plan media.RemovePlan) (world.PurgePlan, bool) {
	return world.PurgePlan{Paths: len(plan.Items), Free: 1000, USD: 0.005 * float64(len(plan.Items)), On: c.On, Foreign: c.Foreign}, true
}

// Purge keeps what was asked for.
func (c *CDN) Purge(_ context.Context, _ string, keys, folders []string) world.Purged {
	c.Purges = append(c.Purges, append(append([]string(nil), keys...), folders...))
	return c.Answer
}

// Owe keeps the paths of a plan until they are settled.
func (c *CDN) Owe(_ context.Context, _ string, plan media.RemovePlan) (settle func()) {
	for _, it := range plan.Items {
		c.Owing = append(c.Owing, it.Path)
	}
	return func() { c.Owing = nil }
}

// PayOwed answers with Paid.
func (c *CDN) PayOwed(context.Context, string) (world.Purged, bool) {
	if c.Paid == nil {
		return world.Purged{}, false
	}
	return *c.Paid, true
}
