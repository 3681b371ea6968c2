package awscheck

import "slices"

// TextIDs are the text ids that results and notes of this package use,
// besides "check.<id>" and those of package diagnose. Every language needs
// them all.
func TextIDs() []string {
	var ids []string
	for _, what := range commonReasons {
		ids = append(ids, "result."+what)
	}
	for check, whats := range reasons {
		for _, what := range whats {
			ids = append(ids, "result."+check+"."+what)
		}
	}
	for _, n := range noteIDs {
		ids = append(ids, "note."+n)
	}
	slices.Sort(ids)
	return ids
}

var commonReasons = []string{"skip.needs", "skip.bucket", "skip.cancelled", "crashed", "ledger"}

var reasons = map[string][]string{
	"settings.valid":            {"pass", "invalid", "incomplete"},
	"caller.identity":           {"pass", "fail", "unsupported"},
	"role.assume":               {"pass", "fail", "waiting", "caller-access", "unsupported"},
	"role.requires-external-id": {"pass", "fail", "inconclusive", "caller-access"},
	"bucket.region":             {"pass", "pass-region", "elsewhere", "location-denied", "fail"},
	"bucket.list":               {"pass", "pass-all", "fail"},
	"object.put":                {"pass", "fail"},
	"object.metadata":           {"pass", "lost", "type", "fail"},
	"object.get":                {"pass", "different", "fail"},
	"object.copy":               {"pass", "lost", "different", "fail"},
	"object.delete":             {"pass", "marker", "still-there", "fail"},
	"object.multipart":          {"pass", "different", "unsupported", "fail"},
	"scope.prefix":              {"pass", "no-prefix", "wide", "inconclusive"},
	"delivery.url":              {"pass", "pass-cdn", "type", "fail", "no-answer", "waiting", "custom-endpoint"},
	"delivery.direct":           {"pass", "no-domain", "same-host", "custom-endpoint", "open", "inconclusive"},
	"delivery.listing":          {"pass", "open", "custom-endpoint", "inconclusive"},
	"delivery.cache":            {"pass", "not-fetched"},
	"delivery.stale":            {"pass", "stale", "long", "not-fetched", "inconclusive"},
	"probe.cleanup":             {"pass", "nothing", "left"},
}

var noteIDs = []string{
	"propagated", "sts-elsewhere", "clock-skew", "retried", "head-bucket-denied", "encrypted-with-kms",
	"conditional-writes-unsupported", "abort-denied", "scope-list-wide", "cache-none", "cache-cdn-default",
	"cache-set", "cache-forbidden", "cache-hit", "cdn-stale", "left-behind-removed", "versions-kept",
}
