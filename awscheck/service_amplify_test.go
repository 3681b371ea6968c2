package awscheck

import (
	"encoding/json"
	"testing"

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
