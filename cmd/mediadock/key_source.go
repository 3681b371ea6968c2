package main

import (
	"context"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/wizard"
)

// keySource reaches AWS with the key that a connection is tested with: that of
// the AWS profile which holds imgix's key where one is named (D12), else the
// program's caller. done lets go of what was opened for it.
func (a *app) keySource(ctx context.Context, s wizard.Settings) (src *connect.Source, done func(), err error) {
	if s.AccessKeyProfile == "" {
		src, err = a.source(ctx)
		return src, func() {}, err
	}
	src, err = a.connect(ctx, s.AccessKeyProfile)
	if err != nil {
		return nil, nil, a.configFailure(err, s.AccessKeyProfile)
	}
	free, cancel := connect.Unhurried(ctx)
	defer cancel()
	_ = src.Prepare(free) // where it fails, the rows say so
	return src, src.Close, nil
}
