package media

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/cases"

	"github.com/mediadock/mediadock/media/address"
)

// Note is a remark about a file's name. Its text is "media.note." and the
// code.
type Note struct {
	Code string
	Args map[string]string
}

// Codes of a Note. None of them keeps a file from being uploaded; what does is
// a code of address.CheckName.
const (
	NoteComposed  = "name-composed"  // the local name is decomposed (NFD), the new one composed (NFC)
	NoteURLChars  = "name-url-chars" // characters that mean something in a URL, {chars}
	NoteFullWidth = "name-full-width"
	NoteInvisible = "name-invisible" // characters that are not seen, {char}
	NoteEdge      = "name-edge"      // a blank or dot at an end, which some systems drop
	NoteCaseTwin  = "name-case-twin" // another file differs in case alone, {other}
)

// urlChars mean something in a URL. They are encoded; whoever types or pastes
// the address as it reads gets another one.
const urlChars = "#?%+&"

// invisible characters stand in names by accident. Joiners are not among them:
// emoji and several scripts need them.
const invisible = "\u00AD\u061C\u180E\u200B\u200E\u200F\u2060\u3164"

// nameNotes are the remarks about one name: as it is on the computer, and as
// it will be.
func nameNotes(local, path string) []Note {
	var notes []Note
	if local != "" && address.NFC(local) != local {
		notes = append(notes, Note{Code: NoteComposed})
	}
	if chars := among(path, func(r rune) bool { return strings.ContainsRune(urlChars, r) }); chars != "" {
		notes = append(notes, Note{Code: NoteURLChars, Args: map[string]string{"chars": chars}})
	}
	if chars := among(path, isFullWidth); chars != "" {
		notes = append(notes, Note{Code: NoteFullWidth, Args: map[string]string{"chars": chars}})
	}
	if i := strings.IndexAny(path, invisible); i >= 0 {
		r := []rune(path[i:])[0]
		notes = append(notes, Note{Code: NoteInvisible, Args: map[string]string{"char": fmt.Sprintf("U+%04X", r)}})
	}
	for part := range strings.SplitSeq(path, "/") {
		if strings.Trim(part, " \u3000") != part || strings.TrimRight(part, ".") != part {
			notes = append(notes, Note{Code: NoteEdge})
			break
		}
	}
	return notes
}

// among are the characters of s that match, each once, with blanks between.
func among(s string, match func(rune) bool) string {
	var found []string
	for _, r := range s {
		if match(r) && !slices.Contains(found, string(r)) {
			found = append(found, string(r))
		}
	}
	return strings.Join(found, " ")
}

// isFullWidth holds for the wide forms of letters and digits, and of the
// marks that names of files hold. Wide brackets are ordinary Japanese.
func isFullWidth(r rune) bool {
	switch {
	case '０' <= r && r <= '９', 'Ａ' <= r && r <= 'Ｚ', 'ａ' <= r && r <= 'ｚ':
		return true
	}
	return strings.ContainsRune("．＿－\u3000", r)
}

// noteTwins marks files of one plan whose paths differ in case alone: two
// objects for S3, one file for Windows and macOS.
func (p *PutPlan) noteTwins() {
	fold := cases.Fold()
	twins := make(map[string][]string, len(p.Items))
	for _, item := range p.Items {
		key := fold.String(item.Path)
		if !slices.Contains(twins[key], item.Path) {
			twins[key] = append(twins[key], item.Path)
		}
	}
	for i := range p.Items {
		item := &p.Items[i]
		item.Notes = slices.DeleteFunc(slices.Clone(item.Notes), func(n Note) bool { return n.Code == NoteCaseTwin })
		for _, other := range twins[fold.String(item.Path)] {
			if other != item.Path {
				item.Notes = append(item.Notes, Note{Code: NoteCaseTwin, Args: map[string]string{"other": other}})
				break
			}
		}
	}
}
