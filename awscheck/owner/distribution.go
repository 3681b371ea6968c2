package owner

import (
	"cmp"
	"context"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

// Distribution tells whether the distribution serves the bucket under the custom domain.
func (s *Side) Distribution(ctx context.Context) Finding {
	if s.wants.delivery() != through {
		return Finding{Status: Moot, What: "no-domain"}
	}
	if account := s.foreignDistribution(s.wants.Distribution); account != "" {
		return s.foreign(account)
	}
	var (
		p       Part[Distribution]
		public  publicAccess
		reading sync.WaitGroup
	)
	reading.Go(func() { p = s.distribution(ctx) })
	reading.Go(func() { public = s.publicAccess(ctx) })
	reading.Wait()
	if f, ok := without(p); ok {
		return f
	}
	if p.State == Absent {
		named := namedDistribution(s.bucketPolicy(ctx).Value.Document, s.wants.Distribution)
		if account := s.foreignDistribution(named); account != "" {
			return s.foreign(account)
		}
	}
	return judgeDistribution(p, s.wants, public.open())
}

// foreign is the finding about a distribution of another account.
func (s *Side) foreign(account string) Finding {
	return Finding{Status: Unknown, What: "foreign", Args: diagnose.Args{
		"distribution": distributionID(s.wants.Distribution), "account": account,
	}}
}

// foreignDistribution is the account of a distribution's ARN that is not the
// role's account's: nothing of it can be read from there.
func (s *Side) foreignDistribution(arn string) string {
	account := accountOf(arn)
	if own := accountOf(s.wants.RoleARN); account == "" || account == own {
		return ""
	}
	return account
}

// distributionARN is the ARN of the settings' distribution; an id alone is of
// the role's account. Empty: none is set.
func distributionARN(w Wants) string {
	d := w.Distribution
	if d == "" || strings.HasPrefix(d, "arn:") {
		return d
	}
	return "arn:" + partitionOf(w.RoleARN) + ":cloudfront::" + accountOf(w.RoleARN) + ":distribution/" + d
}

// path is the URL's path of a file of the connection.
func (a ask) path() string { return "/" + a.space().Dir() + names[0] }

// behaviour is the first that is for a path.
func (d Distribution) behaviour(of string) Behaviour {
	for _, b := range d.Behaviours {
		if matches(b.Pattern, of) {
			return b
		}
	}
	return Behaviour{}
}

// matches tells whether a path pattern of CloudFront is for a path: * stands
// for any characters, slashes too, ? for one; a first slash may be left out.
func matches(pattern, of string) bool {
	pattern, of = strings.TrimPrefix(pattern, "/"), strings.TrimPrefix(of, "/")
	// path.Match stops at slashes, which are nothing special here.
	plain := strings.NewReplacer("/", "\x00", "[", `\[`, `\`, `\\`)
	ok, err := path.Match(plain.Replace(pattern), strings.ReplaceAll(of, "/", "\x00"))
	return ok && err == nil
}

// origin is where a path is fetched from.
func (d Distribution) origin(of string) Origin {
	id := d.behaviour(of).Origin
	if primary := d.Groups[id]; primary != "" {
		id = primary
	}
	for _, o := range d.Origins {
		if o.ID == id {
			return o
		}
	}
	return Origin{}
}

// location is the bucket's address that the origin's domain is.
func (o Origin) location() (address.Location, bool) {
	return address.ParseLocation("https://" + o.Domain)
}

// bucket is the bucket that the origin's domain leads to; empty: none.
func (o Origin) bucket() string {
	l, _ := o.location()
	return l.Bucket
}

// serves tells whether viewers who ask for host are answered.
func (d Distribution) serves(host string) bool {
	if host == "" {
		return false
	}
	_, parent, _ := strings.Cut(host, ".")
	for _, name := range append([]string{d.DomainName}, d.Aliases...) {
		if strings.EqualFold(name, host) || strings.EqualFold(name, "*."+parent) {
			return true
		}
	}
	return false
}

// hostOf is the host of "https://host".
func hostOf(domain string) string {
	if _, host, ok := strings.Cut(domain, "://"); ok {
		domain = host
	}
	host, _, _ := strings.Cut(domain, "/")
	return strings.ToLower(host)
}

// front is a distribution before a connection's bucket.
type front struct {
	ask
	Distribution
	open bool // strangers may read from the bucket
	*Finding
}

func judgeDistribution(p Part[Distribution], w Wants, open bool) Finding {
	d := p.Value
	host := hostOf(w.Domain)
	f := Finding{Status: Pass, What: "pass", Args: diagnose.Args{
		"distribution": cmp.Or(d.ID, distributionID(w.Distribution)), "host": host, "bucket": w.Bucket,
		"account": accountOf(w.RoleARN), "what": "",
	}}
	if p.State == Absent {
		if w.Distribution == "" {
			f.Status, f.What = Unknown, "none-here"
			return f
		}
		f.Status, f.What = Fail, "missing"
		f.Causes = []diagnose.Cause{diagnose.Because("distribution-not-found", diagnose.Likely, w.Facts)}
		return f
	}
	if w.Facts.Distribution == "" {
		w.Facts.Distribution = d.ARN
	}
	x := front{ask{wants: w}, d, open, &f}
	x.state()
	x.names(host)
	x.source()
	x.viewers()
	x.remarks()
	if f.What == "pass" && host == "" {
		f.What = "pass-own"
	}
	return f
}

// because adds a cause. The first that fails is the row's result, else the
// first that warns.
func (x front) because(status Status, what, id string, l diagnose.Likelihood, more ...diagnose.Args) {
	x.Causes = append(x.Causes, diagnose.Because(id, l, x.wants.Facts, more...))
	if x.Status == Pass || x.Status == Warn && status == Fail {
		x.Status, x.What = status, what
		x.Args["what"] = ""
		for _, m := range more {
			if v := m["what"]; v != "" {
				x.Args["what"] = v
			}
		}
	}
}

func (x front) state() {
	switch {
	case !x.Enabled:
		x.because(Fail, "disabled", "distribution-disabled", diagnose.Certain)
	case !x.Deployed:
		x.because(Warn, "deploying", "distribution-deploying", diagnose.Certain)
	}
}

// names tells whether the domain leads here with a certificate for it.
func (x front) names(host string) {
	switch {
	case host == "":
	case !x.serves(host) && x.wants.Distribution == "":
		// It was found by its origin: the domain may as well be that of
		// another CDN.
		x.because(Warn, "alias-maybe", "alias-missing", diagnose.Possible)
	case !x.serves(host):
		x.because(Fail, "alias", "alias-missing", diagnose.Certain)
	case x.DefaultCertificate && !strings.EqualFold(host, x.DomainName):
		x.because(Fail, "certificate", "tls-name-mismatch", diagnose.Certain)
	}
}

// source tells whether what people ask for is asked of this bucket, under the
// key that it has there, by somebody whom S3 can know.
func (x front) source() {
	o := x.origin(x.path())
	l, s3 := o.location()
	args := diagnose.Args{"what": o.Domain, "location": o.Domain}
	switch {
	case !s3:
		x.note("origin-unseen", args) // what stands there may read the bucket in turn
		return
	case l.Bucket != x.wants.Bucket:
		x.because(Fail, "other-origin", "origin-other-bucket", x.unlessCode(), args)
		return
	case l.Form == address.FormWebsite:
		x.because(x.severity(), "website", "origin-website", diagnose.Certain, args)
	case x.global(o, l):
		x.because(Warn, "global", "origin-redirects", diagnose.Possible, args)
	case l.Region != x.wants.Region:
		x.because(Fail, "other-region", "origin-redirects", diagnose.Certain, args)
	}
	if o.Path != "" {
		x.key(o)
	}
	if l.Form != address.FormWebsite {
		x.access(o)
	}
}

// severity of an origin whom S3 takes for a stranger: a warning while it lets
// strangers in.
func (x front) severity() Status {
	if x.open {
		return Warn
	}
	return Fail
}

// global tells that the origin is the bucket's name without a region, which
// redirects elsewhere for as long as the bucket is new.
func (x front) global(o Origin, l address.Location) bool {
	return !strings.Contains(o.Domain, "."+l.Region+".") && !strings.Contains(o.Domain, "-"+l.Region+".") && x.wants.Region != "us-east-1"
}

// key tells what an origin path does: S3 is asked for the origin path and
// the URL's path together.
func (x front) key(o Origin) {
	x.because(Fail, "origin-path", "origin-path-doubled", x.unlessCode(), diagnose.Args{
		"what": o.Path, "url": strings.TrimPrefix(o.Path+x.path(), "/"),
	})
}

// unlessCode is certain, unless a function may ask for something else.
func (x front) unlessCode() diagnose.Likelihood {
	if x.behaviour(x.path()).Code {
		return diagnose.Likely
	}
	return diagnose.Certain
}

// access tells whether S3 can know that CloudFront asks.
func (x front) access(o Origin) {
	switch c := x.Control; {
	case o.AccessControl == "" && o.Identity != "":
		x.note("origin-identity", nil)
	case o.AccessControl == "":
		x.because(x.severity(), "no-access", "origin-access-missing", diagnose.Certain)
	case c.State == Absent:
		x.because(x.severity(), "no-access", "origin-access-missing", diagnose.Certain)
	case c.State != Known:
		x.note("signing-unknown", diagnose.Args{"needs": cmp.Or(c.Needs, "cloudfront:GetOriginAccessControl")})
	case c.Value.Signing == "never":
		x.because(x.severity(), "never-signs", "origin-access-missing", diagnose.Certain)
	case c.Value.Type != "s3":
		x.because(x.severity(), "wrong-type", "origin-access-missing", diagnose.Certain, diagnose.Args{"what": c.Value.Type})
	case c.Value.Signing == "no-override":
		x.note("signing-no-override", nil)
	}
}

// viewers tells whether everybody is answered.
func (x front) viewers() {
	if x.behaviour(x.path()).Signed {
		x.because(Fail, "signed", "signed-url-required", diagnose.Certain)
	}
	if x.Restricted {
		x.note("geo-restricted", nil)
	}
}

// ttls are how long AWS's own cache policies keep what says nothing itself.
var ttls = map[string]int{
	"658327ea-f89d-4fab-a63d-7e88639e58f6": 24 * 3600, // CachingOptimized
	"b2884449-e4de-46a7-ac36-70bc7f1ddd6d": 24 * 3600, // CachingOptimizedForUncompressedObjects
	"4135ea2d-6df8-44a3-9df3-4b5a84be39ad": 0,         // CachingDisabled
	"83da9c7e-98b4-4e11-a168-04f0df8e2c65": 0,         // UseOriginCacheControlHeaders
	"4cc15a8a-d715-48a4-82b8-cc0b614638fe": 0,         // UseOriginCacheControlHeaders-QueryStrings
}

// remarks are what is worth knowing of a distribution that works.
func (x front) remarks() {
	b := x.behaviour(x.path())
	if x.WebACL != "" {
		x.note("waf-present", nil)
	}
	if b.Viewers == "allow-all" {
		x.note("http-allowed", nil)
	}
	if b.Code {
		x.note("edge-code", nil)
	}
	seconds, known := ttls[b.CachePolicy]
	if b.CachePolicy == "" {
		seconds, known = int(b.DefaultTTL), true
	}
	switch {
	case !known:
	case seconds == 0:
		x.note("ttl-none", nil)
	default:
		x.note("ttl", diagnose.Args{"hours": strconv.FormatFloat(float64(seconds)/3600, 'g', 3, 64)})
	}
}
