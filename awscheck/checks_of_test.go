package awscheck

import (
	"slices"
	"testing"
)

// Every integration's test is whole in itself: what a row needs or waits for
// is among its rows.
func TestChecksOfAnIntegrationStandAlone(t *testing.T) {
	for _, integration := range []string{"", "microcms", "imgix", "cloudinary", "amplify"} {
		checks := ChecksOf(integration)
		var ids []string
		for _, c := range checks {
			ids = append(ids, c.ID)
		}
		if len(ids) == 0 || ids[0] != "settings.valid" || ids[len(ids)-1] != "probe.cleanup" {
			t.Errorf("%s: %q", integration, ids)
		}
		for _, c := range checks {
			for _, id := range slices.Concat(c.Needs, c.begins, c.after, c.hears) {
				if !slices.Contains(ids, id) {
					t.Errorf("%s: %s waits for %s, which is not among them", integration, c.ID, id)
				}
			}
		}
	}
	all := Checks()
	for i, c := range all {
		if slices.ContainsFunc(all[:i], func(other Check) bool { return other.ID == c.ID }) {
			t.Errorf("%s is there twice", c.ID)
		}
	}
}
