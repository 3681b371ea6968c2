package remote

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// follow requests a URL and what it redirects to, each checked anew. A
// response without an error has its body still open.
func (c *Client) follow(ctx context.Context, u *url.URL, span string) (*http.Response, Answer, error) {
	a := Answer{Size: -1}
	first := u
	seen := map[string]bool{}
	for hop := 0; ; hop++ {
		if err := c.check(u); err != nil {
			if hop > 0 {
				err.Args["from"] = Shown(first)
			}
			return nil, a, err
		}
		a.Plain = a.Plain || u.Scheme == "http"
		resp, proxied, err := c.request(ctx, u, span)
		a.Proxied = a.Proxied || proxied
		if err != nil {
			return nil, a, err
		}
		next, err := target(u, resp)
		if err != nil || next == nil {
			if err != nil {
				resp.Body.Close()
				return nil, a, err
			}
			a.describe(u, resp)
			return resp, a, nil
		}
		resp.Body.Close()
		if hop == mostRedirects || seen[next.String()] {
			return nil, a, fault(CodeRedirects, first, nil, "limit", strconv.Itoa(mostRedirects))
		}
		seen[u.String()] = true
		u = next
	}
}

// request sends one request, without anything that tells who asks.
func (c *Client) request(ctx context.Context, u *url.URL, span string) (_ *http.Response, proxied bool, _ error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, false, fault(CodeInvalid, u, err)
	}
	req.Header.Set("User-Agent", UserAgent)
	req.Header.Set("Accept", "*/*")
	// Compressed on the way would mean decompressing here; what servers send
	// compressed all the same is told apart in body.
	req.Header.Set("Accept-Encoding", "identity")
	if span != "" {
		req.Header.Set("Range", span)
	}
	via := c.direct
	if c.o.Proxy != nil {
		p, err := c.o.Proxy(req)
		if err != nil {
			return nil, false, fault(CodeProxy, u, err)
		}
		if p != nil {
			if err := c.checkName(u); err != nil {
				return nil, true, err
			}
			via, proxied = c.proxied, true
		}
	}
	resp, err := via.RoundTrip(req)
	if err != nil {
		return nil, proxied, requestError(ctx, u, err, proxied)
	}
	return resp, proxied, nil
}

// target is where a response redirects to; nil: nowhere.
func target(u *url.URL, resp *http.Response) (*url.URL, error) {
	switch resp.StatusCode {
	case 301, 302, 303, 307, 308:
	default:
		return nil, nil
	}
	raw := resp.Header.Get("Location")
	if raw == "" {
		return nil, fault(CodeRedirect, u, errors.New("no Location"))
	}
	ref, err := url.Parse(raw)
	if err != nil {
		return nil, fault(CodeRedirect, u, err)
	}
	next := u.ResolveReference(ref)
	next.Fragment = ""
	next, perr := normal(next, raw)
	if perr != nil {
		perr.Args["from"] = Shown(u)
		return nil, perr
	}
	return next, nil
}

func (a *Answer) describe(u *url.URL, resp *http.Response) {
	a.URL = u.String()
	a.Name = dispositionName(resp.Header.Get("Content-Disposition"))
	a.Size = resp.ContentLength
	t, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	a.Type = strings.ToLower(t)
}

// totalOf is the size of the whole in "bytes 0-4095/12345"; -1: not said.
func totalOf(contentRange string) int64 {
	_, total, _ := strings.Cut(contentRange, "/")
	n, err := strconv.ParseInt(strings.TrimSpace(total), 10, 64)
	if err != nil {
		return -1
	}
	return n
}
