package cloudfront

import (
	"crypto/rand"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/media/address"
)

// record is a distribution as its owner sees it.
type record struct {
	base     account.Distribution // what it is at the edge
	config   config
	names    []string // on its certificate
	etag     string
	modified time.Time

	invalidations []*invalidation // the newest first
}

// originID is the one origin's ID in a configuration made from a file.
const originID = "media-bucket"

// add makes the record of a distribution of the account file.
func (s *Server) add(d account.Distribution) {
	r := &record{base: d, names: d.Certificate, etag: newID("E"), modified: s.now().UTC()}
	o := origin{
		Id: originID, DomainName: s.originDomain(d), OriginPath: d.OriginPath,
		CustomHeaders: &raw{"<Quantity>0</Quantity>"}, S3OriginConfig: &s3Origin{},
		ConnectionAttempts: 3, ConnectionTimeout: 10, OriginShield: &raw{"<Enabled>false</Enabled>"},
	}
	if loc, ok := address.ParseLocation(o.DomainName); !ok || loc.Form != address.FormVirtual {
		o.S3OriginConfig, o.CustomOriginConfig = nil, &raw{customOrigin}
	}
	if d.OriginAccessControl {
		c := s.controlOf(d)
		s.controls = append(s.controls, c)
		o.OriginAccessControlId = c.id
	}
	yes := true
	r.config = config{
		CallerReference: strings.ToLower(d.ID), Aliases: aliasesOf(d.Aliases),
		Origins:              origins{Quantity: 1, Items: []origin{o}},
		OriginGroups:         &raw{"<Quantity>0</Quantity>"},
		DefaultCacheBehavior: behaviourOf(d),
		CacheBehaviors:       &raw{"<Quantity>0</Quantity>"},
		CustomErrorResponses: responsesOf(d),
		Logging:              &raw{"<Enabled>false</Enabled><IncludeCookies>false</IncludeCookies><Bucket></Bucket><Prefix></Prefix>"},
		PriceClass:           "PriceClass_All",
		Enabled:              d.Enabled,
		ViewerCertificate:    s.viewerOf(d),
		Restrictions:         &raw{"<GeoRestriction><RestrictionType>none</RestrictionType><Quantity>0</Quantity></GeoRestriction>"},
		WebACLId:             s.webACLOf(d),
		HttpVersion:          "http2",
		IsIPV6Enabled:        &yes,
	}
	s.records = append(s.records, r)
}

// customOrigin is how an origin is asked that is no bucket's endpoint, a
// website endpoint among them.
const customOrigin = `<HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>http-only</OriginProtocolPolicy>` +
	`<OriginSslProtocols><Quantity>1</Quantity><Items><SslProtocol>TLSv1.2</SslProtocol></Items></OriginSslProtocols>` +
	`<OriginReadTimeout>30</OriginReadTimeout><OriginKeepaliveTimeout>5</OriginKeepaliveTimeout>`

const defaultMethods = `<Quantity>2</Quantity><Items><Method>HEAD</Method><Method>GET</Method></Items>` +
	`<CachedMethods><Quantity>2</Quantity><Items><Method>HEAD</Method><Method>GET</Method></Items></CachedMethods>`

