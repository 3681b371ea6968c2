package checklist

import (
	"cmp"
	"strings"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

// Name is what people call a document: by its ID, or, for a piece, by where it
// belongs.
func Name(c *text.Catalog, id string, p wizard.Piece) string {
	if p.On == "" || p.On == wizard.OnBucket && p.ID == p.Kind {
		return c.UI.Documents.Title(id)
	}
	return strings.TrimSpace(c.UI.Documents.Piece(p.On, text.Safe(owner(p))))
}

// owner names what a piece belongs to as briefly as people know it: a user, a
// role, the end of a key's ID, a file; or whose it is.
func owner(p wizard.Piece) string {
	last := p.Of[strings.LastIndexByte(p.Of, '/')+1:]
	const keyEnd = 12
	switch {
	case p.On == wizard.OnKey && len(last) > keyEnd:
		return "…" + last[len(last)-keyEnd:]
	case p.On == wizard.InFile:
		return cmp.Or(last, p.ID)
	case last == "" && p.ID != p.Kind: // "permissions-guest"
		return strings.TrimPrefix(p.ID, p.Kind+"-")
	}
	return last
}

// piecePlaces are where a piece goes, in the words of the request.
func piecePlaces(c *text.Catalog, s wizard.Settings, p wizard.Paste) []string {
	if p.Piece.On == "" { // it cannot be made yet
		return nil
	}
	who := owner(p.Piece)
	if who == "" {
		who = "…"
	}
	return []string{text.Safe(c.Say("handoff.piece.where."+p.Piece.On, map[string]string{
		"who": who, "bucket": or(s.Bucket, c, "bucket"), "key": p.Piece.Of, "file": p.Piece.Of,
	}))}
}
