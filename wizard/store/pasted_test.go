package store

import (
	"testing"

	"github.com/mediadock/mediadock/wizard"
)

// What was pasted is remembered with the connection and goes with it; that of
// a draft goes with the draft, unless it was saved.
func TestPastedGoesWithItsConnection(t *testing.T) {
	s := open(t)
	records := map[string]wizard.PasteRecord{
		"trust": {Pasted: wizard.Print{Document: "0a", Place: "arn:aws:iam::123456789012:role/R"}, Proved: wizard.Print{Document: "0b"}},
	}
	keep := func(name string) {
		t.Helper()
		if err := s.SavePasted(name, records); err != nil {
			t.Fatal(err)
		}
	}
	keep("draft")
	if got := s.Pasted("draft"); got["trust"] != records["trust"] {
		t.Errorf("%+v", got)
	}
	if err := s.DeleteDraft("draft"); err != nil || len(s.Pasted("draft")) > 0 {
		t.Errorf("after its draft was deleted: %v, %+v", err, s.Pasted("draft"))
	}
	c := save(t, s, "prod", wizard.Settings{Bucket: "b"})
	keep("prod")
	if err := s.DeleteDraft("prod"); err != nil || len(s.Pasted("prod")) == 0 {
		t.Errorf("the connection's was removed with a draft: %v", err)
	}
	if err := s.Remove(c); err != nil || len(s.Pasted("prod")) > 0 {
		t.Errorf("after the connection was removed: %v, %+v", err, s.Pasted("prod"))
	}
	keep("prod")
	if err := s.SavePasted("prod", nil); err != nil || len(s.Pasted("prod")) > 0 {
		t.Errorf("emptied: %v", err)
	}
	if err := s.SavePasted("../x", records); err == nil {
		t.Error("a name that is none is taken")
	}
}
