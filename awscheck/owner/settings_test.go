package owner

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// expect is what a row must come to; an empty note is any.
type expect struct {
	status Status
	what   string
	causes string
	notes  string
}

func (e expect) check(t *testing.T, f Finding) {
	t.Helper()
	if f.Status != e.status || f.What != e.what || causesOf(f) != e.causes {
		t.Errorf("%s %s [%s], want %s %s [%s]\n%v", f.Status, f.What, causesOf(f), e.status, e.what, e.causes, f.Args)
	}
	if notesOf(f) != e.notes {
		t.Errorf("notes %q, want %q", notesOf(f), e.notes)
	}
}

func wanting(change func(*Wants)) Wants {
	w := asking().wants
	if change != nil {
		change(&w)
	}
	return w
}

func behindCDN(w *Wants) { w.Domain, w.Distribution = "https://media.example.com", "E2EXAMPLE" }

func deniedPart[T any](needs string) Part[T] { return Part[T]{State: Denied, Needs: needs} }

func unread[T any]() Part[T] {
	return Part[T]{State: Failed, Evidence: diagnose.Evidence{HTTPStatus: 501, Code: "NotImplemented"}}
}

func TestPublicAccess(t *testing.T) {
	nothing, yes, isNot := Part[Switches]{State: Absent}, Of(true), Of(false)
	all := Of(Switches{true, true, true, true})
	acls := Of(Switches{BlockACLs: true, IgnoreACLs: true})
	restrict := Of(Switches{true, true, false, true})
	only := Of(Switches{true, true, true, false})
	imgix := func(w *Wants) { w.Integration = "imgix" }
	for _, c := range []struct {
		name   string
		access publicAccess
		wants  func(*Wants)
		expect
	}{
		{"direct, ACL switches on", publicAccess{acls, nothing, yes}, nil, expect{Pass, "pass-direct", "", ""}},
		{"direct, nothing ever blocked", publicAccess{nothing, nothing, yes}, nil, expect{Pass, "pass-direct", "", "acl-switches-off"}},
		{"direct, restricted at the bucket", publicAccess{restrict, nothing, yes}, nil, expect{Fail, "blocked-bucket", "public-access-blocked:certain", ""}},
		{"direct, restricted at the account", publicAccess{acls, all, yes}, nil, expect{Fail, "blocked-account", "public-access-blocked:certain", ""}},
		{"direct, restricted at both", publicAccess{all, all, isNot}, nil, expect{Fail, "blocked-both", "public-access-blocked:certain", ""}},
		{"direct, no public policy can be put", publicAccess{only, nothing, Part[bool]{State: Absent}}, nil, expect{Fail, "blocked-bucket", "public-access-blocked:certain", ""}},
		{"direct, the public policy is there", publicAccess{only, nothing, yes}, nil, expect{Pass, "pass-direct", "", "policy-frozen"}},
		{"direct, the account unread", publicAccess{acls, deniedPart[Switches]("s3:GetAccountPublicAccessBlock"), yes}, nil, expect{Unknown, "unknown", "", ""}},
		{"direct, the account unread and the bucket restricted", publicAccess{restrict, deniedPart[Switches]("s3:GetAccountPublicAccessBlock"), yes}, nil, expect{Fail, "blocked-bucket", "public-access-blocked:certain", ""}},
		{"direct, a server without accounts", publicAccess{acls, unread[Switches](), yes}, nil, expect{Unknown, Unread, "", ""}},

		{"CDN, all blocked at the bucket", publicAccess{all, nothing, isNot}, behindCDN, expect{Pass, "pass-cdn", "", ""}},
		{"CDN, all blocked at the account", publicAccess{nothing, all, Part[bool]{State: Absent}}, behindCDN, expect{Pass, "pass-cdn", "", ""}},
		{"CDN, blocked by both together", publicAccess{acls, Of(Switches{BlockPolicy: true, Restrict: true}), isNot}, behindCDN, expect{Pass, "pass-cdn", "", ""}},
		{"CDN, all blocked and the status unread", publicAccess{all, nothing, deniedPart[bool]("s3:GetBucketPolicyStatus")}, behindCDN, expect{Pass, "pass-cdn", "", ""}},
		{"CDN, public", publicAccess{acls, nothing, yes}, behindCDN, expect{Warn, "open", "direct-access-open:certain", ""}},
		{"CDN, public, the account unread", publicAccess{acls, deniedPart[Switches]("s3:GetAccountPublicAccessBlock"), yes}, behindCDN, expect{Warn, "open", "direct-access-open:likely", ""}},
		{"CDN, public and restricted", publicAccess{restrict, nothing, yes}, behindCDN, expect{Warn, "unguarded", "public-access-unblocked:certain", "public-policy-inert"}},
		{"CDN, public and all blocked", publicAccess{all, nothing, yes}, behindCDN, expect{Pass, "pass-cdn", "", "public-policy-inert"}},
		{"CDN, nothing blocked", publicAccess{nothing, nothing, isNot}, behindCDN, expect{Warn, "unguarded", "public-access-unblocked:certain", ""}},
		{"CDN, nothing blocked as far as is known", publicAccess{nothing, deniedPart[Switches]("s3:GetAccountPublicAccessBlock"), isNot}, behindCDN, expect{Unknown, "unknown", "", ""}},

		{"read with credentials", publicAccess{all, nothing, isNot}, imgix, expect{Pass, "pass-private", "", ""}},
		{"read with credentials, and public", publicAccess{acls, nothing, yes}, imgix, expect{Pass, "pass-private", "", "bucket-public"}},
	} {
		t.Run(c.name, func(t *testing.T) { c.check(t, judgePublicAccess(c.access, wanting(c.wants))) })
	}
}

