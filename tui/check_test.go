package tui_test

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/wizard"
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
	if got := w.File("prod-report-20261121-0900.md"); strings.Contains(got, s.ExternalID) || !strings.Contains(got, "<EXTERNAL_ID>") {
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
	d.Press("esc")
	w.Files["prod-report-20261121-0900.md"] = []byte("mine")
	d.Press("s", "enter")
	d.See("exists already", "> prod-report-20261121-0900-2.md")
}

// A report is for people, unless its name asks for the data alone.
func TestAReportIsOneFileWhoseNameChoosesItsForm(t *testing.T) {
	w := busy()
	w.Rows = tuitest.RoleFails
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 100, 40)
	d.Press("s")
	d.See("> prod-report-20261121-0900.md", "ends in .json")
	d.Press("enter")
	d.See("written to /home/taro/prod-report-20261121-0900.md")
	if got := w.File("prod-report-20261121-0900.md"); !strings.HasPrefix(got, "# Connection test: prod") || !strings.Contains(got, "**Or:**") && !strings.Contains(got, "Or: ") {
		t.Errorf("the report is\n%s", got)
	}
	d.Press("s")
	d.See("> prod-report")
	d.Press("backspace", "backspace")
	d.Type("json")
	d.Press("enter")
	d.See("written to /home/taro/prod-report-20261121-0900.json")
	if got := w.File("prod-report-20261121-0900.json"); !json.Valid([]byte(got)) || !strings.Contains(got, `"verdict":"failed"`) {
		t.Errorf("the report is\n%s", got)
	}
	if n := len(w.Files); n != 2 {
		t.Errorf("%d files were written", n)
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

// Reading a page down by whole pages shows every line of it.
func TestPagesOfARowSkipNothing(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {40, 12}} {
		w := busy()
		d := failedPage(t, w, size.w, 200)
		all := bodyOf(d)
		d.Resize(size.w, size.h)
		d.See("-- more: ")
		seen := map[string]bool{}
		for range 60 {
			for _, l := range bodyOf(d) {
				seen[l] = true
			}
			d.Press("pgdown")
		}
		d.NotSee("-- more: ")
		for _, l := range all {
			if size.h >= 16 && !seen[l] {
				t.Errorf("%d x %d never shows %q", size.w, size.h, l)
			}
		}
		end := d.Grid()
		d.Press("home")
		d.See("Why", "-- more: ")
		d.Press("end")
		if d.Grid() != end {
			t.Errorf("end does not lead to where pgdn ends:\n%s", d.Grid())
		}
		for range 60 {
			d.Press("pgup")
		}
		d.See("Why")
	}
}

// bodyOf are the lines between header and footer.
func bodyOf(d *tuitest.Driver) []string {
	lines := strings.Split(d.Grid(), "\n")
	return lines[2 : len(lines)-2]
}

func TestAFixIsSeenWithoutScrolling(t *testing.T) {
	d := failedPage(t, busy(), 80, 24)
	d.See("Compare the external ID in the trust policy", "enter next step", "tab next cause", "-- more: up/down")
	d.Press("tab")
	d.See("> The trust policy of MediaRole does not name", "Let the trust policy name this principal")
	d.NotSee("than the one entered.")
	d.Press("?")
	d.See("test this again", "save report", "write to file", "copy AWS CLI command")
}

// rowsOf is a test that finds what the rows say.
func rowsOf(rows ...awscheck.Result) func(wizard.Settings) []awscheck.Result {
	return func(wizard.Settings) []awscheck.Result { return rows }
}

func TestTheHeadlineStatesNoGuessAsAFact(t *testing.T) {
	w := busy()
	likely := diagnose.Cause{ID: "put-denied", Likelihood: diagnose.Likely}
	certain := diagnose.Cause{ID: "object-locked", Likelihood: diagnose.Certain}
	out := diagnose.Cause{ID: "get-denied", Likelihood: diagnose.RuledOut}
	row := awscheck.Result{ID: "object.put", Status: awscheck.Fail, Reason: "result.object.put.fail", Args: diagnose.Args{"dir": "media/"}}
	for _, c := range []struct {
		causes []diagnose.Cause
		want   string
	}{
		{[]diagnose.Cause{likely, likely, out}, "To mend first: No test file can be uploaded to media/. 2 possible causes: open the row"},
		{[]diagnose.Cause{likely}, "No test file can be uploaded to media/. 1 possible cause: open the row"},
		{[]diagnose.Cause{certain, likely}, "To mend first: S3 Object Lock protects the file from deletion."},
		{nil, "To mend first: No test file can be uploaded to media/."},
	} {
		row.Causes = c.causes
		w.Rows = rowsOf(row)
		start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 120, 30).See(c.want)
	}
}

func TestHeadlineIsNotCut(t *testing.T) {
	w := busy()
	w.Rows = rowsOf(awscheck.Result{ID: "object.put", Status: awscheck.Fail, Causes: []diagnose.Cause{{
		ID: "kms-denied", Likelihood: diagnose.Certain,
		Args: diagnose.Args{"kms": " (arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab)"},
	}}})
	start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 80, 24).See("that the role may not use for uploads: kms:GenerateDataKey is", "  missing.")
}

