package policy

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestParseErrors(t *testing.T) {
	for _, c := range []struct {
		rule         string
		text         string
		reason       string
		line, column int
		args         map[string]string
	}{
		{"no text", ``, "unfinished", 1, 1, nil},
		{"cut off", "{\n  \"Statement\": [", "unfinished", 2, 17, nil},
		{"cut off in a string", `{"Version":"2012`, "unfinished", 1, 17, nil},
		{"no JSON", "{\n  \"Version\": 2012-10-17\n}", "syntax", 2, 18, nil},
		{"a comma too much", "{\"Statement\":[],\n}", "syntax", 2, 1, nil},
		{"a comma missing", "{\"Version\":\"2012-10-17\"\n \"Statement\":[]}", "syntax", 2, 2, nil},
		{"typographic quotes", "{\u201cVersion\u201d:1}", "syntax", 1, 2, nil},
		{"a second document", `{"Statement":[]} {}`, "trailing", 1, 18, nil},
		{"text behind", "{\"Statement\":[]}\n---", "trailing", 2, 1, nil},
		{"no UTF-8", "{\"Id\":\"\xff\"}", "encoding", 1, 8, nil},
		{"too deep", `{"Statement":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, "too-deep", 1, 29, nil},
		{"a list", `[]`, "wrong-type", 1, 1, map[string]string{"name": "document", "want": "object"}},
		{"null", `null`, "wrong-type", 1, 1, map[string]string{"name": "document", "want": "object"}},
		{"no statement", `{"Version":"2012-10-17"}`, "missing-element", 1, 1, map[string]string{"name": "Statement"}},
		{"a wrong version", `{"Version":"2012-10-18","Statement":[]}`, "bad-version", 1, 12, map[string]string{"value": "2012-10-18"}},
		{"a version that is no text", `{"Version":20121017,"Statement":[]}`, "wrong-type", 1, 12, map[string]string{"name": "Version", "want": "string"}},
		{"an unknown element", `{"version":"2012-10-17","Statement":[]}`, "unknown-element", 1, 2, map[string]string{"name": "version"}},
		{"an element twice", `{"Statement":[],"Statement":[]}`, "duplicate", 1, 17, map[string]string{"name": "Statement"}},
		{"a statement that is a text", `{"Statement":["x"]}`, "wrong-type", 1, 15, map[string]string{"name": "Statement", "want": "object"}},
		{
			"an unknown element of a statement", "{\"Statement\":[{\n\"Effect\":\"Allow\",\n  \"Actions\":\"s3:*\"}]}",
			"unknown-element", 3, 3, map[string]string{"name": "Actions"},
		},
		{"no effect", `{"Statement":[{"Action":"s3:*"}]}`, "missing-element", 1, 15, map[string]string{"name": "Effect"}},
		{"a wrong effect", `{"Statement":[{"Effect":"allow","Action":"s3:*"}]}`, "bad-effect", 1, 25, map[string]string{"value": "allow"}},
		{"no action", `{"Statement":[{"Effect":"Allow","Resource":"*"}]}`, "missing-element", 1, 15, map[string]string{"name": "Action"}},
		{
			"Action and NotAction", `{"Statement":[{"Effect":"Allow","Action":"s3:*","NotAction":"s3:*"}]}`,
			"exclusive-elements", 1, 49, map[string]string{"name": "Action", "other": "NotAction"},
		},
		{
			"Resource and NotResource", `{"Statement":[{"Effect":"Allow","Action":"*","NotResource":"*","Resource":"*"}]}`,
			"exclusive-elements", 1, 64, map[string]string{"name": "Resource", "other": "NotResource"},
		},
		{
			"Principal and NotPrincipal", `{"Statement":[{"Effect":"Allow","Action":"*","Principal":"*","NotPrincipal":"*"}]}`,
			"exclusive-elements", 1, 62, map[string]string{"name": "Principal", "other": "NotPrincipal"},
		},
		{"an action without a service", `{"Statement":[{"Effect":"Allow","Action":["s3:*","GetObject"]}]}`, "bad-action", 1, 50, map[string]string{"value": "GetObject"}},
		{"an action with a space", `{"Statement":[{"Effect":"Allow","Action":"s3: GetObject"}]}`, "bad-action", 1, 42, map[string]string{"value": "s3: GetObject"}},
		{"an action that is a number", `{"Statement":[{"Effect":"Allow","Action":[1]}]}`, "wrong-type", 1, 43, map[string]string{"name": "Action", "want": "string"}},
		{"a resource that is an object", `{"Statement":[{"Effect":"Allow","Action":"*","Resource":{}}]}`, "wrong-type", 1, 57, map[string]string{"name": "Resource", "want": "string-or-list"}},
		{"a bare account as principal", `{"Statement":[{"Effect":"Allow","Action":"*","Principal":"123456789012"}]}`, "wrong-type", 1, 58, map[string]string{"name": "Principal", "want": "star-or-object"}},
		{"an unknown kind of principal", `{"Statement":[{"Effect":"Allow","Action":"*","Principal":{"aws":"*"}}]}`, "bad-principal", 1, 59, map[string]string{"name": "aws"}},
		{"a condition that is a text", `{"Statement":[{"Effect":"Allow","Action":"*","Condition":"x"}]}`, "wrong-type", 1, 58, map[string]string{"name": "Condition", "want": "object"}},
		{
			"an operator in another case", `{"Statement":[{"Effect":"Allow","Action":"*","Condition":{"stringEquals":{"s3:prefix":"x"}}}]}`,
			"bad-operator", 1, 59, map[string]string{"value": "stringEquals", "want": "StringEquals"},
		},
		{
			"an unknown operator", `{"Statement":[{"Effect":"Allow","Action":"*","Condition":{"s3:prefix":"x"}}]}`,
			"bad-operator", 1, 59, map[string]string{"value": "s3:prefix", "want": ""},
		},
		{
			"an operator without keys", `{"Statement":[{"Effect":"Allow","Action":"*","Condition":{"Bool":"true"}}]}`,
			"wrong-type", 1, 66, map[string]string{"name": "Bool", "want": "object"},
		},
		{
			"a key without a service", `{"Statement":[{"Effect":"Allow","Action":"*","Condition":{"StringEquals":{"prefix":"x"}}}]}`,
			"bad-key", 1, 75, map[string]string{"value": "prefix"},
		},
		{
			"a key in two cases", `{"Statement":[{"Effect":"Allow","Action":"*","Condition":{"StringEquals":{"s3:prefix":"x","S3:Prefix":"y"}}}]}`,
			"duplicate", 1, 91, map[string]string{"name": "S3:Prefix"},
		},
		{
			"a value that is null", `{"Statement":[{"Effect":"Allow","Action":"*","Condition":{"StringEquals":{"s3:prefix":null}}}]}`,
			"wrong-type", 1, 87, map[string]string{"name": "s3:prefix", "want": "string-or-list"},
		},
		{
			"columns count characters", "{\"Statement\":[{\"Sid\":\"\u753b\u50cf\",\"Effect\":\"Maybe\"}]}",
			"bad-effect", 1, 36, map[string]string{"value": "Maybe"},
		},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := Parse([]byte(c.text))
			var e *ParseError
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want a *ParseError", err)
			}
			if e.Reason != c.reason || e.Line != c.line || e.Column != c.column {
				t.Errorf("got %s at %d:%d, want %s at %d:%d", e.Reason, e.Line, e.Column, c.reason, c.line, c.column)
			}
			if !reflect.DeepEqual(e.Args, c.args) {
				t.Errorf("args %v, want %v", e.Args, c.args)
			}
			if hint := "did you mean " + c.args["want"]; c.reason == "bad-operator" && strings.Contains(e.Error(), hint) != (c.args["want"] != "") {
				t.Errorf("hint in %q", e.Error())
			}
			if text := e.Error(); strings.Contains(text, "{name}") || strings.HasSuffix(text, ": ") {
				t.Errorf("unfinished sentence %q", text)
			}
		})
	}
}

func TestParseForms(t *testing.T) {
	for _, c := range []struct {
		rule string
		text string
		want Document
	}{
		{
			"a statement as an object, single values", `{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}`,
			Document{Statements: []Statement{{Effect: Allow, Action: []string{"s3:GetObject"}, Resource: []string{"*"}, Line: 1}}},
		},
		{
			"lists, and elements in any order", "{\"Statement\":[\n{\"Resource\":[\"a\",\"b\"],\"Action\":[\"s3:*\"],\"Effect\":\"Deny\",\"Sid\":\"S\"}],\"Id\":\"I\",\"Version\":\"2008-10-17\"}",
			Document{Version: Version2008, ID: "I", Statements: []Statement{{
				Sid: "S", Effect: Deny, Action: []string{"s3:*"}, Resource: []string{"a", "b"}, Line: 2,
			}}},
		},
		{
			"everybody", `{"Statement":{"Effect":"Allow","Action":"*","Principal":"*"}}`,
			Document{Statements: []Statement{{Effect: Allow, Action: []string{"*"}, Principal: &Principals{Any: true}, Line: 1}}},
		},
		{
			"all kinds of principal", `{"Statement":{"Effect":"Deny","NotAction":"a:b","NotPrincipal":{"AWS":["1","2"],"Service":"s","Federated":"f","CanonicalUser":"c"}}}`,
			Document{Statements: []Statement{{Effect: Deny, NotAction: []string{"a:b"}, Line: 1, NotPrincipal: &Principals{
				AWS: []string{"1", "2"}, Service: []string{"s"}, Federated: []string{"f"}, CanonicalUser: []string{"c"},
			}}}},
		},
		{
			"conditions in the order of the text, values of every type", `{"Statement":{"Effect":"Allow","Action":"*","Condition":{"StringLike":{"s3:prefix":["b","a"]},"Bool":{"aws:SecureTransport":true},"NumericLessThan":{"s3:max-keys":10}}}}`,
			Document{Statements: []Statement{{Effect: Allow, Action: []string{"*"}, Line: 1, Conditions: []Condition{
				{"StringLike", "s3:prefix", []string{"b", "a"}},
				{"Bool", "aws:SecureTransport", []string{"true"}},
				{"NumericLessThan", "s3:max-keys", []string{"10"}},
			}}}},
		},
		{
			"empty lists stay lists", `{"Statement":{"Effect":"Allow","Action":[],"Resource":[]}}`,
			Document{Statements: []Statement{{Effect: Allow, Action: []string{}, Resource: []string{}, Line: 1}}},
		},
		{"no statements", `{"Statement":[]}`, Document{Statements: []Statement{}}},
		{"a byte order mark", "\ufeff{\"Statement\":[]}", Document{Statements: []Statement{}}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, err := Parse([]byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestStatementLines(t *testing.T) {
	d := parse(t, "{\n \"Statement\": [\n  {\"Effect\":\"Allow\",\"Action\":\"*\"},\n\n  {\n \"Effect\":\"Deny\",\"Action\":\"*\"}\n ]\n}")
	if d.Statements[0].Line != 3 || d.Statements[1].Line != 5 {
		t.Errorf("lines %d and %d, want 3 and 5", d.Statements[0].Line, d.Statements[1].Line)
	}
}

// What the CMS, imgix, Amplify and Cloudinary print parses as it stands,
// placeholders and all.
func TestPrintedDocumentsParse(t *testing.T) {
	for _, text := range printed {
		if d, err := Parse([]byte(text)); err != nil || len(d.Statements) == 0 {
			t.Errorf("%d statements, %v in %s", len(d.Statements), err, text)
		}
	}
}
