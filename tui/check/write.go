package check

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// A file to write is the report or the document of the page. The document is
// kept as it was when it was asked for, for the page may have turned since.
type file struct {
	ask      func(proposed string, why []dialog.Line) // asks for its path, again if need be
	contents func(path string) ([]part, error)        // what is written for that path
	names    string                                   // the name that the fix's command reads, or empty
	filled   bool                                     // it has the external ID
}

// part is one of the files that are written together.
type part struct {
	path string
	data []byte
}

// Messages of the dialog that asks for a path, and of the writing.
type (
	writeFile struct {
		file file
		path string
	}
	written struct {
		file  file
		asked string
		path  string // absolute
		free  string // a name that is free, when the one asked for is not
		err   error
	}
)

// askWhere asks for the report's file; two are written, for people and for
// programs.
func (c *Check) askWhere() {
	w := c.words()
	name := c.place.Connection
	if name == "" {
		name = "connection"
	}
	r := *c.report
	f := file{contents: func(path string) ([]part, error) {
		data, err := c.env.World.ReportJSON(r)
		return []part{
			{path, []byte(report.Text(c.env.Text, r))},
			{strings.TrimSuffix(path, ".txt") + ".json", data},
		}, err
	}}
	f.ask = func(proposed string, why []dialog.Line) {
		c.askFile(w.ReportTitle, append(why, dialog.Prose(w.ReportBody)...), proposed, f)
	}
	f.ask(name+"-report-"+c.env.Now().Format("20060102-1504")+".txt", nil)
}

// askDocument asks for the file of the page's document, under the name that
// the fix's command reads.
func (c *Check) askDocument() {
	w := c.words()
	fix, _ := c.page.documented()
	doc, filled := c.page.whole()
	f := file{names: fileOf(fix), filled: filled, contents: func(path string) ([]part, error) {
		return []part{{path, []byte(doc + "\n")}}, nil
	}}
	var about []dialog.Line
	if hint := c.page.idHint(); hint != "" {
		about = dialog.Prose(hint)
	}
	f.ask = func(proposed string, why []dialog.Line) {
		c.askFile(w.DocumentTitle, append(why, about...), proposed, f)
	}
	f.ask(f.names, nil)
}

func (c *Check) askFile(title string, lines []dialog.Line, proposed string, f file) {
	check := func(v string) string {
		if strings.TrimSpace(v) == "" {
			return c.words().NoFileName
		}
		return ""
	}
	c.env.Post(screen.Ask{Dialog: dialog.NewPrompt(c.env, title, lines, c.words().FileLabel, proposed, check,
		func(v string) tea.Msg { return writeFile{f, strings.TrimSpace(v)} }).
		Completing("", func(typed string) []string { return c.env.World.CompletePath(context.Background(), typed) })})
}

// write writes all parts, or none where the name of one is taken.
func (c *Check) write(m writeFile) tea.Cmd {
	_, cmd := c.env.Do(func(ctx context.Context) any {
		done := written{file: m.file, asked: m.path}
		done.path, done.err = c.writeParts(ctx, m)
		if errors.Is(done.err, fs.ErrExist) {
			done.free = c.free(ctx, m.path)
		}
		return done
	})
	return cmd
}

func (c *Check) writeParts(ctx context.Context, m writeFile) (path string, err error) {
	parts, err := m.file.contents(m.path)
	if err != nil {
		return "", err
	}
	for _, p := range parts {
		if c.taken(ctx, p.path) {
			return "", &fs.PathError{Op: "create", Path: p.path, Err: fs.ErrExist}
		}
	}
	for i, p := range parts {
		abs, err := c.env.World.WriteFile(ctx, p.path, p.data)
		if err != nil {
			return "", err
		}
		if i == 0 {
			path = abs
		}
	}
	return path, nil
}

func (c *Check) taken(ctx context.Context, path string) bool {
	there := c.env.World.CompletePath(ctx, path)
	return slices.Contains(there, path) || slices.Contains(there, path+"/")
}

// free is the next name after path that nothing has: trust-2.json after
// trust.json.
func (c *Check) free(ctx context.Context, path string) string {
	ext := filepath.Ext(path)
	stem := strings.TrimSuffix(path, ext)
	for n := 2; n < 100; n++ {
		next := fmt.Sprintf("%s-%d%s", stem, n, ext)
		if !c.taken(ctx, next) && !c.taken(ctx, strings.TrimSuffix(next, ".txt")+".json") {
			return next
		}
	}
	return path
}

// saved says where the file is, or why it could not be written and what to do.
func (c *Check) saved(r written) {
	w := c.words()
	dir := text.Safe(filepath.Dir(r.asked))
	again := func(proposed, why string) {
		r.file.ask(proposed, []dialog.Line{{Text: why, Role: dialog.Warn, Wrap: true}, {}})
	}
	switch {
	case errors.Is(r.err, fs.ErrExist):
		again(r.free, text.Fill(w.FileExists, "path", text.Safe(r.asked)))
	case errors.Is(r.err, fs.ErrNotExist):
		again(r.asked, text.Fill(w.NoDirectory, "dir", dir))
	case errors.Is(r.err, fs.ErrPermission):
		again(r.asked, text.Fill(w.NoPermission, "dir", dir))
	case r.err != nil:
		c.env.Post(screen.Ask{Dialog: dialog.NewTrouble(c.env, c.env.World.Explain(c.place.Connection, r.err))})
	default:
		path := text.Safe(r.path)
		if r.file.names != "" && filepath.Base(r.path) != r.file.names {
			path = text.Fill(w.OtherName, "path", path, "file", r.file.names)
		}
		line := c.env.Text.UI.Frame.Written
		if r.file.filled {
			line = w.WrittenWhole
		}
		c.env.Post(screen.Say{Line: text.Fill(line, "path", path)})
	}
}
