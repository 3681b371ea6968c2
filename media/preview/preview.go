// Package preview turns a media object into something that can be shown: a
// small picture, the first lines of a text, or what the headers of a film or a
// document say. It reads as little as it can and never more than it says;
// objects are taken for hostile, so sizes are judged before anything is
// decoded.
//
// The package is a leaf: it asks for bytes through Read and draws nothing. Why
// something is not shown is a code; words come from tui/text.
package preview

import (
	"bytes"
	"context"
	"errors"
	"image"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mediadock/mediadock/media/privacy"
)

// What a preview costs at most.
const (
	// HeadBytes are read of everything first.
	HeadBytes = 64 << 10
	// WholeBytes is up to how many bytes a picture is read as a whole. Of a
	// larger one the header is read, and the thumbnail that a camera put there.
	WholeBytes = 8 << 20
	// decodeBytes is the memory that decoding a picture may take.
	decodeBytes = 128 << 20
	// Side is the longest side of the small picture, in pixels.
	Side = 512
	// patience is how long all of it may take.
	patience = 30 * time.Second
)

// File is what is known of an object before it is read.
type File struct {
	Name        string
	Size        int64
	ContentType string // may be empty
}

// Read gives up to n bytes of the object from off on. It must return fewer
// only where the object ends.
type Read func(ctx context.Context, off, n int64) ([]byte, error)

// Preview is what can be shown of an object. The zero value is one of which
// nothing is known.
type Preview struct {
	Format string // "JPEG", "PDF"; empty where unknown
	// Width and Height are those of the picture as it is shown, which is after
	// it was turned; 0 where unknown.
	Width, Height int
	Picture       *image.RGBA // at most Side on either side; nil: none
	Thumbnail     bool        // Picture is the one the camera put into the file
	Moving        bool        // Picture is the first of several
	Turned        bool        // the file says that it is to be turned

	Lines    []string // of a text, as they are: make them safe before they are shown
	Encoding string   // of that text: "UTF-8", "Shift_JIS", ...
	Cut      bool     // the text goes on

	Duration time.Duration // of a film or a sound
	Title    string        // of a document, as it is
	Pages    int           // of a document; 0: unknown

	// Private is what the file tells beside its content. It is known only
	// where the whole file was read, which Looked tells.
	Private privacy.Report
	Looked  bool

	Bytes int64  // read to find this out
	Why   string // why there is no picture, a code; empty where one needs none
}

// Codes of Why.
const (
	Empty       = "empty"       // it has no bytes
	TooLarge    = "too-large"   // more than WholeBytes, and no thumbnail in it
	TooMany     = "too-many"    // decoding it would take too much memory
	Damaged     = "damaged"     // it cannot be decoded
	Unsupported = "unsupported" // a format that this program does not draw
	NoText      = "no-text"     // called a text, but it is not one
)

// Codes lists them all.
func Codes() []string { return []string{Empty, TooLarge, TooMany, Damaged, Unsupported, NoText} }

// object is an object that is being looked at.
type object struct {
	File
	read Read
	head []byte
	p    *Preview
}

// Look reads what it needs and says what can be shown. An error is one of
// reading, or the context's; everything that is wrong with the object itself
// is in Why.
func Look(ctx context.Context, f File, read Read) (Preview, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	p := Preview{}
	if f.Size == 0 {
		p.Why = Empty
		return p, nil
	}
	o := &object{File: f, p: &p, read: read}
	var err error
	if o.head, err = o.bytes(ctx, 0, HeadBytes); err != nil {
		return p, err
	}
	err = o.look(ctx)
	if p.Picture == nil && p.Lines == nil && p.Why == "" {
		p.Why = Unsupported
	}
	return p, err
}

func (o *object) look(ctx context.Context) error {
	h := o.head
	switch {
	case isPicture(h):
		return o.picture(ctx)
	case isBoxes(h):
		return o.boxes(ctx)
	case bytes.HasPrefix(h, []byte("%PDF-")):
		return o.pdf(ctx)
	case isSound(h):
		o.sound()
		return nil
	}
	if o.looksLikeText() {
		o.text()
	}
	return nil
}

// bytes reads and counts.
func (o *object) bytes(ctx context.Context, off, n int64) ([]byte, error) {
	n = min(n, o.Size-off)
	if n <= 0 {
		return nil, nil
	}
	data, err := o.read(ctx, off, n)
	if int64(len(data)) > n {
		data = data[:n]
	}
	o.p.Bytes += int64(len(data))
	return data, err
}

// whole reads the rest of the object behind its head.
func (o *object) whole(ctx context.Context) ([]byte, error) {
	if o.Size <= int64(len(o.head)) {
		return o.head, nil
	}
	rest, err := o.bytes(ctx, int64(len(o.head)), o.Size-int64(len(o.head)))
	if err != nil {
		return nil, err
	}
	return append(o.head[:len(o.head):len(o.head)], rest...), nil
}

// tells finds out what a file that was read as a whole tells beside its
// content.
func (o *object) tells(data []byte) {
	r, err := privacy.Look(bytes.NewReader(data), int64(len(data)))
	o.p.Private, o.p.Looked = r, err == nil
}

// looksLikeText tells whether a file is worth showing as one: by its type, or
// by what is in it.
func (o *object) looksLikeText() bool {
	main, sub, _ := strings.Cut(o.ContentType, "/")
	sub, _, _ = strings.Cut(sub, ";")
	switch {
	case main == "text", textTypes[sub], strings.HasSuffix(sub, "+xml"), strings.HasSuffix(sub, "+json"):
		return true
	case textNames[strings.ToLower(path.Ext(o.Name))]:
		return true
	}
	return strings.HasPrefix(http.DetectContentType(o.head), "text/") || utf8.Valid(o.head) && bytes.IndexByte(o.head, 0) < 0
}

var (
	textTypes = map[string]bool{"json": true, "xml": true, "javascript": true, "yaml": true, "x-yaml": true, "x-sh": true, "sql": true, "toml": true}
	textNames = map[string]bool{
		".txt": true, ".md": true, ".csv": true, ".tsv": true, ".srt": true, ".vtt": true, ".svg": true, ".json": true,
		".yaml": true, ".yml": true, ".xml": true, ".html": true, ".css": true, ".js": true, ".log": true, ".ini": true,
	}
)

// canceled tells whether work ended because nobody waits for it any more.
func canceled(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
