package sandbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/cloudfront"
	"github.com/mediadock/mediadock/awscheck/sandbox/datadir"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

// keeper keeps the account in a directory: S3 for itself, of the others what
// they have changed. Sessions and caches begin anew.
type keeper struct {
	dir           *datadir.Dir
	live          *state.State
	distributions *cloudfront.Server

	mu   sync.Mutex
	last []byte // what was written last
	err  error  // the first failure
}

const stateFile = "account.json"

// around is what the services around S3 have made of the account.
type around struct {
	state.Snapshot
	Delivery cloudfront.Snapshot `json:"delivery"`
}

func (k *keeper) now() around { return around{k.live.Snapshot(), k.distributions.Snapshot()} }

// keep opens a directory for the account. What is made of it changes; which
// faults strike it, and what its clock says, is the business of each run.
func keep(path string, acct account.Account, now time.Time) (*datadir.Dir, error) {
	acct.Faults, acct.ClockOffset = nil, 0
	data, err := json.Marshal(acct)
	if err != nil {
		return nil, fmt.Errorf("the account: %w", err)
	}
	sum := sha256.Sum256(data)
	return datadir.Open(path, hex.EncodeToString(sum[:]), now)
}

// restore makes everything around S3 what the directory says.
func (k *keeper) restore() error {
	if k == nil {
		return nil
	}
	var was around
	there, err := k.dir.Read(stateFile, &was)
	if err != nil {
		return &s3.DamagedError{File: filepath.Join(k.dir.Path, stateFile), Err: err}
	}
	if there {
		k.live.Restore(was.Snapshot)
		k.distributions.Restore(was.Delivery)
	}
	k.last, err = json.Marshal(k.now())
	return err
}

// save writes down what a service may have changed, before its answer leaves.
func (k *keeper) save() {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	was := k.now()
	data, err := json.Marshal(was)
	if err == nil && bytes.Equal(data, k.last) {
		return
	}
	if err == nil {
		err = k.dir.Write(stateFile, was)
	}
	if err != nil {
		k.err = errors.Join(k.err, err)
		return
	}
	k.last = data
}

// close lets others use the directory, and tells what could not be kept.
func (k *keeper) close() error {
	if k == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return errors.Join(k.err, k.dir.Close())
}
