package purge

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
)

// Find looks for the distribution that answers for host, as the first of ways
// that may list an account's. A name wins over a wildcard, as with CloudFront;
// where that leaves several, the error is "several" and names them.
func Find(ctx context.Context, ways []Way, host string) (id string, problem *Error) {
	var refused []Refusal
	for _, way := range ways {
		found, err := find(ctx, way.API, strings.ToLower(host))
		switch {
		case err != nil && another(err):
			refused = append(refused, Refusal{way.Name, err})
		case err != nil:
			return "", err
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			return "", &Error{Code: CodeSeveral, Action: listing, Args: map[string]string{"domain": host, "ids": strings.Join(found, ", ")}}
		default: // another way may look into another account
			refused = append(refused, Refusal{way.Name, &Error{Code: CodeNotFound, Action: listing, Args: map[string]string{"domain": host}}})
		}
	}
	for _, r := range refused {
		if r.Err.Code == CodeNotFound {
			return "", r.Err
		}
	}
	e := *worst(refused)
	e.Action = listing
	return "", &e
}

const listing = "cloudfront:ListDistributions"

// find gives the ids of the distributions that fit host best.
func find(ctx context.Context, api API, host string) ([]string, *Error) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	best, found := 0, []string(nil)
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
				best, found = fit, []string{aws.ToString(d.Id)}
			default:
				found = append(found, aws.ToString(d.Id))
			}
		}
	}
	slices.Sort(found)
	return found, nil
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
