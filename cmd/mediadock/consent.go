package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// consentFlag is --yes where it agrees to write beside a live service (D14).
type consentFlag struct{ yes bool }

func (c *consentFlag) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&c.yes, "yes", false, "")
}

// consent states M62 and M63 once a connection where a service also writes
// into the bucket, and needs agreement.
func (a *app) consent(sel selection, yes bool) error {
	if sel.settings.ManagedBy != "service" {
		return nil
	}
	if sel.name != "" {
		if _, ok := a.store.Consented(sel.name); ok {
			return nil
		}
	}
	fmt.Fprintln(a.io.err, a.text.Say("cmd.consent", nil))
	switch {
	case yes:
	case !a.mayAsk() || a.flags.json:
		return refused("confirm_needed", nil)
	default:
		fmt.Fprint(a.io.err, a.text.Say("cmd.consent_ask", nil))
		answer, _ := a.answers().ReadString('\n')
		if a := strings.ToLower(strings.TrimSpace(answer)); a != "y" && a != "yes" {
			return refused("declined", nil)
		}
	}
	if sel.name != "" {
		return a.store.SaveConsent(sel.name, time.Now())
	}
	return nil
}

// confirmCount asks for the number of files, the typed confirmation of what
// cannot be taken back.
func (a *app) confirmCount(question string, args map[string]string, count int, yes bool) error {
	if yes {
		return nil
	}
	if !a.mayAsk() || a.flags.json {
		return refused("confirm_needed", nil)
	}
	fmt.Fprint(a.io.err, a.text.Say(question, args))
	answer, _ := a.answers().ReadString('\n')
	if strings.TrimSpace(answer) != fmt.Sprint(count) {
		return refused("declined", nil)
	}
	return nil
}
