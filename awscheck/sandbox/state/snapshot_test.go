package state_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

// Whatever an account is made of, it is the same after it was written down and
// read again.
func TestSnapshotsAreReadAsTheyWereWritten(t *testing.T) {
	for _, name := range account.ScenarioNames() {
		acct, _, err := account.Scenario(name)
		if err != nil {
			t.Fatal(err)
		}
		live := state.New(acct, nil)
		written, err := json.Marshal(live.Snapshot())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var read state.Snapshot
		if err := json.Unmarshal(written, &read); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		again := state.New(account.Account{}, nil)
		again.Restore(read)
		if got, err := json.Marshal(again.Snapshot()); err != nil || !bytes.Equal(got, written) {
			t.Errorf("%s: %v\n%s\nis read as\n%s", name, err, written, got)
		}
	}
}
