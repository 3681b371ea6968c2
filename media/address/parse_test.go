package address

import "testing"

func TestParseLocationReadsEveryStyleOfURL(t *testing.T) {
	tests := map[string]Location{
		"https://b.s3.ap-northeast-1.amazonaws.com/media/%E5%9B%B3%201%2B2.png": {FormVirtual, "aws", "b", "ap-northeast-1", false, "media/図 1+2.png"},
		"b.s3.ap-northeast-1.amazonaws.com":                                     {FormVirtual, "aws", "b", "ap-northeast-1", false, ""},
		"https://my.dotted.bucket.s3.eu-west-1.amazonaws.com/k":                 {FormVirtual, "aws", "my.dotted.bucket", "eu-west-1", false, "k"},
		"https://b.s3.dualstack.us-west-2.amazonaws.com/k":                      {FormVirtual, "aws", "b", "us-west-2", false, "k"},
		"https://b.s3-us-west-2.amazonaws.com/k":                                {FormVirtual, "aws", "b", "us-west-2", false, "k"},
		"https://b.s3.amazonaws.com/k":                                          {FormVirtual, "aws", "b", "us-east-1", true, "k"},
		"https://b.s3-accelerate.amazonaws.com/k":                               {FormVirtual, "aws", "b", "", false, "k"},
		"https://b.s3-accelerate.dualstack.amazonaws.com/k":                     {FormVirtual, "aws", "b", "", false, "k"},
		"https://b.s3-fips.us-gov-west-1.amazonaws.com/k":                       {FormVirtual, "aws-us-gov", "b", "us-gov-west-1", false, "k"},
		"https://b.s3-fips.dualstack.us-east-1.amazonaws.com/k":                 {FormVirtual, "aws", "b", "us-east-1", false, "k"},
		"https://b.s3-external-1.amazonaws.com/k":                               {FormVirtual, "aws", "b", "us-east-1", true, "k"},
		"https://b.s3.cn-north-1.amazonaws.com.cn/k":                            {FormVirtual, "aws-cn", "b", "cn-north-1", false, "k"},
		"https://b.s3.eusc-de-east-1.amazonaws.eu/k":                            {FormVirtual, "aws-eusc", "b", "eusc-de-east-1", false, "k"},
		"http://b.s3-website-us-east-1.amazonaws.com/":                          {FormWebsite, "aws", "b", "us-east-1", false, ""},
		"http://b.s3-website.eu-central-1.amazonaws.com/x":                      {FormWebsite, "aws", "b", "eu-central-1", false, "x"},
		"https://s3.ap-northeast-1.amazonaws.com/b/media/x":                     {FormPath, "aws", "b", "ap-northeast-1", false, "media/x"},
		"https://s3-eu-west-1.amazonaws.com/b":                                  {FormPath, "aws", "b", "eu-west-1", false, ""},
		"https://s3.amazonaws.com/b/k?versionId=1":                              {FormPath, "aws", "b", "us-east-1", true, "k"},
	}
	for text, want := range tests {
		got, ok := ParseLocation(text)
		if !ok || got != want {
			t.Errorf("ParseLocation(%q)\n got %+v, %v\nwant %+v", text, got, ok, want)
		}
	}
	for _, text := range []string{
		"", "alpha-prod-assets", "https://media.example.com/a.png", "https://d111111abcdef8.cloudfront.net/a", "arn:aws:s3:::b/k", "s3://b/k",
		"https://s3.ap-northeast-1.amazonaws.com/", "s3://", "ftp://b.s3.amazonaws.com/", "https://b.s3.nowhere.amazonaws.com/k", "https://evil-s3.amazonaws.com.example.org/b",
		"https://s3-accelerate.amazonaws.com/b", "https://b.s3.cn-north-1.amazonaws.com/k", "https://s3.console.aws.amazon.com/s3/buckets/b?region=eu-west-1",
	} {
		if got, ok := ParseLocation(text); ok {
			t.Errorf("ParseLocation(%q) = %+v, want nothing", text, got)
		}
	}
}
