package diagnose

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/documented"
	"github.com/mediadock/mediadock/media/address"
)

// edit changes a document that exists; it is false where that mends nothing.
type edit func(policy.Document) (policy.Document, bool)

// adding appends the statements that are not there yet.
func adding(add policy.Document) edit {
	return func(d policy.Document) (policy.Document, bool) {
		merged := policy.Merge(d, add)
		return merged, len(merged.Statements) > len(d.Statements)
	}
}

// replacing is a fix that puts one document in the place of another.
func (b bench) replacing(id, command, link string, before, after policy.Document) Fix {
	f := b.fix(id, command, link, render(after))
	f.Before = render(before)
	return f
}

// onBucketPolicy changes the bucket's policy. Where it could not be read, it
// has to be read and merged by hand: add is shown, and putting it is the
// second step.
func (b bench) onBucketPolicy(id string, add *policy.Document, change edit) []Fix {
	link := b.link.bucket("permissions")
	if now := b.f.Existing.Bucket; now != nil {
		if after, ok := change(*now); ok {
			if len(after.Statements) == 0 {
				f := b.fix(id, b.aws("s3api", "delete-bucket-policy", "--bucket", b.args["bucket"]), link, nil)
				f.Before = render(*now)
				return []Fix{f}
			}
			return []Fix{b.replacing(id, b.putBucketPolicy(), link, *now, after)}
		}
	}
	var shown json.RawMessage
	if add != nil {
		shown = render(*add)
	}
	if b.f.Existing.NoBucketPolicy && add != nil {
		return []Fix{b.fix(id, b.putBucketPolicy(), link, shown)}
	}
	return []Fix{
		b.fix(id, b.getBucketPolicy(), link, shown),
		b.fix("then-put-bucket-policy", b.putBucketPolicy(), link, nil),
	}
}

// onKeyPolicy changes the policy of the KMS key.
func (b bench) onKeyPolicy(id string, add *policy.Document, change edit) []Fix {
	key := b.key()
	link := b.link.key(key)
	put := b.aws("kms", "put-key-policy", "--key-id", key, "--policy-name", "default", "--policy", "file://key-policy.json")
	if now := b.f.Existing.Key; now != nil {
		if after, ok := change(*now); ok {
			return []Fix{b.replacing(id, put, link, *now, after)}
		}
	}
	var shown json.RawMessage
	if add != nil {
		shown = render(*add)
	}
	get := b.aws("kms", "get-key-policy", "--key-id", key, "--policy-name", "default", "--query", "Policy", "--output", "text")
	return []Fix{b.fix(id, get, link, shown), b.fix("then-put-key-policy", put, link, nil)}
}

// onTrust changes the role's trust policy. Other connections' external IDs in
// it are hidden; then the commands are reading it and, once they are filled
// in again, putting it. Where it could not be read, it has to be read and
// merged by hand: putting only what is missing would lock everybody else out.
func (b bench) onTrust(id string, change edit) []Fix {
	link := b.link.role("trust_relationships")
	now := b.f.Existing.Trust
	if now == nil {
		add := b.fix(id, b.getTrust(), link, trust(b.f))
		add.File = "trust.json"
		return []Fix{add, b.fix("then-merge-trust", b.putTrust(), link, nil)}
	}
	known := idPlaces(*now, b.f.ExternalID)
	changed, ok := change(known.hideOwn(*now))
	before, after := known.hide(*now), known.hide(changed)
	switch {
	case !ok:
		return []Fix{b.fix(id, b.getTrust(), link, nil)}
	case bytes.Contains(render(after), []byte(otherID)):
		f := b.replacing(id, b.getTrust(), link, before, after)
		f.File = "trust.json"
		return []Fix{f, b.fix("then-put-trust", b.putTrust(), link, nil)}
	}
	return []Fix{b.replacing(id, b.putTrust(), link, before, after)}
}

// inlinePolicy is the name of the role's policy that mediadock's own goes by.
const inlinePolicy = "mediadock"

// onPermissions adds to the role's policies: to the inline policy that is
// about this bucket, else to one of the given name, which is new unless it is
// there already. PutRolePolicy replaces what has the name.
func (b bench) onPermissions(id, name, file string, add policy.Document) []Fix {
	link := b.link.role("permissions")
	if b.f.Reader {
		return b.lettingRead()
	}
	if b.f.CallerAccess {
		return []Fix{b.fix(id, "", b.link.global("/iam/home#/home"), render(add))}
	}
	if b.f.Existing.Permissions == nil {
		name = b.ownName(name)
	}
	if chosen, ok := b.inlineAbout(add, name); ok {
		now := b.f.Existing.Permissions[chosen]
		if after, changed := adding(add)(now); changed {
			return []Fix{b.replacing(id, b.putRolePolicy(chosen, file), link, now, after)}
		}
		name = free(b.f.Existing.Permissions, name)
	}
	return []Fix{b.fix(id, b.putRolePolicy(name, file), link, render(add))}
}

