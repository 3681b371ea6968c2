package diagnose

import (
	"strings"
	"testing"
)

// shape writes the ways of a cause's fixes: steps joined by "+", ways by "|".
func shape(fixes []Fix) string {
	var ways []string
	for _, way := range Ways(fixes) {
		var steps []string
		for _, f := range way {
			steps = append(steps, f.ID)
		}
		ways = append(ways, strings.Join(steps, "+"))
	}
	return strings.Join(ways, "|")
}

func TestStepsAreToldFromAlternatives(t *testing.T) {
	web := Facts{Bucket: "alpha", RoleARN: "arn:aws:iam::123456789012:role/MediaRole", Domain: "https://media.example.com", Distribution: "E2EXAMPLE"}
	for cause, want := range map[string]string{
		"external-id-mismatch":  "compare-external-id|replace-trust+then-merge-trust",
		"bucket-policy-missing": "add-bucket-policy+then-put-bucket-policy",
		"origin-access-missing": "create-origin-access+set-origin-access",
		"tls-name-mismatch":     "add-certificate+add-alias|correct-dns-record",
		"alias-missing":         "add-alias+find-conflicting-alias",
		"scope-too-wide":        "narrow-permissions+detach-wide-policies",
		"kms-key-unusable":      "check-key+then-enable-key|cancel-key-deletion|use-sse-s3",
		"object-locked":         "check-object-lock+then-lift-retention",
		"cdn-stale":             "invalidate|shorten-ttl",
		"credentials-expired":   "sign-in-again|sign-in-here",
	} {
		if got := shape(Because(cause, Likely, web).Fixes); got != want {
			t.Errorf("%s is mended by %s, want %s", cause, got, want)
		}
	}
	if got := shape([]Fix{{ID: "unblock-bucket"}, {ID: "unblock-account"}, {ID: "use-cloudfront"}}); got != "unblock-bucket+unblock-account|use-cloudfront" {
		t.Errorf("both blocks have to go: %s", got)
	}
	if Ways(nil) != nil {
		t.Error("no fix is no way")
	}
}
