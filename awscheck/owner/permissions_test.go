package owner

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/documented"
)

const (
	bucket = "alpha-prod-assets"
	inB    = "arn:aws:s3:::" + bucket
	inO    = inB + "/media/*"
)

func asking() ask {
	return ask{
		wants: Wants{Integration: "microcms", Bucket: bucket, Region: "ap-northeast-1", Prefix: "media", RoleARN: role,
			Facts: diagnose.Facts{RoleARN: role, Bucket: bucket, Region: "ap-northeast-1", Prefix: "media"}},
		role: Role{ARN: role, Name: "MediaRole", ID: "AROAEXAMPLEEXAMPLE123", BoundaryARN: "arn:aws:iam::" + home + ":policy/B"},
		now:  noon,
	}
}

func may(actions, resource, more string) string {
	return `{"Effect":"Allow","Action":[` + actions + `],"Resource":"` + resource + `"` + more + `}`
}

const (
	onBucketActions = `"s3:GetBucketLocation","s3:ListBucket"`
	onObjectActions = `"s3:GetObject","s3:PutObject","s3:DeleteObject"`
)

func TestPermissions(t *testing.T) {
	asDocumented := may(onBucketActions, inB, "") + "," + may(onObjectActions, inO, "")
	allow := may(`"s3:*"`, "*", "")
	for _, c := range []struct {
		name     string
		inline   string
		attached map[string]string
		boundary string
		bucket   string // its policy; "?" may not be read
		missing  []string
		status   Status
		what     string
		causes   string
		note     string
	}{
		{name: "as documented", inline: asDocumented, status: Pass, what: "pass", note: "scope-list-wide"},
		{name: "spread over attached policies", inline: may(onBucketActions, inB, ""), attached: map[string]string{"arn:aws:iam::" + home + ":policy/Files": may(onObjectActions, inO, "")}, status: Pass, what: "pass"},
		{name: "listing under the prefix alone", inline: may(`"s3:GetBucketLocation"`, inB, "") + "," + may(`"s3:ListBucket"`, inB, `,"Condition":{"StringLike":{"s3:prefix":"media/*"}}`) + "," + may(onObjectActions, inO, ""), status: Pass, what: "pass"},

		{name: "nothing", inline: "", status: Fail, what: "not-granted", causes: "delete-denied:certain get-denied:certain list-denied:certain location-denied:certain put-denied:certain"},
		{name: "no uploads", inline: may(onBucketActions, inB, "") + "," + may(`"s3:GetObject","s3:DeleteObject"`, inO, ""), status: Fail, what: "not-granted", causes: "put-denied:certain"},
		{name: "no deletions", inline: may(onBucketActions, inB, "") + "," + may(`"s3:GetObject","s3:PutObject"`, inO, ""), status: Fail, what: "not-granted", causes: "delete-denied:certain"},
		{name: "no reading", inline: may(onBucketActions, inB, "") + "," + may(`"s3:DeleteObject","s3:PutObject"`, inO, ""), status: Fail, what: "not-granted", causes: "get-denied:certain"},
		{name: "another folder", inline: may(onBucketActions, inB, "") + "," + may(onObjectActions, inB+"/Media/*", ""), status: Fail, what: "refused", causes: "delete-denied:certain get-denied:certain put-wrong-prefix:certain"},
		{name: "the bucket's ARN for all", inline: may(onBucketActions+","+onObjectActions, inO, ""), status: Fail, what: "refused", causes: "list-denied:certain location-denied:certain"},
		{name: "no location", inline: may(`"s3:ListBucket"`, inB, "") + "," + may(onObjectActions, inO, ""), status: Warn, what: "not-granted", causes: "location-denied:certain"},
		{name: "listing another folder", inline: may(`"s3:GetBucketLocation"`, inB, "") + "," + may(`"s3:ListBucket"`, inB, `,"Condition":{"StringLike":{"s3:prefix":"Media/*"}}`) + "," + may(onObjectActions, inO, ""), status: Fail, what: "condition", causes: "list-prefix-condition:certain"},
		{name: "a denial", inline: asDocumented + `,{"Sid":"NoDeletes","Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}`, status: Fail, what: "denied", causes: "explicit-deny:certain"},
		{name: "no copies", inline: asDocumented + `,{"Effect":"Deny","Action":"s3:PutObject","Resource":"*","Condition":{"Null":{"s3:x-amz-copy-source":"false"}}}`, status: Fail, what: "denied", causes: "explicit-deny:certain"},
		{name: "uploads that copy nothing", inline: may(onBucketActions, inB, "") + "," + may(`"s3:GetObject","s3:DeleteObject"`, inO, "") + "," + may(`"s3:PutObject"`, inO, `,"Condition":{"Null":{"s3:x-amz-copy-source":"true"}}`), status: Fail, what: "condition", causes: "copy-denied:certain"},
		{name: "a boundary", inline: asDocumented, boundary: may(onBucketActions, inB, "") + "," + may(`"s3:GetObject"`, inO, ""), status: Fail, what: "boundary", causes: "boundary-denied:certain"},
		{name: "a boundary that denies", inline: asDocumented, boundary: allow + `,{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}`, status: Fail, what: "denied", causes: "boundary-denied:certain explicit-deny:certain"},
		{name: "the bucket's policy grants the rest", inline: may(onBucketActions, inB, ""), bucket: `{"Effect":"Allow","Principal":{"AWS":"` + role + `"},"Action":[` + onObjectActions + `],"Resource":"` + inO + `"}`, status: Pass, what: "pass"},
		{name: "the bucket's policy might grant the rest", inline: may(onBucketActions, inB, ""), bucket: "?", status: Warn, what: "refused-unless", causes: "delete-denied:likely get-denied:likely put-denied:likely"},
		{name: "from an address", inline: may(onBucketActions, inB, "") + "," + may(onObjectActions, inO, `,"Condition":{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}`), status: Warn, what: "conditions", causes: "delete-denied:possible get-denied:possible put-denied:possible", note: "permissions-depend"},
		{name: "a denial from elsewhere", inline: asDocumented + `,{"Sid":"Net","Effect":"Deny","Action":"s3:DeleteObject","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}}`, status: Warn, what: "conditions", causes: "explicit-deny:possible", note: "permissions-depend"},
		{name: "by the role's tag", inline: may(onBucketActions, inB, "") + "," + may(onObjectActions, inB+"/${aws:PrincipalTag/folder}/*", ""), status: Warn, what: "wide", causes: "scope-too-wide:likely", note: "permissions-depend"},
		{name: "under a condition that is not met", inline: may(onBucketActions, inB, "") + "," + may(onObjectActions, inO, `,"Condition":{"StringEquals":{"s3:x-amz-storage-class":"GLACIER"}}`), status: Fail, what: "condition", causes: "delete-denied:certain get-denied:certain put-denied:certain"},

		{name: "everything in S3", inline: allow, status: Warn, what: "wide", causes: "scope-too-wide:certain", note: "lint.action-service"},
		{name: "the whole bucket", inline: may(onBucketActions, inB, "") + "," + may(onObjectActions, inB+"/*", ""), status: Warn, what: "wide", causes: "scope-too-wide:certain"},
		{name: "an open end", inline: may(onBucketActions, inB, "") + "," + may(onObjectActions, inB+"/media*", ""), status: Warn, what: "wide", causes: "scope-too-wide:certain", note: "lint.resource-open-end"},
		{name: "the policy", inline: asDocumented + "," + may(`"s3:PutBucketPolicy"`, inB, ""), status: Warn, what: "wide", causes: "scope-too-wide:certain"},
		{name: "a classic", inline: asDocumented, attached: map[string]string{"arn:aws:iam::aws:policy/AmazonS3FullAccess": allow}, status: Warn, what: "wide", causes: "scope-too-wide:certain", note: "classic-policy"},

		{name: "something may not be read", inline: asDocumented, missing: []string{"iam:GetPolicy", "iam:ListAttachedRolePolicies"}, status: Unknown, what: "unknown"},
		{name: "what may not be read may grant it", inline: "", missing: []string{"iam:GetPolicy"}, status: Unknown, what: "unknown"},
		{name: "what may not be read lifts no denial", inline: asDocumented + `,{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}`, missing: []string{"iam:GetPolicy"}, status: Fail, what: "denied", causes: "explicit-deny:certain"},
	} {
		t.Run(c.name, func(t *testing.T) {
			own := Permissions{Inline: map[string]policy.Document{}, Attached: map[string]policy.Document{}, Missing: c.missing}
			if c.inline != "" {
				own.Inline["Media"] = document(t, c.inline)
			}
			for arn, statements := range c.attached {
				own.Attached[arn] = document(t, statements)
			}
			if c.boundary != "" {
				d := document(t, c.boundary)
				own.Boundary = &d
			}
			b := Part[BucketPolicy]{State: Absent}
			switch c.bucket {
			case "":
			case "?":
				b = Part[BucketPolicy]{State: Denied, Needs: "s3:GetBucketPolicy"}
			default:
				b = Of(BucketPolicy{Document: document(t, c.bucket)})
			}
			f := judgePermissions(asking(), own, b, Of([]Simulated(nil)))
			if f.Status != c.status || f.What != c.what || causesOf(f) != c.causes {
				t.Errorf("%s %s [%s], want %s %s [%s]\n%v", f.Status, f.What, causesOf(f), c.status, c.what, c.causes, f.Args)
			}
			if c.note != "" && !hasNote(f, c.note) {
				t.Errorf("no note %s: %s", c.note, notesOf(f))
			}
		})
	}
}

