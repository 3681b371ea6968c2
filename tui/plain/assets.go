package plain

import (
	"context"
	"strconv"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// countAssets says how many of the files that are there rules will show, once
// they are answered. Where the files cannot be listed the connection test says
// why.
func (a *asker) countAssets(ctx context.Context, f wizard.Field) {
	lister, ok := a.world.(world.AssetLister)
	if !ok || f.Key != "path_rules" {
		return
	}
	a.t.line(a.c.Say("live.imgix.counting", nil))
	paths, more, err := lister.Assets(ctx, a.flow.Settings())
	if err != nil {
		a.t.line(a.c.Say("live.imgix.uncounted", nil))
		return
	}
	shown, missed := wizard.RulesOver(a.flow.Settings(), paths, more)
	for name, n := range shown.Args {
		if v, err := strconv.ParseInt(n, 10, 64); err == nil {
			shown.Args[name] = text.Thousands(v)
		}
	}
	a.t.line(a.c.Say("live."+shown.ID, shown.Args))
	if len(missed) > 0 {
		a.t.line(sentence(a.c, "live.imgix.unmatched", map[string]string{"paths": a.c.List(missed)}))
	}
}