// The account's own command keeps what the account says about ACLs.
func TestUnblockingAnAccountKeepsItsOtherSwitches(t *testing.T) {
	f := judgePublicAccess(publicAccess{Part[Switches]{State: Absent}, Of(Switches{BlockACLs: true, Restrict: true}), Of(true)}, wanting(nil))
	got := f.Causes[0].Fixes[0].Command
	want := "aws s3control put-public-access-block --account-id 123456789012 --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=false,BlockPublicPolicy=false,RestrictPublicBuckets=false --region ap-northeast-1"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if f.Args["switches"] != "RestrictPublicBuckets" {
		t.Errorf("switches %q", f.Args["switches"])
	}
}

func TestOwnership(t *testing.T) {
	acls := "acls-enabled:certain"
	expect{Pass, "pass", "", ""}.check(t, judgeOwnership(Of("BucketOwnerEnforced"), wanting(nil)))
	expect{Fail, "acls", acls, ""}.check(t, judgeOwnership(Of("BucketOwnerPreferred"), wanting(nil)))
	expect{Fail, "acls", acls, ""}.check(t, judgeOwnership(Of("ObjectWriter"), wanting(nil)))
	expect{Fail, "never-set", acls, ""}.check(t, judgeOwnership(Part[string]{State: Absent}, wanting(nil)))
}

func TestCORS(t *testing.T) {
	anyGet := []CORSRule{{[]string{"*"}, []string{"GET", "HEAD"}}}
	anyPut := []CORSRule{{[]string{"https://a.example.com"}, []string{"PUT"}}, {[]string{"*"}, []string{"GET", "PUT"}}}
	expect{Pass, "none", "", ""}.check(t, judgeCORS(nil))
	expect{Pass, "pass", "", ""}.check(t, judgeCORS(anyGet))
	expect{Pass, "pass", "", "cors-writes"}.check(t, judgeCORS(anyPut))
	expect{Pass, "pass", "", ""}.check(t, judgeCORS(anyPut[:1]))
}

