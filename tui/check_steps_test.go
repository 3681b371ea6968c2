package tui_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

// stepped is a cause with two ways: of two steps, each with a document, and of
// one that has a command alone.
func stepped() diagnose.Cause {
	return diagnose.Cause{ID: "bucket-policy-missing", Likelihood: diagnose.Certain, Fixes: []diagnose.Fix{
		{ID: "unblock-bucket", Command: "aws first", File: "first.json", Document: json.RawMessage(`{"Version":"first"}`)},
		{ID: "then-put-bucket-policy", Command: "aws second", File: "second.json", Document: json.RawMessage(`{"Version":"second"}`), ConsoleURL: "https://console.example.com/second"},
		{ID: "use-sse-s3", Command: "aws third"},
	}}
}

func steppedPage(t *testing.T, w *tuitest.World, width, height int) *tuitest.Driver {
	t.Helper()
	w.Rows = rowsOf(awscheck.Result{ID: "delivery.url", Status: awscheck.Fail, Causes: []diagnose.Cause{stepped()}})
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, width, height)
	d.See("To mend first")
	d.Press("enter")
	d.See("How to mend it")
	return d
}

func TestStepsAreNumberedAndOtherWaysTold(t *testing.T) {
	d := steppedPage(t, busy(), 100, 60)
	d.See("> 1. Turn off the two settings", "  2. Merge it into", "or", "Set the bucket's default encryption")
	var order []string
	for _, l := range bodyOf(d) {
		for _, mark := range []string{"1. ", "2. ", "or"} {
			if strings.HasPrefix(strings.TrimLeft(l, "> "), mark) {
				order = append(order, strings.TrimSpace(mark))
			}
		}
	}
	if got := strings.Join(order, " "); got != "1. 2. or" {
		t.Errorf("the steps are %q in\n%s", got, d.Grid())
	}
	d.Press("v")
	d.Settle()
	if len(d.Printed) != 1 {
		t.Fatalf("printed %q", d.Printed)
	}
	at := -1
	for _, want := range []string{"1. Turn off", `"Version": "first"`, "aws first", "2. Merge", `"Version": "second"`, "aws second", "or: Set the bucket", "aws third"} {
		next := strings.Index(d.Printed[0], want)
		if next <= at {
			t.Errorf("%q is missing or too early in\n%s", want, d.Printed[0])
		}
		at = next
	}
}

// What is copied and written is of the step under the mark, and the mark goes
// to the step that it was taken from.
func TestTheKeysActOnTheStepUnderTheMark(t *testing.T) {
	w := busy()
	d := steppedPage(t, w, 100, 60)
	copied := func(want string) {
		t.Helper()
		d.Settle()
		if got := d.Clipboard[len(d.Clipboard)-1]; !strings.Contains(got, want) {
			t.Errorf("copied %q, want %q", got, want)
		}
	}
	d.Press("a")
	copied("aws first")
	d.Press("enter")
	d.See("> 2. Merge", "  1. Turn off")
	d.Press("a")
	copied("aws second")
	d.Press("c")
	copied(`"second"`)
	d.Press("w")
	d.See("> second.json")
	d.Press("enter")
	d.See("written to /home/taro/second.json")
	d.Press("enter", "a")
	copied("aws third")
	d.See("> Set the bucket's default encryption")
	d.Press("c") // it has none: the one before
	copied(`"second"`)
	d.See("> 2. Merge")
	d.Press("enter", "enter") // around
	d.See("> 1. Turn off")
	d.Press("o")
	copied("https://console.example.com/second")
	d.See("> 2. Merge")
}

func TestTheStepUnderTheMarkIsInSight(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 12}, {60, 16}} {
		d := steppedPage(t, busy(), size[0], size[1])
		for _, want := range []string{"> 2. Merge", "> Set the bucket's", "> 1. Turn off"} {
			d.Press("enter")
			d.See(want)
			d.Fits()
		}
	}
}

// A step alone is neither numbered nor marked, and enter does nothing.
func TestASingleFixHasNoMark(t *testing.T) {
	w := busy()
	w.Rows = rowsOf(awscheck.Result{ID: "object.put", Status: awscheck.Fail, Causes: []diagnose.Cause{
		{ID: "throttled", Likelihood: diagnose.Certain, Fixes: []diagnose.Fix{{ID: "slow-down"}}}}})
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 80, 24)
	d.Press("enter")
	d.See("  Wait a little and try again.")
	d.NotSee("> Wait", "1. Wait", "next step")
	before := d.Grid()
	d.Press("enter")
	if d.Grid() != before {
		t.Errorf("enter did something:\n%s", d.Grid())
	}
}

