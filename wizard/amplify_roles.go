package wizard

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
	"github.com/mediadock/mediadock/media/address"
)

// AppRoles are the roles of an app by the names that storagepaths.Table.Roles
// gives them, as ARNs; those that are not known are missing.
func AppRoles(s Settings) map[string]string {
	roles, _ := parseAppRoles(string(s.AppRoles))
	return roles
}

type appRoles struct {
	Guest         string            `json:"guest,omitempty"`
	Authenticated string            `json:"authenticated,omitempty"`
	Groups        map[string]string `json:"groups,omitempty"`
}

func parseAppRoles(text string) (map[string]string, *FieldError) {
	if text == "" {
		return nil, nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &members); err != nil || members == nil {
		return nil, problem("app_roles.format")
	}
	for _, who := range slices.Sorted(maps.Keys(members)) {
		if who != "guest" && who != "authenticated" && who != "groups" {
			return nil, problem("app_roles.who").args("value", brief(who))
		}
	}
	var given appRoles
	if err := json.Unmarshal([]byte(text), &given); err != nil {
		return nil, problem("app_roles.format")
	}
	roles := map[string]string{}
	put := func(who, arn string) {
		if arn != "" {
			roles[who] = arn
		}
	}
	put(storagepaths.Guest, given.Guest)
	put(storagepaths.Authenticated, given.Authenticated)
	for group, arn := range given.Groups {
		if group == "" {
			return nil, problem("app_roles.who").args("value", storagepaths.GroupPrefix)
		}
		put(storagepaths.GroupPrefix+group, arn)
	}
	return roles, nil
}

func writeAppRoles(roles map[string]string) string {
	out := appRoles{Guest: roles[storagepaths.Guest], Authenticated: roles[storagepaths.Authenticated]}
	for who, arn := range roles {
		if group, ok := strings.CutPrefix(who, storagepaths.GroupPrefix); ok {
			if out.Groups == nil {
				out.Groups = map[string]string{}
			}
			out.Groups[group] = arn
		}
	}
	text, err := json.Marshal(out)
	if err != nil {
		panic(err) // texts cannot fail
	}
	return string(text)
}

func checkAppRoles(v string, s Settings) (string, []Notice, *FieldError) {
	roles, e := parseAppRoles(v)
	if e != nil {
		return v, nil, e
	}
	region, placed := address.PartitionOf(s.Region)
	better := maps.Clone(roles)
	for _, who := range slices.Sorted(maps.Keys(roles)) {
		arn, _, wrong := checkRoleARN(strings.TrimSpace(roles[who]), Settings{Region: s.Region})
		if wrong != nil {
			e := problem("app_roles.arn").args("who", who, "value", brief(roles[who]))
			if wrong.Suggestion != "" {
				better[who] = wrong.Suggestion
				e.suggest(writeAppRoles(better))
			}
			return v, nil, e
		}
		if p, _ := splitARN(arn); placed && p.partition != region.ID {
			return v, nil, problem("app_roles.partition").args("who", who, "partition", p.partition, "region", s.Region)
		}
		better[who] = arn
	}
	if len(better) == 0 {
		return v, nil, problem("app_roles.format")
	}
	return writeAppRoles(better), nil, nil
}

// AppRole is one role of an app: Who is called as storagepaths.Table.Roles
// calls it.
type AppRole struct{ Who, ARN string }

// AppRoleRows are the roles as they are written, right or wrong: guests,
// everybody who is signed in, the groups, then what is none of these. ok is
// false for what is no object.
func AppRoleRows(raw string) (rows []AppRole, ok bool) {
	if strings.TrimSpace(raw) == "" {
		return nil, true
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(raw), &members); err != nil || members == nil {
		return nil, false
	}
	text := func(v json.RawMessage) string {
		var s string
		if json.Unmarshal(v, &s) != nil {
			s = string(v) // shown, and refused
		}
		return s
	}
	for _, who := range slices.Sorted(maps.Keys(members)) {
		var groups map[string]json.RawMessage
		if who != "groups" || json.Unmarshal(members[who], &groups) != nil {
			rows = append(rows, AppRole{who, text(members[who])})
			continue
		}
		for _, g := range slices.Sorted(maps.Keys(groups)) {
			rows = append(rows, AppRole{storagepaths.GroupPrefix + g, text(groups[g])})
		}
	}
	place := func(who string) int {
		known := slices.Index([]string{storagepaths.Guest, storagepaths.Authenticated}, who)
		if known < 0 {
			return 2
		}
		return known
	}
	slices.SortStableFunc(rows, func(a, b AppRole) int { return place(a.Who) - place(b.Who) })
	return rows, true
}

// WithAppRole is rows with one for who.
func WithAppRole(rows []AppRole, who string) []AppRole {
	if slices.ContainsFunc(rows, func(r AppRole) bool { return r.Who == who }) {
		return rows
	}
	return append(rows, AppRole{Who: who})
}

// WriteAppRoles writes rows as they are, right or wrong; those without an ARN
// are left out.
func WriteAppRoles(rows []AppRole) string {
	members, groups := map[string]any{}, map[string]string{}
	for _, r := range rows {
		group, isGroup := strings.CutPrefix(r.Who, storagepaths.GroupPrefix)
		switch {
		case r.ARN == "":
		case isGroup:
			groups[group] = r.ARN
			members["groups"] = groups
		default:
			members[r.Who] = r.ARN
		}
	}
	if len(members) == 0 {
		return ""
	}
	text, err := json.Marshal(members)
	if err != nil {
		panic(err) // texts cannot fail
	}
	return string(text)
}
