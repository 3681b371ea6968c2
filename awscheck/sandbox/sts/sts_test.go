package sts_test

import (
	"context"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/sign"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
	"github.com/mediadock/mediadock/awscheck/sandbox/sts"
)

const (
	home    = "123456789012"
	vendor  = "210987654321"
	arnRole = "arn:aws:iam::" + home + ":role/MediaRole"
)

var instant = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

func document(t testing.TB, text string) *policy.Document {
	t.Helper()
	d, err := policy.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return &d
}

// allow is an identity policy; deny one with a Deny beside it.
func allow(t testing.TB, action string) *policy.Document {
	return document(t, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"`+action+`","Resource":"*"}}`)
}

func deny(t testing.TB, action string) *policy.Document {
	return document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"`+action+`","Resource":"*"}]}`)
}

// trust is a trust policy for a principal, with a Condition element.
func trust(t testing.TB, principal, condition string) policy.Document {
	if condition != "" {
		condition = `,"Condition":` + condition
	}
	return *document(t, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"`+principal+`"},"Action":"sts:AssumeRole"`+condition+`}}`)
}

const wantsID = `{"StringEquals":{"sts:ExternalId":"the-id"}}`

func caller(name, id string, p *policy.Document) account.Caller {
	return account.Caller{Name: name, AccessKeyID: "AKIA" + strings.ToUpper(name), SecretAccessKey: "secret", Account: id, Policy: p}
}

// rig is a server with a clock that stands still.
type rig struct {
	t   testing.TB
	srv *sts.Server
	now time.Time
}

func newRig(t testing.TB, change func(*account.Account)) *rig {
	a := account.Account{
		ID: home,
		Callers: []account.Caller{
			caller("admin", home, allow(t, "*")),
			caller("nobody", home, nil),
			caller("vendor", vendor, allow(t, "sts:AssumeRole")),
			caller("stranger", vendor, nil),
			caller("root", home, nil),
		},
		Roles: []account.Role{{Name: "MediaRole", Path: "/", TrustPolicy: trust(t, home, wantsID), Policy: allow(t, "s3:GetObject"), MaxSessionDuration: 2 * time.Hour}},
	}
	if change != nil {
		change(&a)
	}
	r := &rig{t: t, now: instant}
	r.srv = sts.New(state.New(a, func() time.Time { return r.now }))
	return r
}

type answer struct {
	t      testing.TB
	status int
	body   string
}

func (a answer) element(name string) string {
	_, rest, ok := strings.Cut(a.body, "<"+name+">")
	if !ok {
		return ""
	}
	inner, _, _ := strings.Cut(rest, "</"+name+">")
	var v struct {
		Text string `xml:",chardata"`
	}
	if err := xml.Unmarshal([]byte("<v>"+inner+"</v>"), &v); err != nil {
		a.t.Fatalf("%v in %s", err, a.body)
	}
	return v.Text
}

func (a answer) want(status int, code, message string) {
	a.t.Helper()
	if a.status != status || a.element("Code") != code || message != "" && a.element("Message") != message {
		a.t.Errorf("got %d %s: %s\nwant %d %s: %s", a.status, a.element("Code"), a.element("Message"), status, code, message)
	}
}

// call sends a form as the owner of an access key.
func (r *rig) call(keyID, token string, pairs ...string) answer {
	r.t.Helper()
	form := url.Values{"Version": {"2011-06-15"}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	req := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.RemoteAddr = "192.0.2.7:4711"
	return r.send(keyID, token, req)
}

func (r *rig) send(keyID, token string, req *http.Request) answer {
	r.t.Helper()
	key, standing := r.srv.Key(keyID, token)
	if standing != sign.Known {
		r.t.Fatalf("key %s is %v", keyID, standing)
	}
	w := httptest.NewRecorder()
	w.Header().Set("X-Amzn-Requestid", "request-1")
	r.srv.ServeHTTP(w, req.WithContext(access.WithCaller(context.Background(), key.Caller)))
	if err := xml.Unmarshal(w.Body.Bytes(), new(struct{ XMLName xml.Name })); err != nil {
		r.t.Fatalf("%v in %s", err, w.Body)
	}
	if !strings.Contains(w.Body.String(), "<RequestId>request-1</RequestId>") {
		r.t.Errorf("no request ID in %s", w.Body)
	}
	return answer{r.t, w.Code, w.Body.String()}
}

func (r *rig) assume(keyID string, pairs ...string) answer {
	r.t.Helper()
	given := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		given[pairs[i]] = pairs[i+1]
	}
	for k, v := range map[string]string{"RoleArn": arnRole, "RoleSessionName": "probe"} {
		if _, ok := given[k]; !ok {
			pairs = append(pairs, k, v)
		}
	}
	return r.call(keyID, "", append(pairs, "Action", "AssumeRole")...)
}

func denied(who string) string {
	return "User: " + who + " is not authorized to perform: sts:AssumeRole on resource: " + arnRole
}

const (
	adminARN    = "arn:aws:iam::" + home + ":user/admin"
	nobodyARN   = "arn:aws:iam::" + home + ":user/nobody"
	vendorARN   = "arn:aws:iam::" + vendor + ":user/vendor"
	strangerARN = "arn:aws:iam::" + vendor + ":user/stranger"
)

func TestWhoMayAssume(t *testing.T) {
	trusts := func(principal, condition string) func(*account.Account) {
		return func(a *account.Account) { a.Roles[0].TrustPolicy = trust(t, principal, condition) }
	}
	for name, tc := range map[string]struct {
		change  func(*account.Account)
		key     string
		pairs   []string
		refusal string // "" : allowed
	}{
		"right ID":             {nil, "AKIAADMIN", []string{"ExternalId", "the-id"}, ""},
		"wrong ID":             {nil, "AKIAADMIN", []string{"ExternalId", "the-iD"}, denied(adminARN)},
		"no ID":                {nil, "AKIAADMIN", nil, denied(adminARN)},
		"near miss":            {nil, "AKIAADMIN", []string{"ExternalId", "the-idx"}, denied(adminARN)},
		"ID not asked for":     {trusts(home, ""), "AKIAADMIN", []string{"ExternalId", "any"}, ""},
		"wildcard":             {trusts(home, `{"StringLike":{"sts:ExternalId":"the-*"}}`), "AKIAADMIN", []string{"ExternalId", "the-other"}, ""},
		"optional ID":          {trusts(home, `{"StringEqualsIfExists":{"sts:ExternalId":"the-id"}}`), "AKIAADMIN", nil, ""},
		"optional ID, wrong":   {trusts(home, `{"StringEqualsIfExists":{"sts:ExternalId":"the-id"}}`), "AKIAADMIN", []string{"ExternalId", "other"}, denied(adminARN)},
		"other account":        {nil, "AKIAVENDOR", []string{"ExternalId", "the-id"}, denied(vendorARN)},
		"vendor":               {trusts(vendor, wantsID), "AKIAVENDOR", []string{"ExternalId", "the-id"}, ""},
		"vendor's own side":    {trusts(vendor, wantsID), "AKIASTRANGER", []string{"ExternalId", "the-id"}, denied(strangerARN) + " because no identity-based policy allows the sts:AssumeRole action"},
		"vendor, not trusted":  {trusts(vendor, wantsID), "AKIAADMIN", []string{"ExternalId", "the-id"}, denied(adminARN)},
		"named user":           {trusts(nobodyARN, wantsID), "AKIANOBODY", []string{"ExternalId", "the-id"}, ""},
		"delegated, no policy": {nil, "AKIANOBODY", []string{"ExternalId", "the-id"}, denied(nobodyARN) + " because no identity-based policy allows the sts:AssumeRole action"},
		"both sides wrong":     {nil, "AKIANOBODY", nil, denied(nobodyARN) + " because no identity-based policy allows the sts:AssumeRole action"},
		"source IP":            {trusts(home, `{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}`), "AKIAADMIN", nil, ""},
		"other source IP":      {trusts(home, `{"IpAddress":{"aws:SourceIp":"198.51.100.0/24"}}`), "AKIAADMIN", nil, denied(adminARN)},
		"session name":         {trusts(home, `{"StringLike":{"sts:RoleSessionName":"cms-*"}}`), "AKIAADMIN", []string{"RoleSessionName", "cms-1"}, ""},
		"other session name":   {trusts(home, `{"StringLike":{"sts:RoleSessionName":"cms-*"}}`), "AKIAADMIN", nil, denied(adminARN)},
		"time window":          {trusts(home, `{"DateLessThan":{"aws:CurrentTime":"2026-11-21T09:00:01Z"}}`), "AKIAADMIN", nil, ""},
		"time window is over":  {trusts(home, `{"DateLessThan":{"aws:CurrentTime":"2026-11-21T09:00:00Z"}}`), "AKIAADMIN", nil, denied(adminARN)},
		"MFA":                  {trusts(home, `{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`), "AKIAADMIN", nil, denied(adminARN)},
		"TLS":                  {trusts(home, `{"Bool":{"aws:SecureTransport":"true"}}`), "AKIAADMIN", nil, ""},
		"explicit deny, trust": {func(a *account.Account) {
			a.Roles[0].TrustPolicy = *document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"`+home+`"},"Action":"sts:AssumeRole"},{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}]}`)
		}, "AKIAADMIN", nil, denied(adminARN) + " with an explicit deny in the role trust policy"},
		"explicit deny, caller": {func(a *account.Account) { a.Callers[0].Policy = deny(t, "sts:*") }, "AKIAADMIN", []string{"ExternalId", "the-id"},
			denied(adminARN) + " with an explicit deny in an identity-based policy"},
		"service control": {func(a *account.Account) { a.ServiceControlPolicies = []policy.Document{*deny(t, "sts:AssumeRole")} }, "AKIAADMIN", []string{"ExternalId", "the-id"},
			denied(adminARN) + " with an explicit deny in a service control policy: arn:aws:organizations::100000000001:policy/o-sandbox001/service_control_policy/p-280f981c"},
		"service control binds its own account only": {func(a *account.Account) {
			a.ServiceControlPolicies = []policy.Document{*deny(t, "sts:AssumeRole")}
			a.Roles[0].TrustPolicy = trust(t, vendor, wantsID)
		}, "AKIAVENDOR", []string{"ExternalId", "the-id"}, ""},
		"no such role":                     {func(a *account.Account) { a.Roles = nil }, "AKIAADMIN", []string{"ExternalId", "the-id"}, denied(adminARN)},
		"no such role and no permission":   {func(a *account.Account) { a.Roles = nil }, "AKIANOBODY", nil, denied(nobodyARN) + " because no identity-based policy allows the sts:AssumeRole action"},
		"role names are case-sensitive":    {func(a *account.Account) { a.Roles[0].Name = "mediarole" }, "AKIAADMIN", []string{"ExternalId", "the-id"}, denied(adminARN)},
		"path left out":                    {func(a *account.Account) { a.Roles[0].Path = "/cms/" }, "AKIAADMIN", []string{"ExternalId", "the-id"}, denied(adminARN)},
		"root":                             {trusts(home, ""), "AKIAROOT", nil, "Roles may not be assumed by root accounts."},
		"nobody has an MFA device":         {trusts(home, ""), "AKIAADMIN", []string{"SerialNumber", "arn:aws:iam::123456789012:mfa/admin", "TokenCode", "123456"}, "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user."},
		"MFA with the code":                {mfa(t), "AKIAADMIN", []string{"SerialNumber", adminDevice, "TokenCode", "123456"}, ""},
		"MFA with a wrong code":            {mfa(t), "AKIAADMIN", []string{"SerialNumber", adminDevice, "TokenCode", "654321"}, "MultiFactorAuthentication failed with invalid MFA one time pass code. "},
		"MFA with no code":                 {mfa(t), "AKIAADMIN", []string{"SerialNumber", adminDevice}, "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."},
		"MFA without being asked":          {mfa(t), "AKIAADMIN", nil, denied(adminARN)},
		"MFA with another's device":        {mfa(t), "AKIANOBODY", []string{"SerialNumber", adminDevice, "TokenCode", "123456"}, "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user."},
		"tags need a permission":           {nil, "AKIAADMIN", []string{"ExternalId", "the-id", "Tags.member.1.Key", "team", "Tags.member.1.Value", "web"}, strings.Replace(denied(adminARN), "sts:AssumeRole on", "sts:TagSession on", 1)},
		"source identity needs permission": {nil, "AKIAADMIN", []string{"ExternalId", "the-id", "SourceIdentity", "alice"}, strings.Replace(denied(adminARN), "sts:AssumeRole on", "sts:SetSourceIdentity on", 1)},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, tc.change)
			r.t = t
			got := r.assume(tc.key, tc.pairs...)
			if tc.refusal != "" {
				got.want(http.StatusForbidden, "AccessDenied", tc.refusal)
				return
			}
			if got.status != http.StatusOK || got.element("SessionToken") == "" {
				t.Errorf("refused: %d %s", got.status, got.body)
			}
		})
	}
}

