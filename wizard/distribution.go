package wizard

import (
	"net/url"
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

const maxDistribution = 256

var (
	distributionID = lazyregexp.New(`^[A-Z0-9]{6,64}$`)
	cloudfrontHost = lazyregexp.New(`(?i)^(https?://)?([a-z0-9]+\.cloudfront\.(?:net|cn))\b`)
)

// checkDistribution accepts the ID or the ARN of a CloudFront distribution.
func checkDistribution(v string, s Settings) (string, []Notice, *FieldError) {
	if host := cloudfrontHost.FindStringSubmatch(v); host != nil {
		e := problem("distribution.domain_name")
		if s.Domain == "" {
			e.also("domain", "https://"+strings.ToLower(host[2]))
		}
		return v, nil, e
	}
	if webScheme.MatchString(v) || amazonHost.MatchString(v) {
		return v, nil, pastedDistribution(v)
	}
	if len(v) > maxDistribution {
		return v, nil, problem("distribution.too_long").args("length", number(len(v)))
	}
	if e := charset("distribution", v, isPlain); e != nil {
		return v, nil, e
	}
	if a, ok := splitARN(v); ok {
		return checkDistributionARN(v, a)
	}
	if distributionID.MatchString(v) {
		return v, nil, nil
	}
	id := strings.TrimPrefix(strings.TrimPrefix(v, "distribution/"), "/")
	return v, nil, problem("distribution.format").suggest(strings.ToUpper(strings.TrimRight(id, ".,;/")))
}

func checkDistributionARN(v string, a arn) (string, []Notice, *FieldError) {
	id, isDistribution := strings.CutPrefix(a.resource, "distribution/")
	if a.service != "cloudfront" || !isDistribution {
		return v, nil, problem("distribution.format")
	}
	if !account.MatchString(a.account) {
		e := problem("distribution.account").args("account", a.account, "digits", number(len(digits(a.account))))
		fixed := a
		fixed.account = digits(a.account)
		if len(fixed.account) == 12 {
			e.detail("hyphens")
		}
		return v, nil, e.suggest(fixed.String())
	}
	fixed := arn{a.partition, "cloudfront", "", a.account, "distribution/" + strings.ToUpper(id)}
	switch {
	case a.partition != "aws" && a.partition != "aws-cn" || !distributionID.MatchString(strings.ToUpper(id)):
		return v, nil, problem("distribution.format")
	case fixed.String() != v:
		return v, nil, problem("distribution.format").suggest(fixed.String())
	case exampleAccounts[a.account]:
		return v, []Notice{notice("distribution", "distribution.example_account", "account", a.account)}, nil
	}
	return v, nil, nil
}

// pastedDistribution reads the console's address of a distribution.
func pastedDistribution(v string) *FieldError {
	e := problem("distribution.pasted_url")
	u, err := url.Parse(v)
	if err != nil {
		return e
	}
	if _, id, found := strings.Cut(u.Fragment, "distribution-settings:"); found { // an older console
		return e.suggest(id)
	}
	segments := strings.Split(u.Fragment, "/")
	for i, segment := range segments[:len(segments)-1] {
		if segment == "distributions" {
			id, _, _ := strings.Cut(segments[i+1], "?")
			return e.suggest(id)
		}
	}
	return e
}
