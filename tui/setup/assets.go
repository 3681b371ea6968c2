package setup

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// assets are the files that rules are tried on while they are edited.
type assets struct {
	of    assetsOf
	job   *job.Job
	paths []string
	more  bool
	known bool
}

// assetsOf is what a listing depends on.
type assetsOf struct{ bucket, region, prefix, key string }

type assetsAnswer struct {
	paths []string
	more  bool
	err   error
}

// listAssets lists the files once the step with the rules is in sight, and
// again where what it depends on has changed.
func (s *Setup) listAssets() tea.Cmd {
	lister, ok := s.env.World.(world.AssetLister)
	if !ok || !slices.Contains(s.flow.Step().Fields, "path_rules") {
		return nil
	}
	settings := s.flow.Settings()
	of := assetsOf{settings.Bucket, settings.Region, settings.Prefix, settings.AccessKeyProfile}
	if of == s.assets.of || s.flow.Problem("bucket") != nil || of.bucket == "" || of.region == "" {
		return nil
	}
	s.assets.job.Cancel()
	s.assets = assets{of: of}
	var cmd tea.Cmd
	s.assets.job, cmd = s.env.Do(func(ctx context.Context) any {
		paths, more, err := lister.Assets(ctx, settings)
		return assetsAnswer{paths, more, err}
	})
	return cmd
}

func (s *Setup) listed(id int, a assetsAnswer) {
	if !s.assets.job.Is(id) {
		return
	}
	s.assets.job = nil
	s.assets.paths, s.assets.more, s.assets.known = a.paths, a.more, a.err == nil
}

// rulesLive says how many of the files will show.
func (s *Setup) rulesLive(width int) []string {
	t, say := s.env.Theme, s.env.Sentence
	wrapped := func(line string, render func(...string) string) (out []string) {
		for _, l := range grid.Wrap(line, width) {
			out = append(out, render(l))
		}
		return out
	}
	switch {
	case s.assets.job != nil:
		return wrapped(say("live.imgix.counting", nil), t.Muted.Render)
	case s.assets.of == assetsOf{}:
		return nil
	case !s.assets.known:
		return wrapped(say("live.imgix.uncounted", nil), t.Muted.Render)
	}
	if s.flow.Problem("path_rules") != nil {
		return nil
	}
	shown, missed := wizard.RulesOver(s.flow.Settings(), s.assets.paths, s.assets.more)
	for _, name := range []string{"shown", "total"} {
		shown.Args[name] = grouped(shown.Args[name])
	}
	out := wrapped(say("live."+shown.ID, shown.Args), t.Code.Render)
	if len(missed) > 0 {
		out = append(out, wrapped(say("live.imgix.unmatched", map[string]string{"paths": s.env.Text.List(missed)}), t.Warn.Render)...)
	}
	return out
}

// grouped is a number as people read it.
func grouped(n string) string {
	var v int64
	for _, r := range n {
		v = v*10 + int64(r-'0')
	}
	return text.Thousands(v)
}
