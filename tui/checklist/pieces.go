package checklist

import (
	"cmp"
	"strings"

	"github.com/mediadock/mediadock/awscheck"
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
	if p.Piece.On == wizard.OnRole && p.Piece.Of == "" {
		who = c.Say("handoff.piece.unknown.role", map[string]string{"document": who})
	}
	if who == "" {
		who = "…"
	}
	return []string{text.Safe(c.Say("handoff.piece.where."+p.Piece.On, map[string]string{
		"who": who, "bucket": or(s.Bucket, c, "bucket"), "key": p.Piece.Of, "file": p.Piece.Of,
	}))}
}

// pieceRow is a row of a test that alone tells whether the documents of a kind
// are in place.
type pieceRow struct{ row, kind string }

var rowsOfPieces = []pieceRow{
	{"imgix.read", wizard.DocumentPermissions},
	{"cloudinary.policy", wizard.DocumentBucket},
	{"cloudinary.key-policy", wizard.DocumentKMS},
	{"amplify.roles", wizard.DocumentPermissions},
	{"amplify.bucket-policy", wizard.DocumentBucket},
	{"amplify.cors", wizard.DocumentCORS},
}

// pieceRows are those of a test's integration; nil for microCMS. What proves
// microCMS's documents says nothing of the others': that everybody can read a
// file does not show what one account may read.
func pieceRows(status map[string]awscheck.Status) []pieceRow {
	for id := range status {
		service, _, _ := strings.Cut(id, ".")
		if in, ok := wizard.IntegrationByID(service); !ok || in.ID == wizard.DefaultIntegration {
			continue
		}
		rows := []pieceRow{}
		for _, r := range rowsOfPieces {
			if strings.HasPrefix(r.row, service+".") {
				rows = append(rows, r)
			}
		}
		return rows
	}
	return nil
}

// piecesOf are the documents that kinds stand for: of some there are several.
func piecesOf(s wizard.Settings, kinds []string) (ids []string) {
	pastes := wizard.Pastes(s, nil)
	for _, kind := range kinds {
		for _, p := range pastes {
			if p.Kind == kind || p.Piece.Kind == kind {
				ids = append(ids, p.Kind)
			}
		}
	}
	return ids
}
