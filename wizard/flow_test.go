package wizard

import (
	"slices"
	"testing"
)

func codes(errs []FieldError) []string {
	var all []string
	for _, e := range errs {
		all = append(all, e.Code)
	}
	return all
}

func wantStep(t *testing.T, f *Flow, id string) {
	t.Helper()
	if f.Step().ID != id {
		t.Fatalf("at step %q, want %q", f.Step().ID, id)
	}
}

func put(t *testing.T, f *Flow, key, raw string) {
	t.Helper()
	if _, err := f.Put(key, raw); err != nil {
		t.Fatalf("%s: %s", key, err.TextID())
	}
}

func mustNext(t *testing.T, f *Flow) {
	t.Helper()
	if errs := f.Next(); len(errs) > 0 {
		t.Fatalf("step %s: %q", f.Step().ID, codes(errs))
	}
}

func TestFlowFromStartToReview(t *testing.T) {
	f := NewFlow(Settings{}, "")
	wantStep(t, f, "service")
	mustNext(t, f)
	put(t, f, "bucket", " alpha-prod-assets ")
	put(t, f, "region", "ap-northeast-1")
	mustNext(t, f)
	put(t, f, PartsKey, PartCaller)
	put(t, f, "role_arn", role)
	put(t, f, "external_id", strong)
	mustNext(t, f)
	put(t, f, "prefix", "/media/")
	put(t, f, "domain", "my-media.acme.jp")
	mustNext(t, f)
	put(t, f, "fix_file_names", "true")
	mustNext(t, f)
	wantStep(t, f, "review")
	if errs := f.Next(); errs != nil {
		t.Errorf("review: %q", codes(errs))
	}
	wantStep(t, f, "review")
	want := Settings{Integration: "microcms", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Access: "role", RoleARN: role,
		ExternalID: strong, Prefix: "media", Domain: "https://my-media.acme.jp", FixFileNames: true, ManagedBy: "mediadock"}
	if got := f.Settings(); got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if got := f.Raw("prefix"); got != "/media/" {
		t.Errorf("what was typed became %q", got)
	}
}

func TestNextStaysOnAnInvalidStepAndNamesEverythingWrongInIt(t *testing.T) {
	f := NewFlow(Settings{}, "bucket")
	if got := codes(f.Next()); !slices.Equal(got, []string{"bucket.missing", "region.missing"}) {
		t.Errorf("got %q", got)
	}
	wantStep(t, f, "bucket")
}

func TestBackFromAnInvalidStepLosesNothing(t *testing.T) {
	f := NewFlow(Settings{}, "access")
	if _, err := f.Put("role_arn", "MediaRole"); err == nil || err.Code != "role_arn.format" {
		t.Fatalf("Put: %v", err)
	}
	for _, id := range []string{"bucket", "service"} {
		if !f.Back() {
			t.Fatal("cannot go back")
		}
		wantStep(t, f, id)
	}
	if f.Back() {
		t.Error("went back from the first step")
	}
	if got := f.Raw("role_arn"); got != "MediaRole" {
		t.Errorf("typed text became %q", got)
	}
}

func TestDraftResumesAtItsStepWithInvalidText(t *testing.T) {
	f := NewFlow(Settings{}, "place")
	_, _ = f.Put("domain", " my_media.acme.jp/ ")
	_, _ = f.Put("role_arn", "arn:aws:iam::1:role/x")
	again := NewFlow(f.Settings(), f.Step().ID)
	wantStep(t, again, "place")
	if err := again.Problem("domain"); err == nil || err.Code != "domain.path" {
		t.Errorf("domain: %v", err)
	}
	if got := again.Raw("role_arn"); got != "arn:aws:iam::1:role/x" {
		t.Errorf("role: %q", got)
	}
}

func TestNoProblemWhileEmpty(t *testing.T) {
	f := NewFlow(Settings{}, "bucket")
	for _, raw := range []string{"", "  ", "\u200b"} {
		if _, err := f.Put("bucket", raw); err != nil {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

// A contradiction between two steps holds up the later one, where the person
// can see both, and is shown at both fields.
func TestContradictionBelongsToTheLaterStep(t *testing.T) {
	f := NewFlow(Settings{Bucket: "media-111122223333-us-west-2-an", Region: "us-west-2", RoleARN: role, ExternalID: strong, Access: "role"}, "bucket")
	mustNext(t, f)
	wantStep(t, f, "access")
	if got := codes(f.Next()); !slices.Equal(got, []string{"bucket.account_mismatch"}) {
		t.Errorf("got %q", got)
	}
	for _, key := range []string{"bucket", "role_arn"} {
		if err := f.Problem(key); err == nil || err.Code != "bucket.account_mismatch" {
			t.Errorf("%s: %v", key, err)
		}
	}
	put(t, f, "role_arn", "arn:aws:iam::111122223333:role/MediaRole")
	mustNext(t, f)
}

func TestReviewNamesEveryError(t *testing.T) {
	f := NewFlow(Settings{Bucket: "Alpha", Domain: "http://x.jp"}, "review")
	want := []string{"bucket.uppercase", "region.missing", "parts.missing", "role_arn.missing", "external_id.missing", "domain.scheme"}
	if got := codes(f.Next()); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTakingASuggestionBringsTheOtherFields(t *testing.T) {
	f := NewFlow(Settings{}, "bucket")
	_, err := f.Put("bucket", "https://alpha.s3.eu-west-1.amazonaws.com/media/logo.png")
	if err == nil {
		t.Fatal("a URL was taken for a name")
	}
	f.Take(err)
	s := f.Settings()
	if s.Bucket != "alpha" || s.Region != "eu-west-1" || s.Prefix != "media" {
		t.Errorf("got %+v", s)
	}
	mustNext(t, f)
}

func TestUnknownStepIsTheFirst(t *testing.T) {
	wantStep(t, NewFlow(Settings{}, "no such step"), "service")
}

func TestAToggleThatIsNeitherHoldsUpItsStep(t *testing.T) {
	f := NewFlow(Settings{}, "rules")
	_, _ = f.Put("fix_file_names", "maybe")
	if got := codes(f.Next()); !slices.Equal(got, []string{"fix_file_names.unknown"}) {
		t.Errorf("got %q", got)
	}
}

// Another service is chosen after the first one's answers: what only that one
// has does not stand in the way, and is there when it is chosen again.
func TestAnotherServiceTakesNoRole(t *testing.T) {
	f := NewFlow(Settings{Integration: "microcms", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Access: "role", RoleARN: role, ExternalID: strong}, "")
	for _, service := range []string{"amplify", "cloudinary"} {
		put(t, f, "integration", service)
		if s := f.Settings(); s.Access != "caller" || s.RoleARN != "" {
			t.Errorf("%s: access %q, role %q", service, s.Access, s.RoleARN)
		}
		for _, e := range f.Problems() {
			if e.Field == "access" {
				t.Errorf("%s: %s", service, e.TextID())
			}
		}
	}
	put(t, f, "integration", "microcms")
	if s := f.Settings(); s.Access != "role" || s.RoleARN != role {
		t.Errorf("access %q, role %q", s.Access, s.RoleARN)
	}
}

// What is needed is said for the service that was chosen.
func TestQuestionsAreRequiredByTheService(t *testing.T) {
	f := NewFlow(Settings{Integration: "amplify"}, "")
	for key, want := range map[string]bool{"bucket": true, "storage_name": true, "paths": true, "app_roles": false, "prefix": false} {
		if q, ok := f.Question(key); !ok || q.Required != want {
			t.Errorf("%s: required %v", key, q.Required)
		}
	}
}
