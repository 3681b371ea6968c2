package connect

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/ec2rolecreds"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	"golang.org/x/net/http/httpproxy"
)

type proxyFunc func(*url.URL) (*url.URL, error)

// environmentProxy reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY now:
// http.ProxyFromEnvironment would remember the first answer for the life of
// the process.
func environmentProxy() proxyFunc { return httpproxy.FromEnvironment().ProxyFunc() }

func fixedProxy(p *url.URL) proxyFunc {
	return func(u *url.URL) (*url.URL, error) {
		if p == nil || isLoopback(u.Hostname()) {
			return nil, nil
		}
		return p, nil
	}
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// newClient looks names up with names; nil is the system's way.
func newClient(proxy proxyFunc, names *net.Resolver) *awshttp.BuildableClient {
	return awshttp.NewBuildableClient().
		WithDialerOptions(func(d *net.Dialer) { d.Timeout, d.Resolver = dialTimeout, names }).
		WithTransportOptions(func(t *http.Transport) {
			t.Proxy = func(r *http.Request) (*url.URL, error) { return proxy(r.URL) }
			t.TLSHandshakeTimeout = tlsTimeout
			t.ResponseHeaderTimeout = headerTimeout
			t.MaxIdleConnsPerHost = connectionsKept
			t.MaxIdleConns = 0 // the SDK's 100 for all hosts together would be less; they end by themselves after 90 s
			t.OnProxyConnectResponse = refusedByProxy
		})
}

// ProxyError is a proxy's refusal to open a tunnel.
type ProxyError struct {
	Proxy  string // host and port, never its password
	Target string
	Status int
	Reason string // the status line's words
}

func (e *ProxyError) Error() string {
	return fmt.Sprintf("proxy %s refused %s: %d %s", e.Proxy, e.Target, e.Status, e.Reason)
}

func refusedByProxy(_ context.Context, proxy *url.URL, req *http.Request, resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	_, reason, _ := strings.Cut(resp.Status, " ")
	return &ProxyError{Proxy: proxy.Host, Target: req.URL.Host, Status: resp.StatusCode, Reason: reason}
}

// quickInstanceMetadata keeps a laptop from hanging for seconds on an address
// that only exists on EC2: there the service answers within milliseconds.
func quickInstanceMetadata(o *ec2rolecreds.Options) {
	const limit = 700 * time.Millisecond
	client := &http.Client{
		Timeout: limit,
		Transport: &http.Transport{
			Proxy:             nil, // a link-local address is never proxied
			DialContext:       (&net.Dialer{Timeout: limit}).DialContext,
			DisableKeepAlives: true,
		},
	}
	o.Client = imds.New(imds.Options{HTTPClient: client, Retryer: aws.NopRetryer{}})
}

// deliveryRoots are the system's certificate authorities and those of
// AWS_CA_BUNDLE (or a profile's ca_bundle); nil means the system's.
func deliveryRoots(cfg aws.Config) (*x509.CertPool, error) {
	path := ""
	for _, source := range cfg.ConfigSources {
		switch c := source.(type) {
		case config.EnvConfig:
			if path == "" {
				path = c.CustomCABundle
			}
		case config.SharedConfig:
			if path == "" {
				path = c.CustomCABundle
			}
		}
	}
	if path == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the certificate bundle: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errors.New("the certificate bundle " + path + " holds no certificate")
	}
	return pool, nil
}
