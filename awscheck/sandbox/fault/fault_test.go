package fault_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/fault"
)

// strikes sends requests and says for each which code came, "drop", or "".
func strikes(t *testing.T, i *fault.Injector, requests ...[2]string) []string {
	t.Helper()
	var got []string
	for _, r := range requests {
		out, err := i.Strike(t.Context(), r[0], r[1])
		switch {
		case err != nil:
			t.Fatal(err)
		case out.Drop:
			got = append(got, "drop")
		case out.Error != nil:
			got = append(got, out.Error.Code)
		default:
			got = append(got, "")
		}
	}
	return got
}

func wantAll(t *testing.T, got, want []string) {
	t.Helper()
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

var (
	put  = [2]string{"s3", "PutObject"}
	get  = [2]string{"s3", "GetObject"}
	role = [2]string{"sts", "AssumeRole"}
)

func TestMatching(t *testing.T) {
	i := fault.New([]account.Fault{
		{Service: "s3", Operation: "PutObject", Code: "SlowDown", Times: 2},
		{Service: "*", Operation: "AssumeRole", Drop: true, Times: 1},
		{Service: "s3", Operation: "*", Status: 500, Times: 1},
	})
	wantAll(t, strikes(t, i, get, get, put, role, put, role, put, put), []string{"InternalError", "", "SlowDown", "drop", "SlowDown", "", "", ""})
}

func TestWithoutTimesItLasts(t *testing.T) {
	i := fault.New([]account.Fault{{Service: "*", Operation: "*", Status: 403, Code: "AccessDenied"}})
	wantAll(t, strikes(t, i, put, role, get), []string{"AccessDenied", "AccessDenied", "AccessDenied"})
}

// TestFirstAnswerEnds: a fault behind one that answers is not used up.
func TestFirstAnswerEnds(t *testing.T) {
	i := fault.New([]account.Fault{
		{Service: "s3", Operation: "PutObject", Code: "SlowDown", Times: 1},
		{Service: "s3", Operation: "PutObject", Code: "InternalError", Times: 1},
	})
	wantAll(t, strikes(t, i, put, put, put), []string{"SlowDown", "InternalError", ""})
}

func TestAnswers(t *testing.T) {
	for name, tc := range map[string]struct {
		fault   account.Fault
		service string
		status  int
		code    string
		message string
	}{
		"both given":       {account.Fault{Status: 503, Code: "SlowDown"}, "s3", 503, "SlowDown", "Please reduce your request rate."},
		"code alone":       {account.Fault{Code: "NoSuchKey"}, "s3", 404, "NoSuchKey", "The specified key does not exist."},
		"503 at S3":        {account.Fault{Status: 503}, "s3", 503, "SlowDown", "Please reduce your request rate."},
		"503 at STS":       {account.Fault{Status: 503}, "sts", 503, "ServiceUnavailable", "Service is unable to handle request."},
		"500 at S3":        {account.Fault{Status: 500}, "s3", 500, "InternalError", "We encountered an internal error. Please try again."},
		"500 at STS":       {account.Fault{Status: 500}, "sts", 500, "InternalFailure", "The request processing has failed because of an unknown error, exception or failure."},
		"403":              {account.Fault{Status: 403}, "sts", 403, "AccessDenied", "Access Denied"},
		"404 at S3":        {account.Fault{Status: 404}, "s3", 404, "NoSuchKey", "The specified key does not exist."},
		"404 at IAM":       {account.Fault{Status: 404}, "iam", 404, "NoSuchEntity", "The role cannot be found."},
		"429":              {account.Fault{Status: 429}, "s3", 429, "TooManyRequests", "Please reduce your request rate."},
		"unheard-of":       {account.Fault{Status: 418, Code: "Teapot"}, "s3", 418, "Teapot", "I'm a teapot"},
		"unheard-of code":  {account.Fault{Code: "Odd"}, "s3", 500, "Odd", "Internal Server Error"},
		"400 without code": {account.Fault{Status: 400}, "s3", 400, "InvalidRequest", "Bad Request"},
		"504 without code": {account.Fault{Status: 504}, "s3", 504, "InternalError", "We encountered an internal error. Please try again."},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := fault.New([]account.Fault{tc.fault}).Strike(t.Context(), tc.service, "Any")
			if err != nil || out.Error == nil {
				t.Fatal(out, err)
			}
			if e := out.Error; e.Status != tc.status || e.Code != tc.code || e.Message != tc.message {
				t.Errorf("got %d %s: %s", e.Status, e.Code, e.Message)
			}
		})
	}
}

func TestDelaysAddUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := fault.New([]account.Fault{
			{Service: "*", Operation: "*", Delay: 80 * time.Millisecond},
			{Service: "s3", Operation: "PutObject", Delay: time.Second, Code: "SlowDown"},
		})
		began := time.Now()
		wantAll(t, strikes(t, i, put), []string{"SlowDown"})
		if d := time.Since(began); d != 1080*time.Millisecond {
			t.Errorf("took %s", d)
		}
		began = time.Now()
		wantAll(t, strikes(t, i, role), []string{""})
		if d := time.Since(began); d != 80*time.Millisecond {
			t.Errorf("took %s", d)
		}
	})
}

func TestDelayEndsWithTheRequest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	i := fault.New([]account.Fault{{Service: "*", Operation: "*", Delay: time.Hour}})
	if _, err := i.Strike(ctx, "s3", "GetObject"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestTimesAreExactUnderLoad(t *testing.T) {
	i := fault.New([]account.Fault{{Service: "s3", Operation: "*", Code: "SlowDown", Times: 100}})
	var struck atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if out, _ := i.Strike(context.Background(), "s3", "GetObject"); out.Error != nil {
					struck.Add(1)
				}
			}
		})
	}
	all.Wait()
	if struck.Load() != 100 {
		t.Errorf("%d strikes", struck.Load())
	}
}
