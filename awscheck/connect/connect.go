// Package connect turns settings into AWS clients. It is the one room that
// reads AWS's environment: profiles, keys, endpoints, proxies, certificate
// bundles.
//
// Everything that every call must carry is put there once, as SDK
// middleware: the expected bucket owner, the record of each request, the
// readable part of an error's body. Nothing of what it records holds a
// secret key, a session token, a signature or a whole external ID.
//
// The package is a leaf: of this project it imports leaves alone.
package connect

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// Limits of every call. A context may shorten them, nothing lengthens them.
const (
	dialTimeout   = 5 * time.Second
	tlsTimeout    = 5 * time.Second
	headerTimeout = 60 * time.Second // a copy or a completed multipart upload answers late
	maxAttempts   = 3
	maxBackoff    = time.Second
	// connectionsKept is how many idle connections to a host are kept: more
	// than copies of an environment run at once (256), its listings and its
	// large objects' parts beside them. What is over is closed after each
	// answer and opened again for the next request, which costs two or three
	// round trips.
	connectionsKept = 512
	appID           = "mediadock"
)

// Options choose a caller.
type Options struct {
	Profile string    // AWS profile, or "keyring:NAME"; empty: the SDK's default chain
	Debug   io.Writer // one redacted line a request; nil: none
	// Token asks for the code of an MFA device; nil: nobody can be asked.
	Token TokenFunc
	// Stdin and Stderr are given to a profile's credential_process, which may
	// ask a person for something; nil: neither.
	Stdin, Stderr *os.File

	// For tests; zero: processTime, and to wait.
	processTime time.Duration
	pause       func(context.Context, time.Duration) error
}

// Parts are an environment in pieces, for tests and for the sandbox.
type Parts struct {
	Endpoint        string // custom endpoint; empty: AWS
	Region          string
	AccessKeyID     string // empty: no credentials
	SecretAccessKey string
	SessionToken    string
	Proxy           *url.URL // for everything but loopback hosts
	RootCAs         *x509.CertPool
	Resolver        *net.Resolver // nil: the system's
	MaxBackoff      time.Duration // between attempts; 0: one second
	// Dial opens every connection; nil: net.Dialer does.
	Dial  func(ctx context.Context, network, address string) (net.Conn, error)
	Debug io.Writer
}

// Source is a caller and the way to AWS. It is safe for concurrent use.
type Source struct {
	cfg      aws.Config
	found    Found
	client   *http.Client
	delivery *http.Client
	proxy    proxyFunc
	names    *net.Resolver
	custom   bool
	log      *debugLog
	asks     []preparer // what Prepare has ready

	mu       sync.Mutex
	sessions map[sessionKey]*Session
	tokens   map[string]*sts.Client // by region
}

// FromEnvironment reads the SDK's default configuration. It makes no
// request; credentials are looked for when the first one needs them, and
// that ends within two seconds where there are none.
func FromEnvironment(ctx context.Context, o Options) (*Source, error) {
	if name, ok := FromKeyring(o.Profile); ok {
		return fromKeyring(ctx, name, o)
	}
	e := newEnvironment()
	s, cfg, err := e.source(ctx, o)
	if err != nil {
		return nil, &SetupError{Profile: o.Profile, Err: err}
	}
	if s.found.Kind == FoundInstance {
		s.cfg.Credentials = lookOnce(s.cfg.Credentials)
	}
	p := profileInEffect(cfg)
	if p == nil {
		return s, nil
	}
	way := &chain{source: s, options: o, load: e.load}
	own, err := way.provider(ctx, p)
	if err != nil {
		return nil, &SetupError{Profile: o.Profile, Err: err}
	}
	if own != nil {
		s.cfg.Credentials, s.asks = own, way.asks
	}
	return s, nil
}

// environment reads AWS's environment with the options of every client.
type environment struct {
	proxy   proxyFunc
	client  *awshttp.BuildableClient
	options []func(*config.LoadOptions) error
}

func newEnvironment() *environment {
	proxy := environmentProxy()
	client := newClient(proxy, nil)
	return &environment{proxy: proxy, client: client, options: []func(*config.LoadOptions) error{
		config.WithHTTPClient(client),
		config.WithAppID(appID),
		config.WithRetryer(func() aws.Retryer { return newRetryer(maxBackoff) }),
		config.WithEC2RoleCredentialOptions(quickInstanceMetadata),
		// The SDK takes no MFA profile without; chain asks in its own way.
		config.WithAssumeRoleCredentialOptions(func(r *stscreds.AssumeRoleOptions) {
			r.TokenProvider = func() (string, error) { return "", ErrNobodyToAsk }
		}),
	}}
}

// load reads a profile's configuration; empty: that of the SDK's default
// chain. A profile that is named wins over AWS_ACCESS_KEY_ID; AWS_PROFILE does
// not. The AWS CLI does the same.
func (e *environment) load(ctx context.Context, profile string) (aws.Config, error) {
	options := e.options
	if profile != "" {
		options = append(options[:len(options):len(options)], config.WithSharedConfigProfile(profile))
	}
	return config.LoadDefaultConfig(ctx, options...)
}

