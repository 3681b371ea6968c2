package wizard

import (
	"maps"
	"slices"
	"testing"
)

const vendorAccount = "999988887777"

// three are the settings that follow from who will use the role.
func three(s Settings) [3]string { return [3]string{s.Access, s.TrustedPrincipal, s.ManagedBy} }

func askedIn(f *Flow, step string) []string {
	for _, s := range f.Steps() {
		if s.ID == step {
			return s.Fields
		}
	}
	return nil
}

func TestSettingsFollowFromWhoUsesTheRole(t *testing.T) {
	for _, tt := range []struct {
		answer string
		want   [3]string
		asked  bool // for the vendor's account
	}{
		{PartVendor, [3]string{"caller", vendorAccount, "service"}, true},
		{PartBoth, [3]string{"role", vendorAccount, "service"}, true},
		{PartCaller, [3]string{"role", "", "mediadock"}, false},
	} {
		f := NewFlow(Settings{Bucket: "alpha", Region: "eu-west-1", RoleARN: role, ExternalID: strong}, "access")
		if got := f.Raw(PartsKey); got != "" {
			t.Fatalf("answered with %q before anybody was asked", got)
		}
		put(t, f, PartsKey, tt.answer)
		if asked := slices.Contains(askedIn(f, "access"), "trusted_principal"); asked != tt.asked {
			t.Errorf("%s: the account is asked for: %v", tt.answer, asked)
		}
		q, _ := f.Question("trusted_principal")
		if q.Required != tt.asked {
			t.Errorf("%s: the account is required: %v", tt.answer, q.Required)
		}
		if tt.asked {
			if got := codes(f.Next()); !slices.Equal(got, []string{"trusted_principal.missing"}) {
				t.Errorf("%s without an account: %q", tt.answer, got)
			}
			put(t, f, "trusted_principal", vendorAccount)
		}
		mustNext(t, f)
		if got := three(f.Settings()); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.answer, got, tt.want)
		}
		if got := PartOf(f.Settings()); got != tt.answer {
			t.Errorf("%s reads back as %q", tt.answer, got)
		}
		if errs := Validate(f.Settings()); len(errs) > 0 {
			t.Errorf("%s: %q", tt.answer, codes(errs))
		}
	}
}

// Nobody's answer is a default: whoever hurries past it would get a role that
// the CMS cannot assume.
func TestNobodyIsAnsweredForWhoUsesTheRole(t *testing.T) {
	f := NewFlow(Settings{RoleARN: role, ExternalID: strong}, "access")
	if got := codes(f.Next()); !slices.Equal(got, []string{"parts.missing"}) {
		t.Errorf("got %q", got)
	}
	wantStep(t, f, "access")
	if got := three(f.Settings()); got != [3]string{} {
		t.Errorf("settings follow from no answer: %q", got)
	}
	f.GoTo("review")
	if got := codes(f.Next()); !slices.Contains(got, "parts.missing") {
		t.Errorf("review: %q", got)
	}
	// It survives a draft, which holds settings alone.
	again := NewFlow(f.Settings(), "access")
	if got := again.Raw(PartsKey); got != "" {
		t.Errorf("the draft answers %q", got)
	}
}

func TestAnAccountThatWasTypedComesBackWithTheAnswer(t *testing.T) {
	f := NewFlow(Settings{}, "access")
	put(t, f, PartsKey, PartBoth)
	put(t, f, "trusted_principal", vendorAccount)
	put(t, f, PartsKey, PartCaller)
	if got := f.Settings().TrustedPrincipal; got != "" {
		t.Errorf("the role of this program alone trusts %q", got)
	}
	put(t, f, PartsKey, PartVendor)
	if got := f.Settings().TrustedPrincipal; got != vendorAccount {
		t.Errorf("the account became %q", got)
	}
	put(t, f, PartsKey, PartVendor) // once more: nothing
	put(t, f, PartsKey, "")         // no answer: nothing
	if got := f.Raw(PartsKey); got != PartVendor {
		t.Errorf("the answer became %q", got)
	}
}

