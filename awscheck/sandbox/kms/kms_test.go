package kms_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/kms"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

const (
	home   = "123456789012"
	vendor = "210987654321"
	region = "ap-northeast-1"
	where  = "arn:aws:kms:" + region + ":" + home + ":"
	id     = "1234abcd-12ab-34cd-56ef-1234567890ab"
	arn    = where + "key/" + id
)

func document(t testing.TB, text string) *policy.Document {
	t.Helper()
	d, err := policy.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

func user(account, name string, identity ...policy.Document) access.Caller {
	return access.Caller{Principal: policy.Principal{Kind: policy.User, Account: account, ARN: "arn:aws:iam::" + account + ":user/" + name}, Identity: identity}
}

func allow(t testing.TB, action string) policy.Document {
	return *document(t, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"`+action+`","Resource":"*"}}`)
}

// rig is a server with one key of the account's own.
type rig struct {
	t     testing.TB
	state *state.State
	srv   *kms.Server
}

func newRig(t testing.TB, key account.KMSKey) *rig {
	key.ARN, key.Aliases = arn, []string{"alias/media"}
	st := state.New(account.Account{ID: home, KMSKeys: []account.KMSKey{key}, Buckets: []account.Bucket{{Name: "b-one", Region: region}},
		Callers: []account.Caller{{Name: "owner", AccessKeyID: "AKIAOWNER", SecretAccessKey: "s"}}},
		func() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) })
	return &rig{t, st, kms.New(st)}
}

// do asks at the endpoint of a region; v takes the answer, nil: nobody wants it.
func (r *rig) do(c access.Caller, at, operation, body string, v any) (code, message string) {
	r.t.Helper()
	req := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	req.Header.Set("X-Amz-Target", "TrentService."+operation)
	w := httptest.NewRecorder()
	r.srv.Serve(w, req.WithContext(access.WithCaller(req.Context(), c)), at)
	if w.Code == http.StatusOK {
		if v != nil {
			if err := json.Unmarshal(w.Body.Bytes(), v); err != nil {
				r.t.Fatalf("%v in %s", err, w.Body)
			}
		}
		return "", ""
	}
	var e struct {
		Type    string `json:"__type"`
		Message string `json:"message"` // in whatever case
	}
	if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil || w.Code != http.StatusBadRequest {
		r.t.Fatalf("%d %v in %s", w.Code, err, w.Body)
	}
	return e.Type, e.Message
}

func TestNamesOfAKey(t *testing.T) {
	r := newRig(t, account.KMSKey{})
	owner, stranger := user(home, "owner", allow(t, "kms:*")), user(vendor, "cms", allow(t, "kms:*"))
	hidden := "User: arn:aws:iam::" + vendor + ":user/cms is not authorized to perform: kms:DescribeKey on resource: %s because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access"
	for name, tc := range map[string]struct {
		caller        access.Caller
		at, operation string
		key           string
		code, message string
	}{
		"id":                   {owner, region, "DescribeKey", id, "", ""},
		"ARN":                  {owner, region, "DescribeKey", arn, "", ""},
		"alias":                {owner, region, "DescribeKey", "alias/media", "", ""},
		"alias ARN":            {owner, region, "DescribeKey", where + "alias/media", "", ""},
		"AWS's key":            {owner, region, "DescribeKey", "alias/aws/s3", "", ""},
		"no key":               {owner, region, "DescribeKey", "nope", "NotFoundException", "Key '" + where + "key/nope' does not exist"},
		"no alias":             {owner, region, "DescribeKey", "alias/nope", "NotFoundException", "Alias " + where + "alias/nope is not found."},
		"another region":       {owner, "us-east-1", "DescribeKey", arn, "NotFoundException", "Invalid arn " + region},
		"no ARN of a key":      {owner, region, "DescribeKey", "arn:aws:s3:::b", "InvalidArnException", "Invalid arn arn:aws:s3:::b"},
		"alias of a policy":    {owner, region, "GetKeyPolicy", "alias/media", "NotFoundException", "Invalid keyId 'alias/media'"},
		"nothing":              {owner, region, "DescribeKey", "", "ValidationException", ""},
		"abroad":               {stranger, region, "DescribeKey", arn, "AccessDeniedException", strings.Replace(hidden, "%s", arn, 1)},
		"abroad, not there":    {stranger, region, "DescribeKey", where + "key/nope", "AccessDeniedException", strings.Replace(hidden, "%s", where+"key/nope", 1)},
		"policies stay home":   {stranger, region, "GetKeyPolicy", arn, "AccessDeniedException", ""},
		"unknown operation":    {owner, region, "Encrypt", arn, "UnknownOperationException", ""},
		"without permission":   {user(home, "x"), region, "DescribeKey", arn, "AccessDeniedException", "User: arn:aws:iam::" + home + ":user/x is not authorized to perform: kms:DescribeKey on resource: " + arn + " because no identity-based policy allows the kms:DescribeKey action"},
		"nobody edits AWS's":   {owner, region, "PutKeyPolicy", state.ManagedKeyARN(home, region), "AccessDeniedException", "User: arn:aws:iam::" + home + ":user/owner is not authorized to perform: kms:PutKeyPolicy on resource: " + state.ManagedKeyARN(home, region) + " because no resource-based policy allows the kms:PutKeyPolicy action"},
		"AWS's key is legible": {owner, region, "GetKeyPolicy", state.ManagedKeyARN(home, region), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			code, message := r.do(tc.caller, tc.at, tc.operation, `{"KeyId":"`+tc.key+`"}`, nil)
			if code != tc.code || tc.message != "" && message != tc.message {
				t.Errorf("%s: %s", code, message)
			}
		})
	}
}

func TestKeyPolicyDecides(t *testing.T) {
	r := newRig(t, account.KMSKey{Policy: document(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::`+home+`:user/owner"},"Action":"kms:*","Resource":"*"},
		{"Effect":"Allow","Principal":{"AWS":"`+vendor+`"},"Action":"kms:DescribeKey","Resource":"*"}]}`)})
	// Without the account's own statement, no policy of the account's counts.
	if code, message := r.do(user(home, "admin", allow(t, "*")), region, "GetKeyPolicy", `{"KeyId":"`+id+`"}`, nil); code != "AccessDeniedException" ||
		!strings.HasSuffix(message, "because no resource-based policy allows the kms:GetKeyPolicy action") {
		t.Error(code, message)
	}
	if code, message := r.do(user(home, "owner"), region, "GetKeyPolicy", `{"KeyId":"`+id+`"}`, nil); code != "" {
		t.Error(code, message)
	}
	if code, message := r.do(user(vendor, "cms", allow(t, "kms:*")), region, "DescribeKey", `{"KeyId":"`+arn+`"}`, nil); code != "" {
		t.Error(code, message)
	}
}

