package owner

import (
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
)

func statement(t *testing.T, text string) policy.Document {
	t.Helper()
	d, err := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":[` + text + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What a reader's policies allow beyond reading is told for certain where they
// say so whatever the request is like, and as open where that depends.
func TestRightsOfAReader(t *testing.T) {
	const (
		reads    = `{"Effect":"Allow","Action":["s3:ListBucket","s3:GetBucketLocation"],"Resource":"arn:aws:s3:::alpha"},{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::alpha/media/*"}`
		template = `{"Effect":"Allow","Action":["s3:Get*","s3:List*","s3:Describe*","s3-object-lambda:Get*","s3-object-lambda:List*"],"Resource":"*"}`
		puts     = `,{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::alpha/*"`
	)
	for name, c := range map[string]struct {
		text     string
		boundary string // "?" could not be read
		want     string // writes | others | unsure
		template bool
	}{
		"reads":                   {text: reads, want: "||"},
		"the managed template":    {text: template, want: "|s3:GetObject *,s3:ListBucket *|", template: true},
		"writes":                  {text: reads + puts + `}`, want: "s3:PutObject||"},
		"writes from one address": {text: reads + puts + `,"Condition":{"IpAddress":{"aws:SourceIp":"192.0.2.1/32"}}}`, want: "||s3:PutObject"},
		"behind a boundary":       {text: reads + puts + `}`, boundary: `{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}`, want: "||"},
		"behind an unread one":    {text: reads + puts + `}`, boundary: "?", want: "||s3:PutObject"},
		"denied":                  {text: reads + puts + `},{"Effect":"Deny","Action":"s3:Put*","Resource":"*"}`, want: "||"},
		"another bucket":          {text: reads + `,{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::beta/*"}`, want: "|arn:aws:s3:::beta|"},
		"writes to another":       {text: reads + `,{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::beta/*"}`, want: "s3:PutObject arn:aws:s3:::beta||"},
		"makes keys":              {text: reads + `,{"Effect":"Allow","Action":"iam:CreateAccessKey","Resource":"*"}`, want: "iam:CreateAccessKey||"},
	} {
		t.Run(name, func(t *testing.T) {
			p := Permissions{Inline: map[string]policy.Document{"p": statement(t, c.text)}}
			var boundary *policy.Document
			if c.boundary != "" && c.boundary != "?" {
				d := statement(t, c.boundary)
				boundary = &d
			}
			r := judgeReader(Wants{Bucket: "alpha", Region: "eu-west-1", Prefix: "media"}, "arn:aws:iam::210987654321:user/imgix", p, boundary, c.boundary != "?")
			slices.Sort(r.Unsure)
			got := strings.Join(r.Writes, ",") + "|" + strings.Join(r.Others, ",") + "|" + strings.Join(r.Unsure, ",")
			if got != c.want || r.Template != c.template || !r.Known {
				t.Errorf("%s, template %v\nwant %s", got, r.Template, c.want)
			}
		})
	}
}
