package check

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

func TestFileOf(t *testing.T) {
	for want, f := range map[string]diagnose.Fix{
		"trust.json": {
			Command:  "aws iam update-assume-role-policy --policy-document file://trust.json",
			Document: []byte(`{"Statement":[{"Principal":"*","Action":"s3:GetObject"}]}`), // the command decides
		},
		"bucket-policy.json": {Document: []byte(`{"Statement":[{"Principal":"*","Action":"s3:GetObject"}]}`)},
		"permissions.json":   {Document: []byte(`{"Statement":[{"Action":["s3:GetObject","s3:PutObject"]}]}`)},
		"kms.json":           {Document: []byte(`{"Statement":{"Action":["kms:Decrypt"]}}`)},
		"key-policy.json":    {Document: []byte(`{"Statement":[{"Principal":{"Service":"cloudfront.amazonaws.com"},"Action":["kms:Decrypt"]}]}`)},
		"assume-role.json":   {Command: "aws sts get-caller-identity", Document: []byte(`{"Statement":[{"Action":"sts:AssumeRole"}]}`)},
		"policy.json":        {Document: []byte(`[]`)},
	} {
		if got := fileOf(f); got != want {
			t.Errorf("%s %s is saved as %s, want %s", f.Command, f.Document, got, want)
		}
	}
	if got := fileOf(diagnose.Fix{Document: []byte(`{"Statement":[{"Principal":{"AWS":"1"},"Action":"sts:AssumeRole"}]}`)}); got != "trust.json" {
		t.Errorf("a trust policy without a command is saved as %s", got)
	}
}

func TestQuotedKeepsWhatJSONNeeds(t *testing.T) {
	for in, want := range map[string]string{`a+=,.@:/-_`: `a+=,.@:/-_`, `a"b\c`: `a\"b\\c`, "a<b>": "a<b>"} {
		if got := quoted(in); got != want {
			t.Errorf("%q is written %q, want %q", in, got, want)
		}
	}
}
