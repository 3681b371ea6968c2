package owner

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mediadock/mediadock/awscheck/connect"
)

// pagedIAM is an IAM with more policies than it tells at once: each list has
// two pages. It counts what it is asked.
type pagedIAM struct {
	mu    sync.Mutex
	asked []string
}

func (p *pagedIAM) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	action := r.Form.Get("Action")
	p.mu.Lock()
	p.asked = append(p.asked, strings.TrimSpace(action+" "+r.Form.Get("PolicyName")+r.Form.Get("PolicyArn")))
	p.mu.Unlock()
	more, page := "<IsTruncated>true</IsTruncated><Marker>next</Marker>", "1"
	if r.Form.Get("Marker") != "" {
		more, page = "<IsTruncated>false</IsTruncated>", "2"
	}
	document := func(name string) string {
		return url.PathEscape(`{"Version":"2012-10-17","Statement":[{"Sid":"` + name + `","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}`)
	}
	body := ""
	switch action {
	case "GetRole":
		body = "<Role><RoleName>MediaRole</RoleName><Arn>" + role + "</Arn><RoleId>AROA1</RoleId><CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>" + document("Trust") + "</AssumeRolePolicyDocument><MaxSessionDuration>3600</MaxSessionDuration></Role>"
	case "ListRolePolicies":
		body = "<PolicyNames><member>Inline" + page + "</member></PolicyNames>" + more
	case "GetRolePolicy":
		body = "<PolicyDocument>" + document("S") + "</PolicyDocument>"
	case "ListAttachedRolePolicies":
		body = "<AttachedPolicies><member><PolicyName>P" + page + "</PolicyName><PolicyArn>arn:aws:iam::123456789012:policy/P" + page + "</PolicyArn></member></AttachedPolicies>" + more
	case "GetPolicy":
		body = "<Policy><DefaultVersionId>v7</DefaultVersionId></Policy>"
	case "GetPolicyVersion":
		body = "<PolicyVersion><Document>" + document(r.Form.Get("VersionId")) + "</Document></PolicyVersion>"
	}
	w.Header().Set("Content-Type", "text/xml")
	fmt.Fprintf(w, "<%[1]sResponse><%[1]sResult>%[2]s</%[1]sResult></%[1]sResponse>", action, body)
}

func TestPermissionsAreReadWholeAndOnce(t *testing.T) {
	fake := &pagedIAM{}
	server := httptest.NewServer(fake)
	defer server.Close()
	source := connect.FromParts(connect.Parts{Endpoint: server.URL, Region: "us-east-1", AccessKeyID: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: "x"})
	defer source.Close()
	s := New(Clients{IAM: source.IAM("us-east-1")}, Wants{RoleARN: role})

	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() { s.permissions(t.Context()) })
	}
	readers.Wait()
	p := s.permissions(t.Context())
	if p.State != Known || len(p.Value.Inline) != 2 || len(p.Value.Attached) != 2 || p.Value.Missing != nil || p.Value.Unread != "" {
		t.Errorf("%+v", p)
	}
	if sid := p.Value.Attached["arn:aws:iam::123456789012:policy/P2"].Statements[0].Sid; sid != "v7" {
		t.Errorf("not the default version: %s", sid)
	}
	slices.Sort(fake.asked)
	want := []string{
		"GetPolicy arn:aws:iam::123456789012:policy/P1", "GetPolicy arn:aws:iam::123456789012:policy/P2",
		"GetPolicyVersion arn:aws:iam::123456789012:policy/P1", "GetPolicyVersion arn:aws:iam::123456789012:policy/P2",
		"GetRole", "GetRolePolicy Inline1", "GetRolePolicy Inline2",
		"ListAttachedRolePolicies", "ListAttachedRolePolicies", "ListRolePolicies", "ListRolePolicies",
	}
	if !slices.Equal(fake.asked, want) {
		t.Errorf("asked %v", fake.asked)
	}
}
