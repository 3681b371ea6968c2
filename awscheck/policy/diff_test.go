package policy

import (
	"reflect"
	"testing"
)

func TestDiff(t *testing.T) {
	const (
		locate = `{"Sid":"Locate","Effect":"Allow","Action":"s3:GetBucketLocation","Resource":"arn:aws:s3:::b"}`
		read   = `{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::b/media/*"}`
	)
	changed := func(before, after int, elements ...string) Change {
		return Change{Kind: Changed, Before: before, After: after, Elements: elements}
	}
	for _, c := range []struct {
		rule string
		a, b string
		want []Change
	}{
		{"the same", locate, locate, nil},
		{"the order of statements", locate + "," + read, read + "," + locate, nil},
		{"the order of actions, their case, repeated ones", read, `{"Effect":"Allow","Action":["s3:putobject","S3:GetObject","s3:GetObject"],"Resource":["arn:aws:s3:::b/media/*"]}`, nil},
		{"names of statements", locate, `{"Sid":"Other","Effect":"Allow","Action":"s3:GetBucketLocation","Resource":"arn:aws:s3:::b"}`, nil},
		{"an account's number and its root ARN", to("Allow", aws(home)), to("Allow", aws("arn:aws:iam::"+home+":root")), nil},
		{"everybody, both forms", to("Allow", `"*"`), to("Allow", aws("*")), nil},
		{
			"the case of a condition's key, ArnLike for ArnEquals",
			`{"Effect":"Allow","Action":"a:b","Condition":{"ArnLike":{"AWS:SourceArn":"x"}}}`,
			`{"Effect":"Allow","Action":"a:b","Condition":{"ArnEquals":{"aws:sourcearn":["x"]}}}`, nil,
		},
		{"a statement more", locate, locate + "," + read, []Change{{Kind: Added, Before: -1, After: 1}}},
		{"a statement less", locate + "," + read, read, []Change{{Kind: Removed, Before: 0, After: -1}}},
		{"one of two equal ones less", read + "," + read, read, []Change{{Kind: Removed, Before: 1, After: -1}}},
		{
			"paired by name", locate, `{"Sid":"Locate","Effect":"Deny","Action":"s3:*","Resource":"*"}`,
			[]Change{changed(0, 0, "Effect", "Action", "Resource")},
		},
		{
			"paired by what they have in common", read + "," + locate,
			locate + `,{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::b/*"}`,
			[]Change{changed(0, 1, "Resource")},
		},
		{
			"the closest of several is the pair",
			`{"Effect":"Allow","Action":"a:b","Resource":"x"}`,
			`{"Effect":"Allow","Action":"a:c","Resource":"y"},{"Effect":"Allow","Action":"a:b","Resource":"z"}`,
			[]Change{changed(0, 1, "Resource"), {Kind: Added, Before: -1, After: 0}},
		},
		{
			"what has less than half in common is no pair",
			`{"Effect":"Allow","Principal":"*","Action":"a:b","Resource":"x"}`,
			`{"Effect":"Allow","NotPrincipal":"*","NotAction":"a:b","Resource":"x"}`,
			[]Change{{Kind: Removed, Before: 0, After: -1}, {Kind: Added, Before: -1, After: 0}},
		},
		{
			"equal statements are paired before similar ones", read + "," + locate, locate + "," + locate + "," + read,
			[]Change{{Kind: Added, Before: -1, After: 1}},
		},
		{
			"a condition", read,
			`{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::b/media/*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}`,
			[]Change{changed(0, 0, "Condition")},
		},
		{
			"a value's case counts", `{"Effect":"Allow","Action":"a:b","Condition":{"StringEquals":{"a:b":"x"}}}`,
			`{"Effect":"Allow","Action":"a:b","Condition":{"StringEquals":{"a:b":"X"}}}`, []Change{changed(0, 0, "Condition")},
		},
		{
			"values are not joined", `{"Effect":"Allow","Action":"a:b","Resource":["x","y"]}`,
			`{"Effect":"Allow","Action":"a:b","Resource":["x|y"]}`, []Change{changed(0, 0, "Resource")},
		},
		{
			"Allow is not paired with Deny", `{"Effect":"Allow","Action":"a:b","Resource":"*"}`, `{"Effect":"Deny","Action":"a:b","Resource":"*"}`,
			[]Change{{Kind: Removed, Before: 0, After: -1}, {Kind: Added, Before: -1, After: 0}},
		},
		{
			"an absent list is not an empty one", `{"Effect":"Allow","Action":"a:b"}`, `{"Effect":"Allow","Action":"a:b","Resource":[]}`,
			[]Change{changed(0, 0, "Resource")},
		},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := Diff(one(t, c.a), one(t, c.b)); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
	a, b := one(t, locate), one(t, locate)
	b.Version, b.ID = "", "x"
	if got, want := Diff(a, b), []Change{changed(-1, -1, "Version")}; !reflect.DeepEqual(got, want) {
		t.Errorf("versions: got %+v, want %+v", got, want)
	}
	a.Version = Version2008
	if got := Diff(a, b); got != nil {
		t.Errorf("no version is the older version: %+v", got)
	}
}
