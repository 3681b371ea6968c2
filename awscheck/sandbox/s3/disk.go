package s3

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// disk keeps what a server holds in a directory: every body in a file of its
// own, which is never changed, and every change of what there is as one line
// of a log. A request is answered when its line is written, so that whatever
// ends the process, what was answered is there the next time.
//
// The lines are not forced out to the medium one by one: a rehearsal outlives
// its process, not a power cut in the last seconds.
type disk struct {
	dir string

	mu     sync.Mutex // guards what follows
	log    *os.File
	end    int64 // of the last whole line
	broken error // what keeps the log from being written
	freed  []*blob

	use sync.RWMutex // held for reading by every request: bodies stay where they are
}

// blob is a body in its file.
type blob struct {
	disk *disk
	name string
	held *charge
}

func (b *blob) path() string { return filepath.Join(b.disk.bodies(), b.name) }

func (d *disk) bodies() string { return filepath.Join(d.dir, "bodies") }

const (
	logName  = "changes.jsonl"
	newBody  = "new-" // begins the name of a body that is not whole yet
	oldLines = "changes.new"
)

var blobName = lazyregexp.New(`^[0-9a-f]{32}$`)

// cannotKeep is the answer where the directory takes no more. AWS has no such
// one; 507 is one that no client retries.
func cannotKeep(err error) error {
	return awserr.New(http.StatusInsufficientStorage, "InsufficientStorage", "The sandbox cannot write to its data directory: "+reason(err))
}

// reason is an error without the paths of this computer.
func reason(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Op + ": " + p.Err.Error()
	}
	return err.Error()
}

// receive reads a body to its end into a file. Every piece is shown to seen.
func (d *disk) receive(r io.Reader, seen func([]byte)) (_ *content, err error) {
	f, err := os.CreateTemp(d.bodies(), newBody+"*")
	if err != nil {
		return nil, cannotKeep(err)
	}
	defer func() {
		if f != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	size, buf := int64(0), make([]byte, chunkSize)
	for end := false; !end; {
		n, err := io.ReadFull(r, buf)
		if n > 0 {
			seen(buf[:n])
			if _, err := f.Write(buf[:n]); err != nil {
				return nil, cannotKeep(err)
			}
			size += int64(n)
		}
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF: // as in readContent
			end = true
		default:
			return nil, err
		}
	}
	if size == 0 {
		return &content{}, nil
	}
	b := d.blob(newName())
	if err := errors.Join(f.Close(), os.Rename(f.Name(), b.path())); err != nil {
		return nil, cannotKeep(err)
	}
	f = nil
	c := &content{charges: []*charge{b.held}}
	c.append(segment{file: b, size: size})
	return c, nil
}

func newName() string {
	raw := make([]byte, 16)
	_, _ = rand.Read(raw) // never fails (crypto/rand)
	return hex.EncodeToString(raw)
}

// blob is a body's file with one holder. Its bytes cost no memory.
func (d *disk) blob(name string) *blob {
	b := &blob{disk: d, name: name}
	b.held = (&budget{}).open()
	b.held.gone = func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.freed = append(d.freed, b)
	}
	return b
}

// write copies n bytes from off to w.
func (b *blob) write(w io.Writer, off, n int64) error {
	f, err := os.Open(b.path())
	if err != nil {
		return err
	}
	defer f.Close()
	copied, err := io.Copy(w, io.NewSectionReader(f, off, n))
	if err == nil && copied < n {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// sweep removes the bodies that nobody holds any more, if no request is under
// way: one may be reading them, or be about to hold them again.
func (d *disk) sweep() {
	d.mu.Lock()
	idle := len(d.freed) == 0
	d.mu.Unlock()
	if idle || !d.use.TryLock() {
		return
	}
	defer d.use.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, b := range d.freed {
		if b.held.idle() {
			_ = os.Remove(b.path()) // the next start tries again
		}
	}
	d.freed = nil
}

// settled is a content whose bytes are in files, those of the account file
// among them. What is made up stays made up.
func (d *disk) settled(c *content) (*content, error) {
	if c == nil || !c.inMemory() {
		return c, nil
	}
	out := &content{charges: c.charges}
	for _, s := range c.segments {
		if s.data == nil {
			out.append(s)
			continue
		}
		b := d.blob(newName())
		if err := writeWhole(b.path(), s.data); err != nil {
			return nil, cannotKeep(err)
		}
		out.charges = append(out.charges[:len(out.charges):len(out.charges)], b.held)
		out.append(segment{file: b, size: s.size})
	}
	return out, nil
}

// writeWhole writes a file that is there whole or not at all.
func writeWhole(path string, data []byte) error {
	temp := filepath.Join(filepath.Dir(path), newBody+filepath.Base(path))
	if err := errors.Join(os.WriteFile(temp, data, 0o600), os.Rename(temp, path)); err != nil {
		_ = os.Remove(temp)
		return err
	}
	return nil
}

// append writes one line. A line that was written in part is taken away.
func (d *disk) append(line []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.broken != nil {
		return cannotKeep(d.broken)
	}
	line = append(line, '\n')
	if _, err := d.log.WriteAt(line, d.end); err != nil {
		if cut := d.log.Truncate(d.end); cut != nil {
			d.broken = fmt.Errorf("%w, and the part that was written cannot be removed: %w", err, cut)
		}
		return cannotKeep(err)
	}
	d.end += int64(len(line))
	return nil
}

// close gives the log up.
func (d *disk) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.log == nil {
		return nil
	}
	err := errors.Join(d.log.Sync(), d.log.Close())
	d.log, d.broken = nil, os.ErrClosed
	return err
}
