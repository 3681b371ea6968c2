package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/datadir"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

type sandboxOptions struct {
	account  string
	scenario string
	listen   string
	envFile  string
	data     string
}

func (a *app) sandboxCommand() *cobra.Command {
	var o sandboxOptions
	cmd := &cobra.Command{
		Use:  "sandbox",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.sandbox(cmd, o) }),
	}
	cmd.Flags().StringVar(&o.account, "account", "", "")
	addScenarioFlag(cmd.Flags(), &o.scenario)
	cmd.Flags().StringVar(&o.listen, "listen", "127.0.0.1:0", "")
	cmd.Flags().StringVar(&o.envFile, "env-file", "", "")
	cmd.Flags().StringVar(&o.data, "data", "", "")
	return cmd
}

// sandboxAccount is the account of --account or --scenario; by default the
// scenario "microcms".
func sandboxAccount(file, scenario string) (account.Account, account.Meta, error) {
	switch {
	case file != "" && scenario != "":
		return account.Account{}, account.Meta{}, usage("account_and_scenario", nil)
	case file != "":
		data, err := os.ReadFile(file)
		if err != nil {
			return account.Account{}, account.Meta{}, couldNot("account_file", map[string]string{"file": file}, err)
		}
		acct, err := account.Parse(data, filepath.Dir(file))
		if err != nil {
			return acct, account.Meta{}, &failure{exit: exitUsage, code: "account_file", args: map[string]string{"file": file}, err: err}
		}
		return acct, account.Meta{}, nil
	case scenario == "":
		scenario = "microcms"
	}
	acct, meta, err := account.Scenario(scenario)
	if err != nil {
		return acct, meta, usage("scenario", map[string]string{"scenario": scenario})
	}
	return acct, meta, nil
}

func (a *app) sandbox(cmd *cobra.Command, o sandboxOptions) error {
	if o.scenario == listScenarios && o.account == "" {
		return a.printScenarios()
	}
	acct, meta, err := sandboxAccount(o.account, o.scenario)
	if err != nil {
		return err
	}
	if host, port, err := net.SplitHostPort(o.listen); err != nil || !loopback(host) || !validPort(port) {
		return usage("bad_listen", map[string]string{"address": o.listen})
	}
	if cmd.Flags().Changed("data") && o.data == "" {
		return usage("data_empty", nil)
	}
	box, err := sandbox.Start(cmd.Context(), sandbox.Options{Account: acct, Listen: o.listen, Data: o.data})
	if err != nil {
		return sandboxFailure(o.data, err)
	}
	err = a.runSandbox(cmd.Context(), box, meta, o)
	if closing := box.Close(); err == nil && closing != nil && o.data != "" {
		return couldNot("data_unkept", map[string]string{"dir": o.data}, closing)
	}
	return err
}

// sandboxFailure says why a sandbox does not start. What is somebody else's is
// refused for safety.
func sandboxFailure(dir string, err error) error {
	args := map[string]string{"dir": dir}
	var damaged *s3.DamagedError
	switch {
	case errors.Is(err, datadir.ErrForeign):
		return &failure{exit: exitRefused, code: "data_foreign", args: args, err: err}
	case errors.Is(err, datadir.ErrOther):
		return &failure{exit: exitRefused, code: "data_other", args: args, err: err}
	case errors.Is(err, datadir.ErrNewer):
		return couldNot("data_newer", args, err)
	case errors.Is(err, datadir.ErrBusy):
		return couldNot("data_busy", args, err)
	case errors.As(err, &damaged):
		args["file"] = damaged.File
		return couldNot("data_damaged", args, err)
	}
	return couldNot("sandbox", nil, err)
}

// runSandbox says how the sandbox is reached, and waits.
func (a *app) runSandbox(ctx context.Context, box *sandbox.Sandbox, meta account.Meta, o sandboxOptions) error {
	var env strings.Builder
	for _, kv := range box.Env() {
		fmt.Fprintf(&env, "export %s=%s\n", kv[0], shellQuote(kv[1]))
	}
	if o.envFile != "" {
		if err := writeWhole(o.envFile, []byte(env.String())); err != nil {
			return couldNot("write", map[string]string{"file": o.envFile}, err)
		}
	}
	if err := a.printEnvironment(box, env.String()); err != nil {
		return err
	}
	fmt.Fprintln(a.io.err, a.text.Say("cmd.sandbox_ready", map[string]string{"url": box.Endpoint()}))
	if len(meta.Settings) > 0 {
		fmt.Fprintln(a.io.err, a.text.Say("cmd.sandbox_settings", map[string]string{"flags": settingsAsFlags(meta.Settings)}))
		if file := tablesAsFile(meta.Settings); file != "" {
			fmt.Fprintln(a.io.err, a.text.Say("cmd.sandbox_settings_file", map[string]string{"file": file}))
		}
	}
	if o.data != "" {
		fmt.Fprintln(a.io.err, a.text.Say("cmd.sandbox_kept", map[string]string{"dir": text.Safe(o.data)}))
	}
	<-ctx.Done()
	return nil
}

// printEnvironment prints what an AWS client needs: export lines, or with
// --json one object.
func (a *app) printEnvironment(box *sandbox.Sandbox, exports string) error {
	if !a.flags.json {
		_, err := fmt.Fprint(a.io.out, exports)
		return err
	}
	env := map[string]string{}
	for _, kv := range box.Env() {
		env[kv[0]] = kv[1]
	}
	return writeJSON(a.io.out, map[string]any{"endpoint": box.Endpoint(), "environment": env}, false)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

func validPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n <= 65535
}

// settingsAsFlags writes settings as they are given on a command line.
func settingsAsFlags(settings map[string]string) string {
	return shellLine(flagsOfSettings(settings))
}

// shellLine joins arguments so that a POSIX shell takes them apart again.
func shellLine(args []string) string {
	quoted := make([]string, len(args))
	for i, arg := range args {
		quoted[i] = shellQuote(arg)
	}
	return strings.Join(quoted, " ")
}

// flagsOfSettings are those of a command line; tables have none.
func flagsOfSettings(settings map[string]string) []string {
	var flags []string
	for _, f := range wizard.FlagFields() {
		if v := settings[f.Key]; v != "" && (f.Key != "integration" || v != wizard.DefaultIntegration) {
			flags = append(flags, "--"+f.Flag+"="+v)
		}
	}
	return flags
}

// tablesAsFile are all settings as "setup --from" reads them, where one of them
// is a table, which no flag holds; else empty.
func tablesAsFile(settings map[string]string) string {
	flags, whole := wizard.FlagFields(), map[string]any{}
	tables := false
	for key, v := range settings {
		if slices.ContainsFunc(flags, func(f wizard.Field) bool { return f.Key == key }) {
			whole[key] = v
			continue
		}
		whole[key], tables = json.RawMessage(v), true
	}
	text, err := json.Marshal(whole)
	if !tables || err != nil {
		return ""
	}
	return string(text)
}

// shellQuote makes a value safe to be read by a POSIX shell.
func shellQuote(s string) string {
	if s != "" && strings.IndexFunc(s, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@,+", r)
	}) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
