package browse

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// written is what people wrote about the files that are shown: alt text, tags,
// creator. It is asked for a page at a time, after the page.
type written struct {
	cat   world.Catalogue
	known map[string]catalog.Entry
	stale []media.Item // were stored since, and are asked about at the end
}

// catalogued is the catalogue's answer about files.
type catalogued struct {
	cat   world.Catalogue
	known map[string]catalog.Entry
	err   error
}

// catalogue is the connection's, opened when it is first needed.
func (b *Browse) catalogue(ctx context.Context, have world.Catalogue) (world.Catalogue, error) {
	if have != nil {
		return have, nil
	}
	return b.env.World.Catalogue(ctx, b.place.Connection)
}

// openAltTexts opens the workbench for alt texts, of the folder that is shown.
func (b *Browse) openAltTexts() {
	b.env.Post(screen.Open{To: screen.Place{Screen: screen.AltTexts, Connection: b.place.Connection, Settings: b.place.Settings, Folder: b.folder.path}})
}

// Resume asks anew what people wrote: they may have, in the workbench.
func (b *Browse) Resume() tea.Cmd {
	var again []media.Item
	for i := range b.folder.items.len() {
		if _, known := b.written.known[b.folder.items.path(i)]; known || len(again) < live {
			again = append(again, b.folder.items.at(i))
		}
	}
	return tea.Batch(b.askWritten(again), b.look(), b.lookBeside())
}

