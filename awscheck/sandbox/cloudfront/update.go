package cloudfront

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/media/address"
)

func (c *call) updateDistribution() (answer, *awserr.Error) {
	r, problem := c.find()
	if problem != nil {
		return answer{}, problem
	}
	if problem := c.ifMatch(r.etag); problem != nil {
		return answer{}, problem
	}
	var doc config
	if problem := c.read(&doc); problem != nil {
		return answer{}, problem
	}
	doc.XMLNS = ""
	names, problem := c.judge(r, &doc)
	if problem != nil {
		return answer{}, problem
	}
	r.config, r.names, r.etag, r.modified = doc, names, newID("E"), c.now().UTC()
	c.configure(r)
	return answer{etag: r.etag, body: c.document(r)}, nil
}

// judge refuses what CloudFront refuses, and gives the names on the
// certificate that the new configuration shows.
func (c *call) judge(r *record, doc *config) ([]string, *awserr.Error) {
	switch {
	case doc.CallerReference != r.config.CallerReference:
		return nil, awserr.New(http.StatusBadRequest, "IllegalUpdate", "The update contains modifications that are not allowed: CallerReference.")
	case doc.Aliases != nil && doc.Aliases.Quantity != len(doc.Aliases.names()),
		doc.Origins.Quantity != len(doc.Origins.Items):
		return nil, inconsistent()
	case len(doc.Origins.Items) == 0:
		return nil, invalid("The parameter Origins must have at least one item.")
	}
	for _, o := range doc.Origins.Items {
		if problem := c.judgeOrigin(o); problem != nil {
			return nil, problem
		}
	}
	if doc.origin() == nil {
		return nil, awserr.New(http.StatusNotFound, "NoSuchOrigin", "No origin exists with the specified Origin Id.")
	}
	names, problem := c.certificate(r, doc.ViewerCertificate)
	if problem != nil {
		return nil, problem
	}
	return names, c.judgeAliases(r, doc.Aliases.names(), names)
}

func inconsistent() *awserr.Error {
	return awserr.New(http.StatusBadRequest, "InconsistentQuantities", "The value of Quantity and the size of Items don't match.")
}

func (c *call) judgeOrigin(o origin) *awserr.Error {
	switch {
	case o.Id == "" || o.DomainName == "":
		return invalid("The parameter Origin Id or DomainName is missing.")
	case o.OriginPath != "" && (!strings.HasPrefix(o.OriginPath, "/") || strings.HasSuffix(o.OriginPath, "/")):
		return invalid("The parameter Origin OriginPath must begin with a slash and must not end with one.")
	case o.OriginAccessControlId == "":
		return nil
	case c.control(o.OriginAccessControlId) == nil:
		return awserr.New(http.StatusBadRequest, "InvalidOriginAccessControl", "The origin access control is not valid.")
	case o.S3OriginConfig != nil && o.S3OriginConfig.OriginAccessIdentity != "":
		return awserr.New(http.StatusBadRequest, "IllegalOriginAccessConfiguration", "An origin cannot contain both an origin access control (OAC) and an origin access identity (OAI).")
	}
	loc, ok := address.ParseLocation(o.DomainName)
	if !ok || loc.Form != address.FormVirtual {
		return awserr.New(http.StatusBadRequest, "InvalidDomainNameForOriginAccessControl", "An origin access control is associated with an origin whose domain name is not supported.")
	}
	return nil
}

// certificate finds the names on the certificate that v names. Those that the
// sandbox knows are those of its distributions.
func (c *call) certificate(r *record, v *viewer) ([]string, *awserr.Error) {
	if v == nil || v.CloudFrontDefaultCertificate || v.ACMCertificateArn == "" && v.IAMCertificateId == "" {
		return nil, nil
	}
	if v.ACMCertificateArn == c.certificateARN(r.names) {
		return r.names, nil
	}
	for _, d := range c.account.Distributions {
		if len(d.Certificate) > 0 && c.certificateARN(d.Certificate) == v.ACMCertificateArn {
			return d.Certificate, nil
		}
	}
	return nil, awserr.New(http.StatusBadRequest, "InvalidViewerCertificate",
		"The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.")
}

