// Package storagepaths is the table of AWS Amplify's storage: who may do what
// under which path (rows A14 to A26), and the policies that grant exactly that.
//
// The rules are those of Amplify's own storage:
//
//   - a path ends in "/*", and at most one other path lies above it;
//   - a path below another replaces what the other grants there, it inherits
//     nothing;
//   - a member of a group has the group's rights alone, not those of everybody
//     who is signed in;
//   - a folder that a signed-in person owns is the path with Identity as its last
//     part. It adds to what the path above grants, as in Amplify's own example
//     (A23), and is for the owner alone.
//
// The package is a leaf beside package policy.
package storagepaths

import (
	"slices"
	"strings"
)

// Identity is the part of a path that stands for the signed-in person's
// identity (A22): a variable of IAM policies, which is why it is the form that
// is kept. Parse takes Amplify's other spelling, "{entity_id}", for it.
const Identity = "${cognito-identity.amazonaws.com:sub}"

// Entity is Identity as Amplify's own storage definitions spell it.
const Entity = "{entity_id}"

// Who a row is about; groups are GroupPrefix and the group's name.
const (
	Guest         = "guest"
	Authenticated = "authenticated"
	Owner         = "entityidentity"
	GroupPrefix   = "groups"
)

// Actions in their order. Read is get and list.
const (
	Get    = "get"
	List   = "list"
	Write  = "write"
	Delete = "delete"
	Read   = "read"
)

// Actions are what a row may grant, but for Read, which stands for two of them.
func Actions() []string { return []string{Get, List, Write, Delete} }

// Row is what one kind of visitor may do under one path.
type Row struct {
	Path    string // "media/*"
	Who     string
	Actions []string // of Actions, in their order
}

// Grants tells whether the row grants one of Actions.
func (r Row) Grants(action string) bool {
	return slices.Contains(r.Actions, action) || (action == Get || action == List) && slices.Contains(r.Actions, Read)
}

// Table is rows in the order of their paths; of one path, guests come first.
type Table []Row

// Paths are the paths in their order, each once.
func (t Table) Paths() []string {
	var all []string
	for _, r := range t {
		if !slices.Contains(all, r.Path) {
			all = append(all, r.Path)
		}
	}
	return all
}

// Groups are the names of the groups, in the order of the alphabet.
func (t Table) Groups() []string {
	var all []string
	for _, r := range t {
		if name, ok := strings.CutPrefix(r.Who, GroupPrefix); ok && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// Roles are the roles of the app that the table gives something: Guest,
// Authenticated, then the groups. Owners act with the role of Authenticated.
func (t Table) Roles() []string {
	var all []string
	for _, who := range []string{Guest, Authenticated} {
		if slices.ContainsFunc(t, func(r Row) bool { return RoleOf(r.Who) == who }) {
			all = append(all, who)
		}
	}
	for _, g := range t.Groups() {
		all = append(all, GroupPrefix+g)
	}
	return all
}

// RoleOf is the role with which somebody acts: an owner with that of everybody
// who is signed in.
func RoleOf(who string) string {
	if who == Owner {
		return Authenticated
	}
	return who
}

// Visitor is one person who uses the app.
type Visitor struct {
	Role string // Guest, Authenticated or a group
	Sub  string // identity of a signed-in person: "eu-west-1:1b2c..."
}

// Allows tells whether the table lets a visitor do an action to a key; for List
// the key is the prefix that is listed, "media/" or longer.
func (t Table) Allows(v Visitor, action, key string) bool {
	if v.Role == Authenticated && v.Sub != "" {
		for _, r := range t {
			if r.Who == Owner && under(strings.ReplaceAll(r.Path, Identity, v.Sub), key) && slices.Contains(r.Actions, action) {
				return true
			}
		}
	}
	nearest := ""
	for _, p := range t.shared() {
		if under(p, key) && len(p) > len(nearest) {
			nearest = p
		}
	}
	return nearest != "" && t.grants(nearest, v.Role, action)
}

// shared are the paths that are nobody's own.
func (t Table) shared() []string {
	return slices.DeleteFunc(t.Paths(), Owned)
}

// Owned tells whether a path is somebody's own folder.
func Owned(path string) bool { return strings.Contains(path, Identity) }

func (t Table) grants(path, who, action string) bool {
	return slices.ContainsFunc(t, func(r Row) bool {
		return r.Path == path && r.Who == who && slices.Contains(r.Actions, action)
	})
}

// above is the nearest path above another one; empty: there is none.
func (t Table) above(path string) string {
	nearest := ""
	for _, p := range t.shared() {
		if p != path && under(p, path) && len(p) > len(nearest) {
			nearest = p
		}
	}
	return nearest
}

// under tells whether a key, or another path, is below a path.
func under(path, key string) bool { return strings.HasPrefix(key, strings.TrimSuffix(path, "*")) }