// askWritten asks what people wrote about files of a page.
func (b *Browse) askWritten(items []media.Item) tea.Cmd {
	var paths []string
	for _, it := range items {
		if !it.Folder {
			paths = append(paths, it.Path)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	have := b.written.cat
	_, cmd := b.env.Do(func(ctx context.Context) any {
		cat, err := b.catalogue(ctx, have)
		if err != nil {
			return catalogued{err: err}
		}
		known, err := cat.Get(ctx, paths...)
		return catalogued{cat: cat, known: known, err: err}
	})
	return cmd
}

// catalogued takes an answer. The library works without a catalogue, so an
// error is told when the person asks for something of it.
func (b *Browse) catalogued(r catalogued) {
	if r.err != nil {
		return
	}
	b.written.cat = r.cat
	b.know(r.known)
}

func (b *Browse) know(entries map[string]catalog.Entry) {
	if b.written.known == nil {
		b.written.known = map[string]catalog.Entry{}
	}
	for p, e := range entries {
		b.written.known[p] = e
	}
}

// stored notes that a file has another content: what was decided about its
// private data is in the catalogue once the operation has ended.
func (b *Browse) stored(e media.Event) {
	switch e.Op {
	case media.OpPut, media.OpImport, media.OpReplace:
		path := e.Path
		if e.Op == media.OpReplace && e.To != "" {
			path = e.To
		}
		b.written.stale = append(b.written.stale, media.Item{Path: path})
	}
}

// askStored asks about the files that were stored.
func (b *Browse) askStored() tea.Cmd {
	stale := b.written.stale
	b.written.stale = nil
	return b.askWritten(stale)
}

// follow follows a file that was renamed or removed.
func (b *Browse) follow(from, to string) {
	e, ok := b.written.known[from]
	if !ok {
		return
	}
	delete(b.written.known, from)
	if to != "" {
		e.Path = to
		b.written.known[to] = e
	}
}

// askDescribe asks for alt text, tags and creator of a file; of several, for
// the tags and the creator that all of them are to have.
func (b *Browse) askDescribe(it media.Item) tea.Cmd {
	w := b.words()
	if chosen := b.files(it); len(chosen) > 1 {
		asked := []dialog.Asked{{Label: w.AddTags, Hint: w.TagsHint}, {Label: w.SetCreator}}
		title := text.Fill(w.DescribeMany, "n", itoa(len(chosen)))
		b.env.Post(screen.Ask{Dialog: dialog.NewFields(b.env, title, dialog.Prose(w.DescribeManyBody), asked, func(v []string) tea.Msg {
			return do{func() tea.Cmd { return b.describe(chosen, v[0], v[1]) }}
		})})
		return nil
	}
	e := b.written.known[it.Path]
	b.askAbout(it, e, dialog.Prose(w.DescribeBody), []string{e.Alt, strings.Join(e.Tags, tagGap), e.Creator})
	return nil
}

// tagGap parts tags in the field.
const tagGap = ", "

// askAbout asks for what is written about one file; the fields begin with
// values, and what is entered is compared with shown.
func (b *Browse) askAbout(it media.Item, shown catalog.Entry, body []dialog.Line, values []string) {
	w := b.words()
	asked := []dialog.Asked{
		{Label: w.AltText, Value: values[0], Hint: w.AltHint},
		{Label: w.Tags, Value: values[1], Hint: w.TagsHint},
		{Label: w.Creator, Value: values[2]},
	}
	b.env.Post(screen.Ask{Dialog: dialog.NewFields(b.env, text.Fill(w.DescribeOne, "name", text.Safe(it.Name())), body, asked, func(v []string) tea.Msg {
		return do{func() tea.Cmd { return b.describeOne(it, shown, v) }}
	})})
}

// askMeanwhile asks once more where somebody else has written meanwhile: their
// text is shown, and what the person typed is still there.
func (b *Browse) askMeanwhile(r described) {
	w := &b.env.Text.UI.Alt
	theirs := text.Safe(r.theirs.Alt)
	if theirs == "" {
		theirs = b.words().NoAlt
	}
	b.askAbout(r.of, r.theirs, []dialog.Line{
		{Text: b.env.Text.Labelled(w.Changed, theirs), Role: dialog.Warn, Wrap: true},
		{Text: w.ChangedAsk, Wrap: true},
	}, r.mine)
}

// files are the chosen ones without folders, of which nothing is written.
func (b *Browse) files(it media.Item) []media.Item {
	var out []media.Item
	for _, c := range b.chosen(it) {
		if !c.Folder {
			out = append(out, c)
		}
	}
	return out
}

// described is the end of writing about files.
type described struct {
	catalogued
	n int
	// A file of which somebody else has written theirs meanwhile, and what it
	// would be with what was typed.
	of     media.Item
	theirs catalog.Entry
	mine   []string
}

// describeOne writes what differs from what the person was shown: the rest is
// as others may have written it meanwhile.
func (b *Browse) describeOne(it media.Item, shown catalog.Entry, v []string) tea.Cmd {
	return b.write([]media.Item{it}, func(now catalog.Entry) catalog.Edit {
		var edit catalog.Edit
		if alt := strings.TrimSpace(v[0]); alt != shown.Alt {
			seen := shown.AltText()
			edit.Alt, edit.Seen = &alt, &seen
		}
		if tags := catalog.CleanTags(v[1:2]); !slices.Equal(tags, shown.Tags) {
			kept := slices.DeleteFunc(slices.Clone(now.Tags), func(t string) bool { // taken away here
				return slices.Contains(shown.Tags, t) && !slices.Contains(tags, t)
			})
			tags = append(kept, tags...)
			edit.Tags = &tags
		}
		if by := strings.TrimSpace(v[2]); by != shown.Creator {
			edit.Creator = &by
		}
		return edit
	})
}

// describe adds tags to files and sets their creator where one is given.
func (b *Browse) describe(items []media.Item, tags, creator string) tea.Cmd {
	return b.write(items, func(e catalog.Entry) catalog.Edit {
		all := append(append([]string{}, e.Tags...), tags)
		edit := catalog.Edit{Tags: &all}
		if strings.TrimSpace(creator) != "" {
			edit.Creator = &creator
		}
		return edit
	})
}

func (b *Browse) write(items []media.Item, edit func(catalog.Entry) catalog.Edit) tea.Cmd {
	have := b.written.cat
	_, cmd := b.env.Do(func(ctx context.Context) any {
		out := described{catalogued: catalogued{known: map[string]catalog.Entry{}}}
		cat, err := b.catalogue(ctx, have)
		if err != nil {
			out.err = err
			return out
		}
		out.cat = cat
		paths := make([]string, len(items))
		for i, it := range items {
			paths[i] = it.Path
		}
		old, err := cat.Get(ctx, paths...) // another program may have written meanwhile
		for _, it := range items {
			if err != nil {
				break
			}
			var e catalog.Entry
			wanted := edit(old[it.Path])
			switch e, err = cat.Describe(ctx, it, wanted); {
			case err == nil:
				out.known[it.Path] = e
				out.n++
			case errors.Is(err, catalog.ErrChanged):
				wanted.Seen = nil
				mine := e.With(wanted)
				out.of, out.theirs, out.mine = it, e, []string{mine.Alt, strings.Join(mine.Tags, tagGap), mine.Creator}
				out.known[it.Path] = e
			}
		}
		out.err = err
		return out
	})
	return cmd
}

// described takes over what was written and says so.
func (b *Browse) described(r described) {
	b.know(r.known)
	if r.cat != nil {
		b.written.cat = r.cat
	}
	switch {
	case errors.Is(r.err, catalog.ErrChanged):
		b.askMeanwhile(r)
		return
	case r.err != nil:
		b.trouble(r.err, nil)
		return
	}
	b.env.Post(screen.Say{Line: text.Fill(b.words().Described, "n", itoa(r.n))})
}

// decided is what became of the private data of a file when it was uploaded, as
// far as it still is that file.
func (b *Browse) decided(e catalog.Entry, it media.Item) string {
	d := e.PrivateOf(it.ETag)
	date, _, _ := strings.Cut(b.when(d.At), " ")
	return b.env.Text.DecidedOn(d.Decision, date)
}

// writtenLines is what people wrote about a file, for the panel beside the
// list: with a mark where a picture has no alt text.
func (b *Browse) writtenLines(it media.Item, w int) []string {
	t, words := b.env.Theme, b.words()
	e := b.written.known[it.Path]
	var out []string
	row := func(label, value string) {
		if value == "" {
			return
		}
		for i, l := range grid.Wrap(text.Safe(value), max(w-10, 8)) {
			head := grid.Fit(label, 9)
			if i > 0 {
				head = grid.Space(9)
			}
			out = append(out, t.Muted.Render(head)+" "+l)
		}
	}
	row(words.AltShort, e.Alt)
	row(words.Tags, strings.Join(e.Tags, ", "))
	row(words.CreatorShort, e.Creator)
	row(words.PrivateShort, b.decided(e, it))
	if e.Alt == "" && catalog.Kind(it.Path) == catalog.KindImage {
		line := t.Warn.Render("! " + words.NoAlt)
		if with := line + "   " + t.Muted.Render(words.NoAltKeys); grid.Width(with) <= w {
			line = with
		}
		out = append(out, line)
	}
	if len(out) > 0 {
		out = append([]string{""}, out...)
	}
	return out
}
