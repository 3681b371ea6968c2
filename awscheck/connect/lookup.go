package connect

import (
	"context"
	"errors"
	"net"
	"net/url"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

// Elsewhere looks up a name of AWS that certainly exists in the partition
// that region is of, or is meant to be of: after another name could not be
// found it tells a name that does not exist from a network without names. The
// answer is empty where it would say nothing: behind a proxy, which looks
// names up itself, and at a custom endpoint.
func (s *Source) Elsewhere(ctx context.Context, region string) diagnose.Lookup {
	p, ok := address.PartitionOf(region)
	home := homeRegions[p.ID]
	if !ok || home == "" {
		p, _ = address.PartitionOf("us-east-1")
		home = "us-east-1"
	}
	host := "sts." + home + "." + p.DNSSuffix
	if s.custom || s.Proxied(&url.URL{Scheme: "https", Host: host}) {
		return ""
	}
	_, err := s.names.LookupHost(ctx, host)
	var unknown *net.DNSError
	switch {
	case err == nil:
		return diagnose.Resolves
	case errors.As(err, &unknown):
		return diagnose.NoName
	}
	return ""
}