// behaviourOf gives a life of one day, and of nothing, by the managed cache
// policies that have it; any other by the settings of old.
func behaviourOf(d account.Distribution) behaviour {
	none := &raw{"<Enabled>false</Enabled><Quantity>0</Quantity>"}
	b := behaviour{
		TargetOriginId: originID, TrustedSigners: none, TrustedKeyGroups: none,
		ViewerProtocolPolicy: "redirect-to-https", AllowedMethods: &raw{defaultMethods}, Compress: true,
		LambdaFunctionAssociations: &raw{"<Quantity>0</Quantity>"}, FunctionAssociations: &raw{"<Quantity>0</Quantity>"},
	}
	switch {
	case d.CacheTTL == 24*time.Hour && !d.QueryStrings:
		b.CachePolicyId = cachingOptimized
	case d.CacheTTL == 0:
		b.CachePolicyId = cachingDisabled
	default:
		zero, life, most := int64(0), int64(d.CacheTTL/time.Second), int64(365*24*3600)
		b.MinTTL, b.DefaultTTL, b.MaxTTL = &zero, &life, &most
		b.ForwardedValues = &raw{"<QueryString>" + strconv.FormatBool(d.QueryStrings) + "</QueryString><Cookies><Forward>none</Forward></Cookies><Headers><Quantity>0</Quantity></Headers><QueryStringCacheKeys><Quantity>0</Quantity></QueryStringCacheKeys>"}
	}
	return b
}

// errorPage is where a custom error response of the account file is said to
// lie.
const errorPage = "/index.html"

// responsesOf are the settings for S3's 403 and 404.
func responsesOf(d account.Distribution) *responses {
	if d.ErrorCaching == nil && d.ErrorResponse == nil {
		return &responses{}
	}
	items := []response{}
	for _, code := range []int{http.StatusForbidden, http.StatusNotFound} {
		r := response{ErrorCode: code}
		if d.ErrorCaching != nil {
			life := int64(*d.ErrorCaching / time.Second)
			r.ErrorCachingMinTTL = &life
		}
		if page := d.ErrorResponse; page != nil {
			r.ResponsePagePath, r.ResponseCode = errorPage, strconv.Itoa(page.Status)
			if page.Status == 0 {
				r.ResponseCode = strconv.Itoa(code)
			}
		}
		items = append(items, r)
	}
	return &responses{Quantity: len(items), Items: &items}
}

// webACLOf is the firewall of a distribution that is blocked.
func (s *Server) webACLOf(d account.Distribution) string {
	if !d.Blocked {
		return ""
	}
	return "arn:" + s.account.Partition() + ":wafv2:us-east-1:" + s.account.ID + ":global/webacl/" + strings.ToLower(d.ID) + "/473e64fd-f30b-4765-81a0-62ad96dd167a"
}

// originDomain is the domain name in the file, else the bucket's endpoint in
// its region.
func (s *Server) originDomain(d account.Distribution) string {
	if d.OriginDomain != "" {
		return d.OriginDomain
	}
	region := "us-east-1" // of an origin that does not exist
	for _, b := range s.account.Buckets {
		if b.Name == d.OriginBucket {
			region = b.Region
		}
	}
	return (address.Space{Bucket: d.OriginBucket, Region: region}).DirectHost()
}

// viewerOf is the certificate of a distribution: CloudFront's own, or one of
// the account. The latter's ARN follows from the names on it.
func (s *Server) viewerOf(d account.Distribution) *viewer {
	if len(d.Certificate) == 0 {
		return &viewer{CloudFrontDefaultCertificate: true, MinimumProtocolVersion: "TLSv1", CertificateSource: "cloudfront"}
	}
	arn := s.certificateARN(d.Certificate)
	return &viewer{
		ACMCertificateArn: arn, SSLSupportMethod: "sni-only", MinimumProtocolVersion: "TLSv1.2_2021",
		Certificate: arn, CertificateSource: "acm",
	}
}

// find finds a distribution by ID.
func (c *call) find() (*record, *awserr.Error) {
	for _, r := range c.records {
		if r.base.ID == c.id {
			return r, nil
		}
	}
	return nil, awserr.New(http.StatusNotFound, "NoSuchDistribution", "The specified distribution does not exist.")
}

type distribution struct {
	XMLName                       xml.Name `xml:"Distribution"`
	XMLNS                         string   `xml:"xmlns,attr"`
	Id                            string
	ARN                           string
	Status                        string
	LastModifiedTime              string
	InProgressInvalidationBatches int
	DomainName                    string
	ActiveTrustedSigners          raw
	ActiveTrustedKeyGroups        raw
	DistributionConfig            config
}

