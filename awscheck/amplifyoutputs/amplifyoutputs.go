// Package amplifyoutputs reads an app's amplify_outputs.json, from which the
// Storage API learns its buckets, and tells where it differs from what a
// connection's settings say. The package is a leaf beside package policy.
package amplifyoutputs

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
)

// ErrFormat says that a file is no amplify_outputs.json: no JSON object, or
// one without a version.
var ErrFormat = errors.New("amplifyoutputs: not an amplify_outputs.json")

// File is what the Storage API needs of an amplify_outputs.json.
type File struct {
	Version string   `json:"version"`
	Auth    *Auth    `json:"auth"`
	Storage *Storage `json:"storage"`
}

// Auth is what defineAuth made: whose roles act in the bucket (A2).
type Auth struct {
	IdentityPool string                       `json:"identity_pool_id"`
	Guests       *bool                        `json:"unauthenticated_identities_enabled"` // nil: they are
	Groups       []map[string]json.RawMessage `json:"groups"`
}

// Storage is the default bucket, and all of them.
type Storage struct {
	Region  string   `json:"aws_region"`
	Bucket  string   `json:"bucket_name"`
	Buckets []Bucket `json:"buckets"`
}

// Bucket is one of the app's buckets.
type Bucket struct {
	Name   string          `json:"name"` // by which the app's code calls it
	Bucket string          `json:"bucket_name"`
	Region string          `json:"aws_region"`
	Paths  json.RawMessage `json:"paths"`
}

// Read reads a file. The error is ErrFormat, whatever is wrong with it.
func Read(data []byte) (File, error) {
	var f File
	if err := json.Unmarshal(data, &f); err != nil || f.Version == "" {
		return File{}, ErrFormat
	}
	return f, nil
}

// Wanted is what the settings say.
type Wanted struct {
	Bucket, Region, Name string
	Default              string // the app's own bucket; empty: Bucket is the default
	Paths                storagepaths.Table
}

// The kinds of differences. Of BucketMissing nothing else about the bucket is
// told.
const (
	NoAuth        = "no-auth"        // Amplify Auth, or its identity pool, is not there
	GuestsOff     = "guests-off"     // the table has guests, the identity pool lets none in
	NoGroup       = "no-group"       // What: groups of the table that Auth does not know
	BucketMissing = "bucket-missing" // What: the buckets that there are
	Other         = "other"          // What: key, value in the file, value in the settings
	OtherPaths    = "paths"          // What: the paths that differ
)

// Difference is one thing that the app does otherwise than the settings say.
type Difference struct{ Kind, What string }

// Compare tells what differs, in the order of the kinds.
func (f File) Compare(w Wanted) []Difference {
	return append(f.compareAuth(w.Paths), f.compareStorage(w)...)
}

func (f File) compareAuth(t storagepaths.Table) (all []Difference) {
	if f.Auth == nil || f.Auth.IdentityPool == "" {
		return []Difference{{Kind: NoAuth}}
	}
	if slices.Contains(t.Roles(), storagepaths.Guest) && f.Auth.Guests != nil && !*f.Auth.Guests {
		all = append(all, Difference{Kind: GuestsOff})
	}
	known := map[string]bool{}
	for _, g := range f.Auth.Groups {
		for name := range g {
			known[name] = true
		}
	}
	var unknown []string
	for _, g := range t.Groups() {
		if !known[g] {
			unknown = append(unknown, g)
		}
	}
	if unknown != nil {
		all = append(all, Difference{NoGroup, strings.Join(unknown, ", ")})
	}
	return all
}

func (f File) compareStorage(w Wanted) (all []Difference) {
	s := f.Storage
	if s == nil {
		return []Difference{{BucketMissing, "-"}}
	}
	b, ok := s.find(w.Bucket)
	if !ok {
		var names []string
		for _, b := range append([]Bucket{{Bucket: s.Bucket}}, s.Buckets...) {
			if b.Bucket != "" && !slices.Contains(names, b.Bucket) {
				names = append(names, b.Bucket)
			}
		}
		return []Difference{{BucketMissing, orNone(strings.Join(names, ", "))}}
	}
	isDefault := w.Default
	if isDefault == "" {
		isDefault = w.Bucket
	}
	for _, v := range []struct{ key, has, wants string }{
		{"name", b.Name, w.Name}, {"aws_region", b.Region, w.Region}, {"storage.bucket_name", s.Bucket, isDefault},
	} {
		if v.has != v.wants {
			all = append(all, Difference{Other, v.key + " " + orNone(v.has) + " (" + v.wants + ")"})
		}
	}
	if paths := differingPaths(b.Paths, w.Paths); paths != nil {
		all = append(all, Difference{OtherPaths, strings.Join(paths, ", ")})
	}
	return all
}

// find is the bucket of that name; a file may have the default one alone.
func (s Storage) find(bucket string) (Bucket, bool) {
	for _, b := range s.Buckets {
		if b.Bucket == bucket {
			return b, true
		}
	}
	return Bucket{}, false
}

// differingPaths are the paths for which a file says something else than the
// table, in the order of the alphabet.
func differingPaths(raw json.RawMessage, want storagepaths.Table) []string {
	var has storagepaths.Table
	if len(raw) > 0 {
		var m *storagepaths.Mistake
		if has, m = storagepaths.Parse(string(raw)); m != nil {
			if m.Path == "" {
				return []string{"-"}
			}
			return []string{m.Path}
		}
	}
	a, b := byPath(has), byPath(want)
	paths := map[string]bool{}
	for p := range a {
		paths[p] = a[p] != b[p]
	}
	for p := range b {
		paths[p] = a[p] != b[p]
	}
	maps.DeleteFunc(paths, func(_ string, differs bool) bool { return !differs })
	return slices.Sorted(maps.Keys(paths))
}

func byPath(t storagepaths.Table) map[string]string {
	all := map[string]string{}
	for _, r := range t {
		all[r.Path] += r.Who + ":" + strings.Join(r.Actions, ",") + ";"
	}
	return all
}

func orNone(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
