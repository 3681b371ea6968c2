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

// NoCredentials is the What of the finding of every row where nobody knows the
// owner's credentials, or no answer comes at all. The Args hold the "message".
const NoCredentials = "no-credentials"

// Outside tells that the credentials cannot see the role's account, and gives
// the finding that every row has then: they are another account's, or nobody's.
// An endpoint that cannot tell accounts leaves it open.
func (s *Side) Outside(ctx context.Context) (f Finding, outside bool) {
	who := s.identity(ctx)
	if ev := who.Evidence; who.State == Failed && (badCredentials(ev) || ev.HTTPStatus == 0) {
		return Finding{Status: Moot, What: NoCredentials, Args: diagnose.Args{"message": said(ev)}}, true
	}
	want := accountOf(s.wants.RoleARN)
	if want == "" || who.State != Known || who.Value.Account == "" || who.Value.Account == want {
		return Finding{}, false
	}
	return Finding{Status: Moot, What: OtherAccount, Args: diagnose.Args{
		"account": who.Value.Account, "want": want, "name": who.Value.ARN,
	}}, true
}
