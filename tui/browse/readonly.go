package browse

import (
	"slices"

	"charm.land/bubbles/v2/key"

	"github.com/mediadock/mediadock/wizard"
)

// readOnly tells that the connection's key is there to read alone: then nothing
// that writes is offered, and whoever presses its key is told why.
func (b *Browse) readOnly() bool { return wizard.ReadOnly(b.place.Settings) }

// reading is keys without those that write where nothing may be written.
func (b *Browse) reading(all []key.Binding) []key.Binding {
	if !b.readOnly() {
		return all
	}
	k := b.env.Keys
	writes := [][]string{k.Upload.Keys(), k.Delete.Keys(), k.Rename.Keys(), k.Replace.Keys()}
	return slices.DeleteFunc(slices.Clone(all), func(one key.Binding) bool {
		return slices.ContainsFunc(writes, func(keys []string) bool { return slices.Equal(keys, one.Keys()) })
	})
}
