package sign

import (
	"crypto/hmac"
	"encoding/hex"
	"net/http"
	"slices"
	"sort"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/access"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// Verify verifies r's signature and returns who signed it. To S3 an unsigned
// request is an anonymous one; every other service refuses it. Afterwards
// r.Body is the decoded payload: reading it to the end verifies its hash,
// chunk signatures and checksums, and what is wrong with it comes from Read
// as an *awserr.Error in place of io.EOF. r.ContentLength, the header
// Content-Encoding and, after io.EOF, r.Trailer fit the decoded payload.
func (v Verifier) Verify(r *http.Request, want Expect) (access.Caller, *awserr.Error) {
	w := words{want.Service}
	sig, problem := read(r, w)
	if problem != nil {
		return access.Caller{}, problem
	}
	if sig == nil {
		if want.Service != "s3" {
			return access.Caller{}, awserr.New(http.StatusForbidden, "MissingAuthenticationToken", "Request is missing Authentication Token")
		}
		return access.Caller{}, decode(r, nil)
	}
	key, problem := v.check(r, sig, want, w)
	if problem != nil {
		return access.Caller{}, problem
	}
	payload, problem := payloadHash(r, sig, want.Service)
	if problem != nil {
		return access.Caller{}, problem
	}
	signing := signingKey(key.Secret, sig.scope)
	if problem := match(r, sig, signing, want.Service, payload, w); problem != nil {
		return access.Caller{}, problem
	}
	if problem := decode(r, &seed{key: signing, sig: sig}); problem != nil {
		return access.Caller{}, problem
	}
	return key.Caller, nil
}

// check verifies everything but the signature itself, in AWS's order: scope,
// key, token, time, headers.
func (v Verifier) check(r *http.Request, sig *signature, want Expect, w words) (Key, *awserr.Error) {
	switch {
	case sig.service != want.Service:
		return Key{}, w.wrongService(sig)
	case len(want.Regions) > 0 && !slices.Contains(want.Regions, sig.region):
		return Key{}, w.wrongRegion(sig, want.Regions[0])
	case sig.date != sig.time.Format(dateFormat):
		return Key{}, w.wrongDate(sig)
	}
	key, standing := v.Keys(sig.accessKeyID, sig.token)
	if standing != Known {
		return Key{}, w.standing(standing, sig)
	}
	now := v.Now().UTC()
	if !key.Expires.IsZero() && !now.Before(key.Expires) {
		return Key{}, w.expiredToken(sig)
	}
	switch skew := now.Sub(sig.time); {
	case sig.presigned && skew > sig.expires:
		return Key{}, w.presignExpired(sig, now)
	case skew < -MaxSkew, !sig.presigned && skew > MaxSkew:
		return Key{}, w.skewed(sig, now)
	}
	if missing := unsignedHeaders(r, sig, want.Service); len(missing) > 0 {
		return Key{}, w.notSigned(missing)
	}
	return key, nil
}

// unsignedHeaders are the headers that must be signed and are not: host and,
// at S3, every x-amz-* header.
func unsignedHeaders(r *http.Request, sig *signature, service string) []string {
	signed := func(name string) bool {
		return slices.ContainsFunc(sig.signedHeaders, func(s string) bool { return strings.EqualFold(s, name) })
	}
	var missing []string
	if !signed("host") {
		missing = append(missing, "host")
	}
	for name := range r.Header {
		name = strings.ToLower(name)
		// A presigned URL says its payload hash in the query, or not at all.
		if service == "s3" && strings.HasPrefix(name, "x-amz-") && !signed(name) && (!sig.presigned || name != "x-amz-content-sha256") {
			missing = append(missing, name)
		}
	}
	sort.Strings(missing)
	return missing
}

func match(r *http.Request, sig *signature, key []byte, service, payload string, w words) *awserr.Error {
	given, err := hex.DecodeString(sig.value)
	var toSign, canonical string
	for _, uri := range canonicalURIs(r, service) {
		c := canonicalRequest(r, sig, uri, payload)
		s := stringToSign(sig, c)
		if err == nil && hmac.Equal(given, mac(key, s)) {
			return nil
		}
		if toSign == "" {
			toSign, canonical = s, c
		}
	}
	return w.mismatch(sig, toSign, canonical)
}
