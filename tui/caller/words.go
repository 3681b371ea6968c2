package caller

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/screen"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
)

// Name is a caller as a person recognises it: name and account.
func Name(w *text.CallerWords, c world.Caller) string {
	name := c.Name
	if name == "" {
		name = c.ARN
	}
	return text.Fill(w.NameAt, "name", text.Safe(name), "account", text.Safe(world.Grouped(c.Account)))
}

// Source says where a caller's credentials come from; empty where that is not
// known.
func Source(w *text.CallerWords, c world.Caller) string {
	kind := ""
	switch c.Found {
	case "":
		return ""
	case "environment":
		return w.FromEnvironment
	case "container":
		return w.FromContainer
	case "instance":
		return w.FromInstance
	case "web-identity":
		if c.Profile == "" {
			return w.FromToken
		}
		kind = w.KindToken
	case "unknown", "given":
	default:
		kind = KindWord(w, c.Found)
	}
	switch {
	case kind == "" && c.Profile == "":
		return w.FromChain
	case kind == "":
		return text.Fill(w.FromProfileOnly, "profile", text.Safe(c.Profile))
	case c.Profile == "":
		return text.Fill(w.FromDefault, "kind", kind)
	}
	return text.Fill(w.FromProfile, "profile", text.Safe(c.Profile), "kind", kind)
}

// KindWord says how a profile gets its credentials.
func KindWord(w *text.CallerWords, kind string) string {
	switch kind {
	case "profile":
		return w.KindKeys
	case "sso":
		return w.KindSSO
	case "login":
		return w.KindLogin
	case "role":
		return w.KindRole
	case "process":
		return w.KindProcess
	case "web-identity":
		return w.KindToken
	}
	return w.KindUnknown
}

// short is Source in a word or two.
func short(w *text.CallerWords, c world.Caller) string {
	word := ""
	switch c.Found {
	case "profile":
		word = w.ShortKeys
	case "sso":
		word = w.ShortSSO
	case "login":
		word = w.ShortLogin
	case "role":
		word = w.ShortRole
	case "process":
		word = w.ShortProcess
	case "web-identity":
		word = w.ShortWeb
	case "environment":
		word = w.ShortEnvironment
	case "container", "instance":
		word = w.ShortHost
	}
	return strings.TrimSpace(text.Safe(c.Profile) + " " + word)
}

// Header is who the program runs as in one line: as it is said in full, and
// then shorter and shorter, for where there is no room.
func Header(env *screen.Env) []string {
	w, who := &env.Text.UI.Caller, env.Who
	switch {
	case who.Asking:
		return []string{env.Text.UI.Frame.AskingCaller, w.Asking}
	case who.Why != nil:
		return []string{Headline(w, *who.Why)}
	case who.Caller.Account == "":
		return nil
	}
	name := Name(w, who.Caller)
	var out []string
	if s := Source(w, who.Caller); s != "" {
		out = append(out, name+"  "+s)
	}
	if s := short(w, who.Caller); s != "" {
		out = append(out, name+"  "+s)
	}
	return append(out, name, text.Safe(world.Grouped(who.Caller.Account)))
}

// state is what is wrong with the credentials.
type state int

const (
	unknown state = iota // AWS could not be asked, or something else failed
	none                 // there are none
	expired              // they have ended
	refused              // AWS does not take them
)

// OwnerRefused is the reason of a row that was not asked, because AWS does not
// take the owner's credentials.
const OwnerRefused = "result.owner.no-credentials"

// stateOf reads it off the causes of a trouble. What is merely possible
// does not send anybody to sign in.
func stateOf(tr world.Trouble) state {
	if tr.Code == OwnerRefused {
		return expired
	}
	for _, c := range tr.Causes {
		if c.Likelihood != diagnose.Certain && c.Likelihood != diagnose.Likely {
			continue
		}
		switch c.ID {
		case "no-credentials":
			return none
		case "credentials-expired":
			return expired
		case "session-token-invalid", "access-key-unknown", "secret-key-wrong", "profile-not-found", "sso-role-denied",
			"mfa-code-needed", "mfa-code-wrong", "mfa-device-wrong", "profile-role-refused",
			"process-missing", "process-failed", "process-expired", "process-slow":
			return refused
		}
	}
	return unknown
}

// Refused tells whether a trouble comes from the credentials, so that signing
// in or another profile mends it.
func Refused(tr world.Trouble) bool { return stateOf(tr) != unknown }

// Headline says in a few words why it is not known who the program runs as.
func Headline(w *text.CallerWords, tr world.Trouble) string {
	switch stateOf(tr) {
	case none:
		return w.NoneShort
	case expired:
		return w.ExpiredHead
	case refused:
		return w.RefusedHead
	}
	return w.UnknownHead
}
