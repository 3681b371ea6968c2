// Package purge takes copies of media out of a CloudFront distribution: which
// paths to invalidate, in which requests, and as whom (M64 to M67).
//
// It comes after the deletion, never before: an edge that is asked in between
// would fetch the old object again. The documented role may not invalidate
// (D8), so that several identities are tried, and who may not is told what to
// run instead.
//
// It knows nothing of terminals. Errors carry codes and arguments; words come
// from tui/text.
package purge

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	"github.com/mediadock/mediadock/awscheck/connect"
)

// API is what is needed of CloudFront's control plane. *cloudfront.Client has
// it.
type API interface {
	CreateInvalidation(context.Context, *cloudfront.CreateInvalidationInput, ...func(*cloudfront.Options)) (*cloudfront.CreateInvalidationOutput, error)
	GetInvalidation(context.Context, *cloudfront.GetInvalidationInput, ...func(*cloudfront.Options)) (*cloudfront.GetInvalidationOutput, error)
	ListDistributions(context.Context, *cloudfront.ListDistributionsInput, ...func(*cloudfront.Options)) (*cloudfront.ListDistributionsOutput, error)
}

// Way is an identity to act as: "role" or "caller".
type Way struct {
	Name string
	API  API
}

// Job is what is to be invalidated.
type Job struct {
	Distribution string // id
	Paths        []string
	// ID makes a repetition of the job known as such (see Reference).
	ID string
	// Wait is true to return only when all has completed.
	Wait bool
	// Patience is how long to go on while CloudFront takes no more, and how
	// long to wait for completion; 0: 20 minutes. It begins anew with each
	// request.
	Patience time.Duration
	// Pause waits between two tries; nil: with the clock. It returns the
	// context's error when that has ended.
	Pause func(context.Context, time.Duration) error
}

// Event tells how far a job is.
type Event struct {
	Type string
	ID   string // of the invalidation
	// Paths is how many were asked for so far, of Total.
	Paths, Total int
	// Again is when CloudFront is asked next, for EventBusy.
	Again time.Duration
}

// Types of an Event.
const (
	EventRequested = "requested" // an invalidation is in progress
	EventBusy      = "busy"      // CloudFront takes no more now
	EventCompleted = "completed"
)

// Invalidation is one request that CloudFront took.
type Invalidation struct {
	ID, Status string
	Paths      int
}

// InProgress and Completed are the states of an invalidation.
const (
	InProgress = "InProgress"
	Completed  = "Completed"
)

// Result is what became of a job.
type Result struct {
	// By is the name of the way that was allowed; empty: none was.
	By            string
	Invalidations []Invalidation
	// Left are the paths that were not asked for, in the order of the job.
	Left []string
	// Err says why something is left; nil where nothing is.
	Err *Error
	// Unseen says why the end of an invalidation that was asked for is not
	// known although it was waited for.
	Unseen *Error
	// Refused are the ways that were tried in vain.
	Refused []Refusal
}

// Refusal is a way that may not do it.
type Refusal struct {
	Way string
	Err *Error
}

// Completed tells whether all that was asked for has been seen to complete.
func (r Result) Completed() bool {
	for _, i := range r.Invalidations {
		if i.Status != Completed {
			return false
		}
	}
	return r.Err == nil
}

// Run asks for a job's invalidations as the first of ways that may, one
// request after the other, and waits while CloudFront takes no more. emit may
// be nil. What was asked for cannot be taken back.
func Run(ctx context.Context, ways []Way, job Job, emit func(Event)) Result {
	w := &work{ways: ways, job: job, emit: emit}
	if w.emit == nil {
		w.emit = func(Event) {}
	}
	if w.job.Patience == 0 {
		w.job.Patience = 20 * time.Minute
	}
	if w.job.Pause == nil {
		w.job.Pause = connect.Wait
	}
	w.all(ctx)
	if job.Wait {
		w.wait(ctx)
	}
	return w.result
}

type work struct {
	ways   []Way // those that have not been refused
	job    Job
	emit   func(Event)
	asked  int
	result Result
}

func (w *work) all(ctx context.Context) {
	for _, batch := range Batches(w.job.Paths) {
		if w.result.Err == nil {
			w.result.Err = w.ask(ctx, batch)
		}
		if w.result.Err != nil {
			w.result.Left = append(w.result.Left, batch...)
		}
	}
}

