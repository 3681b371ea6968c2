package owner

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	cftypes "github.com/aws/aws-sdk-go-v2/service/cloudfront/types"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Distribution is the CloudFront distribution and its origins.
type Distribution struct {
	ID, ARN, DomainName string
	Enabled             bool
	Deployed            bool
	Aliases             []string
	DefaultCertificate  bool // CloudFront's own, which is good for no alias
	WebACL              string
	Restricted          bool // to some countries, or from some
	Origins             []Origin
	Groups              map[string]string // origin groups, and the origin that each asks first
	Behaviours          []Behaviour       // in the order in which they are tried; the default last
	// Control is of the origin access control that the media's origin has.
	Control Part[Control]
}

// Origin is one origin of a distribution.
type Origin struct {
	ID, Domain, Path string
	AccessControl    string // id; empty: none
	Identity         string // a legacy origin access identity
}

// Behaviour is what a distribution does with some paths.
type Behaviour struct {
	Pattern, Origin string
	Viewers         string // "allow-all", "https-only", "redirect-to-https"
	CachePolicy     string // id
	DefaultTTL      int64  // seconds, where no policy says it
	Code            bool   // a function may ask the origin for another path
	Signed          bool   // only signed URLs and cookies are answered
}

// Control is an origin access control.
type Control struct{ Type, Signing string }

var errNothing = errors.New("the answer is empty")

// distribution finds the distribution that the settings name, or the one that
// has their domain. Absent: the account has none such.
func (s *Side) distribution(ctx context.Context) Part[Distribution] {
	return s.reads.distribution.get(ctx, func(ctx context.Context) Part[Distribution] {
		var p Part[Distribution]
		if s.wants.Distribution != "" {
			p = s.getDistribution(ctx)
		} else {
			p = s.listDistributions(ctx)
		}
		if p.State == Known {
			if id := p.Value.origin(ask{wants: s.wants}.path()).AccessControl; id != "" {
				p.Value.Control = s.control(ctx, id)
			}
		}
		return p
	})
}

func (s *Side) getDistribution(ctx context.Context) Part[Distribution] {
	return read(ctx, "cloudfront:GetDistribution", "cloudfront:GetDistribution", []string{"NoSuchDistribution"}, func(ctx context.Context) (Distribution, error) {
		out, err := s.clients.CloudFront.GetDistribution(ctx, &cloudfront.GetDistributionInput{Id: aws.String(distributionID(s.wants.Distribution))})
		if err != nil {
			return Distribution{}, err
		}
		d := out.Distribution
		if d == nil || d.DistributionConfig == nil {
			return Distribution{}, errNothing
		}
		c := d.DistributionConfig
		return described(Distribution{
			ID: aws.ToString(d.Id), ARN: aws.ToString(d.ARN), DomainName: aws.ToString(d.DomainName),
			Enabled: aws.ToBool(c.Enabled), Deployed: aws.ToString(d.Status) == deployed, WebACL: aws.ToString(c.WebACLId),
			Restricted: restricted(c.Restrictions), Groups: groups(c.OriginGroups),
		}, c.Aliases, c.ViewerCertificate, c.Origins, c.CacheBehaviors, c.DefaultCacheBehavior), nil
	})
}

const deployed = "Deployed"

// listDistributions looks through all of the account, whom no filter narrows.
// Where none has the domain, one that has the bucket for origin will do: then
// it is the alias that is missing.
func (s *Side) listDistributions(ctx context.Context) Part[Distribution] {
	host := hostOf(s.wants.Domain)
	var near *Distribution
	pages := cloudfront.NewListDistributionsPaginator(s.clients.CloudFront, &cloudfront.ListDistributionsInput{})
	for pages.HasMorePages() {
		p := read(ctx, "cloudfront:ListDistributions", "cloudfront:ListDistributions", nil, func(ctx context.Context) (*cloudfront.ListDistributionsOutput, error) {
			return pages.NextPage(ctx)
		})
		if p.State != Known {
			return Part[Distribution]{State: p.State, Needs: p.Needs, Evidence: p.Evidence}
		}
		if p.Value.DistributionList == nil {
			break
		}
		for _, item := range p.Value.DistributionList.Items {
			d := summarised(item)
			if d.serves(host) {
				return Of(d)
			}
			if near == nil && slices.ContainsFunc(d.Origins, func(o Origin) bool { return o.bucket() == s.wants.Bucket }) {
				near = &d
			}
		}
	}
	if near != nil {
		return Of(*near)
	}
	return Part[Distribution]{State: Absent, Evidence: diagnose.Evidence{Operation: "cloudfront:ListDistributions", HTTPStatus: http.StatusOK}}
}

