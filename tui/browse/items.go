package browse

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/media"
)

// items is a list of media that a folder of a million files fits into: what a
// listing tells of one takes some 90 bytes here, and 350 as a media.Item.
type items struct {
	rows []row
	// folder is what all paths begin with, and key what all keys do.
	folder, key string
	begun       bool
	// classes are the storage classes that occur: a handful.
	classes []string
}

// row is what a listing tells of an item, below the list's folder. Whatever
// does not fit is in whole.
type row struct {
	name     string
	size     int64
	modified int64 // nanoseconds since 1970
	sum      [16]byte
	parts    int32 // -1: there is no ETag; 0: it is sum; else sum and "-" and this
	class    uint8
	folder   bool
	whole    *media.Item
}

func (l *items) len() int { return len(l.rows) }

// at is the i-th item, as it was added.
func (l *items) at(i int) media.Item {
	r := &l.rows[i]
	if r.whole != nil {
		return *r.whole
	}
	it := media.Item{Path: l.folder + r.name, Key: l.key + r.name, Folder: r.folder, Size: r.size, StorageClass: l.classes[r.class]}
	if r.modified != 0 {
		it.Modified = time.Unix(0, r.modified).UTC()
	}
	if r.parts >= 0 {
		it.ETag = hex.EncodeToString(r.sum[:])
		if r.parts > 0 {
			it.ETag += "-" + strconv.Itoa(int(r.parts))
		}
	}
	return it
}

// path is that of the i-th item, without the rest.
func (l *items) path(i int) string {
	if r := &l.rows[i]; r.whole != nil {
		return r.whole.Path
	}
	return l.folder + l.rows[i].name
}

// facts are what the i-th item is sorted by: its row, without a name.
func (l *items) facts(i int) row {
	r := l.rows[i]
	if r.whole == nil {
		return r
	}
	f := row{size: r.whole.Size, folder: r.whole.Folder}
	if !r.whole.Modified.IsZero() {
		f.modified = r.whole.Modified.UnixNano()
	}
	return f
}

func (l *items) add(more []media.Item) {
	l.rows = slices.Grow(l.rows, len(more))
	for _, it := range more {
		l.rows = append(l.rows, l.pack(it))
	}
}

func (l *items) set(i int, it media.Item)    { l.rows[i] = l.pack(it) }
func (l *items) insert(i int, it media.Item) { l.rows = slices.Insert(l.rows, i, l.pack(it)) }

// drop takes the items away whose paths are gone.
func (l *items) drop(gone func(path string) bool) {
	kept := l.rows[:0]
	for i := range l.rows {
		if !gone(l.path(i)) {
			kept = append(kept, l.rows[i])
		}
	}
	clear(l.rows[len(kept):])
	l.rows = kept
}

// pack is an item as the list keeps it.
func (l *items) pack(it media.Item) row {
	if !l.begun && it.Key != "" {
		l.begun = true
		l.folder = strings.Clone(it.Path[:lastFolder(it.Path)])
		l.key = strings.Clone(strings.TrimSuffix(it.Key, it.Path[len(l.folder):]))
	}
	name, inside := strings.CutPrefix(it.Path, l.folder)
	r := row{size: it.Size, parts: -1, folder: it.Folder}
	if !it.Modified.IsZero() {
		r.modified = it.Modified.UnixNano()
	}
	if !inside || it.Key != l.key+name || !r.sums(it.ETag) || !l.sorted(&r, it.StorageClass) {
		return row{whole: &it}
	}
	// What is more than a listing tells is rare, and kept as it is.
	if r.modified != 0 && !time.Unix(0, r.modified).Equal(it.Modified) || r.modified == 0 && !it.Modified.IsZero() || it.ContentType != "" || it.Metadata != nil || it.CacheControl != "" || it.ContentDisposition != "" || it.Encryption != "" || it.VersionID != "" {
		return row{whole: &it}
	}
	r.name = strings.Clone(name) // a page's keys would be kept with it
	return r
}

// lastFolder is where the name of a file or a folder begins in its path.
func lastFolder(path string) int {
	return strings.LastIndexByte(strings.TrimSuffix(path, "/"), '/') + 1
}

// sums keeps an ETag in binary; false when it is not as S3 makes them.
func (r *row) sums(etag string) bool {
	if etag == "" {
		return true
	}
	sum, parts, several := strings.Cut(etag, "-")
	n := 0
	if several {
		var err error
		if n, err = strconv.Atoi(parts); err != nil || n < 1 || n > 10_000 || strconv.Itoa(n) != parts {
			return false
		}
	}
	if len(sum) != 32 || strings.ToLower(sum) != sum {
		return false
	}
	if _, err := hex.Decode(r.sum[:], []byte(sum)); err != nil {
		return false
	}
	r.parts = int32(n)
	return true
}

// sorted notes an item's storage class; false when there are too many.
func (l *items) sorted(r *row, class string) bool {
	i := slices.Index(l.classes, class)
	if i < 0 {
		if i = len(l.classes); i > 255 {
			return false
		}
		l.classes = append(l.classes, strings.Clone(class))
	}
	r.class = uint8(i)
	return true
}
