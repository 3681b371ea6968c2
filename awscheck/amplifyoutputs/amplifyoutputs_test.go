package amplifyoutputs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
)

const whole = `{"version":"1.4",
 "auth":{"aws_region":"ap-northeast-1","identity_pool_id":"ap-northeast-1:1","unauthenticated_identities_enabled":true,"groups":[{"admin":{"precedence":0}}]},
 "data":{"url":"https://example.com"},
 "storage":{"aws_region":"ap-northeast-1","bucket_name":"alpha","buckets":[{"name":"mediaBucket","bucket_name":"alpha","aws_region":"ap-northeast-1",
  "paths":{"admin/*":{"groupsadmin":["read","write"]},"public/*":{"guest":["get","list"]}}}]}}`

func wanted(t *testing.T) Wanted {
	t.Helper()
	table, m := storagepaths.Parse(`{"public/*":{"guest":["read"]},"admin/*":{"groupsadmin":["get","list","write"]}}`)
	if m != nil {
		t.Fatal(m)
	}
	return Wanted{Bucket: "alpha", Region: "ap-northeast-1", Name: "mediaBucket", Paths: table}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{name: "all is well", want: "[]"},
		{"no auth", `"auth"`, `"other"`, "[{no-auth }]"},
		{"no identity pool", `"identity_pool_id"`, `"user_pool_id"`, "[{no-auth }]"},
		{"guests off", "true", "false", "[{guests-off }]"},
		{"guests unsaid", `"unauthenticated_identities_enabled":true,`, "", "[]"},
		{"no group", `"groups":[{"admin"`, `"groups":[{"admins"`, "[{no-group admin}]"},
		{"no storage", `"storage"`, `"other"`, "[{bucket-missing -}]"},
		{"another bucket", `"alpha"`, `"beta"`, "[{bucket-missing beta}]"},
		{"the default alone", `"buckets":[`, `"other":[`, "[{bucket-missing alpha}]"},
		{"another name", `"mediaBucket"`, `"media"`, "[{other name media (mediaBucket)}]"},
		{"another region", `"aws_region":"ap-northeast-1",
  "paths"`, `"aws_region":"us-east-1",
  "paths"`, "[{other aws_region us-east-1 (ap-northeast-1)}]"},
		{"another default", `"bucket_name":"alpha","buckets"`, `"bucket_name":"own","buckets"`, "[{other storage.bucket_name own (alpha)}]"},
		{"fewer rights", `"read","write"`, `"read"`, "[{paths admin/*}]"},
		{"another path", `"public/*"`, `"media/*"`, "[{paths media/*, public/*}]"},
		{"a wrong path", `"public/*"`, `"public"`, "[{paths public}]"},
		{"no paths", `"paths":`, `"other":`, "[{paths admin/*, public/*}]"},
		{"two things", `"mediaBucket"`, `"media","paths":{}`, "[{other name media (mediaBucket)}]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(whole, c.old) {
				t.Fatalf("the file has no %s", c.old)
			}
			text := whole
			if c.old != "" {
				text = strings.ReplaceAll(whole, c.old, c.new)
			}
			f, err := Read([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(f.Compare(wanted(t))); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// The app's own storage stays the default (A11).
func TestCompareDefaultStorage(t *testing.T) {
	w := wanted(t)
	w.Default = "own"
	f, err := Read([]byte(strings.Replace(whole, `"bucket_name":"alpha","buckets"`, `"bucket_name":"own","buckets"`, 1)))
	if err != nil || len(f.Compare(w)) > 0 {
		t.Errorf("%v, %v", f.Compare(w), err)
	}
	f, _ = Read([]byte(whole))
	if got := fmt.Sprint(f.Compare(w)); got != "[{other storage.bucket_name alpha (own)}]" {
		t.Error(got)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, text := range []string{"", "null", "[]", "{}", `{"version":""}`, `{"version":1}`, `{"version":"1.4","storage":{"buckets":{}}}`, whole[:40]} {
		if _, err := Read([]byte(text)); err != ErrFormat {
			t.Errorf("%q: %v", text, err)
		}
	}
}
