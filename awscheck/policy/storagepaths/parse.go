package storagepaths

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// Mistake is what is wrong with a table, and in which row. Codes are those of
// Mistakes; Better is a table that would be accepted, nil where there is none.
type Mistake struct {
	Code   string
	Path   string // as it was given
	Who    string
	Value  string // the part that is wrong
	Better Table
}

// Error is for logs.
func (m *Mistake) Error() string { return m.Code + ": " + m.Path + " " + m.Who + " " + m.Value }

// The codes of mistakes.
const (
	NotATable      = "format"          // no object of objects of lists
	LeadingSlash   = "slash"           // a path begins with "/"
	NoWildcard     = "end"             // a path does not end in "/*"
	WholeBucket    = "whole"           // the path is "/*" or "*"
	BadSegment     = "segment"         // an empty part, "." or ".."
	BadCharacter   = "charset"         // Value cannot be in a path
	IdentityPlace  = "identity_place"  // Identity is not the last part, or stands twice
	IdentityNeeded = "identity_needed" // an owner's row without Identity in its path
	IdentityOnly   = "identity_only"   // somebody else's row with Identity in its path
	Duplicate      = "duplicate"       // a row, or a path, stands twice
	Nested         = "nested"          // more than one path lies above; Value is the outermost
	UnknownWho     = "who"
	BadGroup       = "group"     // no name of a group
	UnknownAction  = "action"    // Value is none of Actions
	NoActions      = "no_action" // a row grants nothing
)

// Mistakes are all codes of mistakes.
func Mistakes() []string {
	return []string{NotATable, LeadingSlash, NoWildcard, WholeBucket, BadSegment, BadCharacter, IdentityPlace, IdentityNeeded,
		IdentityOnly, Duplicate, Nested, UnknownWho, BadGroup, UnknownAction, NoActions}
}

// Parse reads a table from JSON: paths, in them who, in them actions. The
// result is in its normal form: Identity in its one spelling, read as get and
// list, actions once and in order, the rows of a path in the order of Table.
// The order of paths is kept.
func Parse(text string) (Table, *Mistake) {
	raw, err := decode(text, false)
	if err != nil {
		return nil, err
	}
	return Check(raw)
}

// Rows are the rows of a table as they are written, right or wrong; ok is false
// for what is no table.
func Rows(text string) (rows Table, ok bool) {
	rows, m := decode(text, true)
	return rows, m == nil
}

// Check brings rows to their normal form, or says what is wrong with the first
// one that cannot be.
func Check(rows Table) (Table, *Mistake) {
	out, m, at := check(rows)
	if m == nil {
		return out, nil
	}
	// What is put right may show the next mistake.
	better, again := rows, m
	for range len(rows) + 2 {
		if better = putRight(better, at, *again); better == nil {
			return nil, m
		}
		if out, again, at = check(better); again == nil {
			m.Better = out
			return nil, m
		}
	}
	return nil, m
}

// check is Check without a better table; at is the row with the mistake, -1
// where it is not one row's.
func check(rows Table) (out Table, m *Mistake, at int) {
	for i, r := range rows {
		path := strings.ReplaceAll(r.Path, Entity, Identity)
		if r.Who == "" && len(r.Actions) == 0 {
			return nil, &Mistake{Code: NoActions, Path: r.Path}, -1
		}
		actions, m := checkRow(path, r)
		if m == nil && slices.ContainsFunc(out, func(o Row) bool { return o.Path == path && o.Who == r.Who }) {
			m = &Mistake{Code: Duplicate}
		}
		if m != nil {
			m.Path, m.Who = r.Path, r.Who
			return nil, m, i
		}
		out = append(out, Row{Path: path, Who: r.Who, Actions: actions})
	}
	if m := out.nesting(); m != nil {
		return nil, m, -1
	}
	return out.sorted(), nil, -1
}

