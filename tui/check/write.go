package check

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// Answers of the dialogs that ask for a file, and what became of it.
type (
	writeReport   struct{ path string }
	writeDocument struct{ path string }
	written       struct {
		path string
		err  error
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
	c.askFile(w.ReportTitle, w.ReportBody, name+"-report-"+c.env.Now().Format("20060102-1504")+".txt",
		func(v string) tea.Msg { return writeReport{v} })
}

func (c *Check) askDocument() {
	c.askFile(c.words().DocumentTitle, "", "policy.json", func(v string) tea.Msg { return writeDocument{v} })
}

func (c *Check) askFile(title, body, proposed string, answer func(string) tea.Msg) {
	check := func(v string) string {
		if strings.TrimSpace(v) == "" {
			return c.words().NoFileName
		}
		return ""
	}
	var lines []dialog.Line
	if body != "" {
		lines = dialog.Prose(body)
	}
	c.env.Post(screen.Ask{Dialog: dialog.NewPrompt(c.env, title, lines, c.words().FileLabel, proposed, check, answer).
		Completing("", func(typed string) []string { return c.env.World.CompletePath(context.Background(), typed) })})
}

func (c *Check) write(m writeReport) tea.Cmd {
	r := *c.report
	plain := report.Text(c.env.Text, r)
	_, cmd := c.env.Do(func(ctx context.Context) any {
		path, err := c.env.World.WriteFile(ctx, m.path, []byte(plain))
		if err != nil {
			return written{err: err}
		}
		data, err := c.env.World.ReportJSON(r)
		if err == nil {
			_, err = c.env.World.WriteFile(ctx, strings.TrimSuffix(m.path, ".txt")+".json", data)
		}
		return written{path, err}
	})
	return cmd
}

func (c *Check) writeDoc(m writeDocument) tea.Cmd {
	if c.page == nil {
		return nil
	}
	doc := c.page.document() + "\n"
	_, cmd := c.env.Do(func(ctx context.Context) any {
		path, err := c.env.World.WriteFile(ctx, m.path, []byte(doc))
		return written{path, err}
	})
	return cmd
}

func (c *Check) saved(r written) {
	if r.err != nil {
		c.env.Post(screen.Ask{Dialog: dialog.NewTrouble(c.env, c.env.World.Explain(c.place.Connection, r.err))})
		return
	}
	c.env.Post(screen.Say{Line: text.Fill(c.env.Text.UI.Frame.Written, "path", text.Safe(r.path))})
}
