package plain

import (
	"context"
	"strings"

	"github.com/mediadock/mediadock/tui/checklist"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// documents offers the documents that follow from settings, prints one, and
// writes it to a file where that is wanted. What a person marks as pasted is
// remembered under name, that of the draft or the connection.
func (x *session) documents(ctx context.Context, settings wizard.Settings, name string) error {
	records := x.world.Pasted(ctx, name)
	for {
		filled, own := world.Trusting(settings, x.caller)
		also := world.SecondPrincipal(settings, x.caller)
		docs := world.Preview(x.world, filled, func(key string) string { return x.c.Say("field."+key+".label", nil) }, also)
		items := map[string]checklist.Item{}
		for _, i := range checklist.Items(x.c, filled, records) {
			items[i.Kind] = i
		}
		options := make([]option, 0, len(docs))
		for _, d := range docs {
			options = append(options, option{words: x.c.Labelled(checklist.Name(x.c, d.ID, d.Piece), x.state(d, items))})
		}
		options[0].under = x.l.Documents
		n, err := x.t.menu(ctx, x.l, options, menuWords{
			question: x.l.AskDocument, help: []string{x.l.HelpDocument, x.l.HelpMark}, back: true, usual: back,
			plus: func(n int) { records = x.mark(ctx, name, records, items[docs[n].ID]) },
		})
		if err != nil || n == back {
			return err
		}
		if n == done {
			continue
		}
		x.t.line("")
		x.t.line(x.c.Labelled(checklist.Name(x.c, docs[n].ID, docs[n].Piece), x.state(docs[n], items)))
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
			if markable(items[docs[n].ID]) {
				x.t.line(text.Fill(x.l.MarkHint, "n", itoa(n+1)))
			}
			if err := x.write(ctx, docs[n]); err != nil {
				return err
			}
		}
	}
}

// markable tells whether a person's word adds something.
func markable(i checklist.Item) bool {
	return i.Kind != "" && i.Paste.State != wizard.PasteLacks && i.Paste.State != wizard.PasteProved
}

// mark takes the person's word that a document was pasted, or takes it back,
// and says how it stands now.
func (x *session) mark(ctx context.Context, name string, records map[string]wizard.PasteRecord, i checklist.Item) map[string]wizard.PasteRecord {
	if !markable(i) {
		x.t.line(x.l.NotMarkable)
		return records
	}
	changed := checklist.Toggle(records, i.Paste)
	if err := x.world.KeepPasted(ctx, name, changed); err != nil {
		x.t.line(text.Fill(x.c.UI.Checklist.NotKept, "reason", safe(err.Error())))
		return records
	}
	return changed
}

// state tells whether a document is complete, and how far it is.
func (x *session) state(d world.Document, items map[string]checklist.Item) string {
	if i, ok := items[d.ID]; ok && i.Paste.State != wizard.PasteLacks {
		return i.State
	}
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