func TestVersioning(t *testing.T) {
	none, noLock := Part[[]Rule]{State: Absent}, Part[Lock]{State: Absent}
	rules := func(r ...Rule) Part[[]Rule] { return Of(r) }
	on := Versions{Status: "Enabled"}
	marker := "delete-marker:certain"
	for _, c := range []struct {
		name  string
		v     Versions
		lock  Part[Lock]
		rules Part[[]Rule]
		expect
	}{
		{"never on", Versions{}, noLock, none, expect{Pass, "off", "", ""}},
		{"suspended", Versions{Status: "Suspended"}, noLock, none, expect{Pass, "suspended", "", "versions-older"}},
		{"on", on, noLock, none, expect{Warn, "kept", marker, ""}},
		{"on, with MFA delete", Versions{"Enabled", true}, noLock, none, expect{Warn, "kept", marker, "mfa-delete"}},
		{"on, with a rule for all", on, noLock, rules(Rule{NoncurrentDays: 30}), expect{Pass, "expiring", "", ""}},
		{"on, with a rule for the prefix that keeps some", on, noLock, rules(Rule{Prefix: "media/", NoncurrentDays: 1, Newest: 5}), expect{Pass, "expiring", "", "versions-newest"}},
		{"on, with a rule for a folder of it", on, noLock, rules(Rule{Prefix: "media/a/", NoncurrentDays: 30}), expect{Warn, "kept", marker, ""}},
		{"on, with a rule for big files", on, noLock, rules(Rule{Larger: 1 << 20, NoncurrentDays: 30}), expect{Warn, "kept", marker, ""}},
		{"on, with a rule for tagged files", on, noLock, rules(Rule{Tags: []string{"a=b"}, NoncurrentDays: 30}), expect{Warn, "kept", marker, ""}},
		{"on, the rules unread", on, noLock, deniedPart[[]Rule]("s3:GetLifecycleConfiguration"), expect{Pass, "kept-maybe", "", "lifecycle-unknown"}},
		{"a lock without a default", on, Of(Lock{}), rules(Rule{NoncurrentDays: 30}), expect{Pass, "expiring", "", ""}},
		{"a lock, whatever the rules", on, Of(Lock{"COMPLIANCE", 0, 2}), rules(Rule{NoncurrentDays: 30}), expect{Warn, "locked", "delete-marker:certain object-locked:certain", ""}},
		{"a lock that may not be read", Versions{}, deniedPart[Lock]("s3:GetBucketObjectLockConfiguration"), none, expect{Pass, "off", "", "lock-unknown"}},
	} {
		t.Run(c.name, func(t *testing.T) { c.check(t, judgeVersioning(c.v, c.lock, c.rules, wanting(nil))) })
	}
	f := judgeVersioning(on, Of(Lock{"COMPLIANCE", 0, 2}), none, wanting(nil))
	if f.Args["days"] != "730" {
		t.Errorf("two years are %s days", f.Args["days"])
	}
}

func TestLifecycle(t *testing.T) {
	abort := Rule{ID: "mpu", AbortDays: 7}
	day := time.Date(2027, 1, 2, 0, 0, 0, 0, time.UTC)
	expires, archives := "lifecycle-expires:certain", "lifecycle-archives:certain"
	for _, c := range []struct {
		name    string
		rules   []Rule
		prefix  string
		setting string
		expect
	}{
		{"none", nil, "media", "", expect{Pass, "none", "", "no-abort-rule"}},
		{"uploads end", []Rule{abort}, "media", "", expect{Pass, "pass", "", ""}},
		{"uploads end late", []Rule{{AbortDays: 30}}, "media", "", expect{Pass, "pass", "", "abort-late"}},
		{"uploads end late and early", []Rule{{AbortDays: 30}, abort}, "media", "", expect{Pass, "pass", "", ""}},
		{"uploads elsewhere end", []Rule{{Prefix: "logs/", AbortDays: 1}}, "media", "", expect{Pass, "pass", "", "no-abort-rule"}},
		{"uploads to a folder end", []Rule{{Prefix: "media/a/", AbortDays: 1}}, "media", "", expect{Pass, "pass", "", "no-abort-rule"}},
		{"all expires", []Rule{abort, {ID: "x", ExpireDays: 30}}, "media", "Days=30", expect{Warn, "expires", expires, ""}},
		{"the prefix expires", []Rule{abort, {ID: "x", Prefix: "media/", ExpireDays: 1}}, "media", "Days=1", expect{Warn, "expires", expires, ""}},
		{"a prefix that begins like it", []Rule{abort, {ID: "x", Prefix: "med", ExpireDays: 1}}, "media", "Days=1", expect{Warn, "expires", expires, ""}},
		{"a folder of it", []Rule{abort, {ID: "x", Prefix: "media/tmp/", ExpireDays: 1}}, "media", "Days=1", expect{Warn, "expires", expires, ""}},
		{"on a day", []Rule{abort, {ID: "x", ExpireDate: day}}, "media", "Date=2027-01-02", expect{Warn, "expires", expires, ""}},
		{"big files", []Rule{abort, {ID: "x", ExpireDays: 9, Larger: 1024, Smaller: 4096}}, "media", "Days=9, ObjectSizeGreaterThan=1024, ObjectSizeLessThan=4096", expect{Warn, "expires", expires, ""}},
		{"elsewhere", []Rule{abort, {Prefix: "logs/", ExpireDays: 1}, {Prefix: "media2/", ExpireDays: 1}}, "media", "", expect{Pass, "pass", "", ""}},
		{"the connection test's own", []Rule{abort, {Prefix: "media/.mediadock/", ExpireDays: 1}}, "media", "", expect{Pass, "pass", "", ""}},
		{"tagged", []Rule{abort, {Tags: []string{"a=b"}, ExpireDays: 1}}, "media", "", expect{Pass, "pass", "", "lifecycle-tagged"}},
		{"tagged, elsewhere", []Rule{abort, {Prefix: "logs/", Tags: []string{"a=b"}, ExpireDays: 1}}, "media", "", expect{Pass, "pass", "", ""}},
		{"without a prefix", []Rule{abort, {Prefix: "logs/", ExpireDays: 3}}, "", "Days=3", expect{Warn, "expires", expires, ""}},
		{"archives", []Rule{abort, {Archive: "GLACIER"}}, "media", "Days=0", expect{Warn, "archives", archives, ""}},
		{"archives, then expires", []Rule{abort, {Archive: "GLACIER", ArchiveDays: 30}, {ExpireDays: 90}}, "media", "Days=90", expect{Warn, "expires", archives + " " + expires, ""}},
		{"old versions alone", []Rule{abort, {NoncurrentDays: 3}}, "media", "", expect{Pass, "pass", "", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := judgeLifecycle(c.rules, wanting(func(w *Wants) { w.Prefix = c.prefix }))
			c.check(t, f)
			if f.Args["setting"] != c.setting {
				t.Errorf("setting %q, want %q", f.Args["setting"], c.setting)
			}
			if c.what == "expires" && f.Causes[0].ID != "lifecycle-expires" {
				t.Errorf("the first cause is %s", f.Causes[0].ID)
			}
		})
	}
}

