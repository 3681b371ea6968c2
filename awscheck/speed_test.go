package awscheck

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

const (
	// longestChain is how many requests of the whole test may wait for one
	// another.
	longestChain = 8
	far          = 80 * time.Millisecond // the way to AWS and back
	farAway      = "faults:\n  - {service: \"*\", operation: \"*\", delay: 80ms}\n"
)

// requests are a sandbox's log.
type requests struct {
	mu  sync.Mutex
	all []sandbox.Request
	at  int
	do  func()
}

func (r *requests) add(q sandbox.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, q)
	if len(r.all) == r.at {
		r.do()
	}
}

// after does something as soon as n requests have been carried out.
func (r *requests) after(n int, do func()) { r.at, r.do = n, do }

func (r *requests) take() []sandbox.Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.all
	r.all = nil
	return all
}

// chain is the longest sequence of requests each of which began after the one
// before had ended: whichever ends first is the best to go on from.
func chain(all []sandbox.Request) (longest []sandbox.Request) {
	slices.SortFunc(all, func(a, b sandbox.Request) int { return a.End.Compare(b.End) })
	for _, q := range all {
		if n := len(longest); n == 0 || !q.Start.Before(longest[n-1].End) {
			longest = append(longest, q)
		}
	}
	return longest
}

func named(all []sandbox.Request) string {
	var b strings.Builder
	for _, q := range all {
		b.WriteString("\n    " + q.Service + ":" + q.Operation + " " + q.Start.Format("05.000") + " " + q.End.Format("05.000"))
	}
	return b.String()
}

// The time that the test takes is that of its longest chain, to the
// millisecond: time in the bubble passes only while all wait.
func TestNoLongChainOfRequests(t *testing.T) {
	narrow := edited(t, documentedAccount, []edit{{`- {Effect: Allow, Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: "arn:aws:s3:::alpha-prod-assets"}`,
		`- {Effect: Allow, Action: "s3:GetBucketLocation", Resource: "arn:aws:s3:::alpha-prod-assets"}
        - {Effect: Allow, Action: "s3:ListBucket", Resource: "arn:aws:s3:::alpha-prod-assets", Condition: {StringLike: {"s3:prefix": ["media/*", "media/", "media"]}}}`}})
	cdn := edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}})
	for _, c := range []struct {
		name, account string
		target        Target
		verdict       Verdict
	}{
		{"delivered by S3", documentedAccount, roleTarget(), Ready},
		{"delivered by CloudFront", cdn, cdnTarget(), Ready},
		{"listing narrowed to the prefix", narrow, roleTarget(), Ready},
		{"versions kept", edited(t, documentedAccount, []edit{{"    region: ap-northeast-1\n", "    region: ap-northeast-1\n    versioning: Enabled\n"}}), roleTarget(), ReadyWithWarnings},
	} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, c.account+farAway, func(t *testing.T, b *bubble) {
				r := b.run(c.target, Options{LedgerDir: b.dir})
				all := b.log.take()
				longest := chain(all)
				if len(longest) > longestChain {
					t.Errorf("%d requests wait for one another:%s", len(longest), named(longest))
				}
				if r.Duration != time.Duration(len(longest))*far {
					t.Errorf("took %s for a chain of %d:%s", r.Duration, len(longest), named(longest))
				}
				if r.Verdict != c.verdict || r.Requests < len(Checks())/2 || len(all) != r.Requests {
					t.Errorf("%s after %d requests, %d arrived", r.Verdict, r.Requests, len(all))
				}
				if most := busiest(all); b.box.Connections() > most+2 { // and a tunnel for each host that people ask
					t.Errorf("%d connections for %d requests, %d at once", b.box.Connections(), len(all), most)
				}
				t.Logf("chain %d, %d requests, %d connections, %s", len(longest), len(all), b.box.Connections(), r.Duration)
			})
		})
	}
}

// busiest is how many of all were under way at the same time.
func busiest(all []sandbox.Request) (most int) {
	for _, q := range all {
		n := 0
		for _, other := range all {
			if !other.Start.After(q.Start) && other.End.After(q.Start) {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// BenchmarkConnectionTest runs the whole test over a real loopback network,
// with 80 ms added to every request.
func BenchmarkConnectionTest(b *testing.B) {
	acc, err := account.Parse([]byte(documentedAccount+farAway), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	var log requests
	box, err := sandbox.Start(context.Background(), sandbox.Options{Account: acc, Dir: b.TempDir(), Log: log.add})
	if err != nil {
		b.Fatal(err)
	}
	defer box.Close()
	dir := b.TempDir()
	longest, arrived := 0, 0
	var took time.Duration
	for b.Loop() {
		source := connect.FromParts(connect.Parts{
			Endpoint: box.Endpoint(), Region: "us-east-1", Proxy: box.ProxyURL(), RootCAs: box.RootCAs(),
			AccessKeyID: acc.Callers[0].AccessKeyID, SecretAccessKey: acc.Callers[0].SecretAccessKey,
		})
		r, err := Run(context.Background(), roleTarget(), Options{Source: source, LedgerDir: dir}, nil)
		source.Close()
		if err != nil || r.Verdict != Ready {
			b.Fatalf("%s, %v", r.Verdict, err)
		}
		all := log.take()
		longest, arrived, took = max(longest, len(chain(all))), len(all), max(took, r.Duration)
	}
	b.ReportMetric(float64(longest), "chain")
	b.ReportMetric(float64(arrived), "requests")
	b.ReportMetric(float64(took.Milliseconds()), "wall-ms")
}
