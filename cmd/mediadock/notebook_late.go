package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/media/journal/held"
	"github.com/mediadock/mediadock/media/privacy"
)

// What the catalogue did not take (its server is away, another program keeps
// it busy) is kept on this computer until it is opened the next time.

// mostLate is how many things that the next listing tells by itself are kept of
// one operation; renames and what was decided about private data are kept without
// limit, since nothing else tells them.
const mostLate = 100_000

// lateLine is a noteLine in a file. Paths are bytes: S3 allows names that are
// no text.
type lateLine struct {
	Op   string    `json:"op"`
	From []byte    `json:"from,omitempty"`
	Path []byte    `json:"path,omitempty"`
	Size int64     `json:"size,omitempty"`
	ETag string    `json:"etag,omitempty"`
	Time time.Time `json:"time"`
	// Uploaded and Private are as in noteLine.
	Uploaded bool   `json:"uploaded,omitempty"`
	Private  string `json:"private,omitempty"`
}

func lateLineOf(l noteLine) lateLine {
	return lateLine{Op: l.op, From: []byte(l.from), Path: []byte(l.to.Path), Size: l.to.Size, ETag: l.to.ETag, Time: l.at,
		Uploaded: l.uploaded, Private: l.private.String()}
}

func (l lateLine) line() noteLine {
	private, _ := privacy.ParseDecision(l.Private) // as it was written here
	return noteLine{op: l.Op, from: string(l.From), at: l.Time, late: true, uploaded: l.Uploaded, private: private,
		to: catalog.Object{Path: string(l.Path), Size: l.Size, ETag: l.ETag, Modified: l.Time}}
}

func (a *app) lateDir() string { return filepath.Join(a.dirs.State, "unnoted") }

// latePrefix begins the names of the files for a place in the catalogue that is
// in use. A password is no part of it: it may be another one tomorrow.
func (a *app) latePrefix(sel selection) string {
	key := catalogueKey(sel)
	sum := sha256.Sum256([]byte(strings.Join([]string{catalog.Redacted(a.catalogueAt()), key.Partition, key.Bucket, key.Directory}, "\x00")))
	return hex.EncodeToString(sum[:8]) + "-"
}

// keep writes down what was not noted.
func (n *notebook) keep(lines []noteLine) error {
	if n.late == nil {
		f, err := held.Create(n.app.lateDir(), n.app.latePrefix(n.sel))
		if err != nil {
			return err
		}
		n.late = f
	}
	var out [][]byte
	for _, l := range lines {
		if l.op != media.OpMove && l.private.Empty() {
			if n.kept++; n.kept > mostLate {
				continue
			}
		}
		data, err := json.Marshal(lateLineOf(l))
		if err != nil {
			return err
		}
		out = append(out, data)
	}
	if len(out) == 0 {
		return nil
	}
	return n.late.Sync(out...)
}

// settle gives up the file of an operation that has ended, for whoever opens
// the catalogue next.
func (n *notebook) settle() {
	if n.late != nil {
		n.late.Release(false)
		n.late, n.kept = nil, 0
	}
}

// noteLate notes what was not noted earlier, in its order. What fails stays for
// the next time.
func (a *app) noteLate(ctx context.Context, sel selection, place *catalog.Place) (err error) {
	if a.dirs.State == "" {
		return nil
	}
	held.Adopt(a.lateDir(), a.latePrefix(sel), func(f *held.File, data []byte) {
		if err != nil { // not before those that are older
			f.Release(false)
			return
		}
		var lines []noteLine
		for _, line := range held.Lines(data) {
			var l lateLine
			if json.Unmarshal(line, &l) == nil { // the last one may have been cut short
				lines = append(lines, l.line())
			}
		}
		err = eachRun(lines, func(run []noteLine) error { return take(ctx, place, run) })
		f.Release(err == nil)
	})
	return err
}

// eachRun calls do for runs of lines of one kind, at most a batch each.
func eachRun(lines []noteLine, do func(run []noteLine) error) error {
	for len(lines) > 0 {
		same := 1
		for same < len(lines) && same < notebookBatch && lines[same].op == lines[0].op {
			same++
		}
		if err := do(lines[:same]); err != nil {
			return &undone{lines, err}
		}
		lines = lines[same:]
	}
	return nil
}

// undone is what eachRun did not come to.
type undone struct {
	lines []noteLine
	err   error
}

func (u *undone) Error() string { return u.err.Error() }
func (u *undone) Unwrap() error { return u.err }

func undoneOf(err error) []noteLine {
	var u *undone
	if errors.As(err, &u) {
		return u.lines
	}
	return nil
}