func checkRow(path string, r Row) ([]string, *Mistake) {
	if m := checkPath(path); m != nil {
		return nil, m
	}
	group, isGroup := strings.CutPrefix(r.Who, GroupPrefix)
	switch {
	case isGroup && !groupName(group):
		return nil, &Mistake{Code: BadGroup, Value: group}
	case !isGroup && r.Who != Guest && r.Who != Authenticated && r.Who != Owner:
		return nil, &Mistake{Code: UnknownWho, Value: r.Who}
	case r.Who == Owner && !Owned(path):
		return nil, &Mistake{Code: IdentityNeeded}
	case r.Who != Owner && Owned(path):
		return nil, &Mistake{Code: IdentityOnly}
	}
	return checkActions(r.Actions)
}

func checkPath(path string) *Mistake {
	bare := strings.ReplaceAll(path, Identity, "identity")
	switch body, ends := strings.CutSuffix(bare, "/*"); {
	case path == "*" || path == "/*" || path == "/" || path == "":
		return &Mistake{Code: WholeBucket}
	case strings.HasPrefix(path, "/"):
		return &Mistake{Code: LeadingSlash}
	case !ends:
		return &Mistake{Code: NoWildcard}
	default:
		if i := strings.IndexFunc(body, notInPaths); i >= 0 {
			return &Mistake{Code: BadCharacter, Value: string([]rune(body[i:])[0])}
		}
		if slices.ContainsFunc(strings.Split(body, "/"), func(s string) bool { return s == "" || s == "." || s == ".." }) {
			return &Mistake{Code: BadSegment}
		}
	}
	if n := strings.Count(path, Identity); n > 1 || n == 1 && !strings.HasSuffix(path, "/"+Identity+"/*") {
		return &Mistake{Code: IdentityPlace}
	}
	return nil
}

// notInPaths are the characters that keys do not take safely, that policies
// read as wildcards or variables, and that policies cannot hold.
func notInPaths(r rune) bool {
	return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("/-_.!'()@+=,&~ ", r))
}

// groupName tells whether a group of an Amplify app can be called that.
func groupName(s string) bool {
	if s == "" || len(s) > 128 {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("-_.+=,@", r))
	})
}

func checkActions(given []string) ([]string, *Mistake) {
	var has = map[string]bool{}
	for _, a := range given {
		switch {
		case a == Read:
			has[Get], has[List] = true, true
		case slices.Contains(Actions(), a):
			has[a] = true
		default:
			return nil, &Mistake{Code: UnknownAction, Value: a}
		}
	}
	all := slices.DeleteFunc(Actions(), func(a string) bool { return !has[a] })
	if len(all) == 0 {
		return nil, &Mistake{Code: NoActions}
	}
	return all, nil
}

// nesting is the mistake of a path that has more than one other above it.
func (t Table) nesting() *Mistake {
	for _, p := range t.Paths() {
		var above []string
		for _, other := range t.Paths() {
			if other != p && under(other, p) {
				above = append(above, other)
			}
		}
		if len(above) > 1 {
			slices.SortFunc(above, func(a, b string) int { return len(a) - len(b) })
			return &Mistake{Code: Nested, Path: p, Value: above[0]}
		}
	}
	return nil
}

func (t Table) sorted() Table {
	order := t.Paths()
	place := func(who string) int {
		if i := slices.Index([]string{Guest, Authenticated}, who); i >= 0 {
			return i
		}
		if who == Owner {
			return 3
		}
		return 2
	}
	out := slices.Clone(t)
	slices.SortStableFunc(out, func(a, b Row) int {
		if d := slices.Index(order, a.Path) - slices.Index(order, b.Path); d != 0 {
			return d
		}
		if d := place(a.Who) - place(b.Who); d != 0 {
			return d
		}
		return strings.Compare(a.Who, b.Who)
	})
	return out
}