func summarised(d cftypes.DistributionSummary) Distribution {
	return described(Distribution{
		ID: aws.ToString(d.Id), ARN: aws.ToString(d.ARN), DomainName: aws.ToString(d.DomainName),
		Enabled: aws.ToBool(d.Enabled), Deployed: aws.ToString(d.Status) == deployed, WebACL: aws.ToString(d.WebACLId),
		Restricted: restricted(d.Restrictions), Groups: groups(d.OriginGroups),
	}, d.Aliases, d.ViewerCertificate, d.Origins, d.CacheBehaviors, d.DefaultCacheBehavior)
}

func described(d Distribution, aliases *cftypes.Aliases, viewer *cftypes.ViewerCertificate, origins *cftypes.Origins, others *cftypes.CacheBehaviors, byDefault *cftypes.DefaultCacheBehavior) Distribution {
	if aliases != nil {
		d.Aliases = aliases.Items
	}
	d.DefaultCertificate = viewer == nil || aws.ToBool(viewer.CloudFrontDefaultCertificate)
	if origins != nil {
		for _, o := range origins.Items {
			origin := Origin{
				ID: aws.ToString(o.Id), Domain: strings.ToLower(aws.ToString(o.DomainName)),
				Path: aws.ToString(o.OriginPath), AccessControl: aws.ToString(o.OriginAccessControlId),
			}
			if o.S3OriginConfig != nil {
				origin.Identity = aws.ToString(o.S3OriginConfig.OriginAccessIdentity)
			}
			d.Origins = append(d.Origins, origin)
		}
	}
	if others != nil {
		for _, b := range others.Items {
			d.Behaviours = append(d.Behaviours, Behaviour{
				Pattern: aws.ToString(b.PathPattern), Origin: aws.ToString(b.TargetOriginId), Viewers: string(b.ViewerProtocolPolicy),
				CachePolicy: aws.ToString(b.CachePolicyId), DefaultTTL: aws.ToInt64(b.DefaultTTL), //nolint:staticcheck // distributions without a cache policy have it still
				Code:   hasCode(b.FunctionAssociations, b.LambdaFunctionAssociations),
				Signed: signed(b.TrustedKeyGroups, b.TrustedSigners),
			})
		}
	}
	if b := byDefault; b != nil {
		d.Behaviours = append(d.Behaviours, Behaviour{
			Pattern: "*", Origin: aws.ToString(b.TargetOriginId), Viewers: string(b.ViewerProtocolPolicy),
			CachePolicy: aws.ToString(b.CachePolicyId), DefaultTTL: aws.ToInt64(b.DefaultTTL), //nolint:staticcheck // distributions without a cache policy have it still
			Code:   hasCode(b.FunctionAssociations, b.LambdaFunctionAssociations),
			Signed: signed(b.TrustedKeyGroups, b.TrustedSigners),
		})
	}
	return d
}

func hasCode(f *cftypes.FunctionAssociations, l *cftypes.LambdaFunctionAssociations) bool {
	return f != nil && len(f.Items) > 0 || l != nil && len(l.Items) > 0
}

func signed(groups *cftypes.TrustedKeyGroups, signers *cftypes.TrustedSigners) bool {
	return groups != nil && aws.ToBool(groups.Enabled) || signers != nil && aws.ToBool(signers.Enabled)
}

func restricted(r *cftypes.Restrictions) bool {
	return r != nil && r.GeoRestriction != nil && r.GeoRestriction.RestrictionType != cftypes.GeoRestrictionTypeNone
}

func groups(g *cftypes.OriginGroups) map[string]string {
	primary := map[string]string{}
	if g == nil {
		return primary
	}
	for _, group := range g.Items {
		if group.Members != nil && len(group.Members.Items) > 0 {
			primary[aws.ToString(group.Id)] = aws.ToString(group.Members.Items[0].OriginId)
		}
	}
	return primary
}

func (s *Side) control(ctx context.Context, id string) Part[Control] {
	return read(ctx, "cloudfront:GetOriginAccessControl", "cloudfront:GetOriginAccessControl", []string{"NoSuchOriginAccessControl"}, func(ctx context.Context) (Control, error) {
		out, err := s.clients.CloudFront.GetOriginAccessControl(ctx, &cloudfront.GetOriginAccessControlInput{Id: aws.String(id)})
		if err != nil {
			return Control{}, err
		}
		if out.OriginAccessControl == nil || out.OriginAccessControl.OriginAccessControlConfig == nil {
			return Control{}, errNothing
		}
		c := out.OriginAccessControl.OriginAccessControlConfig
		return Control{Type: string(c.OriginAccessControlOriginType), Signing: string(c.SigningBehavior)}, nil
	})
}
