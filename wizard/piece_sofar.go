package wizard

import "strings"

// SoFar is a document of an integration other than microCMS as far as it can
// be made: a Piece, or what the documents of its kind still lack.
type SoFar struct {
	// Piece is the document; while Lacks has something, only its ID and its
	// Kind are set, which are the same.
	Piece Piece
	Lacks []FieldError
}

// PiecesSoFar are the documents of an integration other than microCMS, in the
// order in which they are set up, however little is answered. A kind that
// nothing asks for is left out: Cloudinary needs no key's policy while no key
// is named. Nothing comes for microCMS.
func PiecesSoFar(s Settings, tight bool) []SoFar {
	in, ok := IntegrationByID(Defaults(s).Integration)
	if !ok || in.pieces == nil {
		return nil
	}
	var all []SoFar
	add := func(pieces []Piece) {
		for _, p := range pieces {
			all = append(all, SoFar{Piece: p})
		}
	}
	if pieces, problems := Pieces(s, DocumentAll, tight); len(problems) == 0 {
		add(pieces)
		return all
	}
	for _, kind := range in.Kinds {
		pieces, problems := Pieces(s, kind, tight)
		if add(pieces); len(problems) > 0 && !in.unasked(problems) {
			all = append(all, SoFar{Piece: Piece{ID: kind, Kind: kind}, Lacks: problems})
		}
	}
	return all
}

// unasked tells whether documents lack an answer that may stay empty, so that
// nobody asked for them.
func (in Integration) unasked(problems []FieldError) bool {
	for _, e := range problems {
		if strings.HasSuffix(e.Code, ".missing") && !in.requires(e.Field) {
			return true
		}
	}
	return false
}

// Body is the document as text: what is pasted, or the file.
func (p Piece) Body() string {
	if p.Policy == nil {
		return p.Text
	}
	data, err := p.Policy.MarshalJSON()
	if err != nil {
		return "" // documents are made here, and hold no key twice
	}
	return string(data)
}
