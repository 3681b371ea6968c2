package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
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
	"bad_environment": {
		{"rename", "mediadock env create {suggestion} --from {source}"}, {"rename", "mediadock env create {create}"},
		{"rename", "mediadock env delete {suggestion} -c {of}"}, {"rename", "mediadock env delete {delete}"},
	},
	"no_such_connection":  {{"connections", "mediadock connection list"}, {"move", "mv {from_dir} {to_dir}"}},
	"confirm_needed":      {{"confirm", "mediadock env delete {environment} -c {connection} --yes"}},
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
	return a.fixesOf(envNext[f.code], f.args)
}

// fixesOf are the steps whose commands have all that they need.
func (a *app) fixesOf(steps []nextStep, args map[string]string) []fixJSON {
	var fixes []fixJSON
	for _, step := range steps {
		if command, whole := filled(step.command, args); whole {
			fixes = append(fixes, fixJSON{Text: a.text.Say("cmd.env.next."+step.words, args), Command: command})
		}
	}
	return fixes
}

// goOnFixes are the commands that go on with what was cut short, or give it up.
func (a *app) goOnFixes(op, name, connection string) []fixJSON {
	args := map[string]string{"name": name, "connection": connection}
	if op == media.OpRemove {
		return a.fixesOf([]nextStep{{"finish", "mediadock env delete {name} -c {connection} --yes"}}, args)
	}
	return a.fixesOf([]nextStep{{"go-on", "mediadock env create {name} --from {connection}"}, {"give-up", "mediadock env delete {name} -c {connection}"}}, args)
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

// wantsPolicy tells whether a failure is mended by a policy that its lines name
// only the file of.
func wantsPolicy(f *failure) bool {
	return slices.ContainsFunc(f.causes, func(c diagnose.Cause) bool {
		return slices.ContainsFunc(c.Fixes, func(fix diagnose.Fix) bool { return strings.Contains(fix.Command, "file://permissions.json") })
	})
}

// betterName has the refusal of a name offer the same command with the nearest
// one: verb is the command's, key the argument that takes its connection.
func betterName(err error, verb, key, connection string) error {
	var f *failure
	if !errors.As(err, &f) || f.code != "bad_environment" || f.args["suggestion"] == "" {
		return err
	}
	if connection == "" {
		f.args[verb] = f.args["suggestion"]
	} else {
		f.args[key] = connection
	}
	return err
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