// TestRuleOf: the forms that S3 has for the same.
func TestRuleOf(t *testing.T) {
	tag := s3types.Tag{Key: aws.String("a"), Value: aws.String("b")}
	for name, c := range map[string]struct {
		rule s3types.LifecycleRule
		want Rule
	}{
		"old prefix": {s3types.LifecycleRule{Prefix: aws.String("p/")}, Rule{Prefix: "p/"}},
		"prefix":     {s3types.LifecycleRule{Filter: &s3types.LifecycleRuleFilter{Prefix: aws.String("p/")}}, Rule{Prefix: "p/"}},
		"tag":        {s3types.LifecycleRule{Filter: &s3types.LifecycleRuleFilter{Tag: &tag}}, Rule{Tags: []string{"a=b"}}},
		"size":       {s3types.LifecycleRule{Filter: &s3types.LifecycleRuleFilter{ObjectSizeGreaterThan: aws.Int64(5)}}, Rule{Larger: 5}},
		"and": {s3types.LifecycleRule{Filter: &s3types.LifecycleRuleFilter{And: &s3types.LifecycleRuleAndOperator{
			Prefix: aws.String("p/"), Tags: []s3types.Tag{tag}, ObjectSizeLessThan: aws.Int64(7),
		}}}, Rule{Prefix: "p/", Tags: []string{"a=b"}, Smaller: 7}},
		"markers alone": {s3types.LifecycleRule{Expiration: &s3types.LifecycleExpiration{ExpiredObjectDeleteMarker: aws.Bool(true)}}, Rule{}},
		"readable classes": {s3types.LifecycleRule{Transitions: []s3types.Transition{
			{Days: aws.Int32(30), StorageClass: s3types.TransitionStorageClassStandardIa}, {Days: aws.Int32(60), StorageClass: s3types.TransitionStorageClassGlacierIr},
		}}, Rule{}},
		"first archive": {s3types.LifecycleRule{Transitions: []s3types.Transition{
			{Days: aws.Int32(180), StorageClass: s3types.TransitionStorageClassDeepArchive}, {Days: aws.Int32(90), StorageClass: s3types.TransitionStorageClassGlacier},
		}}, Rule{Archive: "GLACIER", ArchiveDays: 90}},
	} {
		t.Run(name, func(t *testing.T) {
			got := ruleOf(c.rule)
			if got.Prefix != c.want.Prefix || len(got.Tags) != len(c.want.Tags) || got.Larger != c.want.Larger || got.Smaller != c.want.Smaller ||
				got.ExpireDays != 0 || !got.ExpireDate.IsZero() || got.Archive != c.want.Archive || got.ArchiveDays != c.want.ArchiveDays {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}