// ask asks for one batch until it is taken, refused to everybody, or patience
// ends.
func (w *work) ask(ctx context.Context, batch []string) *Error {
	var waited time.Duration
	for try := 0; ; try++ {
		out, err := w.create(ctx, batch)
		if err == nil {
			i := Invalidation{ID: aws.ToString(out.Id), Status: aws.ToString(out.Status), Paths: len(batch)}
			w.result.Invalidations = append(w.result.Invalidations, i)
			w.asked += len(batch)
			w.emit(Event{Type: EventRequested, ID: i.ID, Paths: w.asked, Total: len(w.job.Paths)})
			return nil
		}
		if err.Code != CodeBusy || waited >= w.job.Patience {
			return err
		}
		d := backoff(try)
		w.emit(Event{Type: EventBusy, Paths: w.asked, Total: len(w.job.Paths), Again: d})
		if ended := w.job.Pause(ctx, d); ended != nil {
			return failure("cloudfront:CreateInvalidation", ended)
		}
		waited += d
	}
}

// create makes one request as the first way that may. A way that may not is
// not tried again.
func (w *work) create(ctx context.Context, batch []string) (*types.Invalidation, *Error) {
	for len(w.ways) > 0 {
		out, err := w.createAs(ctx, w.ways[0].API, batch)
		if err == nil {
			w.result.By = w.ways[0].Name
			return out, nil
		}
		if !another(err) || w.result.By != "" {
			return nil, err
		}
		w.result.Refused = append(w.result.Refused, Refusal{w.ways[0].Name, err})
		w.ways = w.ways[1:]
	}
	return nil, worst(w.result.Refused)
}

// another tells that another identity may fare better.
func another(err *Error) bool {
	return err.Code == CodeDenied || err.Code == CodeNoDistribution || err.Code == CodeSession
}

// worst is the refusal to tell of: that somebody may not says more than that
// somebody else is not known or looks into another account.
func worst(refused []Refusal) *Error {
	for _, code := range []string{CodeDenied, CodeNoDistribution} {
		for i := len(refused) - 1; i >= 0; i-- {
			if refused[i].Err.Code == code {
				return refused[i].Err
			}
		}
	}
	if len(refused) > 0 {
		return refused[len(refused)-1].Err
	}
	return &Error{Code: CodeSession, Action: "cloudfront:CreateInvalidation"}
}

// answerTime is the deadline of one request with its retries.
const answerTime = 30 * time.Second

func (w *work) createAs(ctx context.Context, api API, batch []string) (*types.Invalidation, *Error) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	out, err := api.CreateInvalidation(ctx, &cloudfront.CreateInvalidationInput{
		DistributionId: aws.String(w.job.Distribution),
		InvalidationBatch: &types.InvalidationBatch{
			CallerReference: aws.String(Reference(w.job.Distribution, batch, w.job.ID)),
			Paths:           &types.Paths{Quantity: aws.Int32(int32(len(batch))), Items: batch},
		},
	})
	if err != nil {
		return nil, failure("cloudfront:CreateInvalidation", err)
	}
	if out.Invalidation == nil {
		return &types.Invalidation{}, nil
	}
	return out.Invalidation, nil
}

// wait follows what was asked for to its end.
func (w *work) wait(ctx context.Context) {
	for n := range w.result.Invalidations {
		i := &w.result.Invalidations[n]
		var waited time.Duration
		for try := 0; i.Status != Completed; try++ {
			if waited >= w.job.Patience {
				w.result.Unseen = &Error{Code: CodeBusy, Action: "cloudfront:GetInvalidation"}
				return
			}
			d := backoff(try)
			if ended := w.job.Pause(ctx, d); ended != nil {
				w.result.Unseen = failure("cloudfront:GetInvalidation", ended)
				return
			}
			waited += d
			if err := w.look(ctx, i); err != nil {
				w.result.Unseen = err
				return
			}
		}
		w.emit(Event{Type: EventCompleted, ID: i.ID, Paths: w.asked, Total: len(w.job.Paths)})
	}
}

func (w *work) look(ctx context.Context, i *Invalidation) *Error {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	out, err := w.ways[0].API.GetInvalidation(ctx, &cloudfront.GetInvalidationInput{
		DistributionId: aws.String(w.job.Distribution), Id: aws.String(i.ID),
	})
	if err != nil {
		return failure("cloudfront:GetInvalidation", err)
	}
	if out.Invalidation != nil {
		i.Status = aws.ToString(out.Invalidation.Status)
	}
	return nil
}

// backoff is how long to wait before the next try: CloudFront says nothing of
// it. An invalidation takes from seconds to a few minutes.
func backoff(try int) time.Duration {
	d := min(time.Second<<min(try, 5), 20*time.Second)
	return d + time.Duration(rand.Int64N(int64(d)/4)) //nolint:gosec // jitter
}
