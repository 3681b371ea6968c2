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
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
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
	// Account is whose account it acts in, asked where something was refused;
	// empty, or nil: not known.
	Account func(context.Context) string
}

func (w Way) account(ctx context.Context) string {
	if w.Account == nil {
		return ""
	}
	return w.Account(ctx)
}

// Job is what is to be invalidated.
type Job struct {
	Distribution string // id
	// Account has the distribution; empty: not known. CloudFront lets nobody
	// of another account in, whatever their policies say.
	Account string
	Paths   []string
	// ID makes a repetition of the job known as such (see Reference).
	ID string
	// Wait is true to return only when all has completed.
	Wait bool
	// Patience is how long to go on while CloudFront takes no more, and how
	// long to wait for completion; 0: Patience. It begins anew with each
	// request.
	Patience time.Duration
	// Pause waits between two tries; nil: with the clock. It returns the
	// context's error when that has ended.
	Pause func(context.Context, time.Duration) error
}

// Patience is how long a Job goes on unless it says otherwise.
const Patience = 20 * time.Minute

// Event tells how far a job is.
type Event struct {
	Type string
	ID   string // of the invalidation
	// Paths is how many were asked for so far, of Total.
	Paths, Total int
	// Again is when CloudFront is asked next, for EventBusy and EventFollowing.
	Again time.Duration
	// Completed is how many invalidations have, of Requests, and Waited how
	// long they were waited for, for EventFollowing and EventCompleted.
	Completed, Requests int
	Waited              time.Duration
	// Created is when CloudFront was asked, for EventEarlier.
	Created time.Time
}

// Types of an Event.
const (
	EventRequested = "requested" // an invalidation is in progress
	EventEarlier   = "earlier"   // the same job has asked for it before: it is no new one
	EventBusy      = "busy"      // CloudFront takes no more now
	EventFollowing = "following" // an invalidation has not completed yet
	EventCompleted = "completed"
)

// Invalidation is one request that CloudFront took.
type Invalidation struct {
	ID, Status string
	Paths      int
	Created    time.Time
	// Earlier is true where CloudFront had it already from the same job:
	// nothing has been invalidated anew.
	Earlier bool
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
	return r.Err == nil && len(r.Open()) == 0
}

// Open are the ids of the invalidations that have not been seen to complete.
func (r Result) Open() []string {
	var ids []string
	for _, i := range r.Invalidations {
		if i.Status != Completed {
			ids = append(ids, i.ID)
		}
	}
	return ids
}

// Run asks for a job's invalidations as the first of ways that may, one
// request after the other, and waits while CloudFront takes no more. emit may
// be nil. What was asked for cannot be taken back.
func Run(ctx context.Context, ways []Way, job Job, emit func(Event)) Result {
	w := newWork(ways, job, emit)
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

func newWork(ways []Way, job Job, emit func(Event)) *work {
	w := &work{ways: ways, job: job, emit: emit}
	if w.emit == nil {
		w.emit = func(Event) {}
	}
	if w.job.Patience == 0 {
		w.job.Patience = Patience
	}
	if w.job.Pause == nil {
		w.job.Pause = connect.Wait
	}
	return w
}

func (w *work) all(ctx context.Context) {
	queue := Batches(w.job.Paths)
	for len(queue) > 0 {
		batch := queue[0]
		err := w.ask(ctx, batch)
		switch {
		case err == nil:
			queue = queue[1:]
		case err.Code == CodeTooLarge && len(batch) > 1:
			half := len(batch) / 2
			queue = slices.Insert(queue[1:], 0, batch[:half], batch[half:])
		default:
			w.result.Err = err
			w.leave(queue)
			return
		}
	}
}

// leave notes what was not asked for.
func (w *work) leave(queue [][]string) {
	left := map[string]bool{}
	for _, p := range slices.Concat(queue...) {
		left[p] = true
	}
	for _, p := range w.job.Paths {
		if left[p] {
			w.result.Left = append(w.result.Left, p)
		}
	}
}

// ask asks for one batch until it is taken, refused to everybody, or patience
// ends.
func (w *work) ask(ctx context.Context, batch []string) *Error {
	var waited time.Duration
	for try := 0; ; try++ {
		i, err := w.create(ctx, batch)
		if err == nil {
			w.result.Invalidations = append(w.result.Invalidations, i)
			w.asked += len(batch)
			e := Event{Type: EventRequested, ID: i.ID, Paths: w.asked, Total: len(w.job.Paths), Created: i.Created}
			if i.Earlier {
				e.Type = EventEarlier
			}
			w.emit(e)
			return nil
		}
		if err.Code != CodeBusy && err.Code != CodeThrottled || waited >= w.job.Patience {
			return err
		}
		d := min(backoff(try), w.job.Patience-waited)
		w.emit(Event{Type: EventBusy, Paths: w.asked, Total: len(w.job.Paths), Again: d})
		if ended := w.job.Pause(ctx, d); ended != nil {
			return failure("cloudfront:CreateInvalidation", ended)
		}
		waited += d
	}
}

// create makes one request as the first way that may. A way that may not is
// not tried again.
func (w *work) create(ctx context.Context, batch []string) (Invalidation, *Error) {
	for len(w.ways) > 0 {
		i, err := w.createAs(ctx, w.ways[0].API, batch)
		if err == nil {
			w.result.By = w.ways[0].Name
			return i, nil
		}
		if !another(err) || w.result.By != "" {
			return i, err
		}
		w.result.Refused = append(w.result.Refused, Refusal{w.ways[0].Name, w.placed(ctx, err)})
		w.ways = w.ways[1:]
	}
	return Invalidation{}, worst(w.result.Refused)
}

// placed tells of a refusal whose account said so: a distribution of another
// one is nobody's there.
func (w *work) placed(ctx context.Context, err *Error) *Error {
	if err.Code == CodeSession {
		return err
	}
	err.Args = map[string]string{"distribution": w.job.Distribution}
	mine := w.ways[0].account(ctx)
	if mine != "" {
		err.Args["mine"] = mine
	}
	if mine != "" && w.job.Account != "" && mine != w.job.Account {
		err.Code, err.Args["account"] = CodeForeign, w.job.Account
	}
	return err
}

// answerTime is the deadline of one request with its retries.
const answerTime = 30 * time.Second

func (w *work) createAs(ctx context.Context, api API, batch []string) (Invalidation, *Error) {
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
		return Invalidation{}, failure("cloudfront:CreateInvalidation", err)
	}
	if out.Invalidation == nil {
		return Invalidation{Paths: len(batch)}, nil
	}
	i := Invalidation{ID: aws.ToString(out.Invalidation.Id), Status: aws.ToString(out.Invalidation.Status), Paths: len(batch), Created: aws.ToTime(out.Invalidation.CreateTime)}
	// By CloudFront's own clock: this computer's may be wrong.
	now, told := awsmiddleware.GetServerTime(out.ResultMetadata)
	i.Earlier = i.Status == Completed || told && !i.Created.IsZero() && i.Created.Before(now.Add(-time.Minute))
	return i, nil
}
