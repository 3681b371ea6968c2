package policy

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

const (
	cloudinarySid   = "AWSConsoleStmt-b-cloudinary"
	cloudinaryWhole = `{"Sid":"AWSConsoleStmt-b-cloudinary","Effect":"Allow","Principal":{"AWS":"232482882421"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`
	cloudinaryTight = `{"Sid":"AWSConsoleStmt-b-cloudinary","Effect":"Allow","Principal":{"AWS":"232482882421"},"Action":"s3:GetObject","Resource":["arn:aws:s3:::b/media/*","arn:aws:s3:::b/.wellknown/cloudinary/*"]}`
	asS3Tells       = `{"Sid":"Mine","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::232482882421:root"},"Action":["s3:getobject"],"Resource":["arn:aws:s3:::b/*"]}`
	denyHTTP        = `{"Sid":"TLS","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`
)

// What exists stays byte for byte; only what is named comes in addition.
func TestAppendKeepsEveryByte(t *testing.T) {
	for _, c := range []struct{ name, existing, want string }{
		{"on one line", `{"Version":"2012-10-17","Statement":[` + denyHTTP + `]}`,
			`{"Version":"2012-10-17","Statement":[` + denyHTTP + `,` + cloudinaryWhole + "]}\n"},
		{"a single statement", `{"Statement": ` + denyHTTP + `, "Id": "x"}`, `{"Statement": [` + denyHTTP + `,` + cloudinaryWhole + "], \"Id\": \"x\"}\n"},
		{"no statements", `{"Version":"2008-10-17","Statement":[ ]}`, `{"Version":"2008-10-17","Statement":[` + cloudinaryWhole + "]}\n"},
		{"the old version stays", `{"Version":"2008-10-17","Statement":[` + denyHTTP + `]}`, `{"Version":"2008-10-17","Statement":[` + denyHTTP + `,` + cloudinaryWhole + "]}\n"},
		{"laid out with tabs", "{\n\t\"Statement\" : [\n\t\t{ \"Effect\":\"Deny\",\n\t\t\t\"Action\":\"s3:*\" }\n\t]\n}\n",
			"{\n\t\"Statement\" : [\n\t\t{ \"Effect\":\"Deny\",\n\t\t\t\"Action\":\"s3:*\" },\n\t\t{\n\t\t  \"Sid\": \"AWSConsoleStmt-b-cloudinary\",\n\t\t  \"Effect\": \"Allow\",\n\t\t  \"Principal\": {\n\t\t    \"AWS\": \"232482882421\"\n\t\t  },\n\t\t  \"Action\": \"s3:GetObject\",\n\t\t  \"Resource\": \"arn:aws:s3:::b/*\"\n\t\t}\n\t]\n}\n"},
		{"lines that end as on Windows", "{\r\n  \"Statement\": [{\r\n    \"Effect\": \"Deny\", \"Action\": \"s3:*\"\r\n  }]\r\n}",
			"{\r\n  \"Statement\": [{\r\n    \"Effect\": \"Deny\", \"Action\": \"s3:*\"\r\n  }, {\r\n    \"Sid\": \"AWSConsoleStmt-b-cloudinary\",\r\n    \"Effect\": \"Allow\",\r\n    \"Principal\": {\r\n      \"AWS\": \"232482882421\"\r\n    },\r\n    \"Action\": \"s3:GetObject\",\r\n    \"Resource\": \"arn:aws:s3:::b/*\"\r\n  }]\r\n}\r\n"},
		{"what nobody knows", `{"Statement":[{"Sid":"a","Effect":"Allow","Comment":"ours","Action":"s3:*"}],"Owner":"me"}`,
			`{"Statement":[{"Sid":"a","Effect":"Allow","Comment":"ours","Action":"s3:*"},` + cloudinaryWhole + "],\"Owner\":\"me\"}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Append(KindBucket, []byte(c.existing), parse(t, document(cloudinaryWhole)))
			if err != nil {
				t.Fatal(err)
			}
			if string(got.Text) != c.want {
				t.Errorf("got\n%s\nwant\n%s", got.Text, c.want)
			}
			if !json.Valid(got.Text) || !reflect.DeepEqual(got.Added, []string{cloudinarySid}) || len(got.Replaced)+len(got.There) > 0 {
				t.Errorf("%+v", got)
			}
			if odd := strings.Contains(c.existing, "Comment"); odd != (got.Odd != nil) {
				t.Errorf("odd: %v", got.Odd)
			}
			again, err := Append(KindBucket, got.Text, parse(t, document(cloudinaryWhole)))
			if err != nil || again.Changed() || string(again.Text) != string(got.Text) {
				t.Errorf("appending again: %v\n%s", err, again.Text)
			}
		})
	}
}

