package main

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/mediadock/mediadock/awscheck/connect"
)

// identityTime is how long AWS may take to say who the caller is.
const identityTime = 15 * time.Second

// identity is who the program runs as.
type identity struct{ account, arn string }

func (a *app) identity(ctx context.Context) (identity, error) {
	src, err := a.source(ctx)
	if err != nil {
		return identity{}, err
	}
	// The time that a person took is not the request's.
	ctx, cancel := connect.Unhurried(ctx)
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, identityTime)
	defer stop()
	out, _, err := src.WhoAmI(ctx, cmp.Or(src.Region(), "us-east-1")) // identities are the same everywhere
	if err != nil {
		return identity{}, err
	}
	return identity{account: aws.ToString(out.Account), arn: aws.ToString(out.Arn)}, nil
}

// callerAccount is the account that a role trusts unless the settings name
// another principal.
func (a *app) callerAccount(ctx context.Context) (string, error) {
	id, err := a.identity(ctx)
	return id.account, err
}

// callerName is what a person recognises in an ARN: the user, or of a
// session the role and who holds it.
func callerName(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 {
		return arn
	}
	resource := parts[5]
	if rest, ok := strings.CutPrefix(resource, "assumed-role/"); ok {
		return rest
	}
	return resource[strings.LastIndex(resource, "/")+1:]
}

func callerKind(arn string) string {
	switch {
	case strings.Contains(arn, ":assumed-role/AWSReservedSSO_"):
		return "sso"
	case strings.Contains(arn, ":assumed-role/"):
		return "role"
	case strings.HasSuffix(arn, ":root"):
		return "root"
	case strings.Contains(arn, ":user/"):
		return "user"
	default:
		return ""
	}
}

// profileInUse is the AWS profile that requests are made with; empty where
// credentials come from somewhere else.
func (a *app) profileInUse() string {
	a.sourceMu.Lock()
	defer a.sourceMu.Unlock()
	if a.flags.awsProfile != "" {
		return a.flags.awsProfile
	}
	if a.src == nil {
		return ""
	}
	switch found := a.src.Found(); found.Kind {
	case connect.FoundEnvironment, connect.FoundContainer, connect.FoundInstance, connect.FoundGiven:
		return ""
	default:
		return cmp.Or(found.Profile, connect.DefaultProfile())
	}
}
