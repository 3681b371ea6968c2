package awscheck

import (
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// A name of AWS that cannot be looked up is a wrong region where another name
// can be, and the network where none can.
func TestANameThatDoesNotExistIsToldFromANetworkWithoutNames(t *testing.T) {
	for _, c := range []struct {
		name, region string
		names        names
		cause        string
		out          string
	}{
		{"a region that AWS does not have", "ap-nowhere-9", names{"sts.us-east-1.amazonaws.com": {v4: "127.0.0.1"}}, "certain region-unknown", ""},
		{"a region that this program does not know, no names", "ap-nowhere-9", names{}, "likely network-unreachable", "possible region-unknown"},
		{"one name is blocked", "ap-northeast-1", names{"sts.us-east-1.amazonaws.com": {v4: "127.0.0.1"}}, "likely network-unreachable", "ruled-out region-unknown"},
		{"no names at all", "ap-northeast-1", names{}, "certain network-unreachable", ""},
		{"China", "cn-nowhere-9", names{"sts.cn-north-1.amazonaws.com.cn": {v4: "127.0.0.1"}}, "certain region-unknown", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := connect.FromParts(connect.Parts{
				Region: "us-east-1", AccessKeyID: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: "secret",
				Resolver: c.names.resolver(t), MaxBackoff: time.Millisecond,
			})
			t.Cleanup(source.Close)
			target := roleTarget()
			target.Region = c.region
			w := &world{t: t, source: source}
			r := w.run(target, Options{Only: []string{"caller.identity"}})
			w2 := want{status: Fail, cause: c.cause}
			if c.out != "" {
				w2.also = []string{c.out}
			}
			w2.check(t, rowOf(t, r, "caller.identity"))
		})
	}
}

// Temporary keys without their token are told from keys that were deleted.
func TestATemporaryKeyIsKnownByItsName(t *testing.T) {
	w := start(t, documentedAccount)
	r := w.run(roleTarget(), Options{Source: w.as(func(p *connect.Parts) { p.AccessKeyID = "ASIANOSUCHKEY0000000" }), Only: []string{"caller.identity"}})
	row := rowOf(t, r, "caller.identity")
	for _, c := range row.Causes {
		if c.ID == "access-key-unknown" && c.Likelihood == diagnose.Certain {
			t.Errorf("a temporary key may only lack its token: %s", describe(row))
		}
	}
}
