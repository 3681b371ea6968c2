package wizard_test

import (
	"testing"

	"github.com/mediadock/mediadock/wizard"
)

// A flag's setting is found by the flag's name alone, and only where the
// setting has a flag.
func TestFieldOfFlag(t *testing.T) {
	for _, want := range wizard.FlagFields() {
		if got, ok := wizard.FieldOfFlag(want.Flag); !ok || got.Key != want.Key || got.Env != want.Env {
			t.Errorf("--%s is %q", want.Flag, got.Key)
		}
	}
	for _, name := range []string{"", "nothing", "role_arn", "paths", "app-roles"} {
		if got, ok := wizard.FieldOfFlag(name); ok {
			t.Errorf("--%s is %q", name, got.Key)
		}
	}
}
