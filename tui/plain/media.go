package plain

import (
	"context"
	"path"
	"strings"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// shown is how many entries of a folder are listed at a time.
const shown = 20

// media lists the media of a connection folder by folder, says the address of
// a file, and names the commands that change media.
func (h *home) media(ctx context.Context, c world.Connection) error {
	h.commands(c.Name)
	lib, err := h.world.Library(ctx, c.Name)
	if err != nil {
		if ctx.Err() == nil {
			h.t.trouble(h.world, h.c, c.Name, err)
			return nil
		}
		return ctx.Err()
	}
	b := &browser{home: h, lib: lib, name: c.Name}
	return b.run(ctx)
}

// commands names what else can be done with media.
func (h *home) commands(name string) {
	if h.o.Command == nil {
		h.t.line(h.l.NoCommands)
		return
	}
	h.t.line(h.l.MediaCommands)
	for _, args := range []string{"ls", "put FILE", "get PATH", "mv FROM TO", "rm PATH", "replace PATH FILE", "url PATH"} {
		h.t.line("  " + safe(h.o.Command()+" media "+args+" -c "+name))
	}
}

// browser is where somebody is in the folders.
type browser struct {
	*home
	lib    world.Library
	name   string
	folder string
	more   string       // of the page after those that were read
	items  []media.Item // read and not listed yet
}

func (b *browser) run(ctx context.Context) error {
	for {
		items, err := b.next(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			b.t.trouble(b.world, b.c, b.name, err)
			return nil
		}
		n, left, err := b.ask(ctx, items)
		switch {
		case err != nil:
			return err
		case n == back && b.folder == "":
			return nil
		case n == back:
			b.open(parent(b.folder))
		case n == len(items) && left: // the next part
		case items[n].Folder:
			b.open(items[n].Path)
		default:
			b.t.line(text.Fill(b.l.AddressOf, "path", safe(items[n].Path)))
			b.t.line("  " + safe(b.lib.URL(items[n].Path)))
			b.items = append(items, b.items...)
		}
	}
}

// parent is the folder that a folder is in, empty at the top.
func parent(folder string) string {
	above := path.Dir(strings.TrimSuffix(folder, "/"))
	if above == "." || above == "/" {
		return ""
	}
	return above + "/"
}

func (b *browser) open(folder string) {
	b.folder, b.more, b.items = folder, "", nil
}

// next takes the entries that are listed next, reading another page where
// they are used up.
func (b *browser) next(ctx context.Context) ([]media.Item, error) {
	if len(b.items) == 0 {
		page, err := b.lib.Page(ctx, b.folder, b.more)
		if err != nil {
			return nil, err
		}
		b.items, b.more = page.Items, page.Next
	}
	n := min(shown, len(b.items))
	items := b.items[:n:n]
	b.items = b.items[n:]
	return items, nil
}

// ask lists entries by number; left tells whether one number more is that of
// the entries after them.
func (b *browser) ask(ctx context.Context, items []media.Item) (n int, left bool, err error) {
	var options []option
	for _, it := range items {
		words := safe(path.Base(it.Path))
		if it.Folder {
			words = text.Fill(b.l.Folder, "name", words)
		} else {
			words += b.l.Comma + text.Bytes(it.Size)
		}
		options = append(options, option{words: words})
	}
	left = len(b.items) > 0 || b.more != ""
	if left {
		options = append(options, option{words: b.l.MoreMedia})
	}
	where := b.l.TopFolder
	if b.folder != "" {
		where = text.Fill(b.l.Folder, "name", safe(b.folder))
	}
	if len(options) == 0 {
		b.t.line("")
		b.t.line(where)
		b.t.line(b.l.NoMedia)
	} else {
		options[0].under = where
	}
	n, err = b.menu(ctx, options, menuWords{question: b.l.AskMedia, help: []string{b.l.HelpMedia}, back: true, usual: back})
	return n, left, err
}
