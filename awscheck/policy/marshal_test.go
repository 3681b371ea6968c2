package policy

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestMarshal(t *testing.T) {
	d := Document{Version: Version2012, ID: "I", Statements: []Statement{
		{
			Sid: "One", Effect: Allow, Line: 7,
			Principal: &Principals{AWS: []string{"123456789012"}, Service: []string{"a.amazonaws.com", "b.amazonaws.com"}},
			Action:    []string{"s3:GetObject"}, Resource: []string{"arn:aws:s3:::b/*", "arn:aws:s3:::b"},
			Conditions: []Condition{
				{"StringEquals", "aws:a", []string{"<&>"}},
				{"Bool", "aws:SecureTransport", []string{"true"}},
				{"StringEquals", "aws:b", []string{"1", "2"}},
				{"Null", "aws:c", []string{"true"}},
			},
		},
		{Effect: Deny, NotPrincipal: &Principals{Any: true}, NotAction: []string{}, NotResource: []string{"*"}},
	}}
	want := `{
  "Version": "2012-10-17",
  "Id": "I",
  "Statement": [
    {
      "Sid": "One",
      "Effect": "Allow",
      "Principal": {
        "AWS": "123456789012",
        "Service": [
          "a.amazonaws.com",
          "b.amazonaws.com"
        ]
      },
      "Action": "s3:GetObject",
      "Resource": [
        "arn:aws:s3:::b/*",
        "arn:aws:s3:::b"
      ],
      "Condition": {
        "StringEquals": {
          "aws:a": "\u003c\u0026\u003e",
          "aws:b": [
            "1",
            "2"
          ]
        },
        "Bool": {
          "aws:SecureTransport": "true"
        },
        "Null": {
          "aws:c": "true"
        }
      }
    },
    {
      "Effect": "Deny",
      "NotPrincipal": "*",
      "NotAction": [],
      "NotResource": "*"
    }
  ]
}`
	got, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	plain, err := d.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(plain) {
		t.Errorf("invalid JSON %s", plain)
	}
}

// What is read, written and read again is the same, but for the lines.
func TestMarshalKeepsTheMeaning(t *testing.T) {
	for _, text := range printed {
		first := parse(t, text)
		written, err := json.Marshal(first)
		if err != nil {
			t.Errorf("%v of %s", err, text)
			continue
		}
		second := parse(t, string(written))
		if !reflect.DeepEqual(unlined(first), unlined(second)) {
			t.Errorf("%s\nbecame\n%s", text, written)
		}
	}
}

// unlined returns d without lines, and with conditions in the order in which
// they are written: by operator.
func unlined(d Document) Document {
	statements := make([]Statement, len(d.Statements))
	for i, s := range d.Statements {
		s.Line = 0
		statements[i] = s
	}
	d.Statements = statements
	return d
}

func TestMarshalRefusesARepeatedCondition(t *testing.T) {
	d := Document{Statements: []Statement{{Effect: Allow, Action: []string{"*"}, Conditions: []Condition{
		{"StringLike", "s3:prefix", []string{"a*"}}, {"StringLike", "S3:Prefix", []string{"*b"}},
	}}}}
	if text, err := json.Marshal(d); err == nil {
		t.Errorf("two conditions became one: %s", text)
	}
}
