package preview

import (
	"context"
	"image"
	"image/color"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/preview"
	"github.com/mediadock/mediadock/tui/job"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// rest is how long a file is shown before anything is asked of S3: who flies
// over many costs no request.
const rest = 150 * time.Millisecond

// Read gives up to n bytes of a file from off on.
type Read func(ctx context.Context, it media.Item, off, n int64) ([]byte, error)

// Sight looks at one file at a time, for a screen that shows it. The zero value
// looks at nothing.
type Sight struct {
	item    media.Item
	key     string // of the file, with its version; empty: no file
	since   time.Time
	waiting bool // it has not been shown for long enough
	load    *job.Job
	seen    *preview.Preview
	err     error

	drawn []drawn
}

// mostDrawn is how many drawn pictures are kept.
const mostDrawn = 8

// drawn is a picture as it was drawn, so that a key press costs no drawing.
type drawn struct {
	of         *image.RGBA
	cols, rows int
	ground     color.RGBA
	lines      []string
}

// sighted is the end of looking at a file.
type sighted struct {
	key string
	p   preview.Preview
	err error
}

// key tells the versions of files apart. It is the one that the browser keeps
// previews under, too.
func key(it media.Item) string {
	return it.Key + "\x00" + it.ETag + "\x00" + strconv.FormatInt(it.Size, 10) + "\x00" + strconv.FormatInt(it.Modified.Unix(), 10)
}

// Look turns to a file, or with none to nothing: what was begun for another one
// is cancelled, what is known is shown at once, and for the rest Beat waits.
// Under another screen there is nothing to look at.
func (s *Sight) Look(env *screen.Env, it *media.Item) tea.Cmd {
	k := ""
	if it != nil && it.Key != "" && env.OnTop() {
		k = key(*it)
	}
	if k == s.key {
		return nil
	}
	s.load.Cancel()
	*s = Sight{key: k, drawn: s.drawn}
	if k == "" {
		return nil
	}
	s.item = *it
	if p, ok := env.Shown.Previews.Get(k); ok {
		s.seen = &p
		return nil
	}
	s.waiting, s.since = true, env.Now()
	return env.Tick(rest)
}

// Beat begins to read when the file was shown for long enough.
func (s *Sight) Beat(env *screen.Env, at time.Time, read Read) tea.Cmd {
	if !s.waiting || !env.OnTop() {
		return nil
	}
	if at.Sub(s.since) < rest {
		return env.Tick(rest - max(at.Sub(s.since), 0))
	}
	s.waiting = false
	it, k, kept := s.item, s.key, env.Shown.Previews
	var cmd tea.Cmd
	s.load, cmd = env.Do(func(ctx context.Context) any {
		f := preview.File{Name: it.Name(), Size: it.Size, ContentType: it.ContentType}
		if f.ContentType == "" {
			f.ContentType = media.ContentType(it.Name(), nil)
		}
		p, err := preview.Look(ctx, f, func(ctx context.Context, off, n int64) ([]byte, error) { return read(ctx, it, off, n) })
		if err == nil {
			kept.Put(k, p)
		}
		return sighted{k, p, err}
	})
	return cmd
}

// Done takes the end of looking and tells whether it was that. What was read of
// a file that is no longer shown is dropped.
func (s *Sight) Done(m job.Done) bool {
	r, ok := m.Result.(sighted)
	if !ok || !s.load.Is(m.ID) || r.key != s.key {
		return ok
	}
	s.load = nil
	if s.err = r.err; r.err == nil {
		s.seen = &r.p
	}
	return true
}

// Forget lets a file be read again that could not be.
func (s *Sight) Forget() {
	if s.err != nil {
		s.key = ""
	}
}

// Close ends the reading.
func (s *Sight) Close() { s.load.Cancel() }

// Seen is what is known of the file; nil while nothing is.
func (s *Sight) Seen() *preview.Preview { return s.seen }

// Reading tells that the file is being read.
func (s *Sight) Reading() bool { return s.load != nil }

// Failed is why the file could not be read; nil where it could, or was not
// tried.
func (s *Sight) Failed() error { return s.err }

// Lines draws the picture in at most cols by rows cells; none where there is
// none, or no room, or the terminal has too few colours.
func (s *Sight) Lines(env *screen.Env, cols, rows int) []string {
	if s.seen == nil || s.seen.Picture == nil || rows < 2 || cols < 4 || !Draws(env.Shown.Profile) {
		return nil
	}
	ground := color.RGBA{255, 255, 255, 255}
	if env.Theme.Dark {
		ground = color.RGBA{24, 24, 24, 255}
	}
	for _, d := range s.drawn {
		if d.of == s.seen.Picture && d.cols == cols && d.rows == rows && d.ground == ground {
			return d.lines
		}
	}
	d := drawn{s.seen.Picture, cols, rows, ground, Lines(s.seen.Picture, cols, rows, ground)}
	s.drawn = append(s.drawn[max(len(s.drawn)-mostDrawn+1, 0):], d)
	return d.lines
}

// None tells that there is no picture to draw, as far as is known now.
func (s *Sight) None(env *screen.Env) bool {
	return s.err != nil || s.seen != nil && (s.seen.Picture == nil || !Draws(env.Shown.Profile))
}

// Facts is one line: dimensions, format and size, as far as they are known.
func (s *Sight) Facts() string {
	p := s.seen
	if p == nil {
		return ""
	}
	var parts []string
	if p.Width > 0 {
		parts = append(parts, text.Thousands(int64(p.Width))+" x "+text.Thousands(int64(p.Height)))
	}
	if p.Format != "" && p.Format != "text" {
		parts = append(parts, p.Format)
	}
	return strings.Join(append(parts, text.Bytes(s.item.Size)), "  ")
}

// Says is what is under way, or why there is no picture; empty where there is
// nothing to say.
func (s *Sight) Says(env *screen.Env, connection string) string {
	w, p := &env.Text.UI.Preview, s.seen
	switch {
	case s.err != nil:
		return w.NotRead + " " + env.InOneLine(connection, s.err)
	case s.waiting || s.load != nil:
		return w.Reading
	case p == nil:
		return ""
	case p.Why != "":
		return w.Why(p.Why, text.Bytes(preview.WholeBytes))
	case p.Picture == nil:
		return w.Unsupported
	case !Draws(env.Shown.Profile):
		return w.NoColour
	case p.Thumbnail:
		return w.Thumbnail
	case p.Moving:
		return w.Moving
	}
	return ""
}
