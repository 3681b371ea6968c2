package browse

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/dialog"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
)

// press takes a key where nothing is typed.
func (b *Browse) press(m tea.KeyPressMsg) tea.Cmd {
	k := b.env.Keys
	if b.grace.waiting() && key.Matches(m, k.TakeBack) {
		b.takeBack()
		return nil
	}
	if key.Matches(m, k.Back) {
		return b.back()
	}
	if key.Matches(m, k.Profiles) {
		b.env.Post(screen.ChooseCaller{})
		return nil
	}
	if !b.inTree() && b.scrollTrouble(m) {
		return nil
	}
	if b.lib == nil {
		if key.Matches(m, k.Refresh) && b.load == nil {
			b.err = nil
			return b.Init()
		}
		return nil
	}
	if b.inTree() {
		return b.pressTree(m)
	}
	if b.folder.list.Key(m, k) {
		return b.more()
	}
	if key.Matches(m, k.Find, k.Hunt, k.Parent, k.Sort) { // they are about the list
		b.sight.full = false
	}
	switch {
	case key.Matches(m, k.View):
		b.sight.full = !b.sight.full
		return nil
	case key.Matches(m, k.Beside) && b.w >= wide:
		b.env.Shown.NoPreview = !b.env.Shown.NoPreview
		return nil
	case key.Matches(m, k.Focus) && b.treeShown():
		b.focusTree()
		return nil
	case key.Matches(m, k.Folders) && b.treeAsked():
		b.toggleTree()
		return nil
	case b.hunt.on && key.Matches(m, k.Hunt, k.Find):
		b.hunt.typing = true
		return nil
	case b.hunt.on && key.Matches(m, k.Refresh):
		return b.readIfOld(true)
	case b.hunt.on && key.Matches(m, k.Parent):
		if it, ok := b.folder.at(); ok {
			return b.openHit(it)
		}
		return b.endHunt()
	case b.hunt.on && key.Matches(m, k.Upload): // into which folder?
		return nil
	case key.Matches(m, k.Hunt):
		return b.beginHunt()
	case key.Matches(m, k.Parent):
		return b.up()
	case key.Matches(m, k.Refresh):
		return b.reload()
	case key.Matches(m, k.Find):
		b.finding = true
		return nil
	case key.Matches(m, k.Sort):
		b.folder.nextOrder()
		return b.more()
	case key.Matches(m, k.Switch) && b.canSwitch():
		b.askSwitch()
		return nil
	case key.Matches(m, k.AltTexts):
		b.openAltTexts()
		return nil
	case key.Matches(m, k.Audit):
		b.env.Post(screen.Open{To: screen.Place{Screen: screen.Audit, Connection: b.place.Connection, Settings: b.place.Settings}})
		return nil
	case key.Matches(m, k.Upload):
		return b.writing(func() tea.Cmd { return b.askUpload("") })
	case key.Matches(m, k.Stop):
		b.ops.stop()
		return nil
	case key.Matches(m, k.Transfers):
		b.showTransfers()
		return nil
	}
	it, ok := b.folder.at()
	if !ok {
		return nil
	}
	return b.pressItem(m, it)
}

// pressItem handles the keys that need something under the cursor.
func (b *Browse) pressItem(m tea.KeyPressMsg, it media.Item) tea.Cmd {
	k := b.env.Keys
	switch {
	case key.Matches(m, k.Open) && it.Folder, m.Code == tea.KeyRight && it.Folder:
		return b.enter(it.Path)
	case key.Matches(m, k.Open, k.Details) && !it.Folder:
		return b.details(it)
	case key.Matches(m, k.Select):
		b.picked.toggle(it)
		b.folder.list.Move(1)
		return b.more()
	case key.Matches(m, k.SelectAll):
		b.toggleAll()
	case key.Matches(m, k.URL):
		b.copyURL(it)
	case key.Matches(m, k.Describe) && len(b.files(it)) > 0:
		return b.askDescribe(it)
	case key.Matches(m, k.Rename):
		return b.writing(func() tea.Cmd { return b.askRename(it) })
	case key.Matches(m, k.Replace) && !it.Folder:
		return b.writing(func() tea.Cmd { return b.askReplace(it) })
	case key.Matches(m, k.Delete):
		return b.writing(func() tea.Cmd { return b.planDelete(b.chosen(it)) })
	}
	return nil
}

