package purge

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
)

// Found is a distribution that answers for a domain.
type Found struct {
	ID, ARN string
	// Enabled and Deployed tell whether it delivers, and delivers what it was
	// set to. Neither keeps it from being invalidated.
	Enabled, Deployed bool

	domain string // its own
}

// Find looks for the distribution that answers for host, as the first of ways
// that may list an account's. A name wins over a wildcard, as with CloudFront.
// Where that leaves several, it is the one that host's CNAME leads to, then
// the only one that is enabled; otherwise the error is "several" and names
// them. canonical tells the end of host's CNAME records, empty for none; nil:
// they cannot be looked up.
func Find(ctx context.Context, ways []Way, host string, canonical func(ctx context.Context, host string) string) (Found, *Error) {
	var refused []Refusal
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, way := range ways {
		found, err := find(ctx, way.API, host)
		switch {
		case err != nil && another(err):
			refused = append(refused, Refusal{way.Name, err})
		case err != nil:
			return Found{}, err
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			return one(ctx, found, host, canonical)
		default: // another way may look into another account
			args := map[string]string{"domain": host}
			if mine := way.account(ctx); mine != "" {
				args["mine"] = mine
			}
			refused = append(refused, Refusal{way.Name, &Error{Code: CodeNotFound, Action: listing, Args: args}})
		}
	}
	for _, r := range refused {
		if r.Err.Code == CodeNotFound {
			return Found{}, elsewhere(ctx, named(*r.Err, refused), host, canonical)
		}
	}
	e := *worst(refused)
	e.Action = listing
	return Found{}, &e
}

const listing = "cloudfront:ListDistributions"

// one picks the distribution that host leads to.
func one(ctx context.Context, found []Found, host string, canonical func(context.Context, string) string) (Found, *Error) {
	if canonical != nil {
		name := canonical(ctx, host)
		if i := slices.IndexFunc(found, func(f Found) bool { return name != "" && f.domain == name }); i >= 0 {
			return found[i], nil
		}
	}
	var on []Found
	var ids []string
	for _, f := range found {
		ids = append(ids, f.ID)
		if f.Enabled {
			on = append(on, f)
		}
	}
	if len(on) == 1 {
		return on[0], nil
	}
	return Found{}, &Error{Code: CodeSeveral, Action: listing, Args: map[string]string{"domain": host, "ids": strings.Join(ids, ", ")}}
}

// elsewhere tells of a domain that nobody's distribution has whether it leads
// to CloudFront nevertheless: then the distribution is another account's.
func elsewhere(ctx context.Context, e *Error, host string, canonical func(context.Context, string) string) *Error {
	name := host
	if canonical != nil && !ofCloudFront(host) {
		name = canonical(ctx, host)
	}
	if ofCloudFront(name) {
		e.Code, e.Args["name"] = CodeElsewhere, name
	}
	return e
}

// ofCloudFront tells a distribution's own name.
func ofCloudFront(name string) bool {
	return strings.HasSuffix(name, ".cloudfront.net") || strings.HasSuffix(name, ".cloudfront.cn")
}

// find gives the distributions that fit host best.
func find(ctx context.Context, api API, host string) ([]Found, *Error) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	best, found := 0, []Found(nil)
	pages := cloudfront.NewListDistributionsPaginator(api, &cloudfront.ListDistributionsInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, failure(listing, err)
		}
		if page.DistributionList == nil {
			break
		}
		for _, d := range page.DistributionList.Items {
			switch fit := fits(d, host); {
			case fit == 0 || fit < best:
			case fit > best:
				best, found = fit, []Found{foundOf(d)}
			default:
				found = append(found, foundOf(d))
			}
		}
	}
	slices.SortFunc(found, func(a, b Found) int { return strings.Compare(a.ID, b.ID) })
	return found, nil
}

func foundOf(d types.DistributionSummary) Found {
	return Found{
		ID: aws.ToString(d.Id), ARN: aws.ToString(d.ARN), Enabled: aws.ToBool(d.Enabled), Deployed: aws.ToString(d.Status) == "Deployed",
		domain: strings.ToLower(aws.ToString(d.DomainName)),
	}
}

// fits is how well a distribution's names fit host; 0: not at all.
func fits(d types.DistributionSummary, host string) int {
	names := []string{aws.ToString(d.DomainName)}
	if d.Aliases != nil {
		names = append(names, d.Aliases.Items...)
	}
	best := 0
	for _, name := range names {
		name = strings.ToLower(name)
		_, of, _ := strings.Cut(host, ".") // a wildcard stands for one label
		parent, wild := strings.CutPrefix(name, "*.")
		switch {
		case name == "":
		case name == host:
			best = 2
		case wild && parent == of:
			best = max(best, 1)
		}
	}
	return best
}
