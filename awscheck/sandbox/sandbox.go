// Package sandbox is an AWS that runs on this machine's loopback interface:
// S3, STS, a part of IAM and CloudFront, as an account file describes them.
// It evaluates the account's policies, verifies every signature, and answers
// as AWS does. It exists for rehearsals and tests; nothing in the product
// knows whether it talks to AWS or to the sandbox.
package sandbox

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/cdn"
	"github.com/mediadock/mediadock/awscheck/sandbox/cloudfront"
	"github.com/mediadock/mediadock/awscheck/sandbox/fault"
	"github.com/mediadock/mediadock/awscheck/sandbox/iam"
	"github.com/mediadock/mediadock/awscheck/sandbox/imgix"
	"github.com/mediadock/mediadock/awscheck/sandbox/kms"
	"github.com/mediadock/mediadock/awscheck/sandbox/proxy"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3"
	"github.com/mediadock/mediadock/awscheck/sandbox/s3control"
	"github.com/mediadock/mediadock/awscheck/sandbox/sign"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
	"github.com/mediadock/mediadock/awscheck/sandbox/sts"
)

// Options describe a sandbox.
type Options struct {
	Account account.Account
	// Listen is a loopback address, by default 127.0.0.1:0: a free port.
	Listen string
	// Now is the real clock, to which the account's clock_offset is added;
	// nil: time.Now.
	Now func() time.Time
	// Dir is an existing directory for the authority's certificate; empty: a
	// temporary one. The file is removed by Close.
	Dir string
	// Data is a directory in which everything is kept between two runs; empty:
	// nothing is. One that is missing is made. It is refused with an error of
	// package datadir, or with an *s3.DamagedError.
	Data string
	// Listener is listened on in place of Listen; Close closes it.
	Listener net.Listener
	// Log is told of every request once it is answered, by the goroutine that
	// answered it; nil: nobody is.
	Log func(Request)
}

// Sandbox is a running sandbox. Its methods are safe for concurrent use.
type Sandbox struct {
	account account.Account
	now     func() time.Time
	clock   func() time.Time // the real one
	log     func(Request)
	address string

	s3            *s3.Server
	sts           *sts.Server
	iam           *iam.Server
	kms           *kms.Server
	s3control     *s3control.Server
	cdn           *cdn.Server
	distributions *cloudfront.Server // the cdn's control plane
	imgix         *imgix.Server
	faults        *fault.Injector
	verifier      sign.Verifier
	proxy         *proxy.Proxy
	ca            *proxy.Authority
	keeper        *keeper // nil: nothing is kept

	server    *http.Server
	stop      context.CancelFunc // ends the requests in flight
	serving   sync.WaitGroup
	handling  sync.RWMutex // held for reading by every handler
	inFlight  atomic.Int64
	accepted  atomic.Int64
	caFile    string
	remove    func() error
	closeOnce sync.Once
	closeErr  error
}

// Start starts a sandbox; it is ready when Start returns. ctx bounds the
// start alone: the sandbox runs until Close.
func Start(ctx context.Context, o Options) (*Sandbox, error) {
	listener, err := o.Listener, error(nil)
	if listener == nil {
		if listener, err = listen(ctx, o.Listen); err != nil {
			return nil, err
		}
	}
	s, err := open(o, listener.Addr().String())
	if err != nil {
		_ = listener.Close()
		return nil, err
	}
	s.serving.Go(func() { _ = s.server.Serve(listener) }) // ends with ErrServerClosed
	return s, nil
}

