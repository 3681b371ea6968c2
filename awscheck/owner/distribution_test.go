package owner

import (
	"testing"

	"github.com/mediadock/mediadock/media/address"
)

// working is a distribution as the manual has it.
func working() Distribution {
	return Distribution{
		ID: "E2EXAMPLE", ARN: dist, DomainName: "d2example.cloudfront.net", Enabled: true, Deployed: true, Aliases: []string{"media.example.com"},
		Origins:    []Origin{{ID: "o", Domain: "alpha-prod-assets.s3.ap-northeast-1.amazonaws.com", AccessControl: "EOAC"}},
		Behaviours: []Behaviour{{Pattern: "*", Origin: "o", Viewers: "redirect-to-https", CachePolicy: "a-policy-of-ones-own"}},
		Control:    Of(Control{Type: "s3", Signing: "always"}),
	}
}

func TestDistribution(t *testing.T) {
	origin := func(change func(*Origin)) func(*Distribution) {
		return func(d *Distribution) { change(&d.Origins[0]) }
	}
	behaviour := func(change func(*Behaviour)) func(*Distribution) {
		return func(d *Distribution) { change(&d.Behaviours[0]) }
	}
	control := func(c Part[Control]) func(*Distribution) { return func(d *Distribution) { d.Control = c } }
	for _, c := range []struct {
		name   string
		change func(*Distribution)
		wants  func(*Wants)
		expect
	}{
		{"as it should be", func(*Distribution) {}, nil, expect{Pass, "pass", "", ""}},
		{"without a domain", func(*Distribution) {}, func(w *Wants) { w.Domain = "" }, expect{Pass, "pass-own", "", ""}},
		{"under its own name", func(d *Distribution) { d.Aliases, d.DefaultCertificate = nil, true }, func(w *Wants) { w.Domain = "https://d2example.cloudfront.net" }, expect{Pass, "pass", "", ""}},
		{"a wildcard alias", func(d *Distribution) { d.Aliases = []string{"*.example.com"} }, nil, expect{Pass, "pass", "", ""}},
		{"dual stack", origin(func(o *Origin) { o.Domain = "alpha-prod-assets.s3.dualstack.ap-northeast-1.amazonaws.com" }), nil, expect{Pass, "pass", "", ""}},

		{"disabled", func(d *Distribution) { d.Enabled, d.Deployed = false, false }, nil, expect{Fail, "disabled", "distribution-disabled:certain", ""}},
		{"deploying", func(d *Distribution) { d.Deployed = false }, nil, expect{Warn, "deploying", "distribution-deploying:certain", ""}},
		{"deploying without an alias", func(d *Distribution) { d.Deployed, d.Aliases = false, nil }, nil, expect{Fail, "alias", "alias-missing:certain distribution-deploying:certain", ""}},
		{"an alias one level up", func(d *Distribution) { d.Aliases = []string{"*.com", "example.com"} }, nil, expect{Fail, "alias", "alias-missing:certain", ""}},
		{"found by its origin", func(d *Distribution) { d.Aliases = nil }, func(w *Wants) { w.Distribution = "" }, expect{Warn, "alias-maybe", "alias-missing:possible", ""}},
		{"CloudFront's certificate", func(d *Distribution) { d.DefaultCertificate = true }, nil, expect{Fail, "certificate", "tls-name-mismatch:certain", ""}},

		{"another bucket", origin(func(o *Origin) { o.Domain = "beta.s3.ap-northeast-1.amazonaws.com" }), nil, expect{Fail, "other-origin", "origin-other-bucket:certain", ""}},
		{"no bucket", origin(func(o *Origin) { o.Domain = "images.example.net" }), nil, expect{Pass, "pass", "", "origin-unseen"}},
		{"another region", origin(func(o *Origin) { o.Domain = "alpha-prod-assets.s3.us-west-2.amazonaws.com" }), nil, expect{Fail, "other-region", "origin-redirects:certain", ""}},
		{"no region", origin(func(o *Origin) { o.Domain = "alpha-prod-assets.s3.amazonaws.com" }), nil, expect{Warn, "global", "origin-redirects:possible", ""}},
		{"no region, in us-east-1", origin(func(o *Origin) { o.Domain = "alpha-prod-assets.s3.amazonaws.com" }), func(w *Wants) { w.Region = "us-east-1" }, expect{Pass, "pass", "", ""}},
		{"the website endpoint", origin(func(o *Origin) {
			o.Domain, o.AccessControl = "alpha-prod-assets.s3-website-ap-northeast-1.amazonaws.com", ""
		}), nil, expect{Fail, "website", "origin-website:certain", ""}},
		{"an origin path", origin(func(o *Origin) { o.Path = "/media" }), nil, expect{Fail, "origin-path", "origin-path-doubled:certain", ""}},
		{"another origin path", origin(func(o *Origin) { o.Path = "/x" }), nil, expect{Fail, "origin-path", "origin-path-doubled:certain", ""}},
		{"an origin path under a function", func(d *Distribution) { d.Origins[0].Path, d.Behaviours[0].Code = "/media", true }, nil, expect{Fail, "origin-path", "origin-path-doubled:likely", "edge-code"}},

		{"no access control", origin(func(o *Origin) { o.AccessControl = "" }), nil, expect{Fail, "no-access", "origin-access-missing:certain", ""}},
		{"an access control that is gone", control(Part[Control]{State: Absent}), nil, expect{Fail, "no-access", "origin-access-missing:certain", ""}},
		{"an identity", origin(func(o *Origin) { o.AccessControl, o.Identity = "", "origin-access-identity/cloudfront/E1" }), nil, expect{Pass, "pass", "", "origin-identity"}},
		{"never signs", control(Of(Control{"s3", "never"})), nil, expect{Fail, "never-signs", "origin-access-missing:certain", ""}},
		{"signs unless viewers do", control(Of(Control{"s3", "no-override"})), nil, expect{Pass, "pass", "", "signing-no-override"}},
		{"of another type", control(Of(Control{"lambda", "always"})), nil, expect{Fail, "wrong-type", "origin-access-missing:certain", ""}},
		{"signing unread", control(deniedPart[Control]("cloudfront:GetOriginAccessControl")), nil, expect{Pass, "pass", "", "signing-unknown"}},
		{"signed URLs", behaviour(func(b *Behaviour) { b.Signed = true }), nil, expect{Fail, "signed", "signed-url-required:certain", ""}},

		{"remarks", func(d *Distribution) {
			d.WebACL, d.Restricted = "arn:aws:wafv2:...", true
			d.Behaviours[0] = Behaviour{Pattern: "*", Origin: "o", Viewers: "allow-all", CachePolicy: "658327ea-f89d-4fab-a63d-7e88639e58f6"}
		}, nil, expect{Pass, "pass", "", "geo-restricted waf-present http-allowed ttl"}},
		{"kept for a while by old settings", behaviour(func(b *Behaviour) { b.CachePolicy, b.DefaultTTL = "", 5400 }), nil, expect{Pass, "pass", "", "ttl"}},
		{"never kept", behaviour(func(b *Behaviour) { b.CachePolicy = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" }), nil, expect{Pass, "pass", "", "ttl-none"}},

		{"a website whose media come from the bucket", func(d *Distribution) {
			d.Origins = append([]Origin{{ID: "web", Domain: "www.example.net"}}, d.Origins...)
			d.Behaviours = []Behaviour{{Pattern: "/api/*", Origin: "web"}, {Pattern: "media/*", Origin: "o", CachePolicy: "own"}, {Pattern: "*", Origin: "web"}}
		}, nil, expect{Pass, "pass", "", ""}},
		{"a website whose images alone do", func(d *Distribution) {
			d.Origins = append([]Origin{{ID: "web", Domain: "alpha-web.s3.ap-northeast-1.amazonaws.com"}}, d.Origins...)
			d.Behaviours = []Behaviour{{Pattern: "/media/*.png", Origin: "o"}, {Pattern: "*", Origin: "web", CachePolicy: "own"}}
		}, nil, expect{Fail, "other-origin", "origin-other-bucket:certain", ""}},
		{"an origin group", func(d *Distribution) {
			d.Groups = map[string]string{"g": "o"}
			d.Behaviours[0].Origin = "g"
		}, nil, expect{Pass, "pass", "", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := working()
			c.change(&d)
			w := wanting(behindCDN)
			if c.wants != nil {
				c.wants(&w)
			}
			c.check(t, judgeDistribution(Of(d), w, false))
		})
	}
}

// What S3 refuses to a stranger does not matter while strangers are let in.
func TestDistributionBeforeAnOpenBucket(t *testing.T) {
	d := working()
	d.Origins[0].AccessControl = ""
	expect{Warn, "no-access", "origin-access-missing:certain", ""}.check(t, judgeDistribution(Of(d), wanting(behindCDN), true))
	d.Origins[0].Domain = "alpha-prod-assets.s3-website-ap-northeast-1.amazonaws.com"
	expect{Warn, "website", "origin-website:certain", ""}.check(t, judgeDistribution(Of(d), wanting(behindCDN), true))
}

func TestPathPatterns(t *testing.T) {
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"*", "/media/a.jpg", true}, {"/media/*", "/media/folder/a.jpg", true}, {"media/*", "/media/a.jpg", true},
		{"/media/*.jpg", "/media/folder/a.jpg", true}, {"/media/?.jpg", "/media/a.jpg", true}, {"/media/?.jpg", "/media/ab.jpg", false},
		{"/Media/*", "/media/a.jpg", false}, {"/media", "/media/a.jpg", false}, {"*.jpg", "/media/a.png", false},
		{"/media/[a].jpg", "/media/[a].jpg", true}, {"/media/[a].jpg", "/media/a.jpg", false}, {"/media?a.jpg", "/media/a.jpg", true},
	} {
		if got := matches(c.pattern, c.path); got != c.want {
			t.Errorf("%s on %s: %v", c.pattern, c.path, got)
		}
	}
}

func TestForeignDistribution(t *testing.T) {
	s := New(Clients{}, wanting(func(w *Wants) { w.Distribution = "arn:aws:cloudfront::999999999999:distribution/E1" }))
	if got := s.foreignDistribution(s.wants.Distribution); got != "999999999999" {
		t.Errorf("%q", got)
	}
	for _, d := range []string{"E2EXAMPLE", dist, ""} {
		if got := s.foreignDistribution(d); got != "" {
			t.Errorf("%s: %q", d, got)
		}
	}
	if got := (Origin{Domain: (address.Space{Bucket: bucket, Region: "cn-north-1"}).DirectHost()}).bucket(); got != bucket {
		t.Errorf("in China: %q", got)
	}
}
