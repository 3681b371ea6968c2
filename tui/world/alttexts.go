package world

import (
	"context"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
)

// AltTexts is a Catalogue in which alt texts are worked on, one after another.
type AltTexts interface {
	Catalogue
	// Pictures calls yield for every picture whose path begins with a prefix,
	// in the order of paths.
	Pictures(ctx context.Context, prefix string, yield func(catalog.Entry) error) error
	// Repeated calls yield for every file whose alt text at least so many have,
	// those of one alt text after another.
	Repeated(ctx context.Context, least int, yield func(catalog.Entry) error) error
	// Edit writes about a file that is known. catalog.ErrChanged comes with the
	// file as somebody else has written it meanwhile.
	Edit(ctx context.Context, path string, edit catalog.Edit) (catalog.Entry, error)
	// URL is where people find a file.
	URL(path string) string
	// Item is a file as Library.Bytes reads it.
	Item(e catalog.Entry) media.Item
}

// The catalogue's list counts as the truth for a while; reading that of a small
// library again costs little.
const (
	listFresh = 10 * time.Minute
	listSmall = 20_000
)

// ListOld tells whether a list of so many files, read at a time, is old.
func ListOld(at time.Time, now time.Time) bool {
	age := now.Sub(at)
	return age > listFresh || age < 0 // the clock was set back
}

// ReadList tells whether it is to be read before it is used: it never was, or
// is old and quickly read.
func ReadList(at time.Time, files int, now time.Time) bool {
	return at.IsZero() || ListOld(at, now) && files <= listSmall
}
