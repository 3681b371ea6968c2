package main

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws/arn"

	"github.com/mediadock/mediadock/media/purge"
)

// foreigner tells beforehand that the distribution the settings name is another
// account's than the role's, and so that CloudFront lets the role not in: the
// distribution's account, else "". It asks nobody.
func (m *aftermath) foreigner() (account string) {
	named := purge.ParseDistribution(m.sel.settings.Distribution)
	role, err := arn.Parse(m.sel.settings.RoleARN)
	if named.Account == "" || m.sel.settings.Access == "caller" || err != nil || role.AccountID == named.Account {
		return ""
	}
	return named.Account
}

// foreign is foreigner where the caller, who is asked for, is not of the
// distribution's account either; mine is whose they are. Where that is not
// known it is tried.
func (m *aftermath) foreign(ctx context.Context) (account, mine string) {
	named := purge.ParseDistribution(m.sel.settings.Distribution)
	if named.Account == "" || m.sel.settings.Access != "caller" && m.foreigner() == "" {
		return "", ""
	}
	src, err := m.a.source(ctx)
	if err != nil {
		return "", ""
	}
	if mine = runsIn(src, m.sel.settings.Region)(ctx); mine == "" || mine == named.Account {
		return "", ""
	}
	return named.Account, mine
}
