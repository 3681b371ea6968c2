package s3

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// Open is New for a server that keeps what it holds in a directory, which
// nobody else uses at the same time, and goes on with what is there already:
// acct is what there was at first. Close gives the directory up.
func Open(acct account.Account, o Options) (*Server, error) {
	s := New(acct, o)
	d := &disk{dir: o.Dir}
	if err := os.MkdirAll(d.bodies(), 0o700); err != nil {
		return nil, err
	}
	l := &loading{s: s, d: d, blobs: map[string]*blob{}, touched: map[place]bool{}}
	if err := l.replay(); err != nil {
		return nil, err
	}
	if err := l.tidy(); err != nil {
		_ = d.close()
		return nil, err
	}
	for _, b := range s.buckets {
		b.disk = d
	}
	s.disk = d
	return s, nil
}

// Close gives the server's directory up. It is called once nothing is asked
// any more.
func (s *Server) Close() error {
	if s.disk == nil {
		return nil
	}
	s.disk.sweep()
	return s.disk.close()
}

// place is a key in a bucket.
type place struct{ bucket, key string }

// loading is a start from a directory.
type loading struct {
	s       *Server
	d       *disk
	blobs   map[string]*blob
	lines   int
	touched map[place]bool // whether the account file has the key
}

// DamagedError says that what a directory holds cannot be gone on with.
type DamagedError struct {
	File string
	Line int // 0: the file as a whole
	Err  error
}

func (e *DamagedError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", e.File, e.Err)
	}
	return fmt.Sprintf("%s, line %d: %v", e.File, e.Line, e.Err)
}

func (e *DamagedError) Unwrap() error { return e.Err }

// replay does what the log says, line by line. The last line may have been cut
// short; then its request was never answered.
func (l *loading) replay() error {
	path := filepath.Join(l.d.dir, logName)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	l.d.log = f
	in := bufio.NewReaderSize(f, 256<<10)
	for {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			_ = l.d.close()
			return err
		}
		l.lines++
		if err := l.line(line); err != nil {
			_ = l.d.close()
			return &DamagedError{path, l.lines, err}
		}
		l.d.end += int64(len(line))
	}
	return f.Truncate(l.d.end)
}

func (l *loading) line(line []byte) error {
	var c change
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber() // of rules that are kept as they came
	if err := d.Decode(&c); err != nil {
		return err
	}
	b := l.s.buckets[c.Bucket]
	if b == nil {
		return fmt.Errorf("there is no bucket %q", c.Bucket)
	}
	switch {
	case c.Key != nil:
		if err := l.key(b, *c.Key, c.Versions); err != nil {
			return err
		}
	case c.Upload != nil:
		u := c.Upload
		v, err := loadVersion(u.Version, func([]savedSegment) (*content, error) { return nil, nil })
		if err != nil {
			return err
		}
		b.uploads[u.ID] = &upload{id: u.ID, key: u.Key, started: u.Started, initiator: u.Initiator, version: v, algorithm: u.Algorithm, kind: u.Kind, parts: map[int]*part{}}
	case c.Part != nil:
		u := b.uploads[c.UploadID]
		if u == nil {
			return fmt.Errorf("there is no upload %q", c.UploadID)
		}
		u.parts[c.Part.Number] = l.part(*c.Part)
	case c.Conf != nil:
		b.loadConf(c.Conf)
	}
	if c.Ended != "" {
		delete(b.uploads, c.Ended)
	}
	return nil
}

func (l *loading) key(b *bucket, key string, saved []savedVersion) error {
	at := place{b.name, key}
	if _, seen := l.touched[at]; !seen {
		l.touched[at] = b.index.get(key) != nil
	}
	e := &entry{}
	for _, s := range saved {
		v, err := loadVersion(s, l.lazily)
		if err != nil {
			return err
		}
		e.versions = append(e.versions, v)
	}
	b.index.put(key, e)
	return nil
}

func (l *loading) part(s savedPart) *part {
	body, _ := l.lazily(s.Body) // never fails
	return &part{number: s.Number, etag: s.ETag, body: body, modified: s.Modified, checksum: s.Checksum.load()}
}

