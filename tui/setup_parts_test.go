package tui_test

import (
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// atParts opens the wizard where it asks who will use the role.
func atParts(t *testing.T, w tui.Services, s wizard.Settings, width, height int) *tuitest.Driver {
	t.Helper()
	d := startOn(t, w, tui.Options{Start: tui.StartSetup, Prefill: s}, width, height)
	d.See("New connection")
	d.Press("enter", "enter", "enter")
	d.See("step 3 of 6", "Who will use the role?")
	return d
}

// undecided are answers that do not say who will use the role.
func undecided() wizard.Settings {
	s := prod()
	s.Access, s.ManagedBy = "", ""
	return s
}

func TestNobodyIsHurriedPastWhoUsesTheRole(t *testing.T) {
	d := atParts(t, tuitest.NewWorld(), undecided(), 80, 40)
	d.NotSee("(x)", "Account that the role trusts", "✗")
	d.Press("enter")
	d.See("✗ Choose who will use the role", "step 3 of 6")
	d.Press("down")
	d.See("(x) microCMS alone, from its own AWS account", "so it cannot be tested live from", "Account that the role trusts")
	d.NotSee("✗")
	d.Press("enter", "enter", "enter", "enter") // past the account, to the end of the step
	d.See("step 3 of 6", "✗ Enter the account that the role trusts", "told you individually")
	d.Type("2109-8765-4321")
	d.Press("ctrl+y")
	d.See("> 210987654321")
	d.Press("shift+tab", "down", "down")
	d.See("(x) mediadock alone")
	d.NotSee("Account that the role trusts")
	d.Press("up")
	d.See("(x) microCMS, and mediadock too", "210987654321") // what was typed is still there
	d.Press("esc", "enter", "enter")
	d.See("(x) microCMS, and mediadock too", "210987654321")
}

func TestSettingsFromElsewhereAreShownAsTheyAre(t *testing.T) {
	w := tuitest.NewWorld()
	s := prod()
	s.TrustedPrincipal = "210987654321"
	d := atParts(t, w, s, 80, 40)
	d.See("(x) As it is set now", "access is role, trusted_principal is 210987654321, managed_by is")
	d.Press("up")
	d.See("(x) mediadock alone")
	d.Press("down")
	d.See("(x) As it is set now", "210987654321")
	d.Press("enter", "enter", "enter", "enter")
	d.See("step 4 of 6")
	d.Press("esc", "esc", "esc", "esc")
	d.Settle()
	for _, k := range w.Kept {
		if k.Settings.Access != "role" || k.Settings.TrustedPrincipal != "210987654321" || k.Settings.ManagedBy != "mediadock" {
			t.Errorf("the draft became %+v", k.Settings)
		}
	}
	if len(w.Kept) == 0 {
		t.Error("no draft was kept")
	}
}

// Who uses the role may change while media exist.
func TestWhoUsesTheRoleIsFreeUnderTheLock(t *testing.T) {
	w := busy()
	w.Locks["prod"] = world.Lock{Media: 12}
	d := start(t, w, tui.Options{}, 80, 40)
	d.See("prod")
	d.Press("down", "e")
	d.See("locked: in use by 12 media files")
	d.Press("enter", "enter")
	d.See("(x) mediadock alone")
	d.Press("up", "enter")
	d.Type("210987654321")
	d.See("microCMS, and mediadock too", "> 210987654321")
}

// The trust policy carries both accounts where both assume the role.
func TestTheTrustPolicyNamesBothAccounts(t *testing.T) {
	w := trusting{busy(), nil}
	s := prod()
	s.TrustedPrincipal, s.ManagedBy = "210987654321", "service"
	w.Conns[1].Settings = s
	d := startOn(t, w, tui.Options{}, 110, 40)
	d.See("prod")
	d.Press("down", "p", "tab")
	d.See("It trusts your account, 9999-8888-7777, as well", "210987654321:root and 999988887777:root")
	for _, k := range []string{"esc", "e", "enter", "enter", "enter"} {
		d.Press(k)
		d.Settle()
	}
	d.See("(x) microCMS, and mediadock too", "9999-8888-7777, as well")
	d.Press("up")
	d.See("(x) microCMS alone")
	d.NotSee("9999-8888-7777, as well")
}
