package check

import (
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/screen"
)

// Between two tries of AWS the time that is left goes on running out.
func TestWhatIsLeftOfTheWaitIsCountedDown(t *testing.T) {
	now := time.Unix(1000, 0)
	c := &Check{env: &screen.Env{Now: func() time.Time { return now }}}
	r := awscheck.Result{ID: "role.assume", Status: awscheck.Running, Reason: "result.role.assume.waiting", Args: diagnose.Args{"seconds": "60"}}
	c.event(awscheck.Event{Result: r})
	for after, want := range map[time.Duration]string{0: "60", 7500 * time.Millisecond: "53", time.Hour: "0"} {
		now = time.Unix(1000, 0).Add(after)
		if got := c.counted(r).Args["seconds"]; got != want {
			t.Errorf("after %s %s s are left, want %s", after, got, want)
		}
	}
	if r.Args["seconds"] != "60" {
		t.Error("what was heard is changed")
	}
}
