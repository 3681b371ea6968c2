package purge_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media/purge"
)

func more(d ...account.Distribution) func(*account.Account) {
	return func(a *account.Account) { a.Distributions = append(a.Distributions, d...) }
}

func wildcard(id string) account.Distribution {
	return account.Distribution{ID: id, Aliases: []string{"*.example.com"}, Certificate: []string{"*.example.com"}, OriginBucket: "alpha-prod-assets", Enabled: true, Deployed: true}
}

// leads is a DNS in which every name is an alias of target.
func leads(target string) func(context.Context, string) string {
	return func(context.Context, string) string { return target }
}

func (r *rig) find(host string, canonical func(context.Context, string) string) (purge.Found, *purge.Error) {
	return purge.Find(r.t.Context(), r.ways(), host, canonical)
}

func TestFind(t *testing.T) {
	r := start(t, more(wildcard("EWILD")))
	for host, want := range map[string]string{
		"media.example.com": distribution, "MEDIA.example.com": distribution, "d2example.cloudfront.net": distribution,
		"other.example.com": "EWILD", "a.b.example.com": purge.CodeNotFound, "example.com": purge.CodeNotFound, "media.example.org": purge.CodeNotFound,
		"dstranger.cloudfront.net": purge.CodeElsewhere,
	} {
		found, err := r.find(host, nil)
		id := found.ID
		if err != nil {
			id = err.Code
		}
		if id != want {
			t.Errorf("%s: %s, want %s", host, id, want)
		}
	}
	if found, _ := r.find("media.example.com", nil); found.ARN != "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE" || !found.Enabled || !found.Deployed {
		t.Errorf("%+v", found)
	}
	none := policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{Effect: policy.Allow, Action: []string{"sts:*"}, Resource: []string{"*"}}}}
	r = start(t, func(a *account.Account) { a.Callers[0].Policy = &none })
	if found, err := r.find("media.example.com", nil); err == nil || err.Code != purge.CodeDenied || err.Action != "cloudfront:ListDistributions" {
		t.Errorf("not allowed: %+v %+v", found, err)
	}
}

// Of several the one that the domain's DNS leads to, or the only one that
// delivers; else all are named.
func TestFindOfSeveral(t *testing.T) {
	r := start(t, more(wildcard("EWILD2"), wildcard("EWILD1")))
	if found, err := r.find("other.example.com", leads("")); err == nil || err.Code != purge.CodeSeveral || err.Args["ids"] != "EWILD1, EWILD2" {
		t.Errorf("several: %+v %+v", found, err)
	}
	if found, err := r.find("other.example.com", leads("dwild2.cloudfront.net")); err != nil || found.ID != "EWILD2" {
		t.Errorf("by the DNS: %+v %+v", found, err)
	}
	off := wildcard("EWILD1")
	off.Enabled, off.Deployed = false, false
	r = start(t, more(wildcard("EWILD2"), off))
	if found, err := r.find("other.example.com", nil); err != nil || found.ID != "EWILD2" {
		t.Errorf("the enabled one: %+v %+v", found, err)
	}
	alone := off
	alone.Aliases = []string{"off.example.org"}
	r = start(t, more(alone))
	if found, err := r.find("off.example.org", nil); err != nil || found.ID != "EWILD1" || found.Enabled || found.Deployed {
		t.Errorf("disabled: %+v %+v", found, err)
	}
}

// Page after page, since an account's list comes in hundreds.
func TestFindOnALaterPage(t *testing.T) {
	var many []account.Distribution
	for i := range 130 {
		many = append(many, account.Distribution{ID: fmt.Sprintf("E%03d", i), OriginBucket: "alpha-prod-assets", Enabled: true, Deployed: true})
	}
	last := wildcard("ELAST")
	last.Aliases = []string{"late.example.com"}
	r := start(t, more(append(many, last)...))
	if found, err := r.find("late.example.com", nil); err != nil || found.ID != "ELAST" {
		t.Errorf("%+v %+v", found, err)
	}
}

// A domain that leads to a distribution which is in neither account is told
// apart from one that is not CloudFront's.
func TestFindElsewhere(t *testing.T) {
	r := start(t)
	r.caller = "210987654321"
	_, err := r.find("media.example.org", leads("dtheirs.cloudfront.net"))
	if err == nil || err.Code != purge.CodeElsewhere || err.Args["name"] != "dtheirs.cloudfront.net" || err.Args["mine"] != "210987654321" {
		t.Errorf("%+v", err)
	}
	if _, err := r.find("media.example.org", leads("cdn.example.net")); err == nil || err.Code != purge.CodeNotFound {
		t.Errorf("%+v", err)
	}
}
