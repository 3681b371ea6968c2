package connect

import (
	"context"
	"net/http"
	"testing"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// An inspecting proxy's certificate names whom to ask about it.
func TestUntrustedCertificateNamesItsIssuer(t *testing.T) {
	site := quietTLS(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer site.Close()
	bare(t, nil)
	s, err := FromEnvironment(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Delivery().Get(site.URL)
	ev := EvidenceOf(err, "s3:HeadBucket")
	causes := diagnose.Diagnose(ev, diagnose.Facts{Region: "eu-west-1"})
	if len(causes) == 0 || causes[0].ID != "tls-untrusted" || causes[0].Args["issuer"] != " (O=Acme Co)" {
		t.Errorf("%+v from %+v", causes, ev)
	}
}
