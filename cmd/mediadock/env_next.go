package main

import (
	"strings"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/lazyregexp"
	"github.com/mediadock/mediadock/wizard/store"
)

// nextStep is what to do about a refusal: a text id below "cmd.env.next." and
// the command, both with the failure's arguments.
type nextStep struct{ words, command string }

// envNext are the fixes of errors about environments. Their sentences name the
// commands already; documents have them apart.
var envNext = map[string][]nextStep{
	"bad_environment":     {{"rename", "mediadock env create {suggestion}"}},
	"no_such_environment": {{"list", "mediadock env list -c {connection}"}, {"create", "mediadock env create {name} --from {connection}"}, {"know", "mediadock env create {name} --from {connection} --no-copy"}},
	"env_of_environment":  {{"copy-connection", "mediadock env create {new} --from {connection}"}},
	"env_taken":           {{"use", "mediadock media ls -c {environment}"}, {"delete", "mediadock env delete {name} -c {connection}"}},
	"env_deleting":        {{"finish", "mediadock env delete {name} -c {connection}"}},
	"env_elsewhere":       {{"settings", "mediadock connection edit {connection}"}, {"delete", "mediadock env delete {name} -c {connection}"}},
	"delete_environments": {{"list", "mediadock env list -c {name}"}},
	"delete_env_instead":  {{"delete", "mediadock env delete {name} -c {connection}"}, {"forget", "mediadock connection forget {connection}/{name}"}},

	"media." + media.CodeEnvironmentTaken: {{"know", "mediadock env create {name} --from {connection} --no-copy"}, {"fill", "mediadock env create {name} --from {connection} --into-existing"}},
	"media." + media.CodeEnvironmentBusy:  {{"list", "mediadock env list -c {connection}"}},
}

// nextFixes are the fixes of a failure that is about environments.
func (a *app) nextFixes(f *failure) []fixJSON {
	var fixes []fixJSON
	for _, step := range envNext[f.code] {
		if command, whole := filled(step.command, f.args); whole {
			fixes = append(fixes, fixJSON{Text: a.text.Say("cmd.env.next."+step.words, f.args), Command: command})
		}
	}
	return fixes
}

// filled puts arguments into a command; whole is false where one is missing.
func filled(command string, args map[string]string) (out string, whole bool) {
	for name, value := range args {
		command = strings.ReplaceAll(command, "{"+name+"}", shellQuote(value))
	}
	return command, !strings.ContainsAny(command, "{}")
}

// badEnvironment refuses the name of an environment, and offers the nearest one
// that can be.
func badEnvironment(name string) *failure {
	if name == "" {
		return usage("no_environment", nil)
	}
	f := usage("bad_environment", map[string]string{"name": name})
	if like := nearestEnvironment(name); like != "" {
		f.args["suggestion"], f.words = like, "cmd.bad_environment-like"
	}
	return f
}

var notInEnvironment = lazyregexp.New(`[^a-z0-9]+`)

// nearestEnvironment is a name that an environment can have, made of one that
// it cannot; empty where nothing is left of it.
func nearestEnvironment(name string) string {
	like := strings.Trim(notInEnvironment.ReplaceAllString(strings.ToLower(name), "-"), "-")
	if like = strings.TrimRight(like[:min(32, len(like))], "-"); !store.ValidEnvironment(like) {
		return ""
	}
	return like
}
