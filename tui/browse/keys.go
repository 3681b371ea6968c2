package browse

import (
	"slices"

	"charm.land/bubbles/v2/key"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/keys"
)

// Keys are what works on the item under the cursor.
func (b *Browse) Keys() []key.Binding {
	k, w := b.env.Keys, b.words()
	if b.hunt.typing {
		return []key.Binding{keys.As(k.Confirm, w.KeyKeepFilter), k.Pick, keys.As(k.Cancel, w.KeyEndFind)}
	}
	if b.finding {
		return []key.Binding{keys.As(k.Confirm, w.KeyKeepFilter), keys.As(k.Cancel, w.KeyEndFind)}
	}
	if b.lib == nil {
		if b.load != nil {
			return []key.Binding{k.Back}
		}
		return append([]key.Binding{keys.As(k.Refresh, w.KeyRetry)}, append(b.troubleKeys(), k.Profiles, k.Back)...)
	}
	if b.tracking {
		return b.transferKeys()
	}
	if b.inTree() {
		return b.takingBackFirst(append(b.treeKeys(), k.Profiles, k.Back))
	}
	if b.folder.err != nil && b.folder.items.len() == 0 {
		all := append([]key.Binding{keys.As(k.Refresh, w.KeyRetry)}, append(b.troubleKeys(), k.Profiles)...)
		return append(append(all, b.parentKey()...), k.Back)
	}
	all := append(b.reading(b.itemKeys()), k.Profiles, k.Back)
	if b.sight.full { // first the way back to the list
		all = append([]key.Binding{keys.As(k.View, b.env.Text.UI.Preview.KeyClose)}, all...)
	}
	return b.takingBackFirst(all)
}

// KeysInFull are the same for help, which has room for whole words.
func (b *Browse) KeysInFull() []key.Binding {
	b.spelled = true
	defer func() { b.spelled = false }()
	return b.Keys()
}

// short is a key under a word that is short enough for the footer.
func (b *Browse) short(k key.Binding, word string) key.Binding {
	if b.spelled {
		return k
	}
	return keys.As(k, word)
}

// takingBackFirst puts taking back in front while something can be.
func (b *Browse) takingBackFirst(all []key.Binding) []key.Binding {
	if b.grace.waiting() {
		return b.takingBack(all)
	}
	return all
}

// itemKeys are in the order in which they are used, since a narrow footer
// shows the first ones alone.
func (b *Browse) itemKeys() []key.Binding {
	k, w := b.env.Keys, b.words()
	var out []key.Binding
	if b.ops.running() {
		out = append(out, k.Transfers, k.Stop)
	}
	upload, find := b.short(k.Upload, w.KeyUpload), k.Find
	it, ok := b.folder.at()
	if b.hunt.on {
		return append(out, b.hitKeys(it, ok)...)
	}
	if !ok {
		return slices.Concat(append(out, upload), b.switchKey(), []key.Binding{find}, b.treeKey(), []key.Binding{k.Sort, k.Refresh}, b.parentKey())
	}
	open := k.Open
	if !it.Folder {
		open = keys.As(k.Open, w.KeyInfo)
	}
	url := b.short(k.URL, w.KeyURL)
	picked := b.picked.count() > 0
	if picked {
		out = append(append(out, k.Delete, url, k.Select, k.SelectAll, open, upload, find), b.treeKey()...)
	} else {
		out = append(out, open, upload, k.Delete, url)
		if b.apart() { // where one is matters as much as what one does there
			out = append(out, b.switchKey()...)
		}
		if !it.Folder && !b.split() { // nothing beside the list shows it
			out = append(out, b.viewKeys()...)
		}
		out = append(append(out, find), b.treeKey()...)
		out = append(out, k.Select)
	}
	if !b.lib.FixedNames() {
		out = append(out, k.Rename)
	}
	if !it.Folder {
		out = append(out, k.Replace)
	}
	out = append(out, k.Hunt)
	if len(b.files(it)) > 0 {
		out = append(out, k.Describe)
	}
	out = append(out, k.AltTexts)
	if !picked {
		out = append(out, k.SelectAll)
	}
	if picked || it.Folder || b.split() {
		out = append(out, b.viewKeys()...)
	}
	if picked || !b.apart() {
		out = append(out, b.switchKey()...)
	}
	return append(append(out, k.Sort, k.Refresh, k.Transfers, k.Audit), b.parentKey()...)
}

// switchKey leads to an environment, or back to production.
func (b *Browse) switchKey() []key.Binding {
	if !b.canSwitch() {
		return nil
	}
	return []key.Binding{b.short(b.env.Keys.Switch, b.env.Text.UI.Environments.SwitchShort)}
}

// apart tells whether there is more than one to tell apart.
func (b *Browse) apart() bool { return len(b.siblings.conns) > 1 || b.unfinished() != "" }

// treeKey gives the tree the keys.
func (b *Browse) treeKey() []key.Binding {
	if !b.treeShown() {
		return nil
	}
	return []key.Binding{b.env.Keys.Focus}
}

// viewKeys show a file as it looks.
func (b *Browse) viewKeys() []key.Binding {
	k := b.env.Keys
	var out []key.Binding
	if !b.sight.full {
		out = append(out, k.View)
	}
	if b.w >= wide {
		out = append(out, k.Beside)
	}
	if b.treeAsked() {
		out = append(out, k.Folders)
	}
	return out
}

// hitKeys are what works on what a search found.
func (b *Browse) hitKeys(it media.Item, ok bool) []key.Binding {
	k, w := b.env.Keys, b.words()
	again := k.Hunt
	if !ok {
		return []key.Binding{again, k.Refresh}
	}
	out := []key.Binding{keys.As(k.Open, w.KeyInfo), keys.As(k.Parent, w.KeyToFolder), k.Describe, b.short(k.URL, w.KeyURL), again, k.Select, k.Delete}
	if !b.lib.FixedNames() {
		out = append(out, k.Rename)
	}
	return append(append(append(out, b.treeKey()...), b.viewKeys()...), k.Replace, k.SelectAll, k.Refresh)
}

func (b *Browse) parentKey() []key.Binding {
	if b.folder.path == "" {
		return nil
	}
	return []key.Binding{b.env.Keys.Parent}
}
