package media

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// A file on its way here is two files beside its place, hidden, with one name
// that follows from what is fetched to where, so that the next run finds them:
//
//	.mediadock-ID.part    the content so far, each part at its place
//	.mediadock-ID.state   which bytes of it are true, and who is at it
//
// The state is locked while a process is at it. It is not trusted: of each
// part it tells how many bytes came and their MD5, which is compared with what
// the content has before a download goes on.
const (
	partialPrefix      = ".mediadock-"
	partialSuffix      = ".part"
	partialStateSuffix = ".state"
	partialID          = 26 // characters

	partialStateMagic = "mediadock-part-1"
	stateHead         = len(partialStateMagic) + sha256.Size
	slotSize          = 8 + md5.Size

	// noteStep is how many bytes of a part come between two notes about it:
	// what a killed process loses.
	noteStep = 4 * mebi
	// worthKeeping is what an interrupted download has to have for its partial
	// file to be kept.
	worthKeeping = mebi
)

// isPartial tells whether a name is one that partial files have. No object is
// fetched to such a name.
func isPartial(local string) bool {
	name := strings.ToLower(filepath.Base(local))
	id, ours := strings.CutPrefix(name, partialPrefix)
	if !ours {
		return false
	}
	for _, suffix := range []string{partialSuffix, partialStateSuffix} {
		if rest, is := strings.CutSuffix(id, suffix); is && len(rest) == partialID {
			return true
		}
	}
	return false
}

// partialName is where an object is kept on its way to a local file.
func partialName(bucket, key, local string) string {
	dir, base := filepath.Split(local)
	sum := sha256.Sum256([]byte(bucket + "\x00" + key + "\x00" + base))
	id := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:])
	return filepath.Join(dir, partialPrefix+strings.ToLower(id[:partialID]))
}

// slot is what is true of one part: its first bytes, and their MD5.
type slot struct {
	got int64
	sum [md5.Size]byte
}

// partial is a file on its way here.
type partial struct {
	root      *os.Root
	name      string // without a suffix
	file      *os.File
	state     *os.File
	identity  [sha256.Size]byte
	slots     []slot // as an earlier run left them
	stale     bool   // an earlier run left some of another object
	mu        sync.Mutex
	began     bool // the state's head is written
	resumed   int64
	collected int64 // what is noted
}

// partialOf opens what an earlier run left of an item, or begins. parts is how
// many it is cut into, and of says what it is.
func partialOf(root *os.Root, name, final string, parts int64, of ...string) (*partial, error) {
	p := &partial{root: root, name: name, slots: make([]slot, parts)}
	p.identity = sha256.Sum256([]byte(strings.Join(of, "\x00")))
	var err error
	if p.state, err = lockedState(root, name+partialStateSuffix); err != nil {
		return nil, err
	}
	if p.read() {
		p.file, err = p.left(final)
	}
	if p.file == nil && err == nil {
		p.slots = make([]slot, parts)
		p.file, err = p.begin()
	}
	if err != nil {
		p.discard()
		return nil, err
	}
	return p, nil
}

var errBusy = errors.New("another process is fetching this file")

// lockedState opens and locks a state file. One that was removed between the
// two is no good: the next process would lock another one.
func lockedState(root *os.Root, name string) (*os.File, error) {
	for range 100 {
		if err := clearUnlessFile(root, name); err != nil {
			return nil, err
		}
		f, err := root.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, err
		}
		if !lock(f) {
			f.Close()
			return nil, errBusy
		}
		mine, err := f.Stat()
		if err == nil {
			var there fs.FileInfo
			if there, err = root.Lstat(name); err == nil && os.SameFile(mine, there) {
				return f, nil
			}
		}
		f.Close()
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return nil, errBusy
}

// clearUnlessFile removes a link or the like, which may lead to anything.
func clearUnlessFile(root *os.Root, name string) error {
	info, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil || info.Mode().IsRegular():
		return err
	}
	return root.Remove(name)
}

