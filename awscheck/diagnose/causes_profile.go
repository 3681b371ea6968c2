package diagnose

import (
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// The words of the AWS SDKs, of the AWS CLI and of package connect.
var (
	reTokenWrong  = lazyregexp.New(`(?i)MultiFactorAuthentication failed with invalid MFA one time pass code`)
	reDeviceWrong = lazyregexp.New(`(?i)MultiFactorAuthentication failed,? (?:unable to validate|must provide)`)
	reTokenNeeded = lazyregexp.New(`(?i)needs the code of the MFA device (\S+): |AssumeRoleTokenProvider session option not set|requires multi-factor authentication|requires an MFA token`)
	reProcess     = lazyregexp.New(`(?i)credential_process|process provider error|retrieving credentials from custom-process`)
)

// TokenRefused tells a refusal of an MFA device or its code from any other, and
// whether another code may be taken.
func TokenRefused(ev Evidence) (refused, another bool) {
	another = reTokenWrong.MatchString(ev.Message)
	return another || reDeviceWrong.MatchString(ev.Message), another
}

// profile explains failures on the way from a profile to credentials: they
// are none of the connection's. It tells whether it did.
func (c *diagnosis) profile() bool {
	ev := c.ev
	args := Args{}
	for element, arg := range map[string]string{"Profile": "profile", "Device": "device", "Program": "program", "Role": "resource", "Source": "source"} {
		if v := ev.Elements[element]; v != "" {
			args[arg] = v
		}
	}
	switch {
	case reTokenWrong.MatchString(ev.Message):
		c.certain("mfa-code-wrong", args)
	case reDeviceWrong.MatchString(ev.Message):
		c.certain("mfa-device-wrong", args)
	case ev.HTTPStatus == 0 && reTokenNeeded.MatchString(ev.Message):
		if m := reTokenNeeded.FindStringSubmatch(ev.Message); m[1] != "" && args["device"] == "" {
			args["device"] = m[1]
		}
		c.certain("mfa-code-needed", args)
	case ev.HTTPStatus == 0 && reProcess.MatchString(ev.Message):
		c.process(args)
	case ev.Code == "ForbiddenException" && strings.Contains(ev.Message, "No access"):
		c.certain("sso-role-denied", args) // the portal's words; STS says AccessDenied
	case ev.Elements["Role"] != "" && (ev.Code == "AccessDenied" || ev.Code == "ValidationError"):
		c.certain("profile-role-refused", args)
	default:
		return false
	}
	return true
}

// process says which way a profile's program failed.
func (c *diagnosis) process(args Args) {
	switch c.ev.Elements["Failed"] {
	case "missing":
		c.certain("process-missing", args)
	case "slow":
		c.certain("process-slow", args)
	case "expired":
		c.certain("process-expired", args)
	default:
		c.certain("process-failed", args)
	}
}

// profileFixes mend what stands in a profile, or happens on its way.
var profileFixes = map[string]func(bench) []Fix{
	"mfa-code-needed": func(b bench) []Fix {
		return []Fix{
			b.fix("use-terminal", "", "", nil),
			b.fix("get-session-token", b.sessionToken(), "", nil),
			b.fix("use-sso", "aws configure sso", "", nil),
		}
	},
	"mfa-code-wrong": func(b bench) []Fix { return []Fix{b.fix("wait-for-code", "", "", nil)} },
	"mfa-device-wrong": func(b bench) []Fix {
		return []Fix{b.fix("correct-mfa-serial", b.iam("iam", "list-mfa-devices"), b.link.accessKeys(), nil)}
	},
	"process-missing": func(b bench) []Fix { return []Fix{b.fix("install-program", b.tryProfile(), "", nil)} },
	"process-failed":  func(b bench) []Fix { return []Fix{b.fix("try-program", b.tryProfile(), "", nil)} },
	"process-slow":    func(b bench) []Fix { return []Fix{b.fix("try-program", b.tryProfile(), "", nil)} },
	"process-expired": func(b bench) []Fix { return []Fix{b.fix("renew-by-program", b.tryProfile(), "", nil)} },
	"sso-role-denied": func(b bench) []Fix {
		return []Fix{b.fix("correct-sso-role", shell("aws", "configure", "sso", "--profile", b.args["profile"]), "", nil)}
	},
	"profile-role-refused": func(b bench) []Fix {
		return []Fix{b.fix("correct-profile-role", b.tryProfile(), "", nil)}
	},
}

func (b bench) tryProfile() string {
	return shell("aws", "sts", "get-caller-identity", "--profile", b.args["profile"])
}

func (b bench) sessionToken() string {
	return shell("aws", "sts", "assume-role", "--role-arn", b.args["resource"], "--role-session-name", "mediadock",
		"--serial-number", b.args["device"], "--token-code", "<CODE>", "--profile", b.args["source"])
}

// expired mends a session that has ended, by the way in which it was begun.
func expired(b bench) []Fix {
	profile := []string{}
	if b.f.Profile != "" {
		profile = []string{"--profile", b.f.Profile}
	}
	switch b.f.Found {
	case "environment", "profile":
		return []Fix{b.fix("renew-keys", "", "", nil)}
	case "process":
		return []Fix{b.fix("renew-by-program", b.tryProfile(), "", nil)}
	case "login":
		return []Fix{b.fix("sign-in-again", shell(append([]string{"aws", "login"}, profile...)...), "", nil)}
	}
	return []Fix{
		b.fix("sign-in-again", shell(append([]string{"aws", "sso", "login"}, profile...)...), "", nil),
		b.fix("sign-in-here", shell(append([]string{"mediadock", "signin"}, profile[min(1, len(profile)):]...)...), "", nil),
	}
}
