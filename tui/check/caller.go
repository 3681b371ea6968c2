package check

import (
	"github.com/mediadock/mediadock/tui/caller"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/world"
)

// testAgain is the wish to test after the credentials were mended.
type testAgain struct{}

// refused is what the report says of credentials that AWS does not take: the
// caller's, or else the owner's. It is nil where nothing does.
func (c *Check) refused() *screen.Failed {
	if c.report == nil {
		return nil
	}
	for _, r := range c.report.Results {
		tr := world.Trouble{Causes: r.Causes}
		profile := ""
		if c.owner != nil && r.Reason == caller.OwnerRefused {
			tr.Code, tr.Args, profile = r.Reason, r.Args, c.owner.Profile
		}
		if caller.Refused(tr) {
			return &screen.Failed{Trouble: tr, Profile: profile, Again: testAgain{}}
		}
	}
	return nil
}

// mendCaller shows what is wrong with the credentials and how to mend it, else
// the AWS profiles.
func (c *Check) mendCaller() {
	if f := c.refused(); f != nil && c.job == nil {
		c.env.Post(*f)
		return
	}
	c.env.Post(screen.ChooseCaller{})
}
