package policy

import "testing"

const (
	home   = "123456789012"
	abroad = "999988887777"
)

var (
	alice = Principal{Kind: User, Account: home, ARN: "arn:aws:iam::" + home + ":user/alice", UserID: "AIDAALICE0EXAMPLE"}
	role  = Principal{
		Kind: AssumedRole, Account: home,
		ARN:     "arn:aws:sts::" + home + ":assumed-role/MediaRole/session-1",
		RoleARN: "arn:aws:iam::" + home + ":role/cms/MediaRole",
		UserID:  "AROAMEDIA0EXAMPLE:session-1",
	}
	stranger = Principal{Kind: User, Account: abroad, ARN: "arn:aws:iam::" + abroad + ":user/eve", UserID: "AIDAEVE0EXAMPLE"}
	root     = Principal{Kind: Root, Account: home, ARN: "arn:aws:iam::" + home + ":root"}
	cdn      = Principal{Kind: Service, Service: "cloudfront.amazonaws.com"}
	nobody   = Principal{Kind: Anonymous}
)

func parse(t testing.TB, text string) Document {
	t.Helper()
	d, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return d
}

// one wraps statements into a document of the current version.
func one(t testing.TB, statements string) Document {
	t.Helper()
	return parse(t, `{"Version":"2012-10-17","Statement":[`+statements+`]}`)
}

func TestWalkingSlice(t *testing.T) {
	identity := one(t, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/media/*"}`)
	deny := one(t, `{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/media/secret"}`)
	req := Request{Principal: role, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/media/a.png", ResourceAccount: home}

	if d := Evaluate(req, Policies{Identity: []Document{identity}, Resource: &deny}); !d.Allowed || d.Layer != LayerIdentity {
		t.Errorf("got %+v, want allowed by identity", d)
	}
	req.Resource = "arn:aws:s3:::b/media/secret"
	d := Evaluate(req, Policies{Identity: []Document{identity}, Resource: &deny})
	if d.Allowed || !d.Explicit || d.Layer != LayerResource || d.Statement != &deny.Statements[0] {
		t.Errorf("got %+v, want an explicit deny of the resource's policy", d)
	}
	if c := d.Clause(req.Action); c != "with an explicit deny in a resource-based policy" {
		t.Error(c)
	}
	d = Evaluate(req, Policies{})
	if c := d.Clause(req.Action); c != "because no identity-based policy allows the s3:GetObject action" {
		t.Error(c)
	}
}
