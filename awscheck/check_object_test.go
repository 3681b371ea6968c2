package awscheck

import "testing"

// Without a prefix the bucket is named as the place of the test file.
func TestATestFileWithoutAPrefix(t *testing.T) {
	for prefix, want := range map[string]string{"media": "media/", "": "alpha-prod-assets"} {
		w := start(t, edited(t, documentedAccount, []edit{{"alpha-prod-assets/media/*", "alpha-prod-assets/*"}}))
		target := roleTarget()
		target.Prefix = prefix
		if row := rowOf(t, w.run(target, Options{}), "object.put"); row.Status != Pass || row.Args["dir"] != want {
			t.Errorf("with the prefix %q: %s", prefix, describe(row))
		}
	}
}