// inlineAbout finds the inline policy to add to.
func (b bench) inlineAbout(add policy.Document, name string) (string, bool) {
	existing := b.f.Existing.Permissions
	for _, n := range slices.Sorted(maps.Keys(existing)) {
		for _, s := range existing[n].Statements {
			if slices.ContainsFunc(s.Resource, func(r string) bool { return sharesResource(r, add) }) {
				return n, true
			}
		}
	}
	_, there := existing[name]
	return name, there
}

// sharesResource reports whether a pattern is about the bucket or key of add.
func sharesResource(pattern string, add policy.Document) bool {
	bucketARN := func(r string) string { head, _, _ := strings.Cut(r, "/"); return head }
	for _, s := range add.Statements {
		for _, r := range s.Resource {
			if r == pattern || strings.Contains(r, ":s3:::") && bucketARN(r) == bucketARN(pattern) {
				return true
			}
		}
	}
	return false
}

// ownName is a name that no other connection's policy of the same role has:
// which there are could not be read, and PutRolePolicy would replace them.
func (b bench) ownName(name string) string {
	const longest = 128
	name += "-" + b.args["bucket"]
	if b.f.Prefix != "" {
		name += "-" + strings.ReplaceAll(strings.Trim(b.f.Prefix, "/"), "/", "-")
	}
	return name[:min(len(name), longest)]
}

// free is a name that no policy has.
func free(existing map[string]policy.Document, name string) string {
	for _, taken := existing[name]; taken; _, taken = existing[name] {
		name += "-2"
	}
	return name
}

// narrowing takes what reaches outside the prefix out of the role's inline
// policies and puts the tight policy in its place.
func (b bench) narrowing(id string) []Fix {
	link := b.link.role("permissions")
	add := documented.PermissionsTight(params(b.f))
	if b.f.CallerAccess {
		return []Fix{b.fix(id, "", b.link.global("/iam/home#/home"), render(add))}
	}
	var fixes []Fix
	for _, name := range slices.Sorted(maps.Keys(b.f.Existing.Permissions)) {
		now := b.f.Existing.Permissions[name]
		after, wide := narrowed(now, b.outside())
		if !wide {
			continue
		}
		if fixes == nil {
			after = policy.Merge(after, add)
		}
		if len(after.Statements) == 0 {
			f := b.fix("delete-wide-policy", b.iam("iam", "delete-role-policy", "--role-name", b.args["role_name"], "--policy-name", name), link, nil)
			f.Before = render(now)
			fixes = append(fixes, f)
			continue
		}
		fixes = append(fixes, b.replacing(id, b.putRolePolicy(name, "permissions.json"), link, now, after))
	}
	if fixes == nil {
		name := b.ownName(inlinePolicy)
		if b.f.Existing.Permissions != nil {
			name = free(b.f.Existing.Permissions, inlinePolicy)
		}
		fixes = append(fixes, b.fix(id, b.putRolePolicy(name, "permissions.json"), link, render(add)))
	}
	detach := b.detaching()
	if detach == nil && fixes[0].Before == nil {
		detach = append(detach, b.fix("detach-wide-policies", b.iam("iam", "list-attached-role-policies", "--role-name", b.args["role_name"]), link, nil))
	}
	return append(fixes, detach...)
}

// detaching takes managed policies that reach outside the prefix off the role,
// after it has been given what it needs.
func (b bench) detaching() []Fix {
	var fixes []Fix
	for _, arn := range slices.Sorted(maps.Keys(b.f.Existing.Attached)) {
		if _, wide := narrowed(b.f.Existing.Attached[arn], b.outside()); !wide {
			continue
		}
		f := b.fix("then-detach-wide-policy", b.iam("iam", "detach-role-policy", "--role-name", b.args["role_name"], "--policy-arn", arn), b.link.role("permissions"), nil)
		f.Args = maps.Clone(b.args)
		f.Args["wide"] = arn[strings.LastIndexByte(arn, '/')+1:]
		fixes = append(fixes, f)
	}
	return fixes
}

// ofStrangers are requests of people without credentials, for media or about
// the bucket, that its policy must not allow.
func (b bench) ofStrangers(action string) []policy.Request {
	ask := func(key string) policy.Request {
		r := b.request(action, b.args["bucket_arn"]+key)
		r.Principal = policy.Principal{Kind: policy.Anonymous}
		return r
	}
	if action == "s3:ListBucket" {
		return []policy.Request{ask("")}
	}
	return []policy.Request{ask("/" + b.args["dir"] + "example.jpg"), ask("/" + b.args["dir"] + address.ProbeDir + "/probe.txt")}
}

// closing takes action from strangers in the bucket's policy, as far as it is
// about this connection's media, and lets readers in by the documented
// statement.
func (b bench) closing(id, action string) []Fix {
	add := readers(b.f)
	return b.onBucketPolicy(id, &add, func(d policy.Document) (policy.Document, bool) {
		after := closed(d, b.ofStrangers(action))
		if len(after.Statements) == len(d.Statements) && len(policy.Diff(d, after)) == 0 {
			return d, false
		}
		if action == "s3:GetObject" {
			after = policy.Merge(after, add)
		}
		return after, true
	})
}