// source makes a Source of a profile, and gives the configuration as the SDK
// read it.
func (e *environment) source(ctx context.Context, o Options) (*Source, aws.Config, error) {
	cfg, err := e.load(ctx, o.Profile)
	if err != nil {
		return nil, cfg, err
	}
	client := e.client
	if c, ok := cfg.HTTPClient.(*awshttp.BuildableClient); ok {
		client = c // with AWS_CA_BUNDLE
	}
	roots, err := deliveryRoots(cfg)
	if err != nil {
		return nil, cfg, err
	}
	return newSource(cfg, client, e.proxy, roots, foundIn(cfg, o.Profile), o.Debug), cfg, nil
}

// FromParts builds a Source that reads nothing of the environment.
func FromParts(p Parts) *Source {
	proxy := fixedProxy(p.Proxy)
	client := newClient(proxy, p.Resolver)
	if p.RootCAs != nil {
		client = client.WithTransportOptions(func(t *http.Transport) {
			t.TLSClientConfig.RootCAs = p.RootCAs
		})
	}
	if p.Dial != nil {
		client = client.WithTransportOptions(func(t *http.Transport) { t.DialContext = p.Dial })
	}
	cfg := aws.Config{
		Region:     p.Region,
		HTTPClient: client,
		AppID:      appID,
		Retryer:    func() aws.Retryer { return newRetryer(cmp.Or(p.MaxBackoff, maxBackoff)) },
		// As the SDK has it where it reads the environment.
		RequestChecksumCalculation: aws.RequestChecksumCalculationWhenSupported,
		ResponseChecksumValidation: aws.ResponseChecksumValidationWhenSupported,
	}
	if p.Endpoint != "" {
		cfg.BaseEndpoint = aws.String(p.Endpoint)
	}
	if p.AccessKeyID != "" {
		cfg.Credentials = credentials.NewStaticCredentialsProvider(p.AccessKeyID, p.SecretAccessKey, p.SessionToken)
	} else {
		cfg.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{}, ErrNoCredentials
		})
	}
	s := newSource(cfg, client, proxy, p.RootCAs, Found{Kind: FoundGiven}, p.Debug)
	if p.Resolver != nil {
		s.names = p.Resolver
	}
	return s
}

func newSource(cfg aws.Config, client *awshttp.BuildableClient, proxy proxyFunc, roots *x509.CertPool, found Found, debug io.Writer) *Source {
	// One plain client for all services: a BuildableClient is copied by each,
	// with connections of its own that nobody can close.
	shared := newAWSClient(client)
	cfg.HTTPClient = shared
	s := &Source{
		cfg:      cfg,
		found:    found,
		client:   shared,
		proxy:    proxy,
		names:    net.DefaultResolver,
		sessions: map[sessionKey]*Session{},
		tokens:   map[string]*sts.Client{},
	}
	if debug != nil {
		s.log = &debugLog{out: debug}
	}
	// Only the S3 client itself knows whether AWS_ENDPOINT_URL,
	// AWS_ENDPOINT_URL_S3 or a profile's services section applies.
	s.custom = s3.NewFromConfig(cfg).Options().BaseEndpoint != nil
	s.delivery = newDeliveryClient(client, roots)
	return s
}

func newRetryer(longest time.Duration) aws.Retryer {
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = maxAttempts
		o.MaxBackoff = longest
	})
}

// Tries is how often a request is sent that fails for a passing reason.
const Tries = maxAttempts

// Pause is how long to wait after a request's n-th try failed, as these
// clients do; n counts from 1.
func (s *Source) Pause(n int) time.Duration {
	d, err := s.cfg.Retryer().RetryDelay(n, nil)
	if err != nil {
		return maxBackoff
	}
	return d
}

// CustomEndpoint tells whether S3 is reached at another address than AWS's.
func (s *Source) CustomEndpoint() bool { return s.custom }

// Region is the region of the caller's environment; it may be empty.
func (s *Source) Region() string { return s.cfg.Region }

// Delivery is the HTTP client of people without credentials: no cookies, no
// redirects followed, compression untouched; the proxy and AWS_CA_BUNDLE are
// honoured.
func (s *Source) Delivery() *http.Client { return s.delivery }

// Proxied tells whether requests to u go through a proxy. A name that the
// proxy resolves must not be looked up here.
func (s *Source) Proxied(u *url.URL) bool {
	p, err := s.proxy(u)
	return err == nil && p != nil
}

// CanonicalName is where the CNAME records of host end, without the last
// dot; empty when host is no alias, or cannot be looked up. It must not be
// asked where a proxy looks names up.
func (s *Source) CanonicalName(ctx context.Context, host string) string {
	name, err := s.names.LookupCNAME(ctx, host)
	if err != nil {
		return ""
	}
	name = strings.TrimSuffix(name, ".")
	if strings.EqualFold(name, strings.TrimSuffix(host, ".")) {
		return ""
	}
	return strings.ToLower(name)
}

// Close lets go of idle connections. The Source may still be used.
func (s *Source) Close() {
	s.delivery.CloseIdleConnections()
	s.client.CloseIdleConnections()
}

// newAWSClient follows no redirect: a request is signed for one host, and a
// redirect says where the bucket is, which is worth knowing.
func newAWSClient(c *awshttp.BuildableClient) *http.Client {
	return &http.Client{Transport: HearRefusals(c.GetTransport()), CheckRedirect: stay}
}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func newDeliveryClient(c *awshttp.BuildableClient, roots *x509.CertPool) *http.Client {
	t := c.GetTransport()
	t.DisableCompression = true
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}
	return &http.Client{
		Transport:     t,
		Timeout:       headerTimeout,
		CheckRedirect: stay,
	}
}
