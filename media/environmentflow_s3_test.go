package media_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
)

// limited answers as S3 does where it takes so many copies a second: with
// SlowDown whatever is above. It has n objects in one listing of 1,000 a page.
type limited struct {
	n       int
	rate    func() float64
	mu      sync.Mutex
	tokens  float64
	filled  time.Time
	copied  map[string]bool
	refused int
}

func (s *limited) Do(r *http.Request) (*http.Response, error) {
	took := 40 * time.Millisecond
	if r.Method == http.MethodPut && !s.take() {
		time.Sleep(took / 2)
		return answer(http.StatusServiceUnavailable, `<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>`), nil
	}
	time.Sleep(took)
	if r.Method == http.MethodPut {
		s.mu.Lock()
		s.copied[strings.TrimPrefix(r.URL.Path, "/")] = true
		s.mu.Unlock()
		return answer(http.StatusOK, `<CopyObjectResult><ETag>"e"</ETag></CopyObjectResult>`), nil
	}
	var out strings.Builder
	out.WriteString("<ListBucketResult>")
	query := r.URL.Query()
	at, listed := 0, 0
	_, _ = fmt.Sscanf(query.Get("continuation-token"), "%d", &at)
	for ; at < s.n && listed < 1000; at++ {
		key := fmt.Sprintf("%simg-%05d.jpg", query.Get("prefix"), at)
		s.mu.Lock()
		there := query.Get("prefix") == "media/" || s.copied[key]
		s.mu.Unlock()
		if there {
			listed++
			fmt.Fprintf(&out, `<Contents><Key>%s</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"e"</ETag><Size>1</Size></Contents>`, key)
		}
	}
	fmt.Fprintf(&out, `<IsTruncated>%v</IsTruncated>`, at < s.n)
	if at < s.n {
		fmt.Fprintf(&out, `<NextContinuationToken>%d</NextContinuationToken>`, at)
	}
	out.WriteString("</ListBucketResult>")
	return answer(http.StatusOK, out.String()), nil
}

func (s *limited) take() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	rate, now := s.rate(), time.Now()
	s.tokens = min(s.tokens+rate*now.Sub(s.filled).Seconds(), rate/10)
	s.filled = now
	if s.tokens < 1 {
		s.refused++
		return false
	}
	s.tokens--
	return true
}

func answer(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/xml"}}, Body: io.NopCloser(strings.NewReader(body))}
}

// A whole copy through the SDK, with its tries and its pauses, takes hardly
// longer than S3's limit has it take, also where the limit falls to a third on
// the way and comes back; nothing fails for it.
func TestACopySettlesNearWhatS3Takes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n, usual = 5000, 500.0
		begin := time.Now()
		low := func() bool { since := time.Since(begin); return since > 4*time.Second && since < 8*time.Second }
		s := &limited{n: n, filled: begin, copied: map[string]bool{}, rate: func() float64 {
			if low() {
				return usual / 3
			}
			return usual
		}}
		client := s3.New(s3.Options{
			Region: "eu-west-1", HTTPClient: s, Credentials: credentials.NewStaticCredentialsProvider("AKIAEXAMPLE", "secret", ""),
			Retryer:                    retry.NewStandard(func(o *retry.StandardOptions) { o.MaxBackoff = time.Second }),
			RequestChecksumCalculation: aws.RequestChecksumCalculationWhenSupported,
		})
		l := media.New(client, nil, address.Space{Bucket: "alpha", Region: "eu-west-1", Prefix: "media"},
			media.Options{Journal: journal.New(t.TempDir(), journal.Place{Bucket: "alpha"})})
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		plan, err := l.PlanEnvironment(ctx, devID, media.EnvironmentOptions{})
		if err != nil || plan.ToCopy != n {
			t.Fatalf("%+v, %v", plan, err)
		}
		begin = time.Now()
		res := l.CopyEnvironment(ctx, plan, nil)
		took := time.Since(begin)
		if res.Done != n || res.Failed != 0 || !res.Check.Equal() || res.SlowDowns != int64(s.refused) || s.refused == 0 {
			t.Errorf("%+v, %d refused", res, s.refused)
		}
		seconds := (n + 4*usual*2/3) / usual
		can := time.Duration(seconds * float64(time.Second))
		t.Logf("%s of %s at best, %d refused", took, can, s.refused)
		if took > can*5/4 {
			t.Errorf("it took %s, and could %s", took, can)
		}
		if s.refused > n/12 {
			t.Errorf("%d refused for %d copies", s.refused, n)
		}
	})
}