// listen refuses every address that another machine could reach.
func listen(ctx context.Context, address string) (net.Listener, error) {
	if address == "" {
		address = "127.0.0.1:0"
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("the sandbox's address: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("the sandbox listens on loopback only, such as 127.0.0.1:0 or localhost:9000, not on %q", address)
	}
	var l net.ListenConfig
	return l.Listen(ctx, "tcp", address)
}

func open(o Options, address string) (*Sandbox, error) {
	o.Account = o.Account.WithDefaults()
	clock := o.Now
	if clock == nil {
		clock = time.Now
	}
	now := func() time.Time { return clock().Add(o.Account.ClockOffset) }
	ca, err := proxy.NewAuthority()
	if err != nil {
		return nil, err
	}
	live := state.New(o.Account, now)
	objects, keeper, err := openObjects(o, live, now)
	if err != nil {
		return nil, err
	}
	s := &Sandbox{
		account: o.Account, now: now, address: address, ca: ca, keeper: keeper,
		s3:  objects,
		sts: sts.New(live),
		iam: iam.New(live),
		kms: kms.New(live), s3control: s3control.New(live),
		faults: fault.New(o.Account.Faults),
	}
	s.cdn = cdn.New(o.Account, s.s3, cdn.Options{Now: now, Origin: s.web})
	s.imgix = imgix.New(o.Account, live, s.s3)
	s.distributions = cloudfront.New(o.Account, live, cloudfront.Options{Edge: s.cdn})
	s.verifier = sign.Verifier{Keys: s.sts.Key, Now: now}
	if keeper != nil {
		keeper.distributions = s.distributions
	}
	if err := keeper.restore(); err != nil {
		return nil, errors.Join(err, s.s3.Close(), keeper.close())
	}
	if err := s.writeCA(o.Dir); err != nil {
		return nil, errors.Join(err, s.s3.Close(), keeper.close())
	}
	s.proxy = proxy.New(proxy.Options{Handler: s.site, Names: s.certificateNames, CA: ca})
	base, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.server = &http.Server{
		Handler:           http.HandlerFunc(s.serve),
		BaseContext:       func(net.Listener) context.Context { return base },
		ReadHeaderTimeout: 20 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ConnState:         s.count,
		ErrorLog:          log.New(io.Discard, "", 0), // what clients do wrong is no news
	}
	s.clock, s.log = clock, o.Log
	return s, nil
}

// openObjects is S3 as the account has it, or as o.Data does.
func openObjects(o Options, live *state.State, now func() time.Time) (*s3.Server, *keeper, error) {
	if o.Data == "" {
		return s3.New(o.Account, s3.Options{Now: now, State: live}), nil, nil
	}
	dir, err := keep(o.Data, o.Account, now())
	if err != nil {
		return nil, nil, err
	}
	k := &keeper{dir: dir, live: live}
	server, err := s3.Open(o.Account, s3.Options{Now: now, State: live, Dir: filepath.Join(dir.Path, "s3"), Started: dir.Started})
	if err != nil {
		return nil, nil, errors.Join(err, k.close())
	}
	return server, k, nil
}

func (s *Sandbox) writeCA(dir string) error {
	remove := func() error { return os.Remove(s.caFile) }
	if dir == "" {
		temp, err := os.MkdirTemp("", "mediadock-sandbox-")
		if err != nil {
			return fmt.Errorf("a directory for the sandbox's certificate: %w", err)
		}
		dir, remove = temp, func() error { return os.RemoveAll(temp) }
	}
	s.caFile, s.remove = filepath.Join(dir, "sandbox-ca.pem"), remove
	if err := os.WriteFile(s.caFile, s.ca.PEM(), 0o600); err != nil {
		_ = remove()
		return fmt.Errorf("the sandbox's certificate: %w", err)
	}
	return nil
}

// grace is how long Close lets requests in flight finish.
const grace = time.Second

// Close stops the sandbox: requests in flight have a second to finish, then
// their connections are cut. It returns when nothing of the sandbox runs any
// more. Further calls return the same.
func (s *Sandbox) Close() error {
	s.closeOnce.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), grace)
		defer cancel()
		var errs [3]error
		if err := s.server.Shutdown(ctx); err != nil {
			s.stop()
			errs[0] = ignoreDeadline(errors.Join(err, s.server.Close()))
		}
		errs[1] = ignoreDeadline(s.proxy.Close(ctx))
		s.stop()
		s.serving.Wait()
		s.handling.Lock() // every handler has returned
		defer s.handling.Unlock()
		errs[2] = errors.Join(s.s3.Close(), s.keeper.close(), s.remove())
		s.closeErr = errors.Join(errs[:]...)
	})
	return s.closeErr
}

// ignoreDeadline drops the error that says no more than that clients were
// still connected.
func ignoreDeadline(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}

// Endpoint is the URL of every service: the value for AWS_ENDPOINT_URL.
func (s *Sandbox) Endpoint() string { return "http://" + s.address }

// ProxyURL is the forward proxy through which the delivery domains answer.
func (s *Sandbox) ProxyURL() *url.URL { return &url.URL{Scheme: "http", Host: s.address} }

// RootCAs trusts the certificates that the delivery domains show.
func (s *Sandbox) RootCAs() *x509.CertPool { return s.ca.Pool() }

// CAFile is the path of the authority's certificate in PEM.
func (s *Sandbox) CAFile() string { return s.caFile }

// Caller is the account's caller of that name, or the zero Caller.
func (s *Sandbox) Caller(name string) account.Caller {
	for _, c := range s.account.Callers {
		if c.Name == name {
			return c
		}
	}
	return account.Caller{}
}

// Region is the region of the first bucket: the value for AWS_REGION.
func (s *Sandbox) Region() string {
	if len(s.account.Buckets) == 0 {
		return "us-east-1"
	}
	return s.account.Buckets[0].Region
}

// InFlight is the number of requests that are being answered.
func (s *Sandbox) InFlight() int { return int(s.inFlight.Load()) }

// enter counts a request in; the function returned counts it out. Close waits
// for every one.
func (s *Sandbox) enter() (leave func()) {
	s.handling.RLock()
	s.inFlight.Add(1)
	return func() {
		s.inFlight.Add(-1)
		s.handling.RUnlock()
	}
}

// Env is what an AWS client needs in its environment, in the order to print
// it in. The keys are the first caller's; without callers they are left out.
func (s *Sandbox) Env() [][2]string {
	env := [][2]string{{"AWS_ENDPOINT_URL", s.Endpoint()}}
	if len(s.account.Callers) > 0 {
		c := s.account.Callers[0]
		env = append(env, [2]string{"AWS_ACCESS_KEY_ID", c.AccessKeyID}, [2]string{"AWS_SECRET_ACCESS_KEY", c.SecretAccessKey})
	}
	through := s.ProxyURL().String()
	return append(env, [][2]string{
		{"AWS_REGION", s.Region()},
		{"AWS_DEFAULT_REGION", s.Region()}, // what boto3 and the AWS CLI's version 1 read
		{"NO_PROXY", s.noProxy()},
		{"HTTP_PROXY", through},
		{"HTTPS_PROXY", through},
		{"SSL_CERT_FILE", s.caFile},
		{"AWS_CA_BUNDLE", s.caFile},
	}...)
}

// noProxy are the hosts that are never asked for through the proxy: the
// endpoint's own among them.
func (s *Sandbox) noProxy() string {
	hosts := "127.0.0.1,localhost"
	if host, _, err := net.SplitHostPort(s.address); err == nil && !slices.Contains(strings.Split(hosts, ","), host) {
		hosts += "," + host
	}
	return hosts
}
