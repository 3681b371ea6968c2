package awscheck

import (
	"slices"
	"testing"
)

func TestRerunNamesWhatDepends(t *testing.T) {
	got := Rerun("microcms", "delivery.url")
	if want := []string{"delivery.url", "delivery.cache", "delivery.stale"}; !slices.Equal(got, want) {
		t.Errorf("delivery.url: %v, want %v", got, want)
	}
	got = Rerun("microcms", "role.assume")
	for _, id := range []string{"role.requires-external-id", "object.put", "object.delete", "delivery.stale", "scope.prefix"} {
		if !slices.Contains(got, id) {
			t.Errorf("role.assume: %s is not tested again", id)
		}
	}
	for _, id := range []string{"settings.valid", "caller.identity", "object.multipart", "probe.cleanup", "delivery.listing", "owner.role"} {
		if slices.Contains(got, id) {
			t.Errorf("role.assume: %s is tested again", id)
		}
	}
}

// A row mended is not all mended: another may have broken since.
func TestWithIsNeverReady(t *testing.T) {
	before := Report{Verdict: Failed, LeftBehind: 1, Results: []Result{
		{ID: "settings.valid", Status: Pass}, {ID: "object.put", Status: Fail}, {ID: "delivery.listing", Status: Fail}, {ID: "probe.cleanup", Status: Warn}}}
	again := Report{Verdict: ReadyWithWarnings, Partial: true, Results: []Result{
		{ID: "object.put", Status: Pass}, {ID: "object.get", Status: Pass}, {ID: "probe.cleanup", Status: Pass}}}
	r := before.With(again)
	if r.Verdict != Failed || !r.Partial || r.LeftBehind != 0 {
		t.Errorf("one row fails still: %+v", r)
	}
	if got := ids(r); !slices.Equal(got, []string{"settings.valid", "object.put", "object.get", "delivery.listing", "probe.cleanup"}) {
		t.Errorf("rows %v", got)
	}
	r = r.With(Report{Verdict: ReadyWithWarnings, Results: []Result{{ID: "delivery.listing", Status: Pass}}})
	if r.Verdict != ReadyWithWarnings {
		t.Errorf("all rows pass, one after another: %s", r.Verdict)
	}
	if before.Results[1].Status != Fail {
		t.Error("the older report was changed")
	}
}

// Whatever row is tested again, Run knows all that is named with it.
func TestRerunNamesNoCheckOfAnotherIntegration(t *testing.T) {
	for _, integration := range []string{"", "microcms", "amplify", "cloudinary", "imgix"} {
		all := ChecksOf(integration)
		for _, c := range all {
			only := Rerun(integration, c.ID)
			if _, err := selectChecks(all, only, true); err != nil {
				t.Errorf("%s, %s: %v", integration, c.ID, err)
			}
			if !c.always && !slices.Contains(only, c.ID) {
				t.Errorf("%s: %s is not tested again itself", integration, c.ID)
			}
		}
	}
	if got := Rerun("imgix", "settings.valid"); !slices.Contains(got, "imgix.key") {
		t.Errorf("imgix: %v", got)
	}
}
