package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Appended is a policy's text with statements appended, and what became of
// them.
type Appended struct {
	// Text is ready to be pasted: what existed stands in it byte for byte.
	Text []byte
	Kept int // statements that existed and stay as they are
	// Added, Replaced and There name the statements that were added, that took
	// the place of an earlier form of themselves, and that existed already: by
	// their Sid, or by their number from 1.
	Added, Replaced, There []string
	// Size is what AWS counts: bytes without white space. Limit is how many
	// there may be.
	Size, Limit int
	// Odd is an element that policies are not known to have, which stays; nil
	// where there is none.
	Odd *ParseError
}

// Changed tells whether the text is another than the one that existed.
func (a Appended) Changed() bool { return len(a.Added)+len(a.Replaced) > 0 }

// SidTakenError tells that a statement to append has the Sid of another, which
// means something else. AWS accepts a Sid once.
type SidTakenError struct {
	Sid  string
	Line int
}

func (e *SidTakenError) Error() string {
	return fmt.Sprintf("policy: line %d: another statement has the Sid %s", e.Line, e.Sid)
}

// TooLargeError tells that AWS would not accept the policy for its size.
type TooLargeError struct{ Size, Limit int }

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("policy: %d bytes, and AWS accepts %d", e.Size, e.Limit)
}

// OldVersionError tells that a statement to append uses policy variables,
// which the version of the existing policy takes for plain text, and that the
// statements there would mean something else in the new version.
type OldVersionError struct{ Version string }

func (e *OldVersionError) Error() string {
	return "policy: version " + e.Version + " has no variables"
}

// Append adds the statements of add to the text of a policy of a bucket or a
// key. Unlike Merge it leaves every byte of it as it is, also what it does not
// know: only a single Statement becomes a list. A statement that means the
// same as one that is there is not added again, and one that has the Sid of
// another takes its place if that means the same as one of earlier, which are
// the forms in which the statements were made before; otherwise it is a
// *SidTakenError.
//
// existing may be empty, and may be what "aws s3api get-bucket-policy" prints,
// with the policy as a text in it. Errors are of the types ParseError,
// SidTakenError, TooLargeError and OldVersionError.
func Append(kind Kind, existing []byte, add Document, earlier ...Document) (Appended, error) {
	data := unwrapped(bytes.TrimPrefix(existing, byteOrderMark))
	if len(bytes.TrimSpace(data)) == 0 {
		data = nil
	}
	out := Appended{Limit: limitBucket}
	if kind == KindKey {
		out.Limit = limitKey
	}
	if data == nil {
		return out.anew(add)
	}
	t, err := readText(data)
	if err != nil {
		return out, err
	}
	out.Odd = t.odd
	if err := t.append(&out, add, earlier); err != nil {
		return out, err
	}
	out.Text = t.edited()
	return out, out.measure()
}

// anew is a policy of nothing but what is added.
func (a Appended) anew(add Document) (Appended, error) {
	text, err := json.Marshal(add)
	if err != nil {
		return a, err
	}
	var b bytes.Buffer
	_ = json.Indent(&b, text, "", "  ")
	b.WriteByte('\n')
	a.Text = b.Bytes()
	for i, s := range add.Statements {
		a.Added = append(a.Added, nameOf(s.Sid, i))
	}
	return a, a.measure()
}

// measure counts as AWS does. A text that only its white space makes too long
// loses that.
func (a *Appended) measure() error {
	var b bytes.Buffer
	if err := json.Compact(&b, a.Text); err != nil {
		return err
	}
	a.Size = b.Len()
	if a.Size > a.Limit {
		return &TooLargeError{a.Size, a.Limit}
	}
	if len(a.Text) > a.Limit {
		a.Text = append(b.Bytes(), '\n')
	}
	return nil
}

func nameOf(sid string, i int) string {
	if sid == "" {
		return strconv.Itoa(i + 1)
	}
	return sid
}

// unwrapped is the policy in what the AWS CLI prints: an object with a Policy,
// or a quoted text. Everything else is given back.
func unwrapped(data []byte) []byte {
	var text string
	if json.Unmarshal(data, &text) == nil {
		return []byte(text)
	}
	var wrapped map[string]json.RawMessage
	if json.Unmarshal(data, &wrapped) == nil && wrapped["Statement"] == nil && json.Unmarshal(wrapped["Policy"], &text) == nil {
		return []byte(text)
	}
	return data
}