func (c *call) document(r *record) distribution {
	none := raw{"<Enabled>false</Enabled><Quantity>0</Quantity>"}
	return distribution{
		XMLNS: Namespace, Id: r.base.ID, ARN: c.arn("distribution", r.base.ID), Status: r.status(),
		LastModifiedTime: stamp(r.modified), InProgressInvalidationBatches: len(r.inProgress(c.now())),
		DomainName: domainName(r.base.ID), ActiveTrustedSigners: none, ActiveTrustedKeyGroups: none,
		DistributionConfig: r.config,
	}
}

// domainName is the host name that the edge gives a distribution of itself.
func domainName(id string) string {
	return "d" + strings.TrimPrefix(strings.ToLower(id), "e") + ".cloudfront.net"
}

// status of a distribution. A change takes effect at once, so that only a
// distribution that its file calls not deployed is in progress.
func (r *record) status() string {
	if r.base.Deployed {
		return "Deployed"
	}
	return "InProgress"
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func (c *call) getDistribution() (answer, *awserr.Error) {
	r, problem := c.find()
	if problem != nil {
		return answer{}, problem
	}
	return answer{etag: r.etag, body: c.document(r)}, nil
}

func (c *call) getDistributionConfig() (answer, *awserr.Error) {
	r, problem := c.find()
	if problem != nil {
		return answer{}, problem
	}
	doc := r.config
	doc.XMLNS = Namespace
	return answer{etag: r.etag, body: doc}, nil
}

type distributionList struct {
	XMLName xml.Name `xml:"DistributionList"`
	XMLNS   string   `xml:"xmlns,attr"`
	page
	Items *[]summary `xml:"Items>DistributionSummary"`
}

type summary struct {
	Id                   string
	ARN                  string
	ETag                 string
	Status               string
	LastModifiedTime     string
	DomainName           string
	Aliases              *aliases
	Origins              origins
	OriginGroups         *raw
	DefaultCacheBehavior behaviour
	CacheBehaviors       *raw
	CustomErrorResponses *responses
	Comment              string
	PriceClass           string
	Enabled              bool
	ViewerCertificate    *viewer
	Restrictions         *raw
	WebACLId             string
	HttpVersion          string
	IsIPV6Enabled        *bool
	Staging              bool
}

func (c *call) listDistributions() (answer, *awserr.Error) {
	p, from, to, problem := c.page(len(c.records), func(i int) string { return c.records[i].base.ID })
	if problem != nil {
		return answer{}, problem
	}
	list := distributionList{XMLNS: Namespace, page: p}
	items := []summary{}
	for _, r := range c.records[from:to] {
		f := r.config
		items = append(items, summary{
			Id: r.base.ID, ARN: c.arn("distribution", r.base.ID), ETag: r.etag, Status: r.status(),
			LastModifiedTime: stamp(r.modified), DomainName: domainName(r.base.ID),
			Aliases: f.Aliases, Origins: f.Origins, OriginGroups: f.OriginGroups, DefaultCacheBehavior: f.DefaultCacheBehavior,
			CacheBehaviors: f.CacheBehaviors, CustomErrorResponses: f.CustomErrorResponses, Comment: f.Comment,
			PriceClass: f.PriceClass, Enabled: f.Enabled, ViewerCertificate: f.ViewerCertificate, Restrictions: f.Restrictions,
			WebACLId: f.WebACLId, HttpVersion: f.HttpVersion, IsIPV6Enabled: f.IsIPV6Enabled, Staging: f.Staging,
		})
	}
	if len(items) > 0 {
		list.Items = &items
	}
	return answer{body: list}, nil
}

const idLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

// newID makes up an ID of 14 characters, as CloudFront's are.
func newID(first string) string {
	b := make([]byte, 13)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	for i := range b {
		b[i] = idLetters[b[i]%32]
	}
	return first + string(b)
}