// back leads out, a step at a time: from the tree, the filter, the selection,
// and then the screen.
func (b *Browse) back() tea.Cmd {
	switch {
	case b.plan != nil:
		b.plan.Cancel()
	case b.inTree():
		b.tree.focus = false
	case b.sight.full:
		b.sight.full = false
	case b.folder.filter != "":
		b.setFilter("")
	case b.picked.count() > 0:
		b.picked.clear()
	case b.hunt.on:
		return b.endHunt()
	case b.ops.running():
		w := b.words()
		b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, w.LeaveTitle, dialog.Prose(b.andLeaves(w.LeaveBody)...),
			dialog.Option{Label: b.env.Text.UI.Frame.Stay},
			dialog.Option{Label: w.LeaveStop, Answer: do{func() tea.Cmd { b.env.Post(screen.Leave{}); return nil }}})})
	default:
		b.env.Post(screen.Leave{})
	}
	return nil
}

// andLeaves adds to a text what stays behind, where something does.
func (b *Browse) andLeaves(body string) []string {
	if more := b.Leaves(); more != "" {
		return []string{body, more}
	}
	return []string{body}
}

// writing asks for consent where a live service writes to the bucket, too
// (D14, M62, M63), and then goes on.
func (b *Browse) writing(then func() tea.Cmd) tea.Cmd {
	if b.readOnly() {
		b.env.Post(screen.Say{Line: b.env.Text.Say("media.read-only", nil), Bad: true})
		return nil
	}
	if b.agreed {
		return then()
	}
	w := b.words()
	b.env.Post(screen.Ask{Dialog: dialog.NewChoice(b.env, w.ConsentTitle, dialog.Prose(w.ConsentUnsupported, "", w.ConsentRisk),
		dialog.Option{Label: w.ConsentNo},
		dialog.Option{Label: w.ConsentYes, Answer: do{func() tea.Cmd {
			b.agreed = true
			_, cmd := b.env.Do(func(ctx context.Context) any { return consented{b.env.World.Consent(ctx, b.place.Connection)} })
			return tea.Batch(cmd, then())
		}}})})
	return nil
}

// paste takes files that were dropped onto the terminal as an upload.
func (b *Browse) paste(m tea.PasteMsg) tea.Cmd {
	switch {
	case b.hunt.typing:
		b.hunt.field.Update(m)
		return b.ask()
	case b.hunt.on:
		return nil
	case b.finding:
		b.find.Update(m)
		b.setFilter(b.find.Value())
		return b.more()
	case b.lib == nil || strings.TrimSpace(m.Content) == "":
		return nil
	}
	return b.writing(func() tea.Cmd { return b.askUpload(strings.TrimSpace(m.Content)) })
}

// mostURLs is how many are sent to the clipboard at once; terminals drop what
// is longer.
const mostURLs = 500

func (b *Browse) copyURL(it media.Item) {
	w := b.words()
	if b.picked.count() > mostURLs {
		b.env.Post(screen.Say{Line: text.Fill(w.TooManyURLs, "n", text.Thousands(mostURLs)), Bad: true})
		return
	}
	var urls []string
	for _, c := range b.chosen(it) {
		urls = append(urls, b.lib.URL(c.Path))
	}
	what := w.TheURL
	if len(urls) > 1 {
		what = text.Fill(w.TheURLs, "n", itoa(len(urls)))
	}
	b.env.Post(screen.Copy{What: what, Text: strings.Join(urls, "\n")})
}
