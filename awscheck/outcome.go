package awscheck

import (
	"errors"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// outcome is what a check found; the runner adds id, duration and evidence.
type outcome struct {
	status Status
	// what completes the reason's text id: "result.<check>.<what>".
	what string
	// common is a reason shared by all checks, in place of what.
	common string
	args   diagnose.Args
	notes  []diagnose.Note
	causes []diagnose.Cause
	// explain gives the causes by what is known when it is called; nil: they
	// are known already. weigh makes the status follow from the causes.
	explain func(diagnose.Facts) []diagnose.Cause
	weigh   bool
	// open lets those that need this row run although it did not pass: a
	// row skipped because it does not apply stands in nobody's way.
	open bool
	// shut keeps those that need this row from running although it did not
	// fail: nothing can be told of them either.
	shut bool
}

func pass(what string, args diagnose.Args, notes ...diagnose.Note) outcome {
	return outcome{status: Pass, what: what, args: args, notes: notes}
}

func skip(what string, args diagnose.Args) outcome {
	return outcome{status: Skip, what: what, args: args}
}

// moot is a skip that stands in nobody's way.
func moot(what string, args diagnose.Args) outcome {
	return outcome{status: Skip, what: what, args: args, open: true}
}

func inconclusive(what string, args diagnose.Args, causes ...diagnose.Cause) outcome {
	return outcome{status: Inconclusive, what: what, args: args, causes: causes}
}

// failed is a fail, or a warning where the surest cause only warrants one.
func failed(what string, args diagnose.Args, causes []diagnose.Cause) outcome {
	return outcome{status: weighed(causes), what: what, args: args, causes: causes}
}

// refusal is a fail, or a warning, because of err. What explains it is looked
// for when the row ends, and once more when all have.
func refusal(what string, args diagnose.Args, err error, operation string) outcome {
	ev := connect.EvidenceOf(err, operation)
	return outcome{status: Fail, what: what, args: args, weigh: true,
		explain: func(f diagnose.Facts) []diagnose.Cause { return explain(ev, f) }}
}

func weighed(causes []diagnose.Cause) Status {
	if len(causes) > 0 && causes[0].Likelihood != diagnose.RuledOut && diagnose.WarnsOnly(causes[0].ID) {
		return Warn
	}
	return Fail
}

// explained is o with its causes by what is known.
func (o outcome) explained(f diagnose.Facts) outcome {
	if o.explain == nil {
		return o
	}
	o.causes = o.explain(f)
	if o.weigh {
		o.status = weighed(o.causes)
	}
	return o
}

func (o outcome) lets() bool {
	switch o.status {
	case Pass, Warn, Inconclusive:
		return !o.shut
	}
	return o.open
}

func note(id string, args diagnose.Args) diagnose.Note { return diagnose.Note{ID: id, Args: args} }

func (o outcome) reason(check string) string {
	if o.common != "" {
		return o.common
	}
	return "result." + check + "." + o.what
}

// unledgered is the outcome of a check that put nothing because it could
// not write it down.
func unledgered(err error) (outcome, bool) {
	var l *LedgerError
	if !errors.As(err, &l) {
		return outcome{}, false
	}
	return outcome{status: Inconclusive, common: "result.ledger", args: diagnose.Args{"message": err.Error()}, shut: true}, true
}
