package awscheck

import (
	"slices"
	"strings"
)

// Texts are the text ids that results and notes of this package use, besides
// "check.<id>" and those of package diagnose, with the arguments that each
// is sure to be given. Every language needs them all, and may name those
// arguments alone.
func Texts() map[string][]string {
	all := map[string][]string{}
	add := func(prefix string, declared []string) {
		for _, d := range declared {
			words := strings.Fields(d)
			all[prefix+words[0]] = words[1:]
		}
	}
	add("result.", commonReasons)
	for _, table := range []map[string][]string{reasons, ownerReasons, ownerBucketReasons, cloudinaryReasons, imgixReasons, amplifyReasons} {
		for check, declared := range table {
			add("result."+check+".", declared)
		}
	}
	add("note.", noteTexts)
	add("note.", reportNotes)
	add("note.", cloudinaryNotes)
	add("note.", imgixNotes)
	add("result.", ownerCommon)
	add("note.", ownerNotes)
	add("fix.", ownerFixes)
	add("note.", ownerBucketNotes)
	add("fix.", ownerBucketFixes)
	add("note.", amplifyNotes)
	add("lint.", lintTexts)
	add("note.lint.", lintTexts)
	add("verdict.", []string{"partial ran total"})
	for _, integration := range inOwnWords {
		add("verdict.ready.", []string{integration})
		add("verdict.ready-with-warnings.", []string{integration})
	}
	return all
}

// TextIDs are the ids of Texts.
func TextIDs() []string {
	var ids []string
	for id := range Texts() {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// In the tables below the first word completes the id, the others are
// arguments.

var commonReasons = []string{
	"skip.needs need",
	"skip.bucket need",
	"skip.cancelled",
	"crashed panic",
	"ledger message",
}

var reasons = map[string][]string{
	"settings.valid": {
		"pass",
		"invalid codes",
		"incomplete",
	},
	"caller.identity": {
		"pass account name",
		"pass-environment account name",
		"pass-profile account name profile",
		"pass-sso account name profile",
		"pass-login account name profile",
		"pass-process account name profile",
		"pass-role account name profile",
		"pass-keyring account name profile",
		"pass-web-identity account name",
		"pass-container account name",
		"pass-instance account name",
		"fail",
		"unsupported",
	},
	"role.assume": {
		"pass role",
		"fail role",
		"waiting seconds",
		"caller-access",
		"unsupported",
	},
	"role.requires-external-id": {
		"pass count",
		"fail",
		"inconclusive count unclear",
		"caller-access",
	},
	"bucket.region": {
		"pass owner region",
		"pass-region region",
		"elsewhere region",
		"location-denied",
		"fail",
	},
	"bucket.list": {
		"pass dir",
		"pass-all",
		"fail bucket dir",
	},
	"object.put": {
		"pass dir",
		"fail dir",
	},
	"object.metadata": {
		"pass count",
		"lost what",
		"type got want",
		"fail",
	},
	"object.get": {
		"pass",
		"different",
		"fail",
	},
	"object.copy": {
		"pass",
		"lost what",
		"different",
		"fail",
	},
	"object.delete": {
		"pass",
		"expires days",
		"marker",
		"still-there",
		"fail",
	},
	"object.multipart": {
		"pass",
		"different",
		"unsupported",
		"fail",
	},
	"scope.prefix": {
		"pass dir",
		"no-prefix",
		"wide dir what",
		"inconclusive dir",
		"untried dir",
	},
	"delivery.url": {
		"pass url",
		"pass-cdn url",
		"type url",
		"fail status url",
		"refused-s3 url",
		"refused-origin url",
		"refused-cdn url",
		"redirected location status url",
		"other kind status url",
		"no-answer status url",
		"waiting seconds",
		"custom-endpoint",
	},
	"delivery.direct": {
		"pass",
		"no-domain",
		"same-host",
		"custom-endpoint",
		"open url",
		"inconclusive status",
	},
	"delivery.listing": {
		"pass",
		"open url",
		"custom-endpoint",
		"inconclusive",
	},
	"delivery.cache": {
		"pass",
		"not-fetched",
	},
	"delivery.stale": {
		"pass",
		"stale age",
		"long days",
		"not-fetched",
		"inconclusive status",
	},
	"probe.cleanup": {
		"pass",
		"nothing",
		"left count keys",
	},
}

var noteTexts = []string{
	"propagated seconds",
	"sts-elsewhere actual region",
	"caller-is-another principal",
	"clock-skew offset",
	"retried count",
	"head-bucket-denied",
	"encrypted-with-kms",
	"encrypted-for-readers",
	"conditional-writes-unsupported",
	"abort-denied",
	"scope-list-wide",
	"scope-list-buckets",
	"scope-reads-policy",
	"accepted-none",
	"accepted-random",
	"accepted-appended",
	"accepted-shortened",
	"accepted-case",
	"cache-none",
	"cache-cdn-default",
	"cache-set header",
	"cache-forbidden header",
	"cache-hit age",
	"ranges-ignored",
	"cors-none",
	"cdn-stale age path",
	"cdn-stale-left left",
	"cdn-stale-left-unknown",
	"left-behind-removed count",
	"versions-kept count",
}
