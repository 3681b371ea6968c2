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

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// A file to write is the report or the document of the page. The document is
// kept as it was when it was asked for, for the page may have turned since.
type file struct {
	ask      func(proposed string, why []dialog.Line) // asks for its path, again if need be
	contents func(path string) ([]byte, error)        // what is written there
	names    string                                   // the name that the fix's command reads, or empty
	filled   bool                                     // it has the external ID
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

// askWhere asks for the report's file: by its name the form is chosen.
func (c *Check) askWhere() {
	w := c.words()
	name := c.place.Connection
	if name == "" {
		name = "connection"
	}
	r := *c.report
	f := file{contents: func(path string) ([]byte, error) { return c.env.World.ReportFile(r, path) }}
	f.ask = func(proposed string, why []dialog.Line) {
		c.askFile(w.ReportTitle, append(why, dialog.Prose(w.ReportBody)...), proposed, f)
	}
	f.ask(name+"-report-"+c.env.Now().Format("20060102-1504")+".md", nil)
}

// askDocument asks for the file of a fix's document, under the name that the
// command reads.
func (c *Check) askDocument(fix diagnose.Fix) {
	w := c.words()
	doc, filled := c.page.whole(fix.Document)
	f := file{names: fileOf(fix), filled: filled, contents: func(string) ([]byte, error) {
		return []byte(doc + "\n"), nil
	}}
	var about []dialog.Line
	if hint := c.page.idHint(fix.Document); hint != "" {
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

// write writes the file, never over another one.
func (c *Check) write(m writeFile) tea.Cmd {
	_, cmd := c.env.Do(func(ctx context.Context) any {
		done := written{file: m.file, asked: m.path}
		var data []byte
		if data, done.err = m.file.contents(m.path); done.err == nil {
			done.path, done.err = c.env.World.WriteFile(ctx, m.path, data)
		}
		if errors.Is(done.err, fs.ErrExist) {
			done.free = c.free(ctx, m.path)
		}
		return done
	})
	return cmd
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
		if !c.taken(ctx, next) {
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