// The refused ARN stands beside the granted one, and their difference is
// marked.
func TestPermissionsCompare(t *testing.T) {
	own := Permissions{Inline: map[string]policy.Document{"Media": document(t, may(onBucketActions, inB, "")+","+may(onObjectActions, inB+"/Media/*", ""))}}
	f := judgePermissions(asking(), own, Part[BucketPolicy]{State: Absent}, Of([]Simulated(nil)))
	if f.Args["granted"] != inB+"/Media/*" || f.Args["resource"] != inB+"/media/example.jpg" {
		t.Errorf("%v", f.Args)
	}
	c := f.Causes[0]
	if c.ID != "put-wrong-prefix" || c.Compare == nil || c.Compare.Granted[c.Compare.GrantedSpan.From:c.Compare.GrantedSpan.To] != "M" {
		t.Errorf("%+v", c)
	}
}

// The documented policies, of which the tight one is narrower, pass.
func TestDocumentedPermissionsPass(t *testing.T) {
	for _, prefix := range []string{"media", "", "a/b"} {
		a := asking()
		a.wants.Prefix, a.wants.Facts.Prefix = prefix, prefix
		p := documented.Params{Bucket: bucket, Prefix: prefix}
		for name, d := range map[string]policy.Document{"documented": documented.Permissions(p), "tight": documented.PermissionsTight(p)} {
			own := Permissions{Inline: map[string]policy.Document{"Media": d}}
			if f := judgePermissions(a, own, Part[BucketPolicy]{State: Absent}, Of([]Simulated(nil))); f.Status != Pass {
				t.Errorf("%s, prefix %q: %s %s [%s] %v", name, prefix, f.Status, f.What, causesOf(f), f.Args)
			}
		}
	}
}

