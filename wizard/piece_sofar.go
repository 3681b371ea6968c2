package wizard

import (
	"slices"
	"strings"
)

// SoFar is a document of an integration other than microCMS as far as it can
// be made: a Piece, or what the documents of its kind still lack.
type SoFar struct {
	// Piece is the document; while Lacks has something, only its ID and its
	// Kind are set, which are the same.
	Piece Piece
	Lacks []FieldError
}

// Tightly tells whether documents are shown in their tight form unless the
// documented one is asked for: a policy of imgix's user for one prefix is as
// short as that for all.
func Tightly(s Settings) bool { return OnlyReads(s.Integration) && s.Prefix != "" }

// PiecesSoFar are the documents of an integration other than microCMS, in the
// order in which they are set up, however little is answered. A kind that
// nothing asks for is left out: Cloudinary needs no key's policy while no key
// is named. Nothing comes for microCMS.
func PiecesSoFar(s Settings, tight bool) []SoFar {
	in, ok := IntegrationByID(Defaults(s).Integration)
	if !ok || in.pieces == nil {
		return nil
	}
	whole, problems := Pieces(s, DocumentAll, tight)
	if len(problems) > 0 { // those that can be made all the same
		normal, _ := Normalise(Defaults(s))
		whole, _ = in.pieces(normal, DocumentAll, tight)
	}
	var all []SoFar
	for _, kind := range in.Kinds {
		of := slices.DeleteFunc(slices.Clone(whole), func(p Piece) bool { return p.Kind != kind })
		var lacks []FieldError
		if len(problems) > 0 && len(of) == 0 {
			// One that is made only where it is asked for by name is none.
			if of, lacks = Pieces(s, kind, tight); len(whole) > 0 {
				of = nil
			}
		}
		for _, p := range of {
			all = append(all, SoFar{Piece: p})
		}
		if len(lacks) > 0 && !in.unasked(lacks) {
			all = append(all, SoFar{Piece: Piece{ID: kind, Kind: kind}, Lacks: lacks})
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
