package awscheck

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/owner"
	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// appOf is what a scenario's app wants of the bucket.
func appOf(t *testing.T, s map[string]string) *owner.App {
	t.Helper()
	table, m := storagepaths.Parse(s["paths"])
	if m != nil {
		t.Fatal(m)
	}
	var roles struct {
		Guest, Authenticated string
		Groups               map[string]string
	}
	if err := json.Unmarshal([]byte(s["app_roles"]), &roles); err != nil {
		t.Fatal(err)
	}
	app := &owner.App{Paths: table, Origins: []string{s["cors_origins"]}, Roles: map[string]string{"guest": roles.Guest, "authenticated": roles.Authenticated}}
	for g, arn := range roles.Groups {
		app.Roles["groups"+g] = arn
	}
	app.StorageName = s["storage_name"]
	app.CORS = json.RawMessage(`[{"AllowedHeaders":["*"],"AllowedMethods":["GET","HEAD","PUT","POST","DELETE"],"AllowedOrigins":["https://app.example.com"],"ExposeHeaders":["ETag"],"MaxAgeSeconds":3000}]`)
	return app
}

// corsPut sets the rules that the fix holds.
var corsPut = changed(func(a *account.Account) {
	a.Buckets[0].CORS = []map[string]any{{
		"AllowedHeaders": []any{"*"}, "AllowedMethods": []any{"GET", "HEAD", "PUT", "POST", "DELETE"},
		"AllowedOrigins": []any{"https://app.example.com"}, "ExposeHeaders": []any{"ETag"}, "MaxAgeSeconds": 3000,
	}}
})

// appRolePut gives the guests' role the table's policy alone.
func appRolePut(h *rehearsal) {
	d := h.target.App.Paths.RolePolicy("arn:aws:s3:::"+h.target.Bucket, "guest", true)
	changed(func(a *account.Account) { a.Roles[0].Policy = &d })(h)
}

const appOutputs = `{"version":"1.4","auth":{"identity_pool_id":"ap-northeast-1:1","groups":[{"admin":{}}]},"storage":{"aws_region":"ap-northeast-1","bucket_name":"alpha-prod-assets",` +
	`"buckets":[{"name":"mediaBucket","bucket_name":"alpha-prod-assets","aws_region":"ap-northeast-1","paths":PATHS}]}}`

// The app's file is compared with the settings where it is given, and every
// difference has its cause.
func TestAmplifyOutputs(t *testing.T) {
	h := rehearse(t, "amplify")
	paths := h.target.App.Paths.JSON()
	for name, c := range map[string]struct {
		file string
		want want
	}{
		"not given":  {"", want{status: Skip}},
		"as it is":   {strings.Replace(appOutputs, "PATHS", paths, 1), want{status: Pass}},
		"no JSON":    {"<html>", want{status: Fail, cause: "certain amplify-outputs-unreadable"}},
		"no auth":    {strings.Replace(strings.Replace(appOutputs, "PATHS", paths, 1), `"auth"`, `"x"`, 1), want{status: Fail, cause: "certain amplify-auth-missing"}},
		"no group":   {strings.Replace(strings.Replace(appOutputs, "PATHS", paths, 1), `"admin":{}`, `"admins":{}`, 1), want{status: Fail, cause: "certain amplify-group-undefined"}},
		"other name": {strings.Replace(strings.Replace(appOutputs, "PATHS", "{}", 1), `mediaBucket`, `media`, 1), want{status: Fail, cause: "certain amplify-outputs-differ", also: []string{"certain amplify-outputs-paths"}}},
		"old paths":  {strings.Replace(appOutputs, "PATHS", "{}", 1), want{status: Warn, cause: "certain amplify-outputs-paths"}},
		"no bucket":  {strings.ReplaceAll(strings.Replace(appOutputs, "PATHS", paths, 1), "alpha-prod-assets", "own"), want{status: Fail, cause: "certain amplify-outputs-missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			target := h.target
			if c.file != "" {
				target.Outputs = []byte(c.file)
			}
			row := rowOf(t, h.w.run(target, Options{Only: []string{"amplify.outputs"}}), "amplify.outputs")
			c.want.check(t, row)
			for _, cause := range row.Causes {
				if len(cause.Fixes) == 0 {
					t.Errorf("nothing mends %s", cause.ID)
				}
			}
		})
	}
}

// Acting as the app's roles puts nothing into the bucket and takes nothing
// away, whatever the roles may do.
func TestAmplifyAccessChangesNothing(t *testing.T) {
	for _, scenario := range []string{"amplify", "amplify-bucket-policy-open", "amplify-guest-can-write"} {
		h := rehearse(t, scenario)
		changed(func(a *account.Account) { a.Buckets[0].Versioning = "Enabled" })(h)
		before := h.versions()
		rowOf(t, h.run(Options{Only: []string{"amplify.access"}}), "amplify.access")
		if after := h.versions(); after != before || before == "" {
			t.Errorf("%s: before %s\nafter %s", scenario, before, after)
		}
	}
}

// versions are all versions and delete markers of the bucket.
func (h *rehearsal) versions() string {
	h.t.Helper()
	client, err := h.w.source.S3(h.target.place())
	if err != nil {
		h.t.Fatal(err)
	}
	out, err := client.ListObjectVersions(context.Background(), &s3.ListObjectVersionsInput{Bucket: aws.String(h.target.Bucket)})
	if err != nil {
		h.t.Fatal(err)
	}
	var all []string
	for _, v := range out.Versions {
		all = append(all, aws.ToString(v.Key)+" "+aws.ToString(v.ETag))
	}
	for _, m := range out.DeleteMarkers {
		all = append(all, "marker "+aws.ToString(m.Key))
	}
	return strings.Join(all, "\n")
}

// Roles that nobody has named, or that could not be tried, keep an app from
// being ready: what the owner reads of them is what counts then.
func TestAmplifyIsReadyOnlyIfItsRolesAreKnown(t *testing.T) {
	h := rehearse(t, "amplify")
	named := h.target.App.Roles
	for name, c := range map[string]struct {
		roles map[string]string
		owner bool
		want  Verdict
	}{
		"all":              {named, false, Ready},
		"none":             {nil, false, ReadyWithWarnings},
		"none, owner":      {nil, true, ReadyWithWarnings},
		"guests":           {map[string]string{"guest": named["guest"]}, false, ReadyWithWarnings},
		"guests, by owner": {map[string]string{"guest": named["guest"]}, true, ReadyWithWarnings},
	} {
		t.Run(name, func(t *testing.T) {
			app := *h.target.App
			app.Roles = c.roles
			target, o := h.target, Options{}
			target.App = &app
			if c.owner {
				o.Owner = h.w.source
			}
			if r := h.w.run(target, o); r.Verdict != c.want {
				t.Errorf("%s, want %s; unproved %v", r.Verdict, c.want, r.Unproved())
			}
		})
	}
}