const adminDevice = "arn:aws:iam::123456789012:mfa/admin"

// mfa gives the first caller a device and has the role ask for its code.
func mfa(t *testing.T) func(*account.Account) {
	return func(a *account.Account) {
		a.Callers[0].MFASerial, a.Callers[0].MFACode = adminDevice, "123456"
		a.Roles[0].TrustPolicy = trust(t, home, `{"Bool":{"aws:MultiFactorAuthPresent":"true"},"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}}`)
	}
}

func TestValidation(t *testing.T) {
	const detected = "1 validation error detected: "
	long := strings.Repeat("x", 1225)
	for name, tc := range map[string]struct {
		pairs   []string
		code    string
		message string
	}{
		"short ARN":       {[]string{"RoleArn", "arn:aws:iam"}, "ValidationError", detected + "Value 'arn:aws:iam' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20"},
		"no ARN":          {[]string{"RoleArn", "not-an-arn-but-long-enough"}, "ValidationError", "not-an-arn-but-long-enough is invalid"},
		"user ARN":        {[]string{"RoleArn", "arn:aws:iam::123456789012:user/x"}, "ValidationError", "arn:aws:iam::123456789012:user/x is invalid"},
		"session ARN":     {[]string{"RoleArn", "arn:aws:sts::123456789012:assumed-role/R/s"}, "ValidationError", "arn:aws:sts::123456789012:assumed-role/R/s is invalid"},
		"short name":      {[]string{"RoleSessionName", "x"}, "ValidationError", detected + "Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2"},
		"odd name":        {[]string{"RoleSessionName", "a b"}, "ValidationError", detected + `Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*`},
		"empty ID":        {[]string{"ExternalId", ""}, "ValidationError", detected + "Value '' at 'externalId' failed to satisfy constraint: Member must have length greater than or equal to 2"},
		"long ID":         {[]string{"ExternalId", long}, "ValidationError", detected + "Value '" + long + "' at 'externalId' failed to satisfy constraint: Member must have length less than or equal to 1224"},
		"odd ID":          {[]string{"ExternalId", "a b!"}, "ValidationError", detected + `Value 'a b!' at 'externalId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@:\/-]*`},
		"short session":   {[]string{"DurationSeconds", "899"}, "ValidationError", detected + "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"},
		"long session":    {[]string{"DurationSeconds", "43201"}, "ValidationError", detected + "Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200"},
		"session no int":  {[]string{"DurationSeconds", "1h"}, "MalformedInput", ""},
		"over role's max": {[]string{"ExternalId", "the-id", "DurationSeconds", "7201"}, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."},
		"two at once": {[]string{"RoleSessionName", "x", "DurationSeconds", "5"}, "ValidationError",
			"2 validation errors detected: Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2; Value '5' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"},
		"policy no JSON":  {[]string{"ExternalId", "the-id", "Policy", "{"}, "MalformedPolicyDocument", "This policy contains invalid Json"},
		"policy too long": {[]string{"Policy", strings.Repeat("x", 2049)}, "ValidationError", ""},
		"policy ARNs":     {[]string{"ExternalId", "the-id", "PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/ReadOnlyAccess"}, "ValidationError", ""},
		"odd source":      {[]string{"SourceIdentity", "a b"}, "ValidationError", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, nil)
			r.t = t
			r.assume("AKIAADMIN", tc.pairs...).want(http.StatusBadRequest, tc.code, tc.message)
		})
	}
	r := newRig(t, nil)
	r.call("AKIAADMIN", "", "Action", "AssumeRole").want(http.StatusBadRequest, "ValidationError",
		"2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null; Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null")
}

