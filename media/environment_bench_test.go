package media_test

import (
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/mediatest"
)

func BenchmarkEnvironmentCopy(b *testing.B) {
	for name, delay := range map[string]time.Duration{"here": 0, "25ms": 25 * time.Millisecond} {
		b.Run(name, func(b *testing.B) {
			n := 10_000
			e := mediatest.Sandbox(b, func(a *account.Account) {
				a.Buckets[0].Objects = append(a.Buckets[0].Objects, account.Object{Prefix: "media/crowd/", Count: n, Size: 20_480, Name: "img-{n}.jpg"})
				if delay > 0 {
					a.Faults = append(a.Faults, account.Fault{Service: "*", Operation: "*", Delay: delay})
				}
			})
			client, err := e.Source.S3(e.Place)
			if err != nil {
				b.Fatal(err)
			}
			space := e.Room(b, media.Options{}).Space
			space.Prefix = "media/crowd"
			l := media.New(client, nil, space, media.Options{Journal: journalOf(e, b.TempDir())})
			for i := 0; b.Loop(); i++ {
				id := address.EnvironmentID(mediatest.Service, strings.Repeat("x", i+1))
				plan, err := l.PlanEnvironment(b.Context(), id, media.EnvironmentOptions{})
				if err != nil || plan.ToCopy != int64(n) {
					b.Fatalf("%+v, %v", plan, err)
				}
				if res := l.CopyEnvironment(b.Context(), plan, nil); res.Done != n || !res.Check.Equal() {
					b.Fatalf("%+v", res)
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "objects/s")
		})
	}
}
