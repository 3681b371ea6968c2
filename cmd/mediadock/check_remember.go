package main

import (
	"os"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/wizard/store"
)

// rememberVerdict keeps the outcome for home's list; it is state, so failing
// to write it spoils nothing.
func (a *app) rememberVerdict(name string, r awscheck.Report) {
	v := store.Verdict{Verdict: string(r.Verdict), At: r.StartedAt, Media: -1}
	if old, ok := a.store.Verdict(name); ok {
		v.Media, v.MediaAtLeast = old.Media, old.MediaAtLeast
	}
	for _, res := range r.Results {
		if res.Status == awscheck.Fail || res.Status == awscheck.Warn {
			v.Problems++
		}
	}
	if first := report.First(r.Results); first >= 0 && v.Problems > 0 {
		res := r.Results[first]
		v.FirstProblem = res.ID
		if len(res.Causes) > 0 {
			v.Cause, v.CauseArgs = res.Causes[0].ID, res.Causes[0].Args
		}
	}
	_ = a.store.SaveVerdict(name, v)
}

// debugLog opens the log of --debug, 0600 in the state directory.
func (a *app) debugLog() (*os.File, error) {
	a.debugMu.Lock() // the terminal UI makes Sources from several goroutines
	defer a.debugMu.Unlock()
	if f, ok := a.debug.(*os.File); ok {
		return f, nil
	}
	if err := os.MkdirAll(a.dirs.State, 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(a.dirs.State+"/debug.log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		a.debug = f
	}
	return f, err
}
