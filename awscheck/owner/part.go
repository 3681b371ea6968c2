package owner

import (
	"context"
	"slices"
	"sync"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// State of one thing that was asked for.
type State int

// The states of a Part.
const (
	NotAsked State = iota
	Known
	Absent // the service says that there is none
	Denied // the owner's credentials may not read it
	Failed // no answer, or one that says nothing
)

// Part is one thing of the account, as far as it could be read.
type Part[T any] struct {
	State State
	Value T
	// Needs is the IAM action that would have been needed; set for Denied.
	Needs string
	// Evidence is the answer of a Part that is not Known.
	Evidence diagnose.Evidence
}

// Of makes a Known part.
func Of[T any](v T) Part[T] { return Part[T]{State: Known, Value: v} }

// read asks once. operation is the call's name ("iam:GetRole"), needs the IAM
// action that it takes; absent are the error codes that mean "there is none".
func read[T any](ctx context.Context, operation, needs string, absent []string, ask func(context.Context) (T, error)) Part[T] {
	v, err := ask(ctx)
	if err == nil {
		return Of(v)
	}
	ev := connect.EvidenceOf(err, operation)
	p := Part[T]{State: Failed, Evidence: ev}
	switch {
	case slices.Contains(absent, ev.Code):
		p.State = Absent
	case badCredentials(ev):
		// Nothing of what was asked for has been looked at.
	case ev.HTTPStatus == 401 || ev.HTTPStatus == 403 || ev.Code == "AccessDenied" || ev.Code == "AccessDeniedException":
		p.State, p.Needs = Denied, needs
		if d, _ := diagnose.ParseDenial(ev.Message); d.Action != "" {
			p.Needs = d.Action
		}
	}
	return p
}

// badCredentials tells an answer that is about who asked, not about what.
func badCredentials(ev diagnose.Evidence) bool {
	switch ev.Code {
	case "ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId",
		"InvalidToken", "SignatureDoesNotMatch", "RequestExpired", "RequestTimeTooSkewed", "IncompleteSignature",
		"MissingAuthenticationToken", "MissingAuthenticationTokenException":
		return true
	}
	return false
}

// once keeps a part after it was read, for all rows that need it.
type once[T any] struct {
	mu   sync.Mutex
	part Part[T]
}

// get reads the part unless that was done. What a context cut short is read
// again.
func (o *once[T]) get(ctx context.Context, ask func(context.Context) Part[T]) Part[T] {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.part.State == NotAsked {
		p := ask(ctx)
		if ctx.Err() != nil {
			return p
		}
		o.part = p
	}
	return o.part
}

// reads are the parts that more than one row needs.
type reads struct {
	identity     once[Identity]
	role         once[Role]
	permissions  once[Permissions]
	bucketPolicy once[BucketPolicy]
	encryption   once[Encryption]
	distribution once[Distribution]
	settings     settings
}