// What fits none of the answers stays until another one is chosen, and can
// then be had again.
func TestWhatFitsNoAnswerIsShownAsSet(t *testing.T) {
	for name, s := range map[string]Settings{
		"the vendor alone, through the role": {Access: "role", TrustedPrincipal: vendorAccount},
		"the caller's rights":                {Access: "caller"},
		"another principal":                  {Access: "role", TrustedPrincipal: "arn:aws:iam::999988887777:role/Editors", ManagedBy: "mediadock"},
		"a word that is none":                {Access: "keys", ManagedBy: "service"},
	} {
		f := NewFlow(s, "access")
		if got := f.Raw(PartsKey); got != PartAsSet {
			t.Errorf("%s: %q", name, got)
			continue
		}
		before := three(f.Settings())
		if before != three(Defaults(s)) {
			t.Errorf("%s: opening it made %q of it", name, before)
		}
		q, _ := f.Question(PartsKey)
		all := q.Choices(f.Settings())
		last := all[len(all)-1]
		want := map[string]string{"service": "microCMS", "access": before[0], "managed_by": before[2], "trusted_principal": "-"}
		if before[1] != "" {
			want["trusted_principal"] = before[1]
		}
		if last.Value != PartAsSet || !maps.Equal(last.Args, want) {
			t.Errorf("%s: the last choice is %+v", name, last)
		}
		_, _ = f.Put(PartsKey, PartCaller)
		if got := three(f.Settings()); got != [3]string{"role", "", "mediadock"} {
			t.Errorf("%s: choosing gave %q", name, got)
		}
		_, _ = f.Put(PartsKey, PartAsSet)
		if got := three(f.Settings()); got != before {
			t.Errorf("%s: %q cannot be had again, it is %q", name, before, got)
		}
	}
	f := NewFlow(Settings{}, "access")
	q, _ := f.Question(PartsKey)
	if n := len(q.Choices(Settings{})); n != 3 {
		t.Errorf("%d answers are offered where nothing was set", n)
	}
	if _, err := f.Put(PartsKey, PartAsSet); err == nil || err.Code != "parts.unknown" {
		t.Errorf("as set, where nothing was: %v", err)
	}
	if _, err := f.Put(PartsKey, "everybody"); err == nil || err.Code != "parts.unknown" {
		t.Errorf("everybody: %v", err)
	}
}

// A mistake in a setting that is not asked for by itself is shown where it is
// answered.
func TestAMistakeInWhatFollowsIsTheQuestions(t *testing.T) {
	f := NewFlow(Settings{Access: "Role", ManagedBy: "mediadock", RoleARN: role, ExternalID: strong}, "access")
	e := f.Problem(PartsKey)
	if e == nil || e.Code != "access.unknown" || f.QuestionOf(e.Field) != PartsKey {
		t.Fatalf("got %v", e)
	}
	if got := codes(f.Next()); !slices.Equal(got, []string{"access.unknown"}) {
		t.Errorf("next: %q", got)
	}
	f.Take(e)
	if f.Problem(PartsKey) != nil || f.Raw(PartsKey) != PartCaller {
		t.Errorf("taking the suggestion: %v, %q", f.Problem(PartsKey), f.Raw(PartsKey))
	}
	mustNext(t, f)
	if q := f.QuestionOf("trusted_principal"); q != PartsKey {
		t.Errorf("an account that is not asked for is answered by %q", q)
	}
	put(t, f, PartsKey, PartBoth)
	if q := f.QuestionOf("trusted_principal"); q != "trusted_principal" {
		t.Errorf("an account that is asked for is answered by %q", q)
	}
}

// The question is no setting: no flag, no variable, nothing in a file.
func TestTheQuestionIsNoSetting(t *testing.T) {
	if _, ok := FieldByKey(PartsKey); ok {
		t.Error("it is in the table of fields")
	}
	if _, err := FromFile([]byte("parts: vendor\n")); err == nil {
		t.Error("a file may hold it")
	}
}

// Every answer must change something, or the choice is none.
func TestAnswersDiffer(t *testing.T) {
	for _, in := range integrations {
		seen := map[Part]string{}
		for _, p := range in.Parts {
			id := p.ID
			p.ID = ""
			if other := seen[p]; other != "" {
				t.Errorf("%s: %s and %s are the same", in.ID, id, other)
			}
			seen[p] = id
		}
		asks := slices.ContainsFunc(in.Steps, func(s Step) bool { return slices.Contains(s.Fields, PartsKey) })
		if asks != (len(in.Parts) > 0) {
			t.Errorf("%s: asks %v, has %d answers", in.ID, asks, len(in.Parts))
		}
	}
}
