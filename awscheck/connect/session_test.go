package connect

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

var rolePlace = Place{Access: "role", Region: "eu-west-1", Bucket: "b", RoleARN: "arn:aws:iam::123456789012:role/R", ExternalID: "md-external-id-123456"}

// sessions counts how often the role was assumed.
func (s *server) sessions() (n int) {
	for _, r := range s.asked() {
		if isSTS(r) {
			n++
		}
	}
	return n
}

func TestSessionIsAssumedOnceAndShared(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if isSTS(r) {
			assumedRole(w, time.Hour)
			return
		}
		io.WriteString(w, `<ListBucketResult/>`)
	})
	source := s.source(t)
	assumed, err := source.Session(rolePlace).Assume(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if assumed.ARN != "arn:aws:sts::123456789012:assumed-role/R/mediadock" || assumed.AccountID != "123456789012" || time.Until(assumed.Expires) < 50*time.Minute {
		t.Errorf("%+v", assumed)
	}
	var wg sync.WaitGroup
	for range 8 {
		c := client(t, source, rolePlace)
		wg.Go(func() {
			if _, err := c.ListObjectsV2(context.Background(), &s3.ListObjectsV2Input{Bucket: aws.String("b")}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := s.sessions(); n != 1 {
		t.Errorf("assumed %d times", n)
	}
	for _, r := range s.asked() {
		if !isSTS(r) && r.Header.Get("X-Amz-Security-Token") != "sessiontokenvalue" {
			t.Error("a request was not made with the session")
		}
	}
	if _, err := source.Session(rolePlace).Assume(context.Background()); err != nil || s.sessions() != 2 {
		t.Errorf("Assume must assume: %d, %v", s.sessions(), err)
	}
}

func TestSessionIsRenewedBeforeItEnds(t *testing.T) {
	lifetime := 4 * time.Minute // less than refreshBefore
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { assumedRole(w, lifetime) })
	session := s.source(t).Session(rolePlace)
	for want := 1; want <= 2; want++ {
		if _, err := session.Retrieve(context.Background()); err != nil {
			t.Fatal(err)
		}
		if n := s.sessions(); n != want {
			t.Errorf("assumed %d times, want %d", n, want)
		}
	}
	lifetime = time.Hour
	for range 3 {
		if _, err := session.Retrieve(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.sessions(); n != 3 {
		t.Errorf("assumed %d times, want 3", n)
	}
}

func TestWhatAssumeRoleAsksFor(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { assumedRole(w, time.Hour) })
	source := s.source(t)
	without := rolePlace
	without.ExternalID = ""
	for _, p := range []Place{rolePlace, without} {
		if _, err := source.Session(p).Retrieve(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	with, bare := s.forms[0], s.forms[1]
	if with.Get("ExternalId") != rolePlace.ExternalID || with.Get("RoleArn") != rolePlace.RoleARN ||
		with.Get("RoleSessionName") != "mediadock" || with.Get("DurationSeconds") != "3600" {
		t.Errorf("asked for %v", with)
	}
	if bare.Has("ExternalId") {
		t.Error("an empty external ID was sent, which STS refuses as malformed")
	}
}

// Whoever gives up stops waiting, and does not stop the one who assumes.
func TestCancelWhileAnotherAssumes(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		<-release
		assumedRole(w, time.Hour)
	})
	session := s.source(t).Session(rolePlace)
	done := make(chan error)
	go func() {
		_, err := session.Retrieve(context.Background())
		done <- err
	}()
	<-begun
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := session.Retrieve(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// A cancelled request leaves no goroutine that goes on assuming: goleak
// watches.
func TestCancelledAssumeStops(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { close(begun); <-release })
	defer close(release)
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-begun; cancel() }()
	_, err := s.source(t).Session(rolePlace).Retrieve(ctx)
	if ev := EvidenceOf(err, ""); ev.Network != "canceled" || ev.Operation != "sts:AssumeRole" {
		t.Errorf("%+v", ev)
	}
}

// A refused AssumeRole fails the S3 request that needed it, and says so.
func TestRefusedSessionNamesItself(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(403)
		io.WriteString(w, `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: u is not authorized to perform: sts:AssumeRole on resource: r</Message></Error><RequestId>R9</RequestId></ErrorResponse>`)
	})
	_, err := client(t, s.source(t), rolePlace).HeadBucket(context.Background(), &s3.HeadBucketInput{Bucket: aws.String("b")})
	ev := EvidenceOf(err, "s3:HeadBucket")
	if ev.Operation != "sts:AssumeRole" || ev.Code != "AccessDenied" || ev.RequestID != "R9" {
		t.Errorf("%+v", ev)
	}
}

// An endpoint that is down is asked three times, not three times three.
func TestAFailedSessionIsNotTriedAgainByItsRequest(t *testing.T) {
	const address = "127.0.0.1:1" // where nobody listens
	s := FromParts(Parts{Endpoint: "http://" + address, Region: "ap-northeast-1", AccessKeyID: "AKIA", SecretAccessKey: "s", MaxBackoff: time.Millisecond})
	defer s.Close()
	client, err := s.S3(Place{Access: "role", Region: "ap-northeast-1", Bucket: "b", RoleARN: "arn:aws:iam::123456789012:role/R", ExternalID: "id"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, trace := Observe(context.Background())
	_, err = client.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: aws.String("b")})
	ev := EvidenceOf(err, "")
	if trace.Requests() != maxAttempts || ev.Network != "refused" || ev.Operation != "sts:AssumeRole" || ev.Host != address {
		t.Errorf("%d requests, %+v", trace.Requests(), ev)
	}
}
