package awscheck

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// The contract's form, to the letter.
func TestReportJSON(t *testing.T) {
	say := func(id string, args map[string]string) string { return id + "|" + args["x"] }
	r := Report{
		Integration: "microcms", Verdict: Failed, Requests: 17, LeftBehind: 1, HiddenVersions: 2,
		StartedAt: time.Date(2026, 11, 21, 18, 0, 0, 0, time.FixedZone("JST", 9*3600)), Duration: 812*time.Millisecond + 400*time.Microsecond,
		Results: []Result{
			{ID: "settings.valid", Status: Pass, Reason: "result.settings.valid.pass"},
			{
				ID: "role.assume", Status: Fail, Reason: "result.role.assume.fail", Args: diagnose.Args{"x": "1"}, Duration: 41 * time.Millisecond,
				RequestIDs: []string{"R1"},
				Notes:      []diagnose.Note{{ID: "propagated", Args: diagnose.Args{"x": "2"}}},
				Evidence:   []diagnose.Evidence{{Operation: "sts:AssumeRole", HTTPStatus: 403, Code: "AccessDenied", Message: "m", RequestID: "R1"}},
				Causes: []diagnose.Cause{{ID: "external-id-mismatch", Likelihood: diagnose.Likely, Args: diagnose.Args{"x": "3"}, Fixes: []diagnose.Fix{
					{ID: "replace-trust", Command: "aws iam", ConsoleURL: "https://c", Document: []byte(`{"Version":"2012-10-17"}`)},
					{ID: "bare"},
				}}},
			},
		},
	}
	want := `{"connection":null,"integration":"microcms","verdict":"failed","started_at":"2026-11-21T09:00:00Z","duration_ms":812,"requests":17,"left_behind":1,"hidden_versions":2,"unknown_errors":0,"side":"vendor","checks":[` +
		`{"id":"settings.valid","status":"pass","duration_ms":0,"summary":"result.settings.valid.pass|","reason":"result.settings.valid.pass","request_ids":[],"notes":[],"evidence":[],"causes":[]},` +
		`{"id":"role.assume","status":"fail","duration_ms":41,"summary":"result.role.assume.fail|1","reason":"result.role.assume.fail","args":{"x":"1"},"request_ids":["R1"],"notes":[{"id":"propagated","summary":"note.propagated|2","args":{"x":"2"}}],` +
		`"evidence":[{"operation":"sts:AssumeRole","http_status":403,"code":"AccessDenied","message":"m","request_id":"R1"}],` +
		`"causes":[{"id":"external-id-mismatch","likelihood":"likely","summary":"cause.external-id-mismatch|3","args":{"x":"3"},"fixes":[{"text":"fix.replace-trust|","command":"aws iam","console_url":"https://c","document":{"Version":"2012-10-17"},"id":"replace-trust"},{"text":"fix.bare|","id":"bare"}]}]}]}`
	if got := marshal(t, r, say); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := marshal(t, Report{Connection: "prod"}, say); got != `{"connection":"prod","integration":"","verdict":"","started_at":"0001-01-01T00:00:00Z","duration_ms":0,"requests":0,"left_behind":0,"hidden_versions":0,"unknown_errors":0,"checks":[]}` {
		t.Errorf("an empty report: %s", got)
	}
}

func marshal(t *testing.T, r Report, say Say) string {
	t.Helper()
	data, err := json.Marshal(r.JSON(say))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Wherever an answer repeats the external ID, it is masked; in documents it
// is a placeholder.
func TestExternalIDIsMaskedEverywhere(t *testing.T) {
	x := newTest(roleTarget(), Options{})
	args := func() diagnose.Args { return diagnose.Args{"x": "id " + testID} }
	r := x.scrub(Result{
		Args: args(), Notes: []diagnose.Note{{Args: args()}}, Evidence: []diagnose.Evidence{{Message: testID}},
		Causes: []diagnose.Cause{{Args: args(), Fixes: []diagnose.Fix{{Args: args(), Command: "x " + testID, Document: []byte(`{"a":"` + testID + `"}`)}}}},
	})
	mask := diagnose.Mask(testID)
	fix := r.Causes[0].Fixes[0]
	for _, got := range []string{r.Args["x"], r.Notes[0].Args["x"], "id " + r.Evidence[0].Message, r.Causes[0].Args["x"], fix.Args["x"]} {
		if got != "id "+mask {
			t.Errorf("%q", got)
		}
	}
	if fix.Command != "x "+mask || string(fix.Document) != `{"a":"<EXTERNAL_ID>"}` {
		t.Errorf("%q %s", fix.Command, fix.Document)
	}
}
