package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// keyCommand looks after access keys in the operating system's keyring (D12).
func (a *app) keyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:  "key",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.groupUsage(cmd) }),
	}
	for _, one := range []struct {
		use string
		run func(ctx context.Context, name string) error
	}{{"add NAME", a.keyAdd}, {"show NAME", a.keyShow}, {"rm NAME", a.keyRemove}} {
		cmd.AddCommand(&cobra.Command{Use: one.use, Args: cobra.ExactArgs(1), RunE: a.do(func(cmd *cobra.Command, args []string) error {
			if !keyName.MatchString(args[0]) {
				return usage("bad_key_name", map[string]string{"name": args[0]})
			}
			return one.run(cmd.Context(), args[0])
		})})
	}
	return cmd
}

var (
	keyName     = lazyregexp.New(`^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$`)
	accessKeyID = lazyregexp.New(`^AKIA[A-Z0-9]{12,124}$`)
	secretKey   = lazyregexp.New(`^[A-Za-z0-9/+=]{16,128}$`)
)

// keyAdd asks for both parts of a key, the secret without showing it; from a
// pipe they are two lines.
func (a *app) keyAdd(ctx context.Context, name string) error {
	id, secret, err := a.readKey()
	if err != nil {
		return err
	}
	switch {
	case strings.HasPrefix(id, "ASIA"):
		return usage("key_of_session", nil)
	case !accessKeyID.MatchString(id), !secretKey.MatchString(secret):
		return usage("bad_key", nil) // never what was typed
	}
	if err := connect.KeepKey(ctx, name, connect.Key{AccessKeyID: id, SecretAccessKey: secret}); err != nil {
		return a.keyFailure(name, err)
	}
	return a.sayKey("key_kept", name, id)
}

func (a *app) readKey() (id, secret string, err error) {
	if !a.io.inTTY {
		in := bufio.NewScanner(a.io.in)
		var lines []string
		for in.Scan() && len(lines) < 2 {
			if l := strings.TrimSpace(in.Text()); l != "" {
				lines = append(lines, l)
			}
		}
		if len(lines) < 2 {
			return "", "", usage("bad_key", nil)
		}
		return lines[0], lines[1], nil
	}
	if !a.mayAsk() || a.flags.json {
		return "", "", usage("bad_key", nil)
	}
	fmt.Fprint(a.io.err, a.text.Say("cmd.key_ask_id", nil))
	line, _ := a.answers().ReadString('\n')
	fmt.Fprint(a.io.err, a.text.Say("cmd.key_ask_secret", nil))
	typed, err := term.ReadPassword(a.io.terminal.Fd())
	fmt.Fprintln(a.io.err)
	if err != nil {
		return "", "", couldNot("key_unread", nil, err)
	}
	return strings.TrimSpace(line), strings.TrimSpace(string(typed)), nil
}

// keyShow tells whether there is a key of that name, and its public part.
func (a *app) keyShow(ctx context.Context, name string) error {
	k, err := connect.KeptKey(ctx, name)
	if err != nil {
		return a.keyFailure(name, err)
	}
	return a.sayKey("key_is", name, k.AccessKeyID)
}

func (a *app) keyRemove(ctx context.Context, name string) error {
	if err := connect.ForgetKey(ctx, name); err != nil {
		return a.keyFailure(name, err)
	}
	return a.sayKey("key_removed", name, "")
}

func (a *app) sayKey(id, name, accessKeyID string) error {
	if a.flags.json {
		doc := map[string]string{"name": name, "access_key_profile": connect.KeyringPrefix + name}
		if accessKeyID != "" {
			doc["access_key_id"] = accessKeyID
		}
		return writeJSON(a.io.out, doc, false)
	}
	a.show(a.text.Say("cmd."+id, map[string]string{"name": name, "id": accessKeyID, "profile": connect.KeyringPrefix + name}))
	return nil
}

// keyFailure says why a key of the keyring cannot be used.
func (a *app) keyFailure(name string, err error) *failure {
	code, why := "no_keyring", err.Error()
	switch {
	case errors.Is(err, connect.ErrNoSuchKey):
		code = "no_such_key"
	case errors.Is(err, connect.ErrKeyringLocked):
		code = "keyring_locked"
	case errors.Is(err, connect.ErrKeyringSilent):
		code = "keyring_silent"
	}
	// The words say the rest.
	if _, after, ok := strings.Cut(why, connect.ErrNoKeyring.Error()+": "); ok {
		why = after
	}
	f := couldNot(code, map[string]string{"name": name}, err)
	f.args["detail"] = strings.TrimPrefix(why, "it is locked: ")
	return f
}