func TestStatesOfAKey(t *testing.T) {
	r := newRig(t, account.KMSKey{State: "PendingDeletion"})
	owner := user(home, "owner", allow(t, "kms:*"))
	steps := []struct{ operation, body, code, state string }{
		{"EnableKey", "", "KMSInvalidStateException", "PendingDeletion"},
		{"PutKeyPolicy", "", "KMSInvalidStateException", "PendingDeletion"},
		{"CancelKeyDeletion", "", "", "Disabled"}, // which does not enable it
		{"CancelKeyDeletion", "", "KMSInvalidStateException", "Disabled"},
		{"EnableKey", "", "", "Enabled"},
		{"DisableKey", "", "", "Disabled"},
		{"ScheduleKeyDeletion", `,"PendingWindowInDays":3`, "ValidationException", "Disabled"},
		{"ScheduleKeyDeletion", `,"PendingWindowInDays":7`, "", "PendingDeletion"},
	}
	for _, s := range steps {
		if code, message := r.do(owner, region, s.operation, `{"KeyId":"`+id+`"`+s.body+`}`, nil); code != s.code {
			t.Errorf("%s: %s %s", s.operation, code, message)
		}
		var got struct{ KeyMetadata struct{ KeyState string } }
		r.do(owner, region, "DescribeKey", `{"KeyId":"`+id+`"}`, &got)
		if got.KeyMetadata.KeyState != s.state {
			t.Errorf("after %s: %s", s.operation, got.KeyMetadata.KeyState)
		}
	}
}

func TestRefusedKeyPolicies(t *testing.T) {
	r := newRig(t, account.KMSKey{})
	owner := user(home, "owner", allow(t, "kms:*"))
	put := func(text, more string) (string, string) {
		quoted, _ := json.Marshal(text)
		return r.do(owner, region, "PutKeyPolicy", `{"KeyId":"`+id+`","Policy":`+string(quoted)+more+`}`, nil)
	}
	only := func(principal string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + principal + `"},"Action":"kms:*","Resource":"*"}]}`
	}
	for text, want := range map[string]string{
		"{": "The new key policy is malformed: it is not a valid policy document.",
		only("arn:aws:iam::" + home + ":user/gone"): "Policy contains a statement with one or more invalid principals.",
		only("arn:aws:iam::" + vendor + ":root"):    "The new key policy will not allow you to update the key policy in the future.",
	} {
		if code, message := put(text, ""); code != "MalformedPolicyDocumentException" || message != want {
			t.Errorf("%s\n%s: %s", text, code, message)
		}
	}
	if code, message := put(only("arn:aws:iam::"+vendor+":root"), `,"BypassPolicyLockoutSafetyCheck":true`); code != "" {
		t.Error(code, message)
	}
	if code, _ := put(only("arn:aws:iam::"+home+":root"), ""); code != "AccessDeniedException" {
		t.Errorf("the key is not lost: %s", code)
	}
}

func TestAliases(t *testing.T) {
	r := newRig(t, account.KMSKey{})
	type list struct {
		Aliases []struct{ AliasName, AliasArn, TargetKeyId string }
	}
	owner := user(home, "owner", allow(t, "kms:*"))
	var all, one, abroad list
	r.do(owner, region, "ListAliases", `{}`, &all)
	r.do(owner, region, "ListAliases", `{"KeyId":"`+id+`"}`, &one)
	r.do(owner, "us-east-1", "ListAliases", ``, &abroad)
	if len(all.Aliases) != 2 || len(one.Aliases) != 1 || one.Aliases[0].AliasArn != where+"alias/media" || one.Aliases[0].TargetKeyId != id || len(abroad.Aliases) != 0 {
		t.Errorf("%+v %+v %+v", all, one, abroad)
	}
	if code, _ := r.do(user(home, "x"), region, "ListAliases", `{}`, nil); code != "AccessDeniedException" {
		t.Error(code)
	}
}
