package browse

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/preview"
)

// sight is what is shown of the file under the cursor.
type sight struct {
	preview.Sight
	full bool // it has the whole body
}

// showing tells whether there is a place where a file is shown.
func (b *Browse) showing() bool { return b.lib != nil && (b.sight.full || b.split()) }

// look follows the cursor.
func (b *Browse) look() tea.Cmd {
	it, ok := b.folder.at()
	if !ok || it.Folder || archived(it) || !b.showing() {
		return b.sight.Look(b.env, nil)
	}
	return b.sight.Look(b.env, &it)
}

// rested begins to read when the cursor has stayed for long enough.
func (b *Browse) rested(at time.Time) tea.Cmd {
	lib := b.lib
	return b.sight.Beat(b.env, at, func(ctx context.Context, it media.Item, off, n int64) ([]byte, error) {
		return lib.Bytes(ctx, it, off, n)
	})
}

// archived tells whether S3 would refuse to read a file, as far as a listing
// tells.
func archived(it media.Item) bool {
	return it.StorageClass == "GLACIER" || it.StorageClass == "DEEP_ARCHIVE"
}

// Sized looks at the file under the cursor where there is room for it now.
func (b *Browse) Sized() tea.Cmd {
	b.keepTree()
	return b.look()
}

// Cover ends the reading of what is not shown any more.
func (b *Browse) Cover() { b.look() }
