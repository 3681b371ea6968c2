package wizard

import "cmp"

// unmarkedPieces are the documents of an integration other than microCMS, and
// the request for all of them.
func unmarkedPieces(s Settings) []Paste {
	s, _ = Normalise(Defaults(s))
	var all []Paste
	problems := lacking(s, []string{"region"}, "domain")
	content := []byte(s.Region + "\n" + s.Domain + "\n")
	for _, one := range PiecesSoFar(s, false) {
		p := Paste{Kind: one.Piece.ID, Piece: one.Piece, Missing: fieldsOf(one.Lacks)}
		if len(p.Missing) == 0 {
			body := []byte(one.Piece.Body())
			p.Print = Print{Document: digest(body), Place: cmp.Or(one.Piece.Of, s.Bucket)}
			content = append(append(content, one.Piece.On+" "+one.Piece.Of+"\n"...), body...)
		}
		all, problems = append(all, p), append(problems, newProblems(problems, one.Lacks)...)
	}
	request := Paste{Kind: DocumentRequest}
	if len(problems) > 0 {
		inOrder(problems)
		request.Missing = fieldsOf(problems)
	} else {
		request.Print = Print{Document: digest(content), Place: s.Bucket}
	}
	return append(all, request)
}
