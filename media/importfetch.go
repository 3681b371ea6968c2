package media

import (
	"context"
	"os"
	"path/filepath"

	"github.com/mediadock/mediadock/media/remote"
)

// download brings a file to the disk.
func (m *importer) download(ctx context.Context, item *ImportItem, s sink) (string, remote.Answer, error) {
	dir, err := m.tempDir()
	if err != nil {
		return "", remote.Answer{}, localError(m.plan.o.TempDir, err, CodeLocalUnwritable)
	}
	f, err := os.CreateTemp(dir, "file-*")
	if err != nil {
		return "", remote.Answer{}, localError(dir, err, CodeLocalUnwritable)
	}
	meter := newMeter(s, OpImport, "", "", -1)
	meter.event.From = item.From
	var total int64 = -1
	answer, err := m.client.Get(ctx, item.url, limitedWriter{ctx, f, m.l.limit}, func(n, t int64) {
		if total = t; total >= 0 {
			meter.total = total
		}
		meter.add(n)
	})
	if cerr := f.Close(); err == nil && cerr != nil {
		err = localError(f.Name(), cerr, CodeLocalUnwritable)
	}
	return f.Name(), answer, err
}

// tempDir is made when it is first needed, and written down, so that a later
// run removes it if this one is killed.
func (m *importer) tempDir() (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dir != "" {
		return m.dir, nil
	}
	dir, err := os.MkdirTemp(m.plan.o.TempDir, importTempPrefix)
	if err != nil {
		return "", err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return "", err
	}
	m.dir = dir
	return dir, m.plan.state.note(importRecord{State: importTemp, Path: dir}, false)
}

// limitedWriter keeps downloads under the library's rate.
type limitedWriter struct {
	ctx   context.Context
	f     *os.File
	limit *limiter
}

func (w limitedWriter) Write(p []byte) (n int, err error) {
	for len(p) > 0 {
		step := w.limit.step(len(p))
		if err := w.limit.wait(w.ctx, step); err != nil {
			return n, err
		}
		k, err := w.f.Write(p[:step])
		n += k
		if err != nil {
			return n, err
		}
		p = p[step:]
	}
	return n, nil
}
