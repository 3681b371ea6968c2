package owner

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// OtherAccount is the What of the finding of every row where the credentials
// are not of the role's account: whatever they may read, it is not what the
// rows are about. It reads alike for all rows.
const OtherAccount = "other-account"

func (s *Side) identity(ctx context.Context) Part[Identity] {
	return s.reads.identity.get(ctx, func(ctx context.Context) Part[Identity] {
		return read(ctx, "sts:GetCallerIdentity", "sts:GetCallerIdentity", nil, func(ctx context.Context) (Identity, error) {
			who, err := s.clients.STS.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
			if err != nil {
				return Identity{}, err
			}
			return Identity{Account: aws.ToString(who.Account), ARN: aws.ToString(who.Arn)}, nil
		})
	})
}

// Stranger tells that the credentials are of another account than the role's,
// and gives the finding that every row has then. An endpoint that cannot tell
// accounts leaves it open.
func (s *Side) Stranger(ctx context.Context) (f Finding, stranger bool) {
	want := accountOf(s.wants.RoleARN)
	who := s.identity(ctx)
	if want == "" || who.State != Known || who.Value.Account == "" || who.Value.Account == want {
		return Finding{}, false
	}
	return Finding{Status: Moot, What: OtherAccount, Args: diagnose.Args{
		"account": who.Value.Account, "want": want, "name": who.Value.ARN,
	}}, true
}