// A statement is not added beside itself, and takes the place of none but its
// own earlier form.
func TestAppendedStatementsThatAreThere(t *testing.T) {
	whole, tight := parse(t, document(cloudinaryWhole)), parse(t, document(cloudinaryTight))
	for _, c := range []struct {
		name, existing string
		want           Appended
		text           string
	}{
		{"as S3 tells it", document(denyHTTP + "," + asS3Tells), Appended{Kept: 2, There: []string{"Mine"}}, document(denyHTTP + "," + asS3Tells)},
		{"an earlier form", document(cloudinaryTight + "," + denyHTTP), Appended{Kept: 1, Replaced: []string{cloudinarySid}}, document(cloudinaryWhole + "," + denyHTTP)},
		{"an earlier form alone", `{"Statement":` + cloudinaryTight + `}`, Appended{Replaced: []string{cloudinarySid}}, `{"Statement":` + cloudinaryWhole + `}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Append(KindBucket, []byte(c.existing), whole, tight)
			if err != nil {
				t.Fatal(err)
			}
			if string(got.Text) != c.text+"\n" {
				t.Errorf("got\n%s", got.Text)
			}
			got.Text, got.Size, got.Limit = nil, 0, 0
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// A single earlier form may be replaced and followed by another statement.
func TestAppendReplacesAndAddsAtOnce(t *testing.T) {
	got, err := Append(KindBucket, []byte(`{"Statement":`+cloudinaryTight+`}`), parse(t, document(cloudinaryWhole+","+denyHTTP)), parse(t, document(cloudinaryTight)))
	if want := `{"Statement":[` + cloudinaryWhole + "," + denyHTTP + "]}\n"; err != nil || string(got.Text) != want {
		t.Errorf("%v\n%s", err, got.Text)
	}
}

func TestAppendRefuses(t *testing.T) {
	add := parse(t, document(cloudinaryWhole))
	another := strings.Replace(cloudinaryWhole, "232482882421", "111122223333", 1)
	var taken *SidTakenError
	if _, err := Append(KindBucket, []byte("{\"Statement\":[\n"+denyHTTP+",\n"+another+"]}"), add, parse(t, document(cloudinaryTight))); !errors.As(err, &taken) || taken.Line != 3 || taken.Sid != cloudinarySid {
		t.Errorf("another's statement of that Sid: %v", err)
	}
	var large *TooLargeError
	full := strings.Replace(denyHTTP, `"TLS"`, `"`+strings.Repeat("x", limitBucket-250)+`"`, 1)
	if _, err := Append(KindBucket, []byte(document(full)), add); !errors.As(err, &large) || large.Limit != 20_480 || large.Size <= large.Limit {
		t.Errorf("too large: %v", err)
	}
	if _, err := Append(KindKey, []byte(document(full)), add); err != nil {
		t.Errorf("a key's policy may be larger: %v", err)
	}
	home := `{"Sid":"h","Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}/*"}`
	var old *OldVersionError
	if _, err := Append(KindBucket, []byte(`{"Statement":[`+home+`]}`), parse(t, document(strings.Replace(home, `"h"`, `"i"`, 1)+","+strings.Replace(home, "s3:*", "s3:GetObject", 1)))); err == nil || !errors.As(err, &old) && !errors.As(err, &taken) {
		t.Errorf("variables in the old version: %v", err)
	}
	if got, err := Append(KindBucket, []byte(`{"Version":"2008-10-17","Statement":[`+denyHTTP+`]}`), parse(t, document(home))); err != nil || string(got.Text) != document(denyHTTP+","+home)+"\n" {
		t.Errorf("a version that nothing needs: %v\n%s", err, got.Text)
	}
	for _, text := range []string{`{"Statement":[1]}`, `{"Version":"2012-10-17"}`, `{"Statement":[]`, `[]`, `{"Statement":[],"Statement":[]}`, `{"Version":"2020-01-01","Statement":[]}`, "not json"} {
		var bad *ParseError
		if _, err := Append(KindBucket, []byte(text), add); !errors.As(err, &bad) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// Only its white space makes this one too long.
func TestAppendDropsWhiteSpaceThatIsTooMuch(t *testing.T) {
	got, err := Append(KindBucket, []byte("{\n"+strings.Repeat(" ", limitBucket)+"\"Statement\":["+denyHTTP+"]}"), parse(t, document(cloudinaryWhole)))
	if want := `{"Statement":[` + denyHTTP + "," + cloudinaryWhole + "]}\n"; err != nil || string(got.Text) != want || got.Size != len(want)-1 {
		t.Errorf("%v %d\n%s", err, got.Size, got.Text)
	}
}

func TestAppendReadsWhatTheCLIPrints(t *testing.T) {
	inner := document(denyHTTP)
	quotedText, _ := json.Marshal(inner)
	want := document(denyHTTP+","+cloudinaryWhole) + "\n"
	for _, text := range []string{`{"Policy": ` + string(quotedText) + "}\n", string(quotedText), "\ufeff" + inner} {
		got, err := Append(KindBucket, []byte(text), parse(t, document(cloudinaryWhole)))
		if err != nil || string(got.Text) != want {
			t.Errorf("%s: %v\n%s", text, err, got.Text)
		}
	}
	for _, none := range []string{"", " \n", `""`} {
		got, err := Append(KindBucket, []byte(none), parse(t, document(cloudinaryWhole)))
		if err != nil || got.Kept != 0 || len(got.Added) != 1 || len(Diff(parse(t, string(got.Text)), parse(t, document(cloudinaryWhole)))) > 0 {
			t.Errorf("%q: %v %+v", none, err, got)
		}
	}
}