func (c *call) judgeAliases(r *record, aliases, names []string) *awserr.Error {
	for _, alias := range aliases {
		for _, other := range c.records {
			if other != r && slices.ContainsFunc(other.config.Aliases.names(), func(a string) bool { return strings.EqualFold(a, alias) }) {
				return awserr.New(http.StatusConflict, "CNAMEAlreadyExists",
					"One or more of the CNAMEs you provided are already associated with a different resource.")
			}
		}
		if !covered(names, alias) {
			return awserr.New(http.StatusBadRequest, "InvalidViewerCertificate",
				"To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name. For more details, see: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html#alternate-domain-names-requirements")
		}
	}
	return nil
}

// covered tells whether one of the names on a certificate is good for host.
func covered(names []string, host string) bool {
	_, parent, _ := strings.Cut(host, ".")
	return slices.ContainsFunc(names, func(name string) bool {
		return strings.EqualFold(name, host) || strings.EqualFold(name, "*."+parent)
	})
}

// origin is that of the default behaviour.
func (f *config) origin() *origin {
	for i := range f.Origins.Items {
		if f.Origins.Items[i].Id == f.DefaultCacheBehavior.TargetOriginId {
			return &f.Origins.Items[i]
		}
	}
	return nil
}

func (r *record) uses(control string) bool {
	return slices.ContainsFunc(r.config.Origins.Items, func(o origin) bool { return o.OriginAccessControlId == control })
}

// configure tells the edge what a distribution is now.
func (s *Server) configure(r *record) {
	r.base = s.atEdge(r)
	if s.edge != nil {
		s.edge.Configure(r.base)
	}
}

// atEdge is the distribution that a configuration describes, as far as the
// edge follows one.
func (s *Server) atEdge(r *record) account.Distribution {
	d, f := r.base, &r.config
	o := f.origin()
	d.Aliases, d.Certificate, d.Enabled = f.Aliases.names(), r.names, f.Enabled
	d.CacheTTL = f.DefaultCacheBehavior.life(d.CacheTTL)
	d.QueryStrings = f.DefaultCacheBehavior.queryStrings(d.QueryStrings)
	d.OriginPath = o.OriginPath
	d.OriginBucket, d.OriginDomain = "", o.DomainName
	if loc, ok := address.ParseLocation(o.DomainName); ok {
		d.OriginBucket = loc.Bucket
		if o.DomainName == s.originDomain(account.Distribution{OriginBucket: loc.Bucket}) {
			d.OriginDomain = "" // as a file says it
		}
	}
	used := s.control(o.OriginAccessControlId)
	d.OriginAccessControl, d.Signing = used != nil, account.SignAlways
	if used != nil {
		d.Signing = used.config.SigningBehavior
	}
	d.Blocked = d.Blocked && f.WebACLId != ""
	f.CustomErrorResponses.at(&d)
	return d
}

// at puts the settings for errors into the edge's distribution, which knows
// one for all errors and the page of the account file.
func (r *responses) at(d *account.Distribution) {
	page := d.ErrorResponse
	d.ErrorResponse, d.ErrorCaching = nil, nil
	if r == nil || r.Items == nil {
		return
	}
	for _, item := range *r.Items {
		if item.ErrorCachingMinTTL != nil {
			life := time.Duration(*item.ErrorCachingMinTTL) * time.Second
			d.ErrorCaching = &life
		}
		if item.ResponsePagePath != "" && page != nil {
			d.ErrorResponse = page
		}
	}
}

// life is how long answers without a Cache-Control live; old where only a
// policy knows that the sandbox does not.
func (b behaviour) life(old time.Duration) time.Duration {
	switch {
	case b.CachePolicyId == cachingDisabled:
		return 0
	case b.CachePolicyId == cachingOptimized:
		return 24 * time.Hour
	case b.DefaultTTL != nil:
		return time.Duration(*b.DefaultTTL) * time.Second
	}
	return old
}

// queryStrings tells whether query strings are part of the cache key; old
// where only a policy knows that the sandbox does not.
func (b behaviour) queryStrings(old bool) bool {
	switch {
	case b.CachePolicyId == cachingDisabled || b.CachePolicyId == cachingOptimized:
		return false
	case b.ForwardedValues != nil:
		return strings.Contains(b.ForwardedValues.Inner, "<QueryString>true</QueryString>")
	}
	return old
}