// putRight is the table with one row put right, where it is plain what was
// meant; nil where it is not. A path is put right in all of its rows, unless
// it is the row that is out of place.
func putRight(rows Table, at int, m Mistake) Table {
	if at < 0 {
		return nil
	}
	wrong, out := rows[at], slices.Clone(rows)
	path := wrong.Path
	switch m.Code {
	case LeadingSlash:
		path = strings.TrimLeft(path, "/")
	case NoWildcard:
		path = strings.TrimRight(path, "/*") + "/*"
	case BadSegment:
		path = strings.Join(slices.DeleteFunc(strings.Split(path, "/"), func(s string) bool { return s == "" || s == "." }), "/")
	case UnknownAction:
		out[at].Actions = slices.Clone(wrong.Actions)
		out[at].Actions[slices.Index(wrong.Actions, m.Value)] = likely(m.Value, likelyActions)
		return changed(out, rows, at)
	case UnknownWho:
		out[at].Who = likely(wrong.Who, likelyVisitors)
		return changed(out, rows, at)
	case IdentityNeeded:
		out[at].Path = strings.TrimSuffix(path, "*") + Identity + "/*"
		return changed(out, rows, at)
	case IdentityOnly:
		out[at].Path = strings.ReplaceAll(strings.ReplaceAll(path, Entity, Identity), Identity+"/", "")
		return changed(out, rows, at)
	default:
		return nil
	}
	for i := range out {
		if out[i].Path == wrong.Path {
			out[i].Path = path
		}
	}
	return changed(out, rows, at)
}

func changed(out, rows Table, at int) Table {
	if out[at].Path == rows[at].Path && out[at].Who == rows[at].Who && slices.Equal(out[at].Actions, rows[at].Actions) {
		return nil
	}
	return out
}

var (
	likelyActions = map[string]string{
		"GET": Get, "Get": Get, "download": Get, "view": Get, "s3:GetObject": Get, "ls": List, "LIST": List, "List": List, "s3:ListBucket": List,
		"put": Write, "upload": Write, "create": Write, "update": Write, "Write": Write, "WRITE": Write, "s3:PutObject": Write,
		"remove": Delete, "Delete": Delete, "DELETE": Delete, "s3:DeleteObject": Delete, "Read": Read, "READ": Read,
	}
	likelyVisitors = map[string]string{
		"guests": Guest, "Guest": Guest, "public": Guest, "unauthenticated": Guest, "unauth": Guest,
		"auth": Authenticated, "Authenticated": Authenticated, "signedin": Authenticated, "private": Authenticated,
		"owner": Owner, "entity": Owner, "entityIdentity": Owner, "identity": Owner,
	}
)

func likely(word string, words map[string]string) string {
	if w, ok := words[word]; ok {
		return w
	}
	return word
}

// decode reads the JSON with its order, and finds what stands twice; lenient
// takes that, too.
func decode(text string, lenient bool) (Table, *Mistake) {
	d := json.NewDecoder(strings.NewReader(text))
	var rows Table
	var wrong *Mistake
	err := object(d, func(path string) error {
		if !lenient && rows.has(path, "") {
			wrong = &Mistake{Code: Duplicate, Path: path}
			return errTwice
		}
		before := len(rows)
		err := object(d, func(who string) error {
			if !lenient && rows.has(path, who) {
				wrong = &Mistake{Code: Duplicate, Path: path, Who: who}
				return errTwice
			}
			row := Row{Path: path, Who: who}
			if err := d.Decode(&row.Actions); err != nil {
				wrong = &Mistake{Code: NotATable, Path: path, Who: who}
				return err
			}
			rows = append(rows, row)
			return nil
		})
		if err != nil && wrong == nil {
			wrong = &Mistake{Code: NotATable, Path: path}
		}
		if err == nil && len(rows) == before {
			rows = append(rows, Row{Path: path})
		}
		return err
	})
	if err == nil && (d.More() || len(rows) == 0) {
		err = errNoTable
	}
	if err != nil && wrong == nil {
		wrong = &Mistake{Code: NotATable}
	}
	return rows, wrong
}

var (
	errTwice   = errors.New("storagepaths: stands twice")
	errNoTable = errors.New("storagepaths: no table")
)

func (t Table) has(path, who string) bool {
	return slices.ContainsFunc(t, func(r Row) bool { return r.Path == path && (who == "" || r.Who == who) })
}

func object(d *json.Decoder, member func(key string) error) error {
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return errNoTable
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if err := member(name); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}
