package connect

import (
	"os"
	"strings"
)

// Profile is an AWS profile of this computer as far as its files tell. The
// AWS SDK decides for real when the profile is used.
type Profile struct {
	Name string
	// Kind is how it gets credentials, in the words of Found: FoundProfile
	// (keys), FoundSSO, FoundRole, FoundProcess, FoundWebIdentity, FoundLogin
	// or FoundUnknown.
	Kind string
	// Account and Role are what the file says of them; often empty.
	Account, Role string
	Region        string
	// MFA is the serial number or the ARN of the device whose code will be
	// asked for, by this profile or one that it builds on.
	MFA string
	// SSO is the sign-in that it needs, itself or by a profile that it builds
	// on; nil where it needs none.
	SSO *SSOSignIn
	// Broken says why it cannot work; nil where nothing is known to be wrong.
	Broken *BrokenProfile
}

// SSOSignIn is where a person signs in to IAM Identity Center.
type SSOSignIn struct {
	Session  string // of [sso-session x]; empty: the profile's own settings
	StartURL string
	Region   string
	Scopes   []string
}

// BrokenProfile is what is wrong with a profile's lines.
type BrokenProfile struct {
	// Code is one of "source-missing" (args source), "source-empty" (source),
	// "cycle" (source), "role-missing", "role-without-source", "keys-half",
	// "session-missing" (session), "sso-incomplete" (keys).
	Code string
	Args map[string]string
}

// Profiles lists the AWS profiles of this computer in the order of AWS's
// files: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, or ~/.aws. It reads
// nothing else, and keeps no secret.
func Profiles() []Profile {
	f := readAWSFiles()
	all := make([]Profile, 0, len(f.names))
	for _, name := range f.names {
		all = append(all, f.profile(name))
	}
	return all
}

// DefaultProfile is the profile that the SDK reads where none is named.
func DefaultProfile() string {
	return first(os.Getenv("AWS_PROFILE"), os.Getenv("AWS_DEFAULT_PROFILE"), "default")
}

// FindProfile is a profile by its name; empty is DefaultProfile.
func FindProfile(name string) (Profile, bool) {
	f := readAWSFiles()
	name = first(name, DefaultProfile())
	if _, ok := f.profiles[name]; !ok {
		return Profile{Name: name}, false
	}
	return f.profile(name), true
}

func (f *awsFiles) profile(name string) Profile {
	keys := f.profiles[name]
	p := Profile{Name: name, Kind: kindOf(keys), Region: keys["region"]}
	p.Account, p.Role = keys["sso_account_id"], keys["sso_role_name"]
	if p.Kind == FoundRole || p.Kind == FoundWebIdentity {
		p.Account, p.Role = Place{RoleARN: keys["role_arn"]}.roleAccount(), lastOf(keys["role_arn"])
	}
	p.Broken = f.follow(name, func(keys map[string]string) {
		if p.MFA == "" && keys["role_arn"] != "" {
			p.MFA = keys["mfa_serial"]
		}
		if usesSSO(keys) {
			p.SSO = f.signIn(keys)
		}
	})
	return p
}

func lastOf(arn string) string { return arn[strings.LastIndexByte(arn, '/')+1:] }

// kindOf follows the SDK's order: what a profile says of a role comes first.
func kindOf(keys map[string]string) string {
	switch {
	case keys["source_profile"] != "":
		return FoundRole
	case keys["aws_access_key_id"] != "" && keys["aws_secret_access_key"] != "":
		if keys["role_arn"] != "" {
			return FoundRole
		}
		return FoundProfile
	case keys["credential_source"] != "":
		return FoundRole
	case keys["web_identity_token_file"] != "":
		return FoundWebIdentity
	case keys["role_arn"] != "":
		return FoundRole
	case hasSSO(keys):
		return FoundSSO
	case keys["login_session"] != "":
		return FoundLogin
	case keys["credential_process"] != "":
		return FoundProcess
	case keys["aws_access_key_id"] != "" || keys["aws_secret_access_key"] != "":
		return FoundProfile // half of them
	}
	return FoundUnknown
}

