package connect

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
)

const manyProfiles = "\ufeff" + `# a comment
orphan = 1
[default]
region = eu-west-1
[profile keys]   ; its keys are in the other file
REGION = ap-northeast-1   # Tokyo
[ profile   sso ]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Admin
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://corp.awsapps.com/start
sso_registration_scopes = sso:account:access, codewhisperer:completions
[profile legacy]
sso_start_url = https://old.awsapps.com/start
sso_region = eu-central-1
sso_account_id = 210987654321
sso_role_name = Reader
[profile mfa]
role_arn = arn:aws:iam::123456789012:role/path/Media
source_profile = keys
mfa_serial = arn:aws:iam::123456789012:mfa/taro
external_id = never-kept
s3 =
  region = of-a-nested-key
  max_concurrent_requests = 20
[profile over-sso]
role_arn = arn:aws:iam::123456789012:role/Media
source_profile = sso
[profile over-mfa]
role_arn = arn:aws:iam::123456789012:role/Second
source_profile = mfa
[profile self]
role_arn = arn:aws:iam::123456789012:role/Self
source_profile = self
[profile process]
credential_process = /opt/tool --password hunter2
[profile web]
role_arn = arn:aws:iam::123456789012:role/Web
web_identity_token_file = /tmp/token
[profile login]
login_session = arn:aws:iam::123456789012:user/taro
[profile instance]
role_arn = arn:aws:iam::123456789012:role/Ec2
credential_source = Ec2InstanceMetadata
[profile "quoted"]
region = us-west-2
[profile no-source]
role_arn = arn:aws:iam::123456789012:role/R
source_profile = nobody
[profile empty-source]
role_arn = arn:aws:iam::123456789012:role/R
source_profile = default
[profile round]
role_arn = arn:aws:iam::123456789012:role/R
source_profile = about
[profile about]
role_arn = arn:aws:iam::123456789012:role/R
source_profile = round
[profile no-role]
source_profile = keys
[profile alone]
role_arn = arn:aws:iam::123456789012:role/R
[profile no-session]
sso_session = gone
sso_account_id = 123456789012
sso_role_name = Admin
[profile half-sso]
sso_start_url = https://old.awsapps.com/start
sso_account_id = 210987654321
[no-prefix]
region = us-east-1
[services local]
s3 =
  endpoint_url = http://127.0.0.1:1
[broken
= nothing
just words
`

const manyCredentials = `[keys]
aws_access_key_id = AKIAKEYS
aws_secret_access_key = topsecret
region = ap-northeast-3
[only-here]
aws_access_key_id=AKIAONLY
aws_secret_access_key=topsecret
aws_session_token=topsecret
[self]
aws_access_key_id = AKIASELF
aws_secret_access_key = topsecret
[half]
aws_access_key_id = AKIAHALF
[profile not-here]
aws_access_key_id = AKIANOT
aws_secret_access_key = topsecret
`