func TestProtocol(t *testing.T) {
	r := newRig(t, nil)
	r.call("AKIAADMIN", "", "Action", "GetFederationToken").want(400, "InvalidAction", "Could not find operation GetFederationToken for version 2011-06-15")
	r.call("AKIAADMIN", "", "Action", "GetCallerIdentity", "Version", "2010-05-08").want(400, "InvalidAction", "Could not find operation GetCallerIdentity for version 2010-05-08")
	r.call("AKIAADMIN", "").want(400, "MissingAction", "")
	got := r.send("AKIAADMIN", "", httptest.NewRequest(http.MethodGet, "/?Action=GetCallerIdentity&Version=2011-06-15", nil))
	if got.element("Arn") != adminARN {
		t.Errorf("GET: %s", got.body)
	}
}

func TestCallerIdentityNeedsNothing(t *testing.T) {
	r := newRig(t, func(a *account.Account) { a.Callers[0].Policy = deny(t, "*") })
	got := r.call("AKIAADMIN", "", "Action", "GetCallerIdentity")
	if got.element("Arn") != adminARN || got.element("Account") != home || !strings.HasPrefix(got.element("UserId"), "AIDA") {
		t.Errorf("%d %s", got.status, got.body)
	}
	root := r.call("AKIAROOT", "", "Action", "GetCallerIdentity")
	if root.element("Arn") != "arn:aws:iam::"+home+":root" || root.element("UserId") != home {
		t.Errorf("root: %s", root.body)
	}
}

func TestTagsAndSourceIdentity(t *testing.T) {
	r := newRig(t, func(a *account.Account) {
		a.Roles[0].TrustPolicy = *document(t, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"`+home+`"},
			"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"],
			"Condition":{"StringEquals":{"aws:RequestTag/team":"web","sts:SourceIdentity":"alice"},"ForAllValues:StringEquals":{"aws:TagKeys":["team"]}}}}`)
	})
	tagged := []string{"SourceIdentity", "alice", "Tags.member.1.Key", "team", "Tags.member.1.Value", "web", "TransitiveTagKeys.member.1", "team"}
	if got := r.assume("AKIAADMIN", tagged...); got.status != http.StatusOK || got.element("SourceIdentity") != "alice" {
		t.Errorf("%d %s", got.status, got.body)
	}
	tagged[5] = "infra"
	r.assume("AKIAADMIN", tagged...).want(http.StatusForbidden, "AccessDenied", denied(adminARN))
}
