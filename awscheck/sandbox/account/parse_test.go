package account_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

func parse(t testing.TB, text string) account.Account {
	t.Helper()
	a, err := account.Parse([]byte(text), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// whole uses every key of the account file.
const whole = `
account: "123456789012"
clock_offset: -20m
callers:
  - {name: admin, access_key_id: AKIAIOSFODNN7EXAMPLE, secret_access_key: s3cret, account: "210987654321", policy: {Version: "2012-10-17", Statement: []}}
  - {name: plain, access_key_id: AKIAPLAIN, secret_access_key: other}
roles:
  - name: MediaRole
    path: /cms/
    trust_policy: {Version: 2012-10-17, Statement: {Effect: Allow, Principal: {AWS: 012345678901}, Action: "sts:AssumeRole", Condition: {Bool: {"aws:SecureTransport": true}}}}
    policy: |
      {"Version": "2012-10-17",
       "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
    permissions_boundary: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
    max_session_duration: 7200
    created_ago: 1h
service_control_policies:
  - {Version: "2012-10-17", Statement: {Effect: Allow, Action: "*", Resource: "*"}}
kms_keys:
  - {arn: "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", policy: {Version: "2012-10-17", Statement: []}, state: Disabled}
buckets:
  - name: alpha-prod-assets
    region: ap-northeast-1
    owner: "999988887777"
    policy: {Version: "2012-10-17", Statement: []}
    public_access_block: {block_public_acls: true, restrict_public_buckets: true}
    object_ownership: ObjectWriter
    encryption: {algorithm: "aws:kms", key: "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
    versioning: Enabled
    object_lock: {mode: GOVERNANCE, days: 3}
    cors: [{AllowedMethods: [GET], AllowedOrigins: ["*"], MaxAgeSeconds: 3000}]
    lifecycle: [{ID: one, Status: Enabled, Expiration: {Days: 1}}]
    objects:
      - {key: media/logo.png, file: logo.png, content_type: image/png, metadata: {Upload-Source: microcms}, kms_key: "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
      - {key: media/empty, content: ""}
      - {key: media/text, content: "hello"}
      - {key: media/large, size: 12}
      - {prefix: media/big/, count: 100000, size: 20480, name: "img-{n}.jpg"}
distributions:
  - {id: E2EXAMPLE, aliases: [media.example.com, "*.cdn.example.com"], origin: {bucket: alpha-prod-assets, path: /media}, origin_access_control: true,
     certificate: [media.example.com], cache_ttl: 1h, enabled: false, deployed: false}
faults:
  - {service: s3, operation: PutObject, status: 503, code: SlowDown, times: 2}
  - {service: "*", operation: "*", delay: 80ms}
  - {service: s3, operation: UploadPart, drop: true, times: 1}
`

func TestEveryKey(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "logo.png"), []byte("png"), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := account.Parse([]byte(whole), dir)
	if err != nil {
		t.Fatal(err)
	}
	check := func(what string, ok bool) {
		t.Helper()
		if !ok {
			t.Errorf("%s is wrong in %+v", what, a)
		}
	}
	check("account", a.ID == "123456789012" && a.ClockOffset == -20*time.Minute)
	check("callers", len(a.Callers) == 2 && a.Callers[0].Account == "210987654321" && a.Callers[0].Policy != nil && a.Callers[0].SecretAccessKey == "s3cret")
	check("caller's default account", a.Callers[1].Account == "123456789012" && a.Callers[1].Policy == nil)
	r := a.Roles[0]
	check("role", r.Path == "/cms/" && r.MaxSessionDuration == 2*time.Hour && r.CreatedAgo == time.Hour && r.PermissionsBoundary != nil)
	check("trust policy", slices.Equal(r.TrustPolicy.Statements[0].Principal.AWS, []string{"012345678901"}) &&
		slices.Equal(r.TrustPolicy.Statements[0].Conditions[0].Values, []string{"true"}))
	check("policy of text", r.Policy != nil && slices.Equal(r.Policy.Statements[0].Action, []string{"s3:GetObject"}))
	check("service control policies", len(a.ServiceControlPolicies) == 1)
	check("KMS keys", len(a.KMSKeys) == 1 && a.KMSKeys[0].State == "Disabled" && a.KMSKeys[0].Policy != nil)
	b := a.Buckets[0]
	check("bucket", b.Owner == "999988887777" && b.ObjectOwnership == "ObjectWriter" && b.Versioning == "Enabled" && b.Policy != nil)
	check("public access block", b.PublicAccessBlock == account.PublicAccessBlock{BlockPublicACLs: true, RestrictPublicBuckets: true})
	check("encryption", b.Encryption.Algorithm == "aws:kms" && b.Encryption.Key == a.KMSKeys[0].ARN)
	check("object lock", *b.ObjectLock == account.ObjectLock{Mode: "GOVERNANCE", Days: 3})
	check("cors", b.CORS[0]["AllowedMethods"].([]any)[0] == "GET")
	check("lifecycle", b.Lifecycle[0]["ID"] == "one")
	check("object of a file", string(b.Objects[0].Content) == "png" && b.Objects[0].Size == 3 && b.Objects[0].Metadata["upload-source"] == "microcms" && b.Objects[0].KMSKey != "")
	check("empty object", b.Objects[1].Content != nil && len(b.Objects[1].Content) == 0)
	check("object of a text", bytes.Equal(b.Objects[2].Content, []byte("hello")))
	check("synthetic object", b.Objects[3].Content == nil && b.Objects[3].Size == 12)
	check("family", b.Objects[4].Prefix == "media/big/" && b.Objects[4].Count == 100000 && b.Objects[4].Size == 20480 && b.Objects[4].Name == "img-{n}.jpg")
	d := a.Distributions[0]
	check("distribution", d.ID == "E2EXAMPLE" && len(d.Aliases) == 2 && d.OriginBucket == "alpha-prod-assets" && d.OriginPath == "/media" &&
		d.OriginAccessControl && d.CacheTTL == time.Hour && !d.Enabled && !d.Deployed && slices.Equal(d.Certificate, []string{"media.example.com"}))
	check("faults", a.Faults[0] == account.Fault{Service: "s3", Operation: "PutObject", Status: 503, Code: "SlowDown", Times: 2} &&
		a.Faults[1] == account.Fault{Service: "*", Operation: "*", Delay: 80 * time.Millisecond} &&
		a.Faults[2] == account.Fault{Service: "s3", Operation: "UploadPart", Drop: true, Times: 1})
}

func TestDefaults(t *testing.T) {
	a := parse(t, `
account: 012345678901
roles: [{name: R, trust_policy: {Version: "2012-10-17", Statement: []}}, {name: New, trust_policy: {Version: "2012-10-17", Statement: []}, created_ago: 0s}]
kms_keys: [{arn: "arn:aws:kms:us-east-1:123456789012:key/k"}]
buckets: [{name: abc, region: us-east-1, policy: null}]
distributions: [{id: E1, aliases: [a.example.com], origin: {bucket: abc}}, {id: E2, aliases: [b.example.com], certificate: [], origin: {bucket: abc}}]
faults: [{status: 500}]
`)
	b, d := a.Buckets[0], a.Distributions
	switch {
	case a.ID != "012345678901":
		t.Errorf("account %s", a.ID)
	case a.Roles[0].Path != "/" || a.Roles[0].MaxSessionDuration != time.Hour || a.Roles[0].CreatedAgo != 0 || a.Roles[0].Policy != nil:
		t.Errorf("role %+v", a.Roles[0])
	case a.Roles[1].CreatedAgo != account.JustNow:
		t.Errorf("new role %+v", a.Roles[1])
	case a.KMSKeys[0].State != "Enabled":
		t.Errorf("key %+v", a.KMSKeys[0])
	case a.ServiceControlPolicies != nil:
		t.Error("an organization out of nowhere")
	case b.Owner != a.ID || b.Policy != nil || b.ObjectOwnership != "BucketOwnerEnforced" || b.Versioning != "" || b.Encryption != account.Encryption{Algorithm: "AES256"}:
		t.Errorf("bucket %+v", b)
	case b.PublicAccessBlock != account.PublicAccessBlock{BlockPublicACLs: true, IgnorePublicACLs: true, BlockPublicPolicy: true, RestrictPublicBuckets: true}:
		t.Errorf("public access %+v", b.PublicAccessBlock)
	case !d[0].Enabled || !d[0].Deployed || d[0].CacheTTL != 24*time.Hour || d[0].OriginAccessControl || !slices.Equal(d[0].Certificate, []string{"a.example.com"}):
		t.Errorf("distribution %+v", d[0])
	case len(d[1].Certificate) != 0:
		t.Errorf("certificate %+v", d[1])
	case a.Faults[0].Service != "*" || a.Faults[0].Operation != "*":
		t.Errorf("fault %+v", a.Faults[0])
	}
	if empty := parse(t, `{account: "123456789012", service_control_policies: []}`); empty.ServiceControlPolicies == nil {
		t.Error("present and empty means: nothing is allowed")
	}
}

// TestJSON: an account file may be JSON, indented by tabs.
func TestJSON(t *testing.T) {
	a := parse(t, "{\n\t\"account\": \"123456789012\",\n\t\"buckets\": [\n\t\t{\"name\": \"abc\", \"region\": \"eu-west-1\", \"objects\": [{\"key\": \"\\u65e5\\ud83d\\ude00/\\\"\", \"content\": \"x\"}]}\n\t]\n}\n")
	if got := a.Buckets[0].Objects[0].Key; got != "日😀/\"" {
		t.Errorf("key %q", got)
	}
}

// TestByteOrderMark: some editors begin a file with one.
func TestByteOrderMark(t *testing.T) {
	for _, rest := range []string{"account: '123456789012'\n", `{"account": "123456789012"}`} {
		if a := parse(t, "\ufeff"+rest); a.ID != "123456789012" {
			t.Errorf("account %q", a.ID)
		}
	}
}

// TestBracketsInTexts: only nesting counts, not what texts hold.
func TestBracketsInTexts(t *testing.T) {
	many := strings.Repeat("[{", 500)
	a := parse(t, "account: '123456789012' # "+many+"\nbuckets:\n  - name: abc\n    region: us-east-1\n    objects:\n"+
		"      - {key: a, content: '"+many+"'}\n      - {key: b, content: \""+many+"\"}\n      - key: c\n        content: |\n          "+many+"\n")
	for _, o := range a.Buckets[0].Objects {
		if strings.TrimSpace(string(o.Content)) != many {
			t.Errorf("%s holds %d bytes", o.Key, len(o.Content))
		}
	}
}

func TestAliases(t *testing.T) {
	a := parse(t, `
account: "123456789012"
roles:
  - {name: One, trust_policy: &trust {Version: "2012-10-17", Statement: {Effect: Allow, Principal: &who {AWS: "123456789012"}, Action: "sts:AssumeRole"}}}
  - {name: Two, trust_policy: *trust}
  - {name: Three, trust_policy: {Version: "2012-10-17", Statement: {Effect: Deny, Principal: *who, Action: "sts:AssumeRole"}}}
`)
	if len(a.Roles[1].TrustPolicy.Statements) != 1 || a.Roles[2].TrustPolicy.Statements[0].Principal.AWS[0] != "123456789012" {
		t.Errorf("%+v", a.Roles)
	}
}

// A problem as the tests name it: line, path, code.
type problem struct {
	line int
	path string
	code string
}

func TestProblems(t *testing.T) {
	const head = "account: \"123456789012\"\n"
	bucket := func(rest string) string { return head + "buckets:\n  - name: abc\n    region: us-east-1\n" + rest }
	object := func(o string) string { return bucket("    objects:\n      - " + o + "\n") }
	for name, tc := range map[string]struct {
		text string
		want []problem
		says string
	}{
		"empty":             {"", []problem{{0, "", "missing"}}, "empty"},
		"comment":           {"# nothing\n", []problem{{0, "", "missing"}}, "empty"},
		"syntax":            {head + "roles: [\n", []problem{{2, "", "syntax"}}, ""},
		"two documents":     {head + "---\n" + head, []problem{{0, "", "invalid"}}, "several documents"},
		"a list":            {"- a\n", []problem{{1, "", "wrong-type"}, {1, "account", "missing"}}, "must be a mapping"},
		"no account":        {"buckets: []\n", []problem{{1, "account", "missing"}}, "is required"},
		"account too short": {"account: \"123\"\n", []problem{{1, "account", "invalid"}}, "12 digits"},
		"unknown key":       {head + "bucket: []\n", []problem{{2, "bucket", "unknown-key"}}, `did you mean "buckets"?`},
		"unknown key 2":     {head + "x: 1\n", []problem{{2, "x", "unknown-key"}}, "known are account, account_public_access_block, buckets"},
		"unknown in bucket": {bucket("    publicAccessBlock: {}\n"), []problem{{5, "buckets[0].publicAccessBlock", "unknown-key"}}, `did you mean "public_access_block"?`},
		"twice":             {head + head, []problem{{2, "", "syntax"}}, "already defined"},
		"type of list":      {head + "buckets: {name: abc}\n", []problem{{2, "buckets", "wrong-type"}}, "must be a list, is a mapping"},
		"type of entry":     {head + "buckets: [abc]\n", []problem{{2, "buckets[0]", "wrong-type"}, {2, "buckets[0].name", "missing"}, {2, "buckets[0].region", "missing"}}, "must be a mapping (key: value), is a text"},
		"empty entry":       {head + "buckets:\n  -\n", []problem{{3, "buckets[0]", "missing"}}, "is empty"},
		"number for text":   {bucket("    object_ownership: 5\n"), []problem{{5, "buckets[0].object_ownership", "wrong-type"}}, "is the number 5; put it in quotes"},
		"text for boolean":  {bucket("    public_access_block: {block_public_acls: \"yes\"}\n"), []problem{{5, "buckets[0].public_access_block.block_public_acls", "wrong-type"}}, "must be true or false"},
		"choice":            {bucket("    versioning: enabled\n"), []problem{{5, "buckets[0].versioning", "invalid"}}, `"enabled" is none of Enabled, Suspended`},
		"duration":          {head + "clock_offset: soon\n", []problem{{2, "clock_offset", "invalid"}}, "no duration"},
		"duration bounds":   {head + "roles: [{name: R, trust_policy: {Version: \"2012-10-17\", Statement: []}, max_session_duration: 13h}]\n", []problem{{2, "roles[0].max_session_duration", "invalid"}}, "from 1h0m0s to 12h0m0s"},
		"integer":           {head + "faults: [{status: \"500\"}]\n", []problem{{2, "faults[0].status", "wrong-type"}}, "whole number"},
		"integer bounds":    {head + "faults: [{status: 199}]\n", []problem{{2, "faults[0].status", "invalid"}}, "from 200 to 599"},
		"merge key":         {head + "callers:\n  - &a {name: a, access_key_id: AKIAA, secret_access_key: x}\n  - <<: *a\n    name: b\n    access_key_id: AKIAB\n    secret_access_key: x\n", []problem{{4, "callers[1]", "invalid"}}, "merge keys"},
		"undefined alias":   {head + "roles: *nothing\n", []problem{{2, "roles", "invalid"}}, "*nothing is not defined"},

		"caller keys":     {head + "callers: [{name: a b}]\n", []problem{{2, "callers[0].name", "invalid"}, {2, "callers[0].access_key_id", "missing"}, {2, "callers[0].secret_access_key", "missing"}}, "no IAM user name"},
		"temporary key":   {head + "callers: [{name: a, access_key_id: ASIAX, secret_access_key: x}]\n", []problem{{2, "callers[0].access_key_id", "invalid"}}, "AKIA"},
		"caller twice":    {head + "callers:\n  - {name: a, access_key_id: AKIAA, secret_access_key: x}\n  - {name: A, access_key_id: AKIAA, secret_access_key: x}\n", []problem{{4, "callers[1].name", "duplicate"}, {4, "callers[1].access_key_id", "duplicate"}}, "there twice"},
		"role keys":       {head + "roles: [{path: cms}]\n", []problem{{2, "roles[0].path", "invalid"}, {2, "roles[0].name", "missing"}, {2, "roles[0].trust_policy", "missing"}}, "begins and ends with /"},
		"role twice":      {head + "roles:\n  - {name: R, trust_policy: {Version: \"2012-10-17\", Statement: []}}\n  - {name: r, trust_policy: {Version: \"2012-10-17\", Statement: []}}\n", []problem{{4, "roles[1].name", "duplicate"}}, ""},
		"KMS ARN":         {head + "kms_keys: [{arn: alias/x}]\n", []problem{{2, "kms_keys[0].arn", "invalid"}}, "KMS key ARN"},
		"bucket twice":    {head + "buckets:\n  - {name: abc, region: us-east-1}\n  - {name: abc, region: us-east-1}\n", []problem{{4, "buckets[1].name", "duplicate"}}, ""},
		"bucket name":     {head + "buckets: [{name: Abc, region: us-east-1}, {name: a..b, region: us-east-1}, {name: 1.2.3.4, region: us-east-1}, {name: x--x-s3, region: us-east-1}]\n", []problem{{2, "buckets[0].name", "invalid"}, {2, "buckets[1].name", "invalid"}, {2, "buckets[2].name", "invalid"}, {2, "buckets[3].name", "invalid"}}, "general purpose bucket"},
		"region":          {head + "buckets: [{name: abc, region: Tokyo}]\n", []problem{{2, "buckets[0].region", "invalid"}}, "region code"},
		"pseudo-region":   {head + "buckets: [{name: abc, region: aws-global}]\n", []problem{{2, "buckets[0].region", "invalid"}}, "region code"},
		"two partitions":  {head + "buckets:\n  - {name: abc, region: us-east-1}\n  - {name: abd, region: cn-north-1}\n", []problem{{4, "buckets[1].region", "invalid"}}, "partition aws-cn"},
		"key without kms": {bucket("    encryption: {key: \"arn:aws:kms:us-east-1:123456789012:key/k\"}\n"), []problem{{5, "buckets[0].encryption.key", "invalid"}}, "algorithm: aws:kms"},
		"lock":            {bucket("    object_lock: {mode: GOVERNANCE}\n"), []problem{{5, "buckets[0].object_lock.days", "missing"}, {3, "buckets[0].object_lock", "invalid"}}, "versioning"},
		"rules":           {bucket("    cors: [GET]\n"), []problem{{5, "buckets[0].cors[0]", "wrong-type"}}, ""},

		"no source":         {object("{key: a}"), []problem{{6, "buckets[0].objects[0]", "invalid"}}, "exactly one of file, content and size"},
		"two sources":       {object("{key: a, size: 1, content: x}"), []problem{{6, "buckets[0].objects[0]", "invalid"}}, ""},
		"no key":            {object("{size: 1}"), []problem{{6, "buckets[0].objects[0].key", "missing"}}, ""},
		"long key":          {object("{size: 1, key: " + strings.Repeat("k", 1025) + "}"), []problem{{6, "buckets[0].objects[0].key", "invalid"}}, "1,024 bytes"},
		"object twice":      {object("{key: a, size: 1}\n      - {key: a, size: 1}"), []problem{{7, "buckets[0].objects[1].key", "duplicate"}}, ""},
		"no such file":      {object("{key: a, file: nothing.png}"), []problem{{6, "buckets[0].objects[0].file", "file"}}, "nothing.png"},
		"negative size":     {object("{key: a, size: -1}"), []problem{{6, "buckets[0].objects[0].size", "invalid"}}, ""},
		"family":            {object("{prefix: a/, count: 2}"), []problem{{6, "buckets[0].objects[0].name", "missing"}, {6, "buckets[0].objects[0].size", "missing"}}, ""},
		"family's name":     {object("{count: 2, size: 1, name: x}"), []problem{{6, "buckets[0].objects[0].name", "invalid"}}, "{n}"},
		"family with a key": {object("{count: 2, size: 1, name: \"{n}\", key: a}"), []problem{{6, "buckets[0].objects[0].key", "invalid"}}, "beside count"},
		"large metadata":    {object("{key: a, size: 1, metadata: {a: " + strings.Repeat("x", 2048) + "}}"), []problem{{6, "buckets[0].objects[0].metadata", "invalid"}}, "2 KB"},

		"distribution":              {head + "distributions: [{id: e-1, aliases: [https://a.example.com], origin: {path: media/}}]\n", []problem{{2, "distributions[0].id", "invalid"}, {2, "distributions[0].aliases[0]", "invalid"}, {2, "distributions[0].origin.bucket", "missing"}, {2, "distributions[0].origin.path", "invalid"}}, ""},
		"alias twice":               {bucket("distributions:\n  - {id: E1, aliases: [a.example.com], origin: {bucket: abc}}\n  - {id: E2, aliases: [a.example.com], origin: {bucket: abc}}\n"), []problem{{7, "distributions[1].aliases", "duplicate"}}, ""},
		"origin unknown":            {bucket("distributions: [{id: E1, origin: {bucket: abd}}]\n"), []problem{{5, "distributions[0].origin.bucket", "invalid"}}, `no bucket "abd"`},
		"fault's service":           {head + "faults: [{service: ec2, status: 500}]\n", []problem{{2, "faults[0].service", "invalid"}}, "none of s3, sts, iam, kms, s3control, cloudfront, *"},
		"fault's operation":         {head + "faults: [{service: sts, operation: PutObject, status: 500}]\n", []problem{{2, "faults[0].operation", "invalid"}}, `"PutObject" is no operation of sts`},
		"fault of any":              {head + "faults: [{operation: Nonsense, status: 500}]\n", []problem{{2, "faults[0].operation", "invalid"}}, ""},
		"fault: drop and hang":      {head + "faults: [{drop: true, hang: true}]\n", []problem{{2, "faults[0]", "invalid"}}, "choose one"},
		"fault: cut of nothing":     {head + "faults: [{hang: true, truncate: 1}]\n", []problem{{2, "faults[0]", "invalid"}}, "no answer that could be truncated"},
		"fault: success":            {head + "faults: [{status: 200}]\n", []problem{{2, "faults[0].status", "invalid"}}, "is no failure"},
		"fault: type of nothing":    {head + "faults: [{status: 403, content_type: text/html}]\n", []problem{{2, "faults[0].content_type", "invalid"}}, "there is none"},
		"fault: redirect with 200":  {head + "faults: [{status: 404, redirect: \"https://a.example/\"}]\n", []problem{{2, "faults[0].status", "invalid"}}, "301"},
		"fault: redirect with body": {head + "faults: [{body: x, redirect: \"https://a.example/\"}]\n", []problem{{2, "faults[0]", "invalid"}}, "of its own"},
		"fault: redirect nowhere":   {head + "faults: [{redirect: /login}]\n", []problem{{2, "faults[0].redirect", "invalid"}}, "no URL"},
		"RCP that allows":           {head + "resource_control_policies:\n  - {Version: \"2012-10-17\", Statement: [{Effect: Allow, Principal: \"*\", Action: \"*\", Resource: \"*\"}]}\n", []problem{{3, "resource_control_policies", "policy"}}, "may only deny"},
		"RCP for somebody":          {head + "resource_control_policies:\n  - {Version: \"2012-10-17\", Statement: [{Effect: Deny, Principal: {AWS: \"123456789012\"}, Action: \"*\", Resource: \"*\"}]}\n", []problem{{3, "resource_control_policies", "policy"}}, "choose by a Condition"},
		"RCP for nobody":            {head + "resource_control_policies:\n  - {Version: \"2012-10-17\", Statement: [{Effect: Deny, Action: \"*\", Resource: \"*\"}]}\n", []problem{{3, "resource_control_policies[0]", "policy"}, {3, "resource_control_policies", "policy"}}, "Missing required field Principal"},
		"alias of AWS's":            {head + "kms_keys: [{arn: \"arn:aws:kms:us-east-1:123456789012:key/a\", aliases: [alias/aws/s3]}]\n", []problem{{2, "kms_keys[0].aliases[0]", "invalid"}}, "AWS manages"},
		"unknown managed policy":    {head + "roles: [{name: R, trust_policy: {Version: \"2012-10-17\", Statement: []}, attached_policies: [{name: Nope}]}]\n", []problem{{2, "roles[0].attached_policies[0].policy", "missing"}}, "AmazonS3FullAccess"},
		"fault of nothing":          {head + "faults: [{service: s3}]\n", []problem{{2, "faults[0]", "missing"}}, "one of status, code, body, redirect"},
		"drop with a status":        {head + "faults: [{drop: true, status: 500}]\n", []problem{{2, "faults[0]", "invalid"}}, "drop and hang give no answer"},

		"policy": {head + "roles:\n  - name: R\n    trust_policy:\n      Version: \"2012-10-17\"\n      Statement: {Effect: allow, Principal: \"*\", Action: \"sts:AssumeRole\"}\n",
			[]problem{{6, "roles[0].trust_policy", "policy"}}, "Effect must be Allow or Deny, not allow"},
		"policy of text": {head + "roles:\n  - name: R\n    trust_policy: |\n      {\"Version\": \"2012-10-17\",\n       \"Statement\": [\n         {\"Effect\": \"Allow\", \"Principle\": \"*\"}]}\n",
			[]problem{{7, "roles[0].trust_policy", "policy"}}, "unknown element Principle"},
		"policy's unknown key": {bucket("    policy:\n      Version: \"2012-10-17\"\n      Statement:\n        - Effect: Allow\n          Principal: \"*\"\n          Action: s3:GetObject\n          Resources: \"*\"\n"),
			[]problem{{11, "buckets[0].policy", "policy"}}, "unknown element Resources"},
		"bucket policy without a principal": {bucket("    policy:\n      Statement:\n        - {Effect: Allow, Principal: \"*\", Action: \"s3:*\", Resource: \"*\"}\n        - {Effect: Allow, Action: \"s3:*\", Resource: \"*\"}\n"),
			[]problem{{8, "buckets[0].policy", "policy"}}, "Missing required field Principal"},
		"bucket policy without a resource": {bucket("    policy: {Statement: {Effect: Allow, Principal: \"*\", Action: \"s3:*\"}}\n"),
			[]problem{{5, "buckets[0].policy", "policy"}}, "Missing required field Resource"},
		"another bucket's policy": {bucket("    policy: {Statement: {Effect: Allow, Principal: \"*\", Action: \"s3:*\", Resource: [\"arn:aws:s3:::abc/*\", \"arn:aws:s3:::abcd/*\"]}}\n"),
			[]problem{{5, "buckets[0].policy", "policy"}}, "invalid resource: arn:aws:s3:::abcd/* is not"},
		"another partition's policy": {bucket("    policy: {Statement: {Effect: Deny, Principal: \"*\", Action: \"s3:*\", NotResource: \"arn:aws-cn:s3:::abc/*\"}}\n"),
			[]problem{{5, "buckets[0].policy", "policy"}}, "invalid resource"},
		"identity policy with a principal": {head + "callers:\n  - name: a\n    access_key_id: AKIAA\n    secret_access_key: x\n    policy: |\n      {\"Statement\": [\n        {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}]}\n",
			[]problem{{8, "callers[0].policy", "policy"}}, "should not specify a principal"},
		"trust policy with a resource": {head + "roles: [{name: R, trust_policy: {Statement: {Effect: Allow, Principal: \"*\", Action: \"sts:AssumeRole\", Resource: \"*\"}}}]\n",
			[]problem{{2, "roles[0].trust_policy", "policy"}}, "prohibited field Resource"},
		"deep brackets":      {head + "roles: " + strings.Repeat("[", 100_000), []problem{{2, "", "syntax"}}, "nested too deeply"},
		"deep braces":        {head + "\nroles: " + strings.Repeat("{a: ", 30_000), []problem{{3, "", "syntax"}}, "nested too deeply"},
		"deep lists":         {head + "roles:\n  " + strings.Repeat("- ", 50_000), []problem{{3, "", "syntax"}}, "nested too deeply"},
		"policy of a number": {head + "roles: [{name: R, trust_policy: [1]}]\n", []problem{{2, "roles[0].trust_policy", "policy"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := account.Parse([]byte(tc.text), t.TempDir())
			var e *account.Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			for _, w := range tc.want {
				if !slices.ContainsFunc(e.Problems, func(p account.Problem) bool {
					return p.Line == w.line && p.Path == w.path && p.Code == w.code
				}) {
					t.Errorf("no %v among:\n%v", w, e)
				}
			}
			if len(e.Problems) != len(tc.want) {
				t.Errorf("%d problems, want %d:\n%v", len(e.Problems), len(tc.want), e)
			}
			if !strings.Contains(e.Error(), tc.says) {
				t.Errorf("%q is not in:\n%v", tc.says, e)
			}
		})
	}
}

// TestManyAliases: aliases of aliases end in an error, not in all the memory.
func TestManyAliases(t *testing.T) {
	var b strings.Builder
	b.WriteString("account: \"123456789012\"\nbuckets:\n  - name: abc\n    region: us-east-1\n    cors:\n      - a0: &a0 {x: 1}\n")
	for i := 1; i < 40; i++ {
		prev := string(rune('a'+(i-1)/10)) + string(rune('0'+(i-1)%10))
		this := string(rune('a'+i/10)) + string(rune('0'+i%10))
		b.WriteString("        " + this + ": &" + this + " {p: *" + prev + ", q: *" + prev + "}\n")
	}
	if _, err := account.Parse([]byte(b.String()), "."); err == nil {
		t.Error("accepted")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("a: &a [*a]"))
	f.Add([]byte("? {x: 1}\n: [y]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := account.Parse(data, "testdata/none")
		var e *account.Error
		if err != nil && (!errors.As(err, &e) || len(e.Problems) == 0) {
			t.Errorf("%v", err)
		}
		if err == nil && a.ID == "" {
			t.Error("no account")
		}
	})
}

func TestARNs(t *testing.T) {
	a := parse(t, `{account: "123456789012", buckets: [{name: abc, region: cn-north-1}], callers: [{name: root, access_key_id: AKIAR, secret_access_key: x}]}`)
	role := account.Role{Name: "R", Path: "/cms/"}
	if got := a.RoleARN(role); got != "arn:aws-cn:iam::123456789012:role/cms/R" {
		t.Error(got)
	}
	if got := a.CallerARN(a.Callers[0]); got != "arn:aws-cn:iam::123456789012:root" {
		t.Error(got)
	}
	if id := a.RoleID(role); len(id) != 21 || id != a.RoleID(role) || id == a.RoleID(account.Role{Name: "S"}) {
		t.Error(id)
	}
}

func TestWithDefaults(t *testing.T) {
	given := account.Account{ID: "123456789012", Callers: make([]account.Caller, 1), Roles: make([]account.Role, 1), Buckets: make([]account.Bucket, 1)}
	a := given.WithDefaults()
	if a.Callers[0].Account != a.ID || a.Buckets[0].Owner != a.ID || a.Roles[0].Path != "/" || a.Roles[0].MaxSessionDuration != time.Hour {
		t.Errorf("%+v", a)
	}
	if given.Buckets[0].Owner != "" {
		t.Error("the account given was changed")
	}
}
