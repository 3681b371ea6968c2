package sandbox

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/proxy"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3control"
	"github.com/mediadock/mediadock/awscheck/sandbox/sign"
)

// serve answers everything that arrives at the listener.
func (s *Sandbox) serve(w http.ResponseWriter, r *http.Request) {
	if proxy.IsProxyRequest(r) { // the site that it leads to locks for itself
		s.proxy.ServeHTTP(w, r)
		return
	}
	defer s.enter()()
	r, end := s.begin(r)
	defer end()
	s.endpoint(w, r.WithContext(context.WithValue(r.Context(), nearKey{}, true)))
}

// nearKey marks requests to the sandbox's own endpoint. They come from the
// callers' network, and pass its VPC endpoint where the account file has one;
// those by way of the proxy are browsers'.
type nearKey struct{}

// from is a request of caller's, for the service that answers it.
func (s *Sandbox) from(caller access.Caller, r *http.Request) *http.Request {
	caller.Beside = r.Context().Value(nearKey{}) == nil
	return r.WithContext(access.WithCaller(r.Context(), caller))
}

// date says what time it is, in place of what was said before.
func (s *Sandbox) date(w http.ResponseWriter) {
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
}

// endpoint answers a request to one of the services. The credential scope
// tells which; unsigned requests are told by their form.
func (s *Sandbox) endpoint(w http.ResponseWriter, r *http.Request) {
	s.date(w)
	r.Body = newPatient(w, r)
	switch service := s.serviceOf(r); service {
	case edge:
		s.serveCDN(w, r)
	case "s3":
		if s3control.Serves(r) {
			defer s.keeper.save()
			s.serveS3Control(w, r)
			return
		}
		s.serveS3(w, r)
	case "kms":
		defer s.keeper.save()
		s.serveKMS(w, r)
	case "sts":
		s.serveQuery(w, r, service, awserr.NamespaceSTS, s.sts)
	case "iam":
		defer s.keeper.save()
		s.serveQuery(w, r, service, awserr.NamespaceIAM, s.iam)
	case "cloudfront":
		defer s.keeper.save()
		s.serveCloudFront(w, r)
	default: // the control planes of other services are none of the sandbox's
		identify(w, false)
		awserr.WriteQuery(w, r, awserr.New(http.StatusNotImplemented, "NotImplemented",
			"The sandbox has no service "+service), awserr.NamespaceSTS, "")
	}
}

// edge is the delivery by CloudFront; its control plane signs as "cloudfront".
const edge = "edge"

func (s *Sandbox) serviceOf(r *http.Request) string {
	if s.cdn.Serves(r.Host) {
		return edge
	}
	if service, signed := sign.Service(r); signed {
		return service
	}
	form := strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded")
	if r.URL.Path == "/" && (r.Method == http.MethodPost && form || r.URL.Query().Has("Action")) {
		return "sts"
	}
	return "s3"
}

// goOn tells a client that waits for it to go on with an empty body. net/http
// has nothing to wait for then and sends no 100; the AWS CLI, which asks with
// empty files too, misreads the next answer on the same connection after that
// and hangs for a minute. It is called before anything can be refused.
func goOn(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength != 0 || !strings.EqualFold(r.Header.Get("Expect"), "100-continue") {
		return
	}
	h := w.Header()
	kept := h.Clone()
	clear(h)
	w.WriteHeader(http.StatusContinue)
	maps.Copy(h, kept)
}

func (s *Sandbox) serveS3(w http.ResponseWriter, r *http.Request) {
	goOn(w, r)
	identify(w, true)
	w.Header().Set("Server", "AmazonS3")
	wire := r
	r = pathStyle(r)
	w, over := s.strike(w, r, "s3", s3.Operation(r), func(w http.ResponseWriter, e *awserr.Error) { s.refuseS3(w, r, e) })
	if over {
		return
	}
	defer cutOff(w)
	caller, problem := s.verifier.Verify(wire, sign.Expect{Service: "s3", Regions: s.regions(r)})
	if problem != nil {
		s.date(w) // clients correct their clocks by what a refusal says
		if i := slices.IndexFunc(problem.Extra, func(e awserr.Element) bool { return e.Name == "Region" }); i >= 0 {
			w.Header().Set("X-Amz-Bucket-Region", problem.Extra[i].Value)
		}
		s.refuseS3(w, r, problem)
		return
	}
	r.Body, r.ContentLength, r.Trailer, r.TransferEncoding = wire.Body, wire.ContentLength, wire.Trailer, wire.TransferEncoding
	s.s3.ServeHTTP(w, s.from(caller, r))
}

// regions are those that a request to S3 may be signed for.
func (s *Sandbox) regions(r *http.Request) []string {
	target, err := s3.ParseTarget(r)
	if err != nil {
		return nil
	}
	if target.Region != "" { // its endpoint; where the bucket is, S3 says itself
		return []string{target.Region}
	}
	i := slices.IndexFunc(s.account.Buckets, func(b bucket) bool { return b.Name == target.Bucket })
	if i < 0 {
		return nil
	}
	regions := []string{s.account.Buckets[i].Region}
	if s3.Operation(r) == "GetBucketLocation" {
		regions = append(regions, "us-east-1") // the global endpoint tells everybody's
	}
	return regions
}

func (s *Sandbox) serveQuery(w http.ResponseWriter, r *http.Request, service, namespace string, next http.Handler) {
	identify(w, false)
	caller, problem := s.verifier.Verify(r, sign.Expect{Service: service})
	_ = r.ParseForm() // what is wrong with it, the service says
	refuse := func(w http.ResponseWriter, e *awserr.Error) { awserr.WriteQuery(w, r, e, namespace, "") }
	w, over := s.strike(w, r, service, r.Form.Get("Action"), refuse)
	if over {
		return
	}
	defer cutOff(w)
	if problem != nil {
		refuse(w, problem)
		return
	}
	next.ServeHTTP(w, s.from(caller, r))
}

// pathStyle is r with the bucket in its path, when it is in front of
// "localhost" in the host name.
func pathStyle(r *http.Request) *http.Request {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	bucket, ok := strings.CutSuffix(strings.ToLower(host), ".localhost")
	if !ok || bucket == "" {
		return r
	}
	moved := r.Clone(r.Context())
	moved.Header = r.Header // verification settles Content-Encoding there
	escaped := "/" + bucket + r.URL.EscapedPath()
	moved.URL.Path = "/" + bucket + r.URL.Path
	moved.URL.RawPath = escaped
	if p, err := url.PathUnescape(escaped); err == nil {
		moved.URL.Path = p
	}
	return moved
}

// drainLimit is how much of an unread body is read after a refusal, so that a
// client that is still sending gets to see the answer.
const drainLimit = 32 << 20

func (s *Sandbox) refuseS3(w http.ResponseWriter, r *http.Request, e *awserr.Error) {
	if r.Header.Get("Expect") == "" {
		_, _ = io.CopyN(io.Discard, r.Body, drainLimit)
	}
	awserr.WriteS3(w, r, e, "", "", "")
}

// identify gives the answer its request IDs.
func identify(w http.ResponseWriter, s3 bool) {
	var id [64]byte
	_, _ = rand.Read(id[:]) // never fails, says crypto/rand
	h := w.Header()
	if s3 {
		h.Set("X-Amz-Request-Id", strings.ToUpper(hex.EncodeToString(id[:8])))
		h.Set("X-Amz-Id-2", base64.StdEncoding.EncodeToString(id[8:]))
		return
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	h.Set("X-Amzn-Requestid", fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:16]))
}
