package account

import (
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// checkNesting refuses what is nested too deeply, by its tokens alone: the
// time that the parser takes grows with the square of the depth. Indentation
// needs no look, since a file grows with the square of it.
func checkNesting(data []byte) *Problem {
	brackets, dashes := 0, 0
	for _, t := range lexer.Tokenize(string(data)) {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets--
		}
		if t.Type == token.SequenceEntryType {
			dashes++ // "- - -" is a list in a list in a list
		} else {
			dashes = 0
		}
		if brackets > maxDepth || dashes > maxDepth {
			return &Problem{Line: t.Position.Line, Code: "syntax", Reason: "is nested too deeply"}
		}
	}
	return nil
}
