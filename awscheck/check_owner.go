package awscheck

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/kms"

	"github.com/mediadock/mediadock/awscheck/owner"
)

// ownerCheck is a row of the owner's side. Its needs are rows of that side
// alone: what the live test finds must not hide what the owner sees.
func ownerCheck(id string, look func(*owner.Side, context.Context) owner.Finding) Check {
	return Check{
		ID: id, Needs: []string{"settings.valid"}, owner: true,
		after: []string{"caller.identity"}, // who the trust policy has to let in, unless the settings say so
		run: func(ctx context.Context, x *test) outcome {
			if x.side == nil {
				return skip("not-asked", nil)
			}
			side := x.side.Knowing(x.known())
			if f, outside := side.Outside(ctx); outside {
				return ownerOutcome(f)
			}
			return ownerOutcome(look(side, ctx))
		},
	}
}

func ownerOutcome(f owner.Finding) outcome {
	o := outcome{what: f.What, args: f.Args, notes: f.Notes, causes: f.Causes}
	switch f.Status {
	case owner.Pass:
		o.status = Pass
	case owner.Warn:
		o.status = Warn
	case owner.Fail:
		o.status = Fail
	case owner.Moot, owner.Unknown:
		o.status = Skip
	}
	switch f.What {
	case owner.Unread, owner.OtherAccount, owner.NoCredentials, owner.NoRole:
		o.common = "result.owner." + f.What
	}
	return o
}

// OwnerNeeds are the IAM actions without which rows of the owner's side could
// not be told, or not in full, each once, in the order of the rows.
func OwnerNeeds(rows []Result) []string {
	var all []string
	for _, r := range rows {
		if !isOwners(r.ID) {
			continue
		}
		var needs []string
		if r.Status == Skip {
			needs = strings.Split(r.Args["needs"], ", ")
		}
		for _, n := range r.Notes {
			needs = append(needs, strings.Split(n.Args["needs"], ", ")...)
		}
		for _, action := range needs {
			if action != "" && !slices.Contains(all, action) {
				all = append(all, action)
			}
		}
	}
	return all
}

// newSide is the account as o's owner sees it; nil when nobody is asked.
func newSide(t Target, o Options, x *test) *owner.Side {
	if o.Owner == nil {
		return nil
	}
	bucket, err := o.Owner.OwnerS3(t.place())
	if err != nil {
		return nil
	}
	return owner.New(owner.Clients{
		STS: o.Owner.STS(t.Region), IAM: o.Owner.IAM(t.Region), S3: bucket,
		S3Control: o.Owner.S3Control(t.Region), CloudFront: o.Owner.CloudFront(t.Region),
		KMS:            func(region string) *kms.Client { return o.Owner.KMS(region) },
		CustomEndpoint: o.Owner.CustomEndpoint(),
	}, owner.Wants{
		Integration: t.Integration, Bucket: t.Bucket, Region: t.Region, Prefix: t.Prefix,
		RoleARN: t.RoleARN, ExternalID: t.ExternalID, TrustedPrincipal: t.TrustedPrincipal,
		CallerAccess: !t.roleAccess(), Domain: t.Domain, Distribution: t.Distribution,
		WrongIDs: wrongIDs(t.ExternalID), App: t.App, Facts: x.facts,
		CloudNames: t.CloudNames, KMSKeys: slices.DeleteFunc(slices.Clone(t.KMSKeys), func(k string) bool { return k == allKeys }),
	})
}

// wrongIDs are what the live test tries as well.
func wrongIDs(id string) []owner.WrongID {
	var all []owner.WrongID
	for _, a := range attempts(id) {
		all = append(all, owner.WrongID{Kind: a.kind, ID: a.id})
	}
	return all
}