func TestProfiles(t *testing.T) {
	home := bare(t, nil)
	write(t, filepath.Join(home, "config"), manyProfiles)
	write(t, filepath.Join(home, "credentials"), strings.ReplaceAll(manyCredentials, "\n", "\r\n"))

	want := []string{
		"default unknown - - eu-west-1",
		"keys profile - - ap-northeast-3",
		"sso sso 123456789012 Admin - signin=corp|https://corp.awsapps.com/start|us-east-1|[sso:account:access codewhisperer:completions]",
		"legacy sso 210987654321 Reader - signin=|https://old.awsapps.com/start|eu-central-1|[]",
		"mfa role 123456789012 Media - mfa=arn:aws:iam::123456789012:mfa/taro",
		"over-sso role 123456789012 Media - signin=corp|https://corp.awsapps.com/start|us-east-1|[sso:account:access codewhisperer:completions]",
		"over-mfa role 123456789012 Second - mfa=arn:aws:iam::123456789012:mfa/taro",
		"self role 123456789012 Self -",
		"process process - - -",
		"web web-identity 123456789012 Web -",
		"login login - - -",
		"instance role 123456789012 Ec2 -",
		`"quoted" unknown - - us-west-2`,
		"no-source role 123456789012 R - broken=source-missing map[source:nobody]",
		"empty-source role 123456789012 R - broken=source-empty map[source:default]",
		"round role 123456789012 R - broken=cycle map[source:round]",
		"about role 123456789012 R - broken=cycle map[source:about]",
		"no-role role - - - broken=role-missing map[]",
		"alone role 123456789012 R - broken=role-without-source map[]",
		"no-session sso 123456789012 Admin - signin=gone|||[] broken=session-missing map[session:gone]",
		"half-sso sso 210987654321 - - signin=|https://old.awsapps.com/start||[] broken=sso-incomplete map[keys:sso_region, sso_role_name]",
		"only-here profile - - -",
		"half profile - - - broken=keys-half map[]",
	}
	got := Profiles()
	for i, p := range got {
		line := told(p)
		if i >= len(want) || line != want[i] {
			t.Errorf("profile %d: %s", i, line)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d profiles, want %d", len(got), len(want))
	}
}

func told(p Profile) string {
	line := strings.Join([]string{p.Name, p.Kind, first(p.Account, "-"), first(p.Role, "-"), first(p.Region, "-")}, " ")
	if p.Account != "" && p.Kind != FoundSSO || p.Kind == FoundSSO && p.Role != "" {
		line = strings.Join([]string{p.Name, p.Kind, p.Account, p.Role, first(p.Region, "-")}, " ")
	}
	if p.MFA != "" {
		line += " mfa=" + p.MFA
	}
	if s := p.SSO; s != nil {
		line += fmt.Sprintf(" signin=%s|%s|%s|%v", s.Session, s.StartURL, s.Region, s.Scopes)
	}
	if b := p.Broken; b != nil {
		line += fmt.Sprintf(" broken=%s %v", b.Code, b.Args)
	}
	return line
}

// What is called broken is refused by the SDK, too, and nothing else is: the
// SDK decides for real.
func TestTheSDKAgreesAboutProfiles(t *testing.T) {
	home := bare(t, nil)
	write(t, filepath.Join(home, "config"), manyProfiles)
	write(t, filepath.Join(home, "credentials"), manyCredentials)
	// The SDK takes this one, and looks for a computer of EC2's.
	lenient := []string{"alone"}
	for _, p := range Profiles() {
		cfg, err := config.LoadDefaultConfig(context.Background(), config.WithSharedConfigProfile(p.Name),
			config.WithAssumeRoleCredentialOptions(func(o *stscreds.AssumeRoleOptions) {
				o.TokenProvider = func() (string, error) { return "", nil }
			}))
		if want := p.Broken != nil && !slices.Contains(lenient, p.Name); (err != nil) != want {
			t.Errorf("%s is broken: %+v, but the SDK says %v", p.Name, p.Broken, err)
		}
		if err != nil || p.Kind == FoundUnknown || slices.Contains(lenient, p.Name) {
			continue
		}
		if found := foundIn(cfg, p.Name); found.Kind != p.Kind {
			t.Errorf("%s is said to be %s, the SDK finds %s", p.Name, p.Kind, found.Kind)
		}
		for _, source := range cfg.ConfigSources {
			if c, ok := source.(config.SharedConfig); ok && c.Region != p.Region {
				t.Errorf("%s is in %q, to the SDK in %q", p.Name, p.Region, c.Region)
			}
		}
	}
}

func TestProfilesWithoutFiles(t *testing.T) {
	bare(t, nil)
	if got := Profiles(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if p, ok := FindProfile(""); ok || p.Name != "default" {
		t.Errorf("%+v %v", p, ok)
	}
	t.Setenv("AWS_DEFAULT_PROFILE", "second")
	if got := DefaultProfile(); got != "second" {
		t.Error(got)
	}
	t.Setenv("AWS_PROFILE", "first")
	if got := DefaultProfile(); got != "first" {
		t.Error(got)
	}
}

// Secrets do not stay in memory, and nothing makes the reader panic.
func FuzzReadAWSFile(f *testing.F) {
	f.Add(manyProfiles)
	f.Add(manyCredentials)
	f.Add("[profile a]\nrole_arn=\n  x = y\n\t= z\nsource_profile: a")
	f.Add("[]\n[ ]\n[profile]\n[profile ]\n=\n:\n" + strings.Repeat("x", longestLine+1) + "=y\nregion=z")
	f.Fuzz(func(t *testing.T, content string) {
		all := readAWSFile(strings.NewReader(content))
		files := awsFiles{profiles: map[string]map[string]string{}, sessions: map[string]map[string]string{}}
		files.addConfig(all)
		files.addCredentials(all)
		for _, s := range all {
			for key, value := range s.keys {
				if !kept[key] && !present[key] || present[key] && value != isSet {
					t.Errorf("%s: %q is kept", key, value)
				}
			}
		}
		if len(files.names) != len(files.profiles) || !slices.Equal(slices.Sorted(maps.Keys(files.profiles)), slices.Sorted(slices.Values(files.names))) {
			t.Errorf("%d names of %d profiles", len(files.names), len(files.profiles))
		}
		for _, name := range files.names {
			if p := files.profile(name); p.Kind == "" || p.Name == "" {
				t.Errorf("%+v", p)
			}
		}
	})
}