// read takes over what the state says, if it is about this object.
func (p *partial) read() bool {
	data, err := io.ReadAll(io.LimitReader(p.state, int64(stateHead)+mostParts*slotSize))
	if err != nil || len(data) < stateHead || string(data[:len(partialStateMagic)]) != partialStateMagic {
		return false
	}
	if !bytes.Equal(data[len(partialStateMagic):stateHead], p.identity[:]) {
		p.stale = true
		return false
	}
	for i := range p.slots {
		at := stateHead + i*slotSize
		if at+slotSize > len(data) {
			break
		}
		p.slots[i].got = int64(binary.BigEndian.Uint64(data[at:])) //nolint:gosec // section bounds it
		copy(p.slots[i].sum[:], data[at+8:])
	}
	p.began = true
	return true
}

// left opens the content that an earlier run left; nil if there is none. One
// that is in its place already, as after a kill just then, must not be
// touched.
func (p *partial) left(final string) (*os.File, error) {
	info, err := p.root.Lstat(p.name + partialSuffix)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if there, err := p.root.Lstat(final); err == nil && os.SameFile(info, there) {
		return nil, nil
	}
	return p.root.OpenFile(p.name+partialSuffix, os.O_RDWR, 0)
}

// begin makes the content anew, never in place: the old one may be another
// name of a finished file.
func (p *partial) begin() (*os.File, error) {
	if err := p.root.Remove(p.name + partialSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := p.state.Truncate(0); err != nil {
		return nil, err
	}
	p.began = false
	return p.root.OpenFile(p.name+partialSuffix, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
}

// resume is how much of a part, which is at off and n long, is here already.
// sum has it then.
func (p *partial) resume(ctx context.Context, i int, off, n int64, sum hash.Hash) (int64, error) {
	s := p.slots[i]
	if s.got <= 0 || s.got > n {
		return 0, ctx.Err()
	}
	_, err := io.Copy(sum, contextReader{ctx, io.NewSectionReader(p.file, off, s.got)})
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	if err != nil || !bytes.Equal(sum.Sum(nil), s.sum[:]) {
		sum.Reset() // what cannot be read here is fetched
		return 0, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.resumed += s.got
	p.collected += s.got
	return s.got, nil
}

// note writes down how much of a part is true, which it may not be any more
// after the computer itself went down: resume looks. A note that cannot be
// written costs nothing but a download from further back.
func (p *partial) note(i int, got int64, sum hash.Hash, more int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.began {
		head := append([]byte(partialStateMagic), p.identity[:]...)
		if _, err := p.state.WriteAt(head, 0); err != nil {
			return
		}
		p.began = true
	}
	b := binary.BigEndian.AppendUint64(make([]byte, 0, slotSize), uint64(got)) //nolint:gosec // never negative
	if _, err := p.state.WriteAt(sum.Sum(b), int64(stateHead+i*slotSize)); err == nil {
		p.collected += more
	}
}

// worth tells whether what is here is worth going on with.
func (p *partial) worth() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.collected >= worthKeeping
}

// keep lets go of it as it is.
func (p *partial) keep() {
	if p.file != nil {
		p.file.Close()
	}
	p.state.Close()
}

// discard removes it.
func (p *partial) discard() {
	if p.file != nil {
		p.file.Close()
	}
	_ = p.root.Remove(p.name + partialSuffix)
	p.end()
}

// end removes the state, last of all, and lets go of it. Some systems remove
// no open file: there it is closed first.
func (p *partial) end() {
	err := p.root.Remove(p.name + partialStateSuffix)
	p.state.Close()
	if err != nil {
		_ = p.root.Remove(p.name + partialStateSuffix)
	}
}

// identityOf is what has to be the same for a download to go on.
func (f *fetch) identityOf(part int64) []string {
	return []string{f.l.space.Bucket, f.item.Key, f.item.ETag, strconv.FormatInt(f.item.Size, 10), strconv.FormatInt(part, 10)}
}
