package plain

import (
	"context"
	"strings"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// documents offers the documents that follow from settings, prints one, and
// writes it to a file where that is wanted.
func (x *session) documents(ctx context.Context, settings wizard.Settings) error {
	for {
		filled, own := world.Trusting(settings, x.caller)
		also := world.SecondPrincipal(settings, x.caller)
		docs := world.Preview(x.world, filled, func(key string) string { return x.c.Say("field."+key+".label", nil) }, also)
		options := make([]option, 0, len(docs))
		for _, d := range docs {
			options = append(options, option{words: x.c.UI.Documents.Title(d.ID) + x.c.UI.Check.Colon + x.state(d)})
		}
		options[0].under = x.l.Documents
		n, err := x.t.menu(ctx, x.l, options, menuWords{question: x.l.AskDocument, help: []string{x.l.HelpDocument}, back: true, usual: back})
		if err != nil || n == back {
			return err
		}
		x.t.line("")
		x.t.line(x.c.UI.Documents.Title(docs[n].ID) + x.c.UI.Check.Colon + x.state(docs[n]))
		if own && docs[n].ID == wizard.DocumentTrust {
			x.t.line(text.Fill(x.c.UI.Setup.OwnAccount, "account", world.Grouped(x.caller.Account)))
		}
		if also != "" && docs[n].ID == wizard.DocumentTrust {
			x.t.line(text.Fill(x.c.UI.Setup.AlsoOwnAccount, "account", world.Grouped(also)))
		}
		x.t.line("")
		for line := range strings.SplitSeq(strings.TrimRight(docs[n].Body, "\n"), "\n") {
			x.t.line(safe(line))
		}
		x.t.line("")
		if len(docs[n].Missing) == 0 {
			if err := x.write(ctx, docs[n]); err != nil {
				return err
			}
		}
	}
}

// state tells whether a document is complete.
func (x *session) state(d world.Document) string {
	if len(d.Missing) == 0 {
		return x.l.Complete
	}
	var labels []string
	for _, key := range d.Missing {
		labels = append(labels, x.c.Say("field."+key+".label", nil))
	}
	return text.Fill(x.c.UI.Setup.StillNeeds, "fields", strings.Join(labels, x.l.Comma))
}

// write asks for a file's name; enter alone writes none. The error is that of
// the answers alone.
func (x *session) write(ctx context.Context, d world.Document) error {
	for {
		x.t.line(text.Fill(x.l.ExampleFile, "file", d.File))
		x.t.say("%s > ", x.l.AskFile)
		line, err := x.t.answer(ctx)
		name := strings.TrimSpace(line)
		if err != nil || name == "" || name == goBack {
			return err
		}
		path, err := x.world.WriteFile(ctx, name, []byte(d.Body))
		if err == nil {
			x.t.line(text.Fill(x.c.UI.Frame.Written, "path", safe(path)))
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		x.t.trouble(x.world, x.c, "", err)
	}
}
