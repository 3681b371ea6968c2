package policy

import "testing"

// The rules are those of "IAM JSON policy elements": Action, NotAction,
// Resource, NotResource.
func TestActionsAndResources(t *testing.T) {
	const object = "arn:aws:s3:::b/media/a.png"
	for _, c := range []struct {
		rule     string
		elements string
		action   string
		resource string
		want     bool
	}{
		{"action names ignore case", `"Action":"S3:getobject","Resource":"*"`, "s3:GetObject", object, true},
		{"* in the middle of an action", `"Action":"s3:*Object","Resource":"*"`, "s3:GetObject", object, true},
		{"? is exactly one character", `"Action":"s3:?etObject","Resource":"*"`, "s3:GetObject", object, true},
		{"? is not none", `"Action":"s3:GetObject?","Resource":"*"`, "s3:GetObject", object, false},
		{"every action", `"Action":"*","Resource":"*"`, "s3:GetObject", object, true},
		{"a prefix is not enough", `"Action":"s3:Get","Resource":"*"`, "s3:GetObject", object, false},
		{"GetObject is not GetObjectVersion", `"Action":"s3:GetObject","Resource":"*"`, "s3:GetObjectVersion", object, false},
		{"several actions are alternatives", `"Action":["s3:PutObject","s3:GetObject"],"Resource":"*"`, "s3:GetObject", object, true},
		{"an empty list matches nothing", `"Action":[],"Resource":"*"`, "s3:GetObject", object, false},
		{"NotAction is all but", `"NotAction":"s3:Delete*","Resource":"*"`, "s3:GetObject", object, true},
		{"NotAction leaves out", `"NotAction":"s3:get*","Resource":"*"`, "s3:GetObject", object, false},

		{"the bucket is not its objects", `"Action":"s3:*","Resource":"arn:aws:s3:::b"`, "s3:GetObject", object, false},
		{"the objects are not the bucket", `"Action":"s3:*","Resource":"arn:aws:s3:::b/*"`, "s3:ListBucket", "arn:aws:s3:::b", false},
		{"/* covers everything below", `"Action":"s3:*","Resource":"arn:aws:s3:::b/*"`, "s3:GetObject", object, true},
		{"* reaches over slashes", `"Action":"s3:*","Resource":"arn:aws:s3:::b/*.png"`, "s3:GetObject", object, true},
		{"* in the middle", `"Action":"s3:*","Resource":"arn:aws:s3:::b/*/a.png"`, "s3:GetObject", object, true},
		{"* may stand for nothing", `"Action":"s3:*","Resource":"arn:aws:s3:::b/*/test/*"`, "s3:GetObject", "arn:aws:s3:::b//test/object.jpg", true},
		{"but the slashes around it must be there", `"Action":"s3:*","Resource":"arn:aws:s3:::b/*/test/*"`, "s3:GetObject", "arn:aws:s3:::b/test/object.jpg", false},
		{"and not be something else", `"Action":"s3:*","Resource":"arn:aws:s3:::b/*/test/*"`, "s3:GetObject", "arn:aws:s3:::b/1-test/object.jpg", false},
		{"a prefix without slash reaches its neighbours", `"Action":"s3:*","Resource":"arn:aws:s3:::b/media*"`, "s3:GetObject", "arn:aws:s3:::b/media-private/x", true},
		{"with slash it does not", `"Action":"s3:*","Resource":"arn:aws:s3:::b/media/*"`, "s3:GetObject", "arn:aws:s3:::b/media-private/x", false},
		{"an empty segment matches no ordinary object", `"Action":"s3:*","Resource":"arn:aws:s3:::b//*"`, "s3:GetObject", object, false},
		{"keys are case-sensitive", `"Action":"s3:*","Resource":"arn:aws:s3:::b/Media/*"`, "s3:GetObject", object, false},
		{"* reaches over colons", `"Action":"s3:*","Resource":"arn:aws:s3*"`, "s3:GetObject", object, true},
		{"the partition counts", `"Action":"s3:*","Resource":"arn:aws-cn:s3:::b/*"`, "s3:GetObject", object, false},
		{"every partition", `"Action":"s3:*","Resource":"arn:*:s3:::b/*"`, "s3:GetObject", object, true},
		{"? is one character of a key in any script", `"Action":"s3:*","Resource":"arn:aws:s3:::b/?.png"`, "s3:GetObject", "arn:aws:s3:::b/\u732b.png", true},
		{"an empty list of resources", `"Action":"s3:*","Resource":[]`, "s3:GetObject", object, false},
		{"NotResource is all but", `"Action":"s3:*","NotResource":"arn:aws:s3:::b/private/*"`, "s3:GetObject", object, true},
		{"NotResource leaves out", `"Action":"s3:*","NotResource":"arn:aws:s3:::b/media/*"`, "s3:GetObject", object, false},
		{"without Resource a statement has no effect", `"Action":"s3:*"`, "s3:GetObject", object, false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := one(t, `{"Effect":"Allow",`+c.elements+`}`)
			got := Evaluate(Request{Principal: alice, Action: c.action, Resource: c.resource}, Policies{Identity: []Document{d}})
			if got.Allowed != c.want {
				t.Errorf("allowed = %v, want %v", got.Allowed, c.want)
			}
		})
	}
}

func TestWildcardMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, s string
		want       bool
	}{
		{"", "", true}, {"", "a", false}, {"*", "", true}, {"?", "", false},
		{"a*b*c", "axxbyyc", true}, {"a*b*c", "axxbyy", false}, {"*a*", "bab", true},
		{"a**b", "ab", true}, {"*?", "", false}, {"*?", "x", true}, {"?*?", "xy", true}, {"?*?", "x", false},
		{"*aab", "aaaab", true}, {"*.png", "a.png.png", true}, {"a\x00*b", "a*b", true}, {"a\x00*b", "axb", false},
		{"*\x00?", "what?", true}, {"*\x00?", "whatx", false}, {"\x00\x00", "\x00", true},
		{"*\u732b", "\u732b\u732b", true}, {"??", "\u732b", false},
	} {
		if got := wildcardMatch(c.pattern, c.s, false); got != c.want {
			t.Errorf("wildcardMatch(%q, %q) = %v, want %v", c.pattern, c.s, got, c.want)
		}
	}
	for _, c := range []struct {
		pattern, s string
		want       bool
	}{
		{"arn:aws:s3:::b", "arn:aws:s3:::b", true},
		{"arn:aws:s3:::b", "arn:aws:s3::", false},
		{"arn:aws:s3:*", "arn:aws:s3:::b", false},
		{"arn:aws:*", "arn:aws:x", false},
		{"*", "arn:aws:s3:::b", false},
		{"arn:aws:s3:::b", "*", false},
		{"arn:aws:s3:::b:c", "arn:aws:s3:::b:c", true},
		{"arn:aws:s3:::b", "arn:aws:s3:::b:c", false},
	} {
		if got := arnMatch(c.pattern, c.s); got != c.want {
			t.Errorf("arnMatch(%q, %q) = %v, want %v", c.pattern, c.s, got, c.want)
		}
	}
	if !wildcardMatch("S3:*oBJECT", "s3:GetObject", true) {
		t.Error("folding case fails after a wildcard")
	}
}
