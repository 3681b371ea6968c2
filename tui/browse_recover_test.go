package tui_test

import (
	"context"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// cutLibrary is a library in which a rename was cut short, until it is
// recovered.
type cutLibrary struct {
	*tuitest.Library
	cuts []media.Cut
	undo *bool
}

func (l *cutLibrary) CutShort() int { return len(l.cuts) }

func (l *cutLibrary) PlanRecover(context.Context) (*media.RecoverPlan, error) {
	return &media.RecoverPlan{Cuts: l.cuts}, nil
}

func (l *cutLibrary) Recover(_ context.Context, _ *media.RecoverPlan, undo bool, emit func(media.Event)) media.Summary {
	l.undo, l.cuts = &undo, nil
	emit(media.Event{Type: media.EventItem, Op: media.OpRecover, Path: "logo.png", Status: media.StatusDone})
	return media.Summary{Done: 1}
}

func TestBrowseAsksWhatBecomesOfACutRename(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		undo *bool
	}{
		"later":  {[]string{"enter"}, nil},
		"esc":    {[]string{"esc"}, nil},
		"finish": {[]string{"down", "enter"}, new(bool)},
		"undo":   {[]string{"down", "down", "enter"}, func() *bool { b := true; return &b }()},
	} {
		t.Run(name, func(t *testing.T) {
			lib := &cutLibrary{Library: some(), cuts: []media.Cut{{Op: media.OpMove, From: "logo.png", To: "brand/logo.png",
				Items: []media.CutItem{{From: "logo.png", To: "brand/logo.png", Found: media.FoundBoth}}}}}
			wd := busy()
			wd.Lib = lib
			d := start(t, wd, tui.Options{Start: tui.StartBrowse, Connection: "prod"}, 80, 24)
			d.See("Cut short: 1 rename", "logo.png", "brand/logo.png", "decide later", "finish them", "undo them")
			d.Press(c.keys...)
			d.Settle()
			if (lib.undo == nil) != (c.undo == nil) || lib.undo != nil && *lib.undo != *c.undo {
				t.Errorf("recovered: %v", lib.undo)
			}
			if c.undo != nil {
				d.See("1 brought to one name")
			}
		})
	}
}