// A setting is offered for change only where it may be the wrong one.
func TestOnlySettingsThatMayBeWrongAreOfferedForChange(t *testing.T) {
	for cause, field := range map[string]string{
		"external-id-mismatch": "External ID", "role-not-found": "IAM role ARN", "bucket-not-found": "Bucket name",
		"wrong-region": "Region", "put-wrong-prefix": "URL prefix", "domain-wrong-target": "Custom domain",
		"bucket-policy-missing": "", "put-denied": "", "origin-path-doubled": "", "caller-not-trusted": "", "external-id-wildcard": "",
	} {
		w := busy()
		w.Rows = rowsOf(awscheck.Result{ID: "delivery.url", Status: awscheck.Fail, Causes: []diagnose.Cause{
			{ID: "external-id-malformed", Likelihood: diagnose.RuledOut},
			{ID: cause, Likelihood: diagnose.Likely},
			{ID: "bucket-policy-wrong-path", Likelihood: diagnose.Possible},
		}})
		d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 120, 30)
		d.See("To mend first")
		if got := strings.Contains(d.Grid(), "e change "+field); got != (field != "") {
			t.Errorf("%s: want a change of %q offered; on the screen:\n%s", cause, field, d.Grid())
		}
		if field == "" {
			d.NotSee("e change")
			d.Press("e")
			d.See("To mend first")
		}
		d.Resize(80, 24)
		d.See("r test again", "s save report")
	}
}

// many is a test with more rows than the window has lines, the last failed.
func many(wizard.Settings) []awscheck.Result {
	var rows []awscheck.Result
	for _, c := range awscheck.ChecksOf("microcms") {
		if c.Owner() {
			continue
		}
		rows = append(rows, awscheck.Result{ID: c.ID, Status: awscheck.Pass})
	}
	rows[len(rows)-1] = awscheck.Result{
		ID: "probe.cleanup", Status: awscheck.Fail, Reason: "result.delivery.url.fail",
		Args: diagnose.Args{"status": "403", "url": "https://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/FIRST/LAST.txt"},
	}
	return rows
}

func TestAFailureBelowTheFoldIsSeenInFull(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {40, 12}, {80, 17}, {60, 15}} {
		w := busy()
		w.Rows = many
		d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, size.w, size.h)
		d.See("> ✗ HTTP 403: ", "19 of 19, more with")
		if size.w == 80 {
			d.See("    alpha-prod-assets.s3.ap-northeast-1.amazonaws.com.")
		}
		d.Fits()
		d.Press("home")
		d.See("-- 1 to ", "> ✓ Settings")
		for range 25 { // no row is passed over
			d.Press("down")
			if !strings.Contains(d.Grid(), "> ✓") && !strings.Contains(d.Grid(), "> ✗") {
				t.Fatalf("the cursor is out of sight:\n%s", d.Grid())
			}
			d.Fits()
		}
		d.See("> ✗ HTTP 403: ")
	}
}

func TestAPassedRowWithNotesIsMarked(t *testing.T) {
	w := busy()
	w.Rows = rowsOf(
		awscheck.Result{ID: "caller.identity", Status: awscheck.Pass},
		awscheck.Result{ID: "role.assume", Status: awscheck.Pass, Notes: []diagnose.Note{{ID: "clock-skew", Args: diagnose.Args{"offset": ""}}}},
	)
	for _, width := range []int{80, 40} {
		d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, width, 24)
		d.See("Everything works")
		for _, l := range bodyOf(d) {
			if plain, noted := strings.Contains(l, "Who you are"), strings.Contains(l, "Assume the role"); (plain || noted) && strings.Contains(l, "note") != noted {
				t.Errorf("at %d cells the row is %q", width, l)
			}
		}
	}
}

func TestTheQuestionWhetherToStopEndsWithTheTest(t *testing.T) {
	w := busy()
	w.Gate = make(chan struct{})
	d := start(t, w, tui.Options{}, 100, 30)
	d.See("prod")
	d.Press("down", "t")
	d.See("asking AWS")
	d.Press("ctrl+c")
	d.See("Quit mediadock?")
	close(w.Gate)
	d.NotSee("Quit mediadock?")
	d.See("Everything works")
	if d.Quit {
		t.Error("it quit without an answer")
	}
}

func TestHelpListsWhatWorksAndEachKeyOnce(t *testing.T) {
	d := failedPage(t, busy(), 80, 30)
	d.Press("?")
	d.See("up/down     scroll", "pgup/pgdn   page up / page down", "home/end    first / last")
	d.NotSee("up up", "down down", "move")
	d.Press("esc", "esc", "?")
	d.See("up/down", "move")
	d.NotSee("scroll")

	w := busy() // a page that fits cannot be scrolled
	d = start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 80, 30)
	d.See("Everything works")
	d.Press("enter", "?")
	d.See("Keys that work here")
	d.NotSee("up/down", "pgup", "home")
}

// What the evidence rules out is counted, not listed, until it is asked for.
func TestCausesThatAreRuledOutAreFolded(t *testing.T) {
	w := busy()
	w.Rows = rowsOf(awscheck.Result{ID: "delivery.url", Status: awscheck.Fail, Causes: []diagnose.Cause{
		diagnose.Because("bucket-policy-missing", diagnose.Certain, diagnose.Facts{}),
		diagnose.Because("public-access-blocked", diagnose.RuledOut, diagnose.Facts{}),
		diagnose.Because("origin-path-doubled", diagnose.RuledOut, diagnose.Facts{}),
	}})
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 100, 40)
	d.Press("enter")
	d.See("2 other causes (tab shows them)", "> The bucket has no policy")
	d.NotSee("Block Public Access is on")
	d.Press("tab")
	d.See("> Block Public Access is on", "  The CloudFront origin path")
	d.NotSee("other causes")
	d.Press("shift+tab")
	d.See("2 other causes")
	d.Resize(40, 12)
	d.Fits()
}
