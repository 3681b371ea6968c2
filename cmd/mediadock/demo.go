package main

import (
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/wizard"
)

func (a *app) demoCommand() *cobra.Command {
	var scenario string
	cmd := &cobra.Command{
		Use:  "demo",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.runDemo(cmd, scenario) }),
	}
	addScenarioFlag(cmd.Flags(), &scenario)
	return cmd
}

func (a *app) runDemo(cmd *cobra.Command, scenario string) error {
	if scenario == listScenarios {
		return a.printScenarios()
	}
	if a.flags.json || !a.mayAsk() {
		return a.groupUsage(cmd)
	}
	acct, meta, err := sandboxAccount("", scenario)
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp("", "mediadock-demo-")
	if err != nil {
		return couldNot("demo_home", nil, err)
	}
	defer os.RemoveAll(tmp)
	if a.flags.home == "" {
		a.useHome(tmp)
	}
	box, err := sandbox.Start(cmd.Context(), sandbox.Options{Account: acct, Dir: tmp})
	if err != nil {
		return couldNot("sandbox", nil, err)
	}
	defer box.Close()
	if err := pointAWSAt(box); err != nil {
		return couldNot("sandbox", nil, err)
	}
	a.flags.awsProfile = ""
	var answers wizard.Settings // that fit the scenario
	for key, v := range meta.Settings {
		wizard.Set(&answers, key, v)
	}
	if answers.TrustedPrincipal == "" { // the role trusts the demo's own account: who uses it is answered
		answers = wizard.Defaults(answers)
	}
	return a.openUI(cmd.Context(), uiStart{prefill: answers, badge: "cmd.demo_badge"})
}

// pointAWSAt gives this process the environment that any AWS client would be
// given, and takes away what could lead past the sandbox: from here on the
// program cannot tell the sandbox from AWS.
func pointAWSAt(box *sandbox.Sandbox) error {
	var problems []error
	unset := []string{"http_proxy", "https_proxy", "no_proxy", "ALL_PROXY", "all_proxy"}
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		if strings.HasPrefix(name, "AWS_") || strings.HasPrefix(name, "MEDIADOCK_") {
			unset = append(unset, name)
		}
	}
	for _, name := range unset {
		problems = append(problems, os.Unsetenv(name))
	}
	set := append([][2]string{
		{"AWS_CONFIG_FILE", os.DevNull}, {"AWS_SHARED_CREDENTIALS_FILE", os.DevNull}, {"AWS_EC2_METADATA_DISABLED", "true"},
	}, box.Env()...)
	for _, kv := range set {
		problems = append(problems, os.Setenv(kv[0], kv[1]))
	}
	return errors.Join(problems...)
}