// lazily is a body without its holders: much of what a log says is undone by
// what it says later.
func (l *loading) lazily(saved []savedSegment) (*content, error) {
	c := &content{}
	for _, s := range saved {
		seg := segment{seed: s.Seed, off: s.Off, size: s.Size}
		if s.Body != "" {
			if !blobName.MatchString(s.Body) {
				return nil, fmt.Errorf("the name of a body is %q", s.Body)
			}
			if seg.file = l.blobs[s.Body]; seg.file == nil {
				seg.file = l.d.blob(s.Body)
				seg.file.held.holders = 0
				l.blobs[s.Body] = seg.file
			}
		}
		c.append(seg)
	}
	return c, nil
}

// tidy holds the bodies that are still meant, removes the others, and writes
// the log anew where most of it is of no use any more.
func (l *loading) tidy() error {
	live := 0
	for _, b := range l.s.buckets {
		for _, u := range b.uploads {
			for _, p := range u.parts {
				if err := l.claim(p.body); err != nil {
					return err
				}
				live++
			}
			live++
		}
		live++
	}
	for at := range l.touched {
		if e := l.s.buckets[at.bucket].index.get(at.key); e != nil {
			for _, v := range e.versions {
				if err := l.claim(v.body); err != nil {
					return err
				}
			}
		}
		live++
	}
	l.d.freed = nil
	if err := l.removeUnheld(); err != nil {
		return err
	}
	if l.lines > 2*live+1000 {
		return l.rewrite()
	}
	return nil
}

// claim holds a body and sees that its files are whole.
func (l *loading) claim(c *content) error {
	if c == nil {
		return nil
	}
	for _, s := range c.segments {
		if s.file == nil {
			continue
		}
		info, err := os.Stat(s.file.path())
		if err == nil && info.Size() < s.off+s.size {
			err = errors.New("it is shorter than it was")
		}
		if err != nil {
			return &DamagedError{File: s.file.path(), Err: err}
		}
		c.charges = append(c.charges, s.file.held)
		s.file.held.hold()
	}
	return nil
}

// removeUnheld removes what an interrupted process left.
func (l *loading) removeUnheld() error {
	all, err := os.ReadDir(l.d.bodies())
	if err != nil {
		return err
	}
	for _, f := range all {
		name := f.Name()
		ours := blobName.MatchString(name) || strings.HasPrefix(name, newBody)
		if b := l.blobs[name]; ours && (b == nil || b.held.idle()) {
			if err := os.Remove(filepath.Join(l.d.bodies(), name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// rewrite writes a log that says the same in as few lines as it takes.
func (l *loading) rewrite() error {
	path := filepath.Join(l.d.dir, oldLines)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	next := &disk{dir: l.d.dir, log: f}
	if err := errors.Join(l.retell(next), next.close()); err != nil {
		_ = os.Remove(path)
		return err
	}
	if err := l.d.close(); err != nil { // Windows renames nothing that is open
		return err
	}
	log := filepath.Join(l.d.dir, logName)
	if err := os.Rename(path, log); err != nil {
		return err
	}
	f, err = os.OpenFile(log, os.O_RDWR, 0o600)
	l.d.log, l.d.end, l.d.broken = f, next.end, nil
	return err
}

func (l *loading) retell(to *disk) error {
	for _, b := range l.s.buckets {
		if err := to.record(change{Bucket: b.name, Conf: b.saveConf()}); err != nil {
			return err
		}
		for _, u := range b.uploads {
			if err := to.record(change{Bucket: b.name, Upload: saveUpload(u)}); err != nil {
				return err
			}
			for _, p := range u.parts {
				if err := to.record(change{Bucket: b.name, UploadID: u.id, Part: savePart(p)}); err != nil {
					return err
				}
			}
		}
	}
	for at, seeded := range l.touched {
		c := change{Bucket: at.bucket, Key: &at.key}
		if e := l.s.buckets[at.bucket].index.get(at.key); e != nil {
			for _, v := range e.versions {
				c.Versions = append(c.Versions, saveVersion(v))
			}
		}
		if len(c.Versions) == 0 && !seeded {
			continue // as if it had never been
		}
		if err := to.record(c); err != nil {
			return err
		}
	}
	return nil
}
