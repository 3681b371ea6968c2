package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/text"
)

// row writes "id status cause:likelihood ... <need": causes in order, and for
// a skipped row what it needs.
func row(s string) awscheck.Result {
	f := strings.Fields(s)
	r := awscheck.Result{ID: f[0], Status: awscheck.Status(f[1])}
	for _, x := range f[2:] {
		if need, ok := strings.CutPrefix(x, "<"); ok {
			r.Args = diagnose.Args{"need": need}
			continue
		}
		id, likelihood, _ := strings.Cut(x, ":")
		r.Causes = append(r.Causes, diagnose.Cause{ID: id, Likelihood: diagnose.Likelihood(likelihood)})
	}
	return r
}

func TestWhatToMendFirst(t *testing.T) {
	for _, c := range []struct {
		about, rows, want string
	}{
		{"nothing", "a pass", ""},
		{"failures before warnings before what could not be told",
			"a inconclusive\nb warn\nc fail", "c | b | a"},
		{"who the caller is before all",
			"object.put fail\nobject.get skip <object.put\nsettings.valid fail", "settings.valid | object.put"},
		{"what many wait for, also by way of others",
			"bucket.list fail\nobject.put fail\nobject.get skip <object.put\ndelivery.url skip <object.put\ndelivery.cache skip <delivery.url",
			"object.put | bucket.list"},
		{"what stops others is no small thing",
			"delivery.listing warn\nrole.assume inconclusive\nobject.put skip <role.assume", "role.assume | delivery.listing"},
		{"what is certain before a guess",
			"bucket.list fail list-denied:likely\nobject.copy fail copy-denied:certain", "object.copy | bucket.list"},
		{"what the owner read about the same is no further problem",
			"role.assume fail external-id-mismatch:certain propagating:possible\nowner.trust fail external-id-mismatch:certain",
			"role.assume+owner.trust"},
		{"a live warning is shown by the owner's failure",
			"object.delete warn delete-marker:certain\nowner.versioning fail delete-marker:certain", "owner.versioning+object.delete"},
		{"causes that are ruled out join nothing",
			"a fail x:ruled-out y:likely\nb fail x:likely", "a | b"},
		{"rows without a cause are problems of their own", "a fail\nb fail", "a | b"},
		{"a denial is told by what says why",
			"object.put fail explicit-deny:certain encryption-required:certain\nowner.bucket-policy fail encryption-required:certain",
			"object.put+owner.bucket-policy"},
		{"what a failure brings along is no further problem",
			"object.delete fail delete-denied:certain\nprobe.cleanup warn left-behind:certain\nobject.get fail get-denied:likely\nobject.copy fail copy-denied:likely\nowner.permissions fail delete-denied:certain copy-denied:certain",
			"object.delete+probe.cleanup+owner.permissions | object.get+object.copy"},
		{"but by itself it is one", "object.delete pass\nprobe.cleanup warn left-behind:certain\nobject.copy fail copy-denied:likely", "object.copy | probe.cleanup"},
		{"two causes of one row are two problems",
			"delivery.url fail public-access-blocked:certain bucket-policy-missing:certain\nowner.public-access fail public-access-blocked:certain\nowner.bucket-policy fail bucket-policy-missing:certain",
			"delivery.url+owner.public-access | owner.bucket-policy"},
	} {
		var rows []awscheck.Result
		for l := range strings.SplitSeq(c.rows, "\n") {
			rows = append(rows, row(l))
		}
		var got []string
		for _, p := range report.Problems(rows) {
			ids := rows[p.Row].ID
			for _, i := range p.Also {
				ids += "+" + rows[i].ID
			}
			got = append(got, ids)
		}
		if got := strings.Join(got, " | "); got != c.want {
			t.Errorf("%s: %s, want %s", c.about, got, c.want)
		}
	}
}

// Needs that lead in a circle, as a report that was edited may have, end.
func TestNeedsInACircleEnd(t *testing.T) {
	rows := []awscheck.Result{row("a skip <b"), row("b skip <a"), row("c fail")}
	if p := report.Problems(rows); len(p) != 1 || rows[p[0].Row].ID != "c" {
		t.Errorf("got %v", p)
	}
}

func TestHeadlineSaysHowManyProblemsThereAre(t *testing.T) {
	for _, c := range []struct {
		rows     []awscheck.Result
		en, ja   string
		possible int
	}{
		{nil, "", "", 0},
		{[]awscheck.Result{row("object.put fail")}, "To mend first: Upload.", "最初に直すところ：アップロード。", 0},
		{[]awscheck.Result{row("object.put fail put-denied:likely kms-denied:possible"), row("object.delete warn")},
			"To mend first, of 2 problems: Upload.", "最初に直すところ（全 2 件）：アップロード。", 2},
		{[]awscheck.Result{row("object.put warn"), row("object.delete warn")}, "Worth a look first, of 2 things: Upload.", "最初に確認するところ（全 2 件）：アップロード。", 0},
	} {
		for lang, want := range map[string]string{"en": c.en, "ja": c.ja} {
			got, possible := report.Headline(text.For(lang), c.rows, report.Problems(c.rows))
			if got != want || possible != c.possible {
				t.Errorf("got %q with %d possible causes, want %q with %d", got, possible, want, c.possible)
			}
		}
	}
}

func TestStepsSayWhatTheyAre(t *testing.T) {
	c := text.For("en")
	var got []string
	for _, s := range report.Steps([]diagnose.Fix{{ID: "set-cors"}, {ID: "then-put-cors"}, {ID: "wait"}}) {
		got = append(got, fmt.Sprintf("%v %q", s.Or, s.Place(c)))
	}
	if want := `false "1. ", false "2. ", true "or: "`; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}

func TestEvidenceTellsTheWayOnce(t *testing.T) {
	way := &diagnose.TLS{Asked: "media.example.com"}
	got := report.Evidence([]diagnose.Evidence{
		{Operation: "GET https://media.example.com/a", HTTPStatus: 403, Host: "media.example.com", TLS: way, AnsweredBy: "cloudfront"},
		{Operation: "GET https://media.example.com/b", Network: "timeout", Host: "media.example.com", Message: "slow", TLS: way},
		{Operation: "s3:PutObject", HTTPStatus: 403, Code: "AccessDenied", Host: "s3.example.com"},
	})
	want := [][]string{
		{"GET https://media.example.com/a  403", "TLS asked for media.example.com", "answered by cloudfront"},
		{"GET https://media.example.com/b  timeout", "slow"},
		{"s3:PutObject  403  AccessDenied  s3.example.com"},
	}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %q", got)
	}
}

func TestAListNamesHostsInPlaceOfURLs(t *testing.T) {
	c := text.For("en")
	args := diagnose.Args{"url": "https://alpha.example.com/media/.mediadock/01J.txt?x=1", "status": "403"}
	r := awscheck.Result{ID: "delivery.url", Status: awscheck.Fail, Reason: "result.delivery.url.fail", Args: args}
	if got := report.Brief(c, r); !strings.Contains(got, "alpha.example.com") || strings.Contains(got, "https") || strings.Contains(got, "01J") {
		t.Errorf("got %q", got)
	}
	r.Causes = []diagnose.Cause{{ID: "listing-public", Likelihood: diagnose.Certain, Args: args}}
	if got, _ := report.Why(c, r); !strings.HasSuffix(got, ": alpha.example.com") {
		t.Errorf("got %q", got)
	}
	if got := report.Sentence(c, r); !strings.Contains(got, args["url"]) {
		t.Errorf("the page has lost the URL: %q", got)
	}
}