func TestEvidenceOfADeliveryTellsTheWay(t *testing.T) {
	w := busy()
	ev := diagnose.Evidence{Operation: "GET https://media.example.com/a.txt", HTTPStatus: 403, Code: "AccessDenied", Message: "Access Denied",
		DNS: &diagnose.DNS{Name: "media.example.com", Canonical: "d111.cloudfront.net"}, TLS: &diagnose.TLS{Asked: "media.example.com", Names: []string{"*.example.com"}},
		AnsweredBy: "cloudfront", Header: map[string]string{"x-cache": "Error from cloudfront"}}
	w.Rows = rowsOf(awscheck.Result{ID: "delivery.url", Status: awscheck.Fail, Evidence: []diagnose.Evidence{ev}})
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 100, 40)
	d.Press("enter")
	for _, line := range ev.Wire() {
		d.See("    " + line)
	}
	d.See("GET https://media.example.com/a.txt  403  AccessDenied")
	d.Resize(40, 12)
	d.Fits()
}

// Both ARNs can be read and compared in the smallest window.
func TestTheComparisonIsReadableAtFortyColumns(t *testing.T) {
	for lang, names := range map[string][2]string{"en": {"asked for", "allowed"}, "ja": {"要求", "許可"}} {
		w := busy()
		c := diagnose.Because("put-wrong-prefix", diagnose.Certain, diagnose.Facts{Bucket: "alpha-prod-assets", Prefix: "media",
			RoleARN: "arn:aws:iam::123456789012:role/MediaRole"})
		c.Compare = &diagnose.Comparison{Refused: "arn:aws:s3:::alpha-prod-assets/media/example.jpg", Granted: "arn:aws:s3:::alpha-prod-assets/Media/*"}
		c.Compare.RefusedSpan.From, c.Compare.RefusedSpan.To = 31, 32
		c.Compare.GrantedSpan.From, c.Compare.GrantedSpan.To = 31, 32
		w.Rows = rowsOf(awscheck.Result{ID: "object.put", Status: awscheck.Fail, Causes: []diagnose.Cause{c}})
		d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod", Lang: lang}, 40, 60)
		d.Press("enter")
		d.See("  "+names[0]+"\n", "  "+names[1]+"\n", "    arn:aws:s3:::alpha-prod-assets/med\n", "    arn:aws:s3:::alpha-prod-assets/Med\n")
		lines := bodyOf(d)
		for i, l := range lines {
			if strings.TrimSpace(l) == names[0] && (i+2 >= len(lines) || strings.Index(lines[i+2], "^") != strings.Index(lines[i+1], "/med")+1) {
				t.Errorf("%s: the mark is in the wrong place:\n%s", lang, d.Grid())
			}
		}
		d.Fits()
	}
}

// A row that waits says so and for how long, and stops when it is told to.
func TestARowThatWaitsSaysSo(t *testing.T) {
	w := busy()
	w.Rows = tuitest.RoleFails
	d := start(t, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 120, 40)
	d.See("To mend first")
	w.Gate = make(chan struct{})
	d.Press("t")
	d.See("trying again for 60 s.", "waiting", "for up to a minute. esc stops.", "esc stop")
	d.NotSee("asking AWS")
	d.Press("ctrl+c")
	d.See("Quit mediadock?")
	d.Press("down", "enter") // stop it
	d.See("this is the result from before")
	d.Press("enter") // on the page it is the same
	d.See("How to mend it")
	d.Press("t")
	d.See("trying again for 60 s.", "waiting")
	d.Press("esc", "esc")
	d.See("To mend first")
	if begun, undone := w.Counts(); begun != 3 || undone != 2 {
		t.Errorf("%d tests, %d stopped", begun, undone)
	}
}

// A key on the page of a row with long documents is answered within a frame.
func BenchmarkKeysOnAPageWithLongDocuments(b *testing.B) {
	w := busy()
	var before, after []string
	for i := range 60 {
		s := `{"Sid":"S` + strings.Repeat("x", i) + `","Effect":"Allow","Action":["s3:GetObject"],"Resource":"*"}`
		before = append(before, s)
		after = append(after, s)
	}
	after = append(after, `{"Sid":"Ours"}`)
	document := func(s []string) json.RawMessage {
		return json.RawMessage(`{"Version":"2012-10-17","Statement":[` + strings.Join(s, ",") + `]}`)
	}
	c := stepped()
	for i := range c.Fixes {
		c.Fixes[i].Before, c.Fixes[i].Document = document(before), document(after)
	}
	w.Rows = rowsOf(awscheck.Result{ID: "delivery.url", Status: awscheck.Fail, Causes: []diagnose.Cause{c}})
	d := start(b, w, tui.Options{Start: tui.StartCheck, Connection: "prod"}, 120, 40)
	d.Press("enter")
	keys := []string{"down", "pgdown", "enter", "up", "end", "home"}
	for i := 0; b.Loop(); i++ {
		d.Press(keys[i%len(keys)])
	}
}
