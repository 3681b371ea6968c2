package browse

import (
	"context"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/preview"
	"github.com/mediadock/mediadock/tui/job"
)

// rest is how long the cursor stays on a file before anything is asked of S3:
// a cursor that flies over a folder costs no request.
const rest = 150 * time.Millisecond

// sight is what is shown of the file under the cursor.
type sight struct {
	full bool // it has the whole body

	key     string // of the file, with its version; empty: no file
	item    media.Item
	since   time.Time // when the cursor came to it
	waiting bool      // it has not rested long enough
	load    *job.Job
	seen    *preview.Preview
	err     error
}

// seen is the end of looking at a file.
type seen struct {
	key string
	p   preview.Preview
	err error
}

// showing tells whether there is a place where a file is shown.
func (b *Browse) showing() bool { return b.lib != nil && (b.sight.full || b.split()) }

func sightKey(it media.Item) string {
	return it.Key + "\x00" + it.ETag + "\x00" + strconv.FormatInt(it.Size, 10) + "\x00" + strconv.FormatInt(it.Modified.Unix(), 10)
}

// look follows the cursor: what was begun for another file is cancelled, what
// is known is shown at once, and for the rest it waits.
func (b *Browse) look() tea.Cmd {
	s := &b.sight
	it, ok := b.folder.at()
	key := ""
	if ok && !it.Folder && it.Key != "" && b.showing() {
		key = sightKey(it)
	}
	if key == s.key {
		return nil
	}
	s.load.Cancel()
	*s = sight{full: s.full, key: key, item: it}
	if key == "" || archived(it) {
		return nil
	}
	if p, ok := b.env.Shown.Previews.Get(key); ok {
		s.seen = &p
		return nil
	}
	s.waiting, s.since = true, b.now()
	return b.env.Tick(rest)
}

// rested begins to read when the cursor has stayed for long enough.
func (b *Browse) rested(at time.Time) tea.Cmd {
	s := &b.sight
	if !s.waiting {
		return nil
	}
	if at.Sub(s.since) < rest {
		return b.env.Tick(rest - max(at.Sub(s.since), 0))
	}
	s.waiting = false
	lib, it, key := b.lib, s.item, s.key
	kept := b.env.Shown.Previews
	var cmd tea.Cmd
	s.load, cmd = b.env.Do(func(ctx context.Context) any {
		f := preview.File{Name: it.Name(), Size: it.Size, ContentType: contentType(it)}
		p, err := preview.Look(ctx, f, func(ctx context.Context, off, n int64) ([]byte, error) {
			return lib.Bytes(ctx, it, off, n)
		})
		if err == nil {
			kept.Put(key, p)
		}
		return seen{key, p, err}
	})
	return cmd
}

func (b *Browse) sighted(m job.Done, r seen) {
	s := &b.sight
	if !s.load.Is(m.ID) || r.key != s.key {
		return // of a file that the cursor has left
	}
	s.load = nil
	if s.err = r.err; r.err == nil {
		s.seen = &r.p
	}
}

// forget lets a file be read again that could not be.
func (s *sight) forget() {
	if s.err != nil {
		s.key = ""
	}
}

// archived tells whether S3 would refuse to read a file, as far as a listing
// tells.
func archived(it media.Item) bool {
	return it.StorageClass == "GLACIER" || it.StorageClass == "DEEP_ARCHIVE"
}

func contentType(it media.Item) string {
	if it.ContentType != "" {
		return it.ContentType
	}
	return media.ContentType(it.Name(), nil)
}

// Sized looks at the file under the cursor where there is room for it now.
func (b *Browse) Sized() tea.Cmd {
	b.keepTree()
	return b.look()
}
