package main

import (
	"context"
	"path"
	"strconv"

	"github.com/mediadock/mediadock/media"
)

// instead is an upload under a name that no cache has, in the place of a
// re-upload that every cache has to be told of.
type instead struct{ path, command string }

// newName finds the name that a re-upload of file could have instead. There is
// none where no CDN is known, where the re-upload has a new name anyway, and
// where file names are fixed: then only the same one may be uploaded again
// (D1).
func (m *aftermath) newName(ctx context.Context, lib *media.Library, plan media.ReplacePlan, file string) {
	if !m.cdn() || plan.Renamed || lib.FixedNames() {
		return
	}
	folder := path.Dir(plan.Old.Path) + "/"
	if folder == "./" {
		folder = ""
	}
	put, err := lib.PlanPut(ctx, []string{file}, media.PutOptions{To: folder, IfExists: media.KeepBoth, DryRun: true})
	if err != nil || len(put.Items) != 1 || put.Items[0].Code != "" || put.Items[0].Path == plan.Old.Path {
		return
	}
	line := []string{"mediadock", "media", "put", file, "--if-exists", "keep-both"}
	if folder != "" {
		line = append(line, "--to", folder)
	}
	if m.sel.name != "" {
		line = append(line, "-c", m.sel.name)
	}
	m.instead = instead{path: put.Items[0].Path, command: commandLine(line)}
}

// sayInstead tells of the new name before a re-upload.
func (m *aftermath) sayInstead() {
	if m.instead.path == "" || m.a.flags.json {
		return
	}
	m.a.tell(m.a.text.Say("purge.instead", map[string]string{"path": m.instead.path}))
	m.a.tell("  " + m.instead.command)
}

// sayNewNames tells the same of an upload that replaces n files.
func (m *aftermath) sayNewNames(lib *media.Library, n int) {
	if n > 0 && m.cdn() && !lib.FixedNames() && !m.a.flags.json {
		m.a.tell(m.a.text.Say("purge.instead-put", map[string]string{"count": strconv.Itoa(n)}))
	}
}

// withInstead puts the new name into what became of the CDN's copies.
func (m *aftermath) withInstead(doc *purgeJSON) *purgeJSON {
	if doc != nil {
		doc.VersionedPath, doc.Instead = m.instead.path, m.instead.command
	}
	return doc
}
