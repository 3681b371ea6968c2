package owner

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
)

// App is what an app built with AWS Amplify wants of the bucket.
type App struct {
	Paths   storagepaths.Table
	Roles   map[string]string // ARNs by the names of Paths.Roles
	Origins []string          // of the pages that use the bucket; "*": any
	// StorageName is what the app's code calls the bucket; DefaultStorage is
	// the app's own bucket where that stays the default, otherwise empty.
	StorageName, DefaultStorage string
	// CORS is the configuration that the bucket is to have, as a bare array.
	CORS json.RawMessage
}

// appSub stands for a signed-in person, and appOther for another one.
const (
	appSub   = "ap-northeast-1:11111111-1111-1111-1111-111111111111"
	appOther = "ap-northeast-1:22222222-2222-2222-2222-222222222222"
)

// appWish is one request of a visitor, and what the table says of it.
type appWish struct {
	visitor     storagepaths.Visitor
	action, key string
	allowed     bool
}

// namedFolders are the folders of the bucket that documents name, by their resources
// and listed prefixes: what is granted beside the table is found there.
func namedFolders(bucketARN string, docs ...policy.Document) []string {
	var dirs []string
	add := func(pattern string) {
		dir, _, ok := strings.Cut(pattern, "*")
		if ok && strings.HasSuffix(dir, "/") && !strings.Contains(dir, "?") && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	for _, d := range docs {
		for _, s := range d.Statements {
			for _, r := range s.Resource {
				if path, ok := strings.CutPrefix(r, bucketARN+"/"); ok {
					add(path)
				}
			}
			for _, c := range s.Conditions {
				if strings.EqualFold(c.Key, "s3:prefix") {
					for _, v := range c.Values {
						add(v)
					}
				}
			}
		}
	}
	return dirs
}

// appWishes are requests of a role in and beside every path, and in the
// folders that are named beside them.
func appWishes(t storagepaths.Table, role string, dirs []string) []appWish {
	v := storagepaths.Visitor{Role: role}
	if role != storagepaths.Guest {
		v.Sub = appSub
	}
	keys := []string{"mediadock-elsewhere/file"}
	for _, p := range t.Paths() {
		dirs = append(dirs, strings.TrimSuffix(p, "*"))
	}
	for _, dir := range dirs {
		for _, sub := range []string{appSub, appOther} {
			if k := strings.ReplaceAll(dir, storagepaths.Identity, sub) + "file"; !slices.Contains(keys, k) && !strings.Contains(k, "$") {
				keys = append(keys, k)
			}
		}
	}
	var all []appWish
	for _, key := range keys {
		for _, action := range storagepaths.Actions() {
			k := key
			if action == storagepaths.List {
				k = strings.TrimSuffix(key, "file")
			}
			all = append(all, appWish{v, action, k, t.Allows(v, action, k)})
		}
	}
	return all
}

func (s *Side) appRequest(w appWish, arn string) policy.Request {
	account := accountOf(arn)
	r := policy.Request{
		Principal: policy.Principal{Kind: policy.AssumedRole, Account: account, RoleARN: arn,
			ARN: strings.Replace(strings.Replace(arn, ":iam:", ":sts:", 1), ":role/", ":assumed-role/", 1) + "/CognitoIdentityCredentials"},
		Action:   storagepaths.Operation(w.action),
		Resource: bucketARN(s.wants) + "/" + w.key,
		Context:  map[string][]string{"aws:securetransport": {"true"}},
	}
	if w.visitor.Sub != "" {
		r.Context["cognito-identity.amazonaws.com:sub"] = []string{w.visitor.Sub}
	}
	if w.action == storagepaths.List {
		r.Resource = bucketARN(s.wants)
		r.Context["s3:prefix"] = []string{w.key}
	}
	return r
}

func bucketARN(w Wants) string {
	partition := "aws"
	for p, begin := range map[string]string{"aws-cn": "cn-", "aws-us-gov": "us-gov-"} {
		if strings.HasPrefix(w.Region, begin) {
			partition = p
		}
	}
	return "arn:" + partition + ":s3:::" + w.Bucket
}

// appRole is one role of the app, as far as it could be read.
type appRole struct {
	name, arn string
	own       Part[Permissions]
}

func (s *Side) appRoles(ctx context.Context) (known []appRole, without []string) {
	for _, name := range s.wants.App.Paths.Roles() {
		if arn := s.wants.App.Roles[name]; arn != "" {
			known = append(known, appRole{name: name, arn: arn})
		} else {
			without = append(without, name)
		}
	}
	var reading sync.WaitGroup
	for i := range known {
		reading.Go(func() {
			w := s.wants
			w.RoleARN = known[i].arn
			known[i].own = New(s.clients, w).permissions(ctx)
		})
	}
	reading.Wait()
	return known, without
}

// AppRoles tells whether the policies of the app's roles grant what the table
// of paths says, and no more.
func (s *Side) AppRoles(ctx context.Context) Finding {
	if s.wants.App == nil {
		return Finding{Status: Moot, What: "no-roles"}
	}
	roles, without := s.appRoles(ctx)
	if len(roles) == 0 {
		return Finding{Status: Moot, What: "no-roles"}
	}
	bucket := s.bucketPolicy(ctx)
	f := Finding{Status: Pass, What: "pass"}
	var names, needs []string
	for _, r := range roles {
		names = append(names, r.name)
		missing, unread := s.judgeAppRole(&f, r, bucket)
		needs = append(needs, missing...)
		if unread != "" && f.Status == Pass {
			f = Finding{Status: Unknown, What: Unread, Args: diagnose.Args{"message": unread}}
		}
	}
	f.Args = maps.Clone(f.Args)
	if f.Args == nil {
		f.Args = diagnose.Args{}
	}
	f.Args["roles"] = strings.Join(names, ", ")
	if len(needs) > 0 && f.Status == Pass {
		slices.Sort(needs)
		return unknown(strings.Join(slices.Compact(needs), ", "))
	}
	if len(without) > 0 {
		f.Args["without"] = strings.Join(without, ", ")
		if f.Status == Pass { // what was not compared proves nothing
			f.Status, f.What = Unknown, "some"
			return f
		}
		f.note("amplify-roles-unknown", diagnose.Args{"roles": f.Args["without"]})
	}
	return f
}

// judgeAppRole adds what is wrong with one role; needs and unread are what
// could not be read of it.
func (s *Side) judgeAppRole(f *Finding, r appRole, bucket Part[BucketPolicy]) (needs []string, unread string) {
	switch r.own.State {
	case Known:
	case Absent:
		s.blame(f, Fail, "amplify-role-not-found", r, nil)
		return nil, ""
	case Denied:
		return []string{r.own.Needs}, ""
	default:
		return nil, said(r.own.Evidence)
	}
	own := r.own.Value
	incomplete := len(own.Missing) > 0 || own.Unread != ""
	g := grant{ask: ask{wants: s.wants}, own: own, bucket: bucket}
	_, docs := g.documents()
	var missing, surplus []string
	changes := false
	for _, w := range appWishes(s.wants.App.Paths, r.name, namedFolders(bucketARN(s.wants), docs...)) {
		req := s.appRequest(w, r.arn)
		d := policy.Evaluate(req, g.policies(false))
		alone := policy.Evaluate(req, policy.Policies{Identity: docs, Boundary: own.Boundary})
		switch {
		case w.allowed && !d.Allowed && (!incomplete || d.Explicit):
			missing = append(missing, wished(w))
		case !w.allowed && alone.Allowed:
			surplus = append(surplus, wished(w))
			changes = changes || w.action == storagepaths.Write || w.action == storagepaths.Delete
		}
	}
	if len(missing) > 0 {
		s.blame(f, Fail, "amplify-role-missing", r, diagnose.Args{"what": strings.Join(missing, ", ")})
	}
	if len(surplus) > 0 {
		a := diagnose.Args{"what": strings.Join(surplus, ", ")}
		if r.name == storagepaths.Guest && changes {
			s.blame(f, Fail, "amplify-guest-can-write", r, a)
		} else {
			s.blame(f, Warn, "amplify-role-wide", r, a)
		}
	}
	return own.Missing, own.Unread
}

// wished is a wish as people read it: without the made-up names.
func wished(w appWish) string {
	key := strings.TrimSuffix(w.key, "file")
	key = strings.ReplaceAll(strings.ReplaceAll(key, appSub, "{own}"), appOther, "{others}")
	return w.action + " " + key + "*"
}

// blame adds a cause; the worst one says what the row came to.
func (s *Side) blame(f *Finding, status Status, cause string, r appRole, args diagnose.Args) {
	if f.Status != Fail {
		f.Status = status
	}
	if f.What == "pass" || status == Fail {
		f.What = "differs"
	}
	f.Causes = append(f.Causes, s.wants.App.Because(cause, r.name, s.wants.Facts, args))
}

// Because is a cause that is about one of the app's roles, with the policy that
// the role is to have.
func (a *App) Because(cause, role string, f diagnose.Facts, args diagnose.Args) diagnose.Cause {
	f.RoleARN = a.Roles[role]
	known := diagnose.Args{"who": role, "role": roleName(f.RoleARN), "role_name": roleName(f.RoleARN)}
	maps.Copy(known, args)
	f.Wanted, _ = json.Marshal(a.Paths.RolePolicy(bucketARN(Wants{Bucket: f.Bucket, Region: f.Region}), role, true))
	return diagnose.Because(cause, diagnose.Certain, f, known)
}

// AppBucketPolicy tells whether the bucket's policy lets the app's roles do
// what the table says, and nobody of them more.
func (s *Side) AppBucketPolicy(ctx context.Context) Finding {
	p := s.bucketPolicy(ctx)
	if f, ok := without(p); ok {
		return f
	}
	if s.wants.App == nil {
		return Finding{Status: Moot, What: "no-roles"}
	}
	if p.State == Absent {
		f := Finding{Status: Pass, What: "none"}
		f.note("amplify-plain-http", nil)
		return f
	}
	f := Finding{Status: Pass, What: "pass"}
	var denied, wide []string
	for _, name := range s.wants.App.Paths.Roles() {
		arn := s.wants.App.Roles[name]
		if arn == "" {
			continue
		}
		ideal := s.wants.App.Paths.RolePolicy(bucketARN(s.wants), name, true)
		for _, w := range appWishes(s.wants.App.Paths, name, namedFolders(bucketARN(s.wants), p.Value.Document)) {
			r := s.appRequest(w, arn)
			with := policy.Evaluate(r, policy.Policies{Identity: []policy.Document{ideal}, Resource: &p.Value.Document})
			alone := policy.Evaluate(r, policy.Policies{Resource: &p.Value.Document})
			switch {
			case w.allowed && !with.Allowed:
				denied = append(denied, name+": "+wished(w))
			case !w.allowed && alone.Allowed:
				wide = append(wide, name+": "+wished(w))
			}
		}
	}
	if len(denied) > 0 {
		f.Status, f.What = Fail, "denies"
		f.Causes = append(f.Causes, diagnose.Because("amplify-bucket-policy-denies", diagnose.Certain, s.wants.Facts, diagnose.Args{"what": strings.Join(denied, ", ")}))
	}
	if len(wide) > 0 {
		if f.Status == Pass {
			f.Status, f.What = Warn, "wide"
		}
		f.Causes = append(f.Causes, diagnose.Because("amplify-bucket-policy-wide", diagnose.Certain, s.wants.Facts, diagnose.Args{"what": strings.Join(wide, ", ")}))
	}
	if !enforcesTLS(p.Value.Document) {
		f.note("amplify-plain-http", nil)
	}
	return f
}

// enforcesTLS tells whether a policy refuses requests without encryption, as
// the buckets that Amplify makes do.
func enforcesTLS(d policy.Document) bool {
	return slices.ContainsFunc(d.Statements, func(s policy.Statement) bool {
		return s.Effect == policy.Deny && slices.ContainsFunc(s.Conditions, func(c policy.Condition) bool {
			return strings.EqualFold(c.Key, "aws:SecureTransport") && slices.ContainsFunc(c.Values, func(v string) bool { return strings.EqualFold(v, "false") })
		})
	})
}
