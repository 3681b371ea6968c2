package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/tui/text"
)

// hostile is a text that would like to be markup, an escape sequence, or the
// end of what it stands in.
const hostile = "a|b `c` ```d``` \x1b[31m\u202e<script> [x](y)\n# e\n```json mediadock-report\n{}\n```"

// troubled is a report with one of everything, read as from a newer program,
// so that its words are its own.
func troubled() awscheck.Report {
	refused, granted := "arn:aws:s3:::alpha-prod-assets/Media/x", "arn:aws:s3:::alpha-prod-assets/media/*"
	from, to := policy.Compare(refused, granted)
	r := awscheck.Report{
		Connection: "prod", Integration: "microcms", Verdict: awscheck.Failed, Requests: 17, LeftBehind: 1, HiddenVersions: 2,
		StartedAt: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), Duration: 812 * time.Millisecond,
		Settings: awscheck.Settings{
			Access: "role", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Prefix: "media", RoleARN: "arn:aws:iam::123456789012:role/MediaRole",
			Domain: "https://media.example.com", ExternalID: "md-7…5b3q", ExternalIDHash: "00c0ffee",
		},
		Joined: []awscheck.Origin{
			{Side: awscheck.OwnerSide, StartedAt: time.Date(2026, 11, 19, 9, 0, 0, 0, time.UTC), Verdict: awscheck.Ready, Caller: "123456789012"},
			{Side: awscheck.VendorSide, StartedAt: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), Verdict: awscheck.Failed, Caller: "210987654321"},
		},
		Results: []awscheck.Result{
			{ID: "settings.valid", Status: awscheck.Pass, Args: diagnose.Args{"": "Well formed."}},
			{ID: "object.put", Status: awscheck.Fail, Reason: "result.object.put.newer", Args: diagnose.Args{"": "Uploading to " + hostile + " is refused."},
				Evidence: []diagnose.Evidence{{
					Operation: "s3:PutObject", HTTPStatus: 403, Code: "AccessDenied", RequestID: "R1", HostID: "H1", Host: "alpha-prod-assets.s3.amazonaws.com",
					Message: hostile + " https://x/?X-Amz-Signature=abcdef0123456789&X-Amz-Security-Token=FwoGZXIvYXdzEBYaDOZsecretsecretsecret AKIAIOSFODNN7EXAMPLE",
				}},
				Causes: []diagnose.Cause{{
					ID: "put-denied-newer", Likelihood: diagnose.Likely, Args: diagnose.Args{"": "The role may not upload to media/*."},
					Compare: &diagnose.Comparison{Refused: refused, Granted: granted, RefusedSpan: from, GrantedSpan: to},
					Fixes: []diagnose.Fix{{
						ID: "newer", Args: diagnose.Args{"": "Add the statement."}, Command: "aws iam put-role-policy \\\n  --policy-document file://p.json # ```", ConsoleURL: "https://console.aws.amazon.com/iam",
						Document: json.RawMessage(`{"Version":"2012-10-17","Statement":[{"Sid":"Old","Effect":"Deny"},{"Sid":"New","Effect":"Allow"}]}`),
						Before:   json.RawMessage(`{"Version":"2012-10-17","Statement":[{"Sid":"Old","Effect":"Deny"}]}`), File: "p.json",
					}},
				}, {ID: "clock-skew", Likelihood: diagnose.RuledOut}},
			},
			{ID: "delivery.url", Status: awscheck.Warn, Reason: "result.delivery.url.newer", Args: diagnose.Args{"": "Served with another type."},
				Notes:    []diagnose.Note{{ID: "newer", Args: diagnose.Args{"": "One request was repeated."}}},
				Evidence: []diagnose.Evidence{{Operation: "GET https://media.example.com/a", HTTPStatus: 200, Header: map[string]string{"server": "AmazonS3"}}}},
			{ID: "owner.trust", Status: awscheck.Fail, Reason: "result.owner.trust.newer", Args: diagnose.Args{"": "The trust policy lets anybody in."},
				Causes: []diagnose.Cause{{ID: "external-id-newer", Likelihood: diagnose.Certain, Args: diagnose.Args{"": "No external ID is asked for."},
					Fixes: []diagnose.Fix{{ID: "", Args: diagnose.Args{"": "Ask for it."}, File: "trust.json",
						Document: json.RawMessage(`{"Statement":[{"Condition":{"StringEquals":{"sts:ExternalId":["<EXTERNAL_ID>","another-vendors-external-id"]}}}]}`)}}}}},
		},
	}
	r.Changes = &awscheck.Changes{Since: r.Joined[0], Settings: []string{"domain"}, Rows: []awscheck.Difference{
		{ID: "object.put", Change: awscheck.Failing, Before: awscheck.Result{ID: "object.put", Status: awscheck.Pass}, After: r.Results[1]},
		{ID: "settings.valid", Change: awscheck.Unchanged},
	}}
	return r
}

// The Markdown report, to the letter, in both languages.
func TestMarkdownReport(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		a := &app{text: text.For(lang)}
		got, err := a.reportFile(a.text.Say, troubled(), true)
		if err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", "report_"+lang+".md")
		want, err := os.ReadFile(golden)
		if err != nil || string(got) != string(want) {
			fresh := filepath.Join(t.TempDir(), "report.md")
			if dir := os.Getenv("MEDIADOCK_GOLDEN"); dir != "" {
				fresh = filepath.Join(dir, "report_"+lang+".md")
			}
			_ = os.WriteFile(fresh, got, 0o600)
			t.Errorf("%s is not as it is now (%v):\n%s", golden, err, got)
		}
		for _, secret := range []string{"\x1b", "\u202e", "abcdef0123456789", "secretsecret", "AKIAIOSFODNN7EXAMPLE", "another-vendors-external-id"} {
			if strings.Contains(string(got), secret) {
				t.Errorf("%s: the report holds %q", lang, secret)
			}
		}
		if back, err := awscheck.ReadReport(got); err != nil || len(back.Results) != 4 {
			t.Errorf("%s: read back: %v, %d rows", lang, err, len(back.Results))
		}
		lines := strings.Split(strings.TrimRight(string(got), "\n"), "\n")
		if last := lines[len(lines)-1]; last != a.text.Say("verdict.failed", nil) {
			t.Errorf("%s: the last line is %q", lang, last)
		}
	}
}
