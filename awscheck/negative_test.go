package awscheck

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
)

const (
	doorOpen    = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>S</SecretAccessKey><SessionToken>T</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`
	doorRefused = `<ErrorResponse><Error><Code>AccessDenied</Code><Message>User: u is not authorized to perform: sts:AssumeRole on resource: r</Message></Error></ErrorResponse>`
)

// knock tries the role at an STS that answers as told, and gives what was
// asked there.
func knock(t *testing.T, id string, answer func(asked url.Values) (int, string)) (outcome, []url.Values) {
	t.Helper()
	var mu sync.Mutex
	var forms []url.Values
	sts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		mu.Lock()
		forms = append(forms, r.PostForm)
		mu.Unlock()
		status, body := answer(r.PostForm)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	defer sts.Close()
	source := connect.FromParts(connect.Parts{
		Endpoint: sts.URL, Region: "us-east-1", AccessKeyID: "AKIA", SecretAccessKey: "s", MaxBackoff: time.Millisecond,
	})
	defer source.Close()
	target := roleTarget()
	target.ExternalID = id
	return roleRequiresExternalID(context.Background(), newTest(target, Options{Source: source})), forms
}

// Whatever an open door hands out is useless: each attempt asks for
// credentials that may do nothing, for the shortest time.
func TestNegativeProbesAreHarmless(t *testing.T) {
	o, forms := knock(t, testID, func(url.Values) (int, string) { return 200, doorOpen })
	if o.status != Fail || o.causes[0].ID != "external-id-not-required" {
		t.Errorf("%+v", o)
	}
	ids := map[string]bool{}
	for _, f := range forms {
		if f.Get("Policy") != denyAll || f.Get("DurationSeconds") != "900" || f.Get("RoleArn") != testRole {
			t.Errorf("asked for %v", f)
		}
		if f.Get("ExternalId") == testID {
			t.Error("the right external ID is no negative probe")
		}
		if f.Has("ExternalId") && f.Get("ExternalId") == "" {
			t.Error("no ID must be sent as none, not as an empty one")
		}
		ids[f.Get("ExternalId")] = true
	}
	for _, want := range []string{"", testID + "x", testID[:len(testID)-1], swapCase(testID)} {
		if !ids[want] {
			t.Errorf("%q was not tried", want)
		}
	}
	if len(ids) != 5 {
		t.Errorf("tried %d", len(ids))
	}
}

// The attempts go out together.
func TestNegativeProbesGoOutTogether(t *testing.T) {
	var all sync.WaitGroup
	all.Add(len(attempts(testID)))
	together := make(chan struct{})
	go func() { all.Wait(); close(together) }()
	o, _ := knock(t, testID, func(url.Values) (int, string) {
		all.Done()
		<-together // one that waits for another's answer hangs here
		return 403, doorRefused
	})
	if o.status != Pass {
		t.Errorf("%+v", o)
	}
}

// Anything but a clean refusal proves nothing; an open door counts all the
// same.
func TestNegativeProbesThatGetNoClearAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
	}{
		"an outage":           {500, `<ErrorResponse><Error><Code>InternalFailure</Code></Error></ErrorResponse>`},
		"a malformed request": {400, `<ErrorResponse><Error><Code>ValidationError</Code><Message>m</Message></Error></ErrorResponse>`},
		"a bare 403":          {403, ``},
		"a proxy's page":      {403, `<html>blocked by corporate firewall</html>`},
		"a wrong signature":   {403, `<ErrorResponse><Error><Code>AccessDenied</Code><Message>The request signature we calculated does not match the signature you provided.</Message></Error></ErrorResponse>`},
		"an expired token":    {403, `<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>`},
	} {
		t.Run(name, func(t *testing.T) {
			odd := func(f url.Values) (int, string) {
				if f.Get("ExternalId") == testID+"x" {
					return c.status, c.body
				}
				return 403, doorRefused
			}
			if o, _ := knock(t, testID, odd); o.status != Inconclusive {
				t.Errorf("%s %+v", o.status, o.causes)
			}
			open := func(f url.Values) (int, string) {
				if !f.Has("ExternalId") {
					return 200, doorOpen
				}
				return c.status, c.body
			}
			if o, _ := knock(t, testID, open); o.status != Fail || o.causes[0].ID != "external-id-optional" {
				t.Errorf("%s %+v", o.status, o.causes)
			}
		})
	}
}

// Near misses are IDs that STS takes for IDs.
func TestNearMisses(t *testing.T) {
	kinds := func(id string) (all []string) {
		for _, a := range attempts(id) {
			if a.id == id && id != "" || len(a.id) == 1 || len(a.id) > 1224 {
				t.Errorf("%q tries %q", id, a.id)
			}
			all = append(all, a.kind)
		}
		return all
	}
	longest := make([]byte, 1224)
	for i := range longest {
		longest[i] = 'a'
	}
	for id, want := range map[string]int{"": 2, "ab": 4, "12": 3, "abc": 5, string(longest): 4} {
		if got := kinds(id); len(got) != want {
			t.Errorf("%.10q: %v", id, got)
		}
	}
}