func TestOrganization(t *testing.T) {
	own := Permissions{Inline: map[string]policy.Document{"Media": documented.Permissions(documented.Params{Bucket: bucket, Prefix: "media"})}}
	denied := Simulated{Action: "s3:PutObject", Resource: inB + "/media/example.jpg"}
	guessed := denied
	guessed.Guess = true
	other := Simulated{Action: "s3:PutObject", Organization: true}
	for _, c := range []struct {
		name      string
		simulated Part[[]Simulated]
		status    Status
		what      string
		causes    string
		note      string
	}{
		{"allowed", Of([]Simulated{{Action: "s3:PutObject", Allowed: true, Organization: true}}), Pass, "pass", "", ""},
		{"not allowed by the organization", Of([]Simulated{denied}), Fail, "organization", "scp-denied:certain", ""},
		{"without all that it asks for", Of([]Simulated{guessed}), Fail, "organization", "scp-denied:likely", ""},
		{"not allowed for reasons not seen here", Of([]Simulated{other}), Pass, "pass", "", "simulation-differs"},
		{"may not be asked", Part[[]Simulated]{State: Denied, Needs: "iam:SimulatePrincipalPolicy"}, Pass, "pass", "", "organization-unknown"},
		{"not known there", Part[[]Simulated]{State: Failed}, Pass, "pass", "", "organization-unknown"},
	} {
		f := judgePermissions(asking(), own, Part[BucketPolicy]{State: Absent}, c.simulated)
		if f.Status != c.status || f.What != c.what || causesOf(f) != c.causes || c.note != "" && !hasNote(f, c.note) {
			t.Errorf("%s: %s %s [%s] %s", c.name, f.Status, f.What, causesOf(f), notesOf(f))
		}
	}
}

// Without a prefix the media are in the whole bucket, and nothing is outside.
func TestPermissionsWithoutAPrefix(t *testing.T) {
	a := asking()
	a.wants.Prefix, a.wants.Facts.Prefix = "", ""
	own := Permissions{Inline: map[string]policy.Document{"Media": document(t, may(onBucketActions, inB, "")+","+may(onObjectActions, inB+"/*", ""))}}
	f := judgePermissions(a, own, Part[BucketPolicy]{State: Absent}, Of([]Simulated(nil)))
	if f.Status != Pass || f.Args["dir"] != bucket || hasNote(f, "scope-list-wide") {
		t.Errorf("%s %s %v %s", f.Status, f.What, f.Args, notesOf(f))
	}
}
