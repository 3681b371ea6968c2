package tui_test

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// failedPage is the page of the row that failed.
func failedPage(t *testing.T, w *tuitest.World, width, height int) *tuitest.Driver {
	t.Helper()
	w.Rows = tuitest.RoleFails
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, width, height)
	d.See("To mend first")
	d.Press("enter")
	d.See("How to mend it")
	return d
}

// What a person takes along to mend a connection has the external ID in full;
// what may be seen or passed on has not.
func TestDocumentsTakenFromTheCheckHaveTheWholeExternalID(t *testing.T) {
	w := busy()
	s := prod()
	s.ExternalID = "md-2f6b7c1e9a04d853aa11+=,.@:/-_"
	for i := range w.Conns {
		w.Conns[i].Settings = s
	}
	d := failedPage(t, w, 100, 60)
	d.See("<EXTERNAL_ID>", "it has the full external ID")
	d.NotSee(s.ExternalID)
	d.Press("c")
	d.See("with the full external ID, sent to the terminal's clipboard")
	d.Settle()
	d.Press("w")
	d.See("> trust.json", "it has the full external ID")
	d.Press("enter")
	d.See("trust.json, with the full external ID")
	for from, doc := range map[string]string{"clipboard": d.Clipboard[0], "file": w.File("trust.json")} {
		if !json.Valid([]byte(doc)) || !strings.Contains(doc, `"`+s.ExternalID+`"`) || strings.Contains(doc, "<EXTERNAL_ID>") {
			t.Errorf("the %s has %s", from, doc)
		}
	}
	d.Press("esc", "s", "enter")
	d.See("written to")
	if got := w.File("prod-report-20261121-0900.txt"); strings.Contains(got, s.ExternalID) || !strings.Contains(got, "<EXTERNAL_ID>") {
		t.Errorf("the report is not masked: %s", got)
	}
}

func TestAFileThatIsThereStaysAndAFreeNameIsOffered(t *testing.T) {
	w := busy()
	w.Files["trust.json"] = []byte("mine")
	w.Files["trust-2.json"] = []byte("mine, too")
	d := failedPage(t, w, 80, 24)
	d.Press("w", "enter")
	d.See("trust.json exists already and stays as it is", "> trust-3.json")
	d.Press("enter")
	d.See("trust-3.json; the command has to name it in")
	if w.File("trust.json") != "mine" || w.File("trust-2.json") != "mine, too" || !strings.Contains(w.File("trust-3.json"), "sts:ExternalId") {
		t.Errorf("the files hold %q", w.Files)
	}
	// A report is two files; neither is written where one of them is there.
	d.Press("esc")
	w.Files["prod-report-20261121-0900.json"] = []byte("mine")
	d.Press("s", "enter")
	d.See("exists already", "> prod-report-20261121-0900-2.txt")
	if w.File("prod-report-20261121-0900.txt") != "" {
		t.Error("one half of a report was written")
	}
}

func TestWhereNothingCanBeWrittenIsSaidInWords(t *testing.T) {
	w := busy()
	d := failedPage(t, w, 100, 40)
	w.WriteErr = &fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}
	d.Press("w")
	d.See("> trust.json")
	d.Paste(".d/x.json")
	d.Press("enter")
	d.See("There is no directory trust.json.d. Create it first", "> trust.json.d/x.json")
	w.WriteErr = &fs.PathError{Op: "open", Path: "x", Err: fs.ErrPermission}
	d.Press("enter")
	d.See("You may not write into trust.json.d.")
	w.WriteErr = nil
	d.Press("enter")
	d.See("written to")
}
