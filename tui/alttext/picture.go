package alttext

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/preview"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/world"
)

// wide is the width from which the picture is shown beside what is written
// about it, as the browser does. Where there is less, a key shows it above.
const wide = 100

// source is the library that pictures are read from. It is opened with the
// first one: who hides them never asks S3 for anything.
type source struct {
	mu  sync.Mutex
	lib world.Library
}

func (s *source) reader(env *screen.Env, connection string) preview.Read {
	return func(ctx context.Context, it media.Item, off, n int64) ([]byte, error) {
		s.mu.Lock()
		if s.lib == nil {
			lib, err := env.World.Library(ctx, connection)
			if err != nil {
				s.mu.Unlock()
				return nil, err
			}
			s.lib = lib
		}
		lib := s.lib
		s.mu.Unlock()
		return lib.Bytes(ctx, it, off, n)
	}
}

// forget lets the library be opened anew, by who the program runs as now.
func (s *source) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lib = nil
}

func (b *Bench) split() bool { return b.w >= wide && !b.env.Shown.NoPreview }

// sideWidth is what the picture takes of the width.
func (b *Bench) sideWidth() int { return min(b.w*38/100, 80) }

// watch follows what is shown: a picture is read while there is a place for it.
func (b *Bench) watch() tea.Cmd {
	it := b.item()
	if it == nil || b.load != nil || b.err != nil || !b.split() && !b.large {
		return b.sight.Look(b.env, nil)
	}
	return b.sight.Look(b.env, it.file)
}

// togglePicture shows the picture or hides it. Where there is room for it beside
// the text it is the browser's preview that is hidden with it.
func (b *Bench) togglePicture() {
	if b.w < wide {
		b.large = !b.large
		return
	}
	b.env.Shown.NoPreview, b.large = !b.env.Shown.NoPreview, false
}

// pictureLines are the picture in w by h cells, and what there is to say of it.
func (b *Bench) pictureLines(it *item, w, h int) []string {
	t := b.env.Theme
	var under []string
	if facts := b.sight.Facts(); facts != "" {
		under = append(under, t.Muted.Render(grid.Cut(facts, w)))
	}
	says := b.sight.Says(b.env, b.place.Connection)
	if it.gone {
		says = b.words().Gone
	}
	if says != "" {
		for _, l := range grid.Wrap(says, w) {
			under = append(under, t.Muted.Render(l))
		}
	}
	pic := b.sight.Lines(b.env, w, h-len(under))
	if len(pic) == 0 {
		return under[:min(len(under), max(h, 0))]
	}
	return append(append([]string{}, pic...), under...)
}

// beside draws the picture right of lines.
func (b *Bench) beside(it *item, lines []string) []string {
	side := b.sideWidth()
	pic := b.pictureLines(it, side-4, b.h-1)
	out := make([]string, b.h)
	for i := range out {
		left, right := "", ""
		if i < len(lines) {
			left = lines[i]
		}
		if i > 0 && i <= len(pic) {
			right = pic[i-1]
		}
		out[i] = grid.Fit(left, b.w-side) + b.env.Theme.Faint.Render("│") + "  " + right
	}
	return out
}