func hasSSO(keys map[string]string) bool {
	return keys["sso_session"] != "" || keys["sso_start_url"] != "" || keys["sso_region"] != "" ||
		keys["sso_account_id"] != "" || keys["sso_role_name"] != ""
}

// usesSSO tells whether a profile's own credentials come by a sign-in, also
// where it assumes a role with them.
func usesSSO(keys map[string]string) bool {
	return hasSSO(keys) && keys["source_profile"] == "" && keys["credential_source"] == "" && keys["web_identity_token_file"] == "" && !hasKeys(keys)
}

func (f *awsFiles) signIn(keys map[string]string) *SSOSignIn {
	s := &SSOSignIn{StartURL: keys["sso_start_url"], Region: keys["sso_region"]}
	if s.Session = keys["sso_session"]; s.Session != "" {
		session := f.sessions[s.Session]
		s.StartURL, s.Region = session["sso_start_url"], session["sso_region"]
		for _, scope := range strings.Split(session["sso_registration_scopes"], ",") {
			if scope = strings.TrimSpace(scope); scope != "" {
				s.Scopes = append(s.Scopes, scope)
			}
		}
	}
	return s
}

// follow visits a profile and those it builds on, and says what is wrong on
// the way.
func (f *awsFiles) follow(name string, visit func(keys map[string]string)) *BrokenProfile {
	seen := map[string]bool{}
	for {
		keys, ok := f.profiles[name]
		switch {
		case !ok:
			return broken("source-missing", "source", name)
		case seen[name]:
			return broken("cycle", "source", name)
		}
		if len(seen) > 0 && kindOf(keys) == FoundUnknown {
			return broken("source-empty", "source", name)
		}
		seen[name] = true
		visit(keys)
		if b := f.judge(keys); b != nil {
			return b
		}
		source := keys["source_profile"]
		if source == "" || len(seen) > 1 && hasKeys(keys) || source == name && hasKeys(keys) {
			return nil // keys in a source are used before what it builds on itself
		}
		name = source
	}
}

func hasKeys(keys map[string]string) bool {
	return keys["aws_access_key_id"] != "" && keys["aws_secret_access_key"] != ""
}

// judge looks at the lines of one profile.
func (f *awsFiles) judge(keys map[string]string) *BrokenProfile {
	way := first(keys["source_profile"], keys["credential_source"], keys["web_identity_token_file"])
	switch kind := kindOf(keys); {
	case way != "" && keys["role_arn"] == "":
		return broken("role-missing")
	case kind == FoundRole && way == "" && !hasKeys(keys) && !hasSSO(keys) && keys["credential_process"] == "" && keys["login_session"] == "":
		return broken("role-without-source")
	case kind == FoundProfile && !hasKeys(keys):
		return broken("keys-half")
	case usesSSO(keys):
		return f.judgeSSO(keys)
	}
	return nil
}

func (f *awsFiles) judgeSSO(keys map[string]string) *BrokenProfile {
	session := keys["sso_session"]
	if _, ok := f.sessions[session]; session != "" && !ok {
		return broken("session-missing", "session", session)
	}
	s := f.signIn(keys)
	var missing []string
	for _, k := range [][2]string{{"sso_start_url", s.StartURL}, {"sso_region", s.Region}, {"sso_account_id", keys["sso_account_id"]}, {"sso_role_name", keys["sso_role_name"]}} {
		if k[1] == "" {
			missing = append(missing, k[0])
		}
	}
	if len(missing) > 0 {
		return broken("sso-incomplete", "keys", strings.Join(missing, ", "))
	}
	return nil
}

func broken(code string, args ...string) *BrokenProfile {
	b := &BrokenProfile{Code: code, Args: map[string]string{}}
	for i := 0; i+1 < len(args); i += 2 {
		b.Args[args[i]] = args[i+1]
	}
	return b
}
