package purge

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
)

// Follow waits until the invalidations of an earlier Run have completed, as
// the way that asked for them. The result has their states; it changes
// nothing at CloudFront, and may be stopped at any time.
func Follow(ctx context.Context, way Way, job Job, asked []Invalidation, emit func(Event)) Result {
	w := newWork([]Way{way}, job, emit)
	w.result.By = way.Name
	w.result.Invalidations = append(w.result.Invalidations, asked...)
	for _, i := range asked {
		w.asked += i.Paths
	}
	w.wait(ctx)
	return w.result
}

// blind is how many looks in a row may fail before it is said that the end is
// not known: a network that is gone for a moment is no end.
const blind = 5

// wait follows what was asked for to its end.
func (w *work) wait(ctx context.Context) {
	var all time.Duration
	for n := range w.result.Invalidations {
		i := &w.result.Invalidations[n]
		var waited time.Duration
		failed := 0
		for try := 0; i.Status != Completed; try++ {
			if waited >= w.job.Patience {
				w.result.Unseen = w.unfinished(all)
				return
			}
			d := min(backoff(try), w.job.Patience-waited)
			w.emit(Event{
				Type: EventFollowing, ID: i.ID, Paths: w.asked, Total: len(w.job.Paths), Again: d,
				Completed: n, Requests: len(w.result.Invalidations), Waited: all,
			})
			if ended := w.job.Pause(ctx, d); ended != nil {
				w.result.Unseen = failure("cloudfront:GetInvalidation", ended)
				return
			}
			waited, all = waited+d, all+d
			err := w.look(ctx, i)
			if err == nil {
				failed = 0
				continue
			}
			if failed++; !passing(err) || failed == blind {
				w.result.Unseen = err
				return
			}
		}
		w.emit(Event{
			Type: EventCompleted, ID: i.ID, Paths: w.asked, Total: len(w.job.Paths),
			Completed: n + 1, Requests: len(w.result.Invalidations), Waited: all,
		})
	}
}

// unfinished tells of what has not completed for all patience: it goes on.
func (w *work) unfinished(waited time.Duration) *Error {
	open := w.result.Open()
	return &Error{Code: CodeUnfinished, Action: "cloudfront:GetInvalidation", Args: map[string]string{
		"ids": strings.Join(open, ", "), "open": strconv.Itoa(len(open)), "requests": strconv.Itoa(len(w.result.Invalidations)),
		"seconds": strconv.Itoa(int(waited.Round(time.Second) / time.Second)),
	}}
}

// passing tells of a failure that the next look may not meet.
func passing(err *Error) bool { return err.Code == CodeThrottled || err.Code == CodeNetwork }

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
