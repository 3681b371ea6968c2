package awscheck

import (
	"context"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

func roleAssume(ctx context.Context, x *test) outcome {
	if !x.target.roleAccess() {
		return moot("caller-access", nil)
	}
	assumed, err := x.source.Session(x.target.place()).Assume(ctx)
	if err != nil {
		return failed("fail", nil, x.why(err, "sts:AssumeRole"))
	}
	return pass("pass", diagnose.Args{"role": arnName(x.target.RoleARN), "session": assumed.ARN})
}
