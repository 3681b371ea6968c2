package wizard

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
)

// amplifyFacts are what is to be known of Amplify's Storage API.
var amplifyFacts = []factRow{
	{"service-locked", FactsBinding, true, []string{"D3"}, always},
	{"amplify-roles", FactsBinding, true, []string{"A3", "A5", "A17", "A26"}, always},
	{"amplify-guests", FactsBinding, true, []string{"A15"}, guestsChange},
	{"amplify-prefix", FactsBinding, false, []string{"A14"}, func(s Settings) bool { return !appSees(s) }},
	{"amplify-default", FactsBinding, false, []string{"A11"}, func(s Settings) bool { return s.DefaultStorage != "" }},
	{"amplify-only", FactsBinding, false, []string{"A11"}, func(s Settings) bool { return s.DefaultStorage == "" }},
	{"amplify-private", FactsDelivery, true, []string{"A1"}, always},
	{"amplify-cors", FactsDelivery, true, []string{"A8"}, always},
	{"amplify-code", FactsWork, false, []string{"A9", "A28"}, always},
	{"amplify-outputs", FactsWork, false, []string{"A10", "A27"}, always},
	{"amplify-types", FactsWork, false, []string{"A25"}, func(s Settings) bool { return typesLag(PathTable(s)) }},
	{"amplify-groups", FactsWork, false, []string{"A20", "A21"}, func(s Settings) bool { return len(PathTable(s).Groups()) > 0 }},
	{"amplify-owners", FactsWork, false, []string{"A22", "A23"}, func(s Settings) bool {
		return slices.ContainsFunc(PathTable(s).Paths(), storagepaths.Owned)
	}},
	{"amplify-auth", FactsPlan, true, []string{"A2"}, always},
}

func guestsChange(s Settings) bool {
	return slices.ContainsFunc(PathTable(s), func(r storagepaths.Row) bool {
		return r.Who == storagepaths.Guest && (r.Grants(storagepaths.Write) || r.Grants(storagepaths.Delete))
	})
}

// typesLag tells whether a table has rows that older types of
// @aws-amplify/backend refuse (A25).
func typesLag(t storagepaths.Table) bool {
	return slices.ContainsFunc(t, func(r storagepaths.Row) bool {
		return r.Who != storagepaths.Guest && r.Who != storagepaths.Authenticated
	})
}

// appSees tells whether the app may use what is put under the prefix: a path
// lies above it, or, while nothing narrows the media, beside it.
func appSees(s Settings) bool {
	paths := PathTable(s).Paths()
	return s.Prefix == "" || len(paths) == 0 || slices.ContainsFunc(paths, func(p string) bool {
		return !storagepaths.Owned(p) && strings.HasPrefix(SpaceOf(s).Dir(), strings.TrimSuffix(p, "*"))
	})
}

func amplifyArgs(s Settings) map[string]string {
	var shared []string
	for _, p := range PathTable(s).Paths() {
		if !storagepaths.Owned(p) {
			shared = append(shared, p)
		}
	}
	return map[string]string{
		"dir": SpaceOf(s).Dir(), "paths": strings.Join(shared, ", "), "storage": s.StorageName, "other": s.DefaultStorage,
	}
}
