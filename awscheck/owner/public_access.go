package owner

import (
	"context"
	"strconv"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/s3control"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

// Switches are the four of Block Public Access.
type Switches struct{ BlockACLs, IgnoreACLs, BlockPolicy, Restrict bool }

// or is what two levels come to: the most restrictive wins.
func (s Switches) or(o Switches) Switches {
	return Switches{s.BlockACLs || o.BlockACLs, s.IgnoreACLs || o.IgnoreACLs, s.BlockPolicy || o.BlockPolicy, s.Restrict || o.Restrict}
}

// publicAccess is all that decides whether strangers may read.
type publicAccess struct {
	// Absent: nothing is blocked. The account's is the effective one: S3
	// answers with what its organization asks for as well.
	bucket, account Part[Switches]
	// public tells whether S3 calls the bucket policy public; Absent: there
	// is no policy.
	public Part[bool]
}

const noAccessBlock = "NoSuchPublicAccessBlockConfiguration"

func (s *Side) publicAccess(ctx context.Context) publicAccess {
	return s.reads.settings.publicAccess.get(ctx, func(ctx context.Context) Part[publicAccess] {
		var a publicAccess
		var reading sync.WaitGroup
		reading.Go(func() { a.bucket = s.bucketSwitches(ctx) })
		reading.Go(func() { a.account = s.accountSwitches(ctx) })
		reading.Go(func() { a.public = s.public(ctx) })
		reading.Wait()
		return Of(a)
	}).Value
}

func (s *Side) bucketSwitches(ctx context.Context) Part[Switches] {
	return read(ctx, "s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock", []string{noAccessBlock}, func(ctx context.Context) (Switches, error) {
		out, err := s.clients.S3.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: aws.String(s.wants.Bucket)})
		if err != nil {
			return Switches{}, err
		}
		c := out.PublicAccessBlockConfiguration
		if c == nil {
			c = &s3types.PublicAccessBlockConfiguration{}
		}
		return Switches{aws.ToBool(c.BlockPublicAcls), aws.ToBool(c.IgnorePublicAcls), aws.ToBool(c.BlockPublicPolicy), aws.ToBool(c.RestrictPublicBuckets)}, nil
	})
}

// accountSwitches are those of the bucket's account: the role's, or where no
// role is named, that of the credentials.
func (s *Side) accountSwitches(ctx context.Context) Part[Switches] {
	id := accountOf(s.wants.RoleARN)
	if id == "" {
		who := s.identity(ctx)
		if id = who.Value.Account; id == "" {
			return Part[Switches]{State: Failed, Evidence: who.Evidence}
		}
	}
	return read(ctx, "s3control:GetPublicAccessBlock", "s3:GetAccountPublicAccessBlock", []string{noAccessBlock}, func(ctx context.Context) (Switches, error) {
		out, err := s.clients.S3Control.GetPublicAccessBlock(ctx, &s3control.GetPublicAccessBlockInput{AccountId: aws.String(id)})
		if err != nil || out.PublicAccessBlockConfiguration == nil {
			return Switches{}, err
		}
		c := out.PublicAccessBlockConfiguration
		return Switches{aws.ToBool(c.BlockPublicAcls), aws.ToBool(c.IgnorePublicAcls), aws.ToBool(c.BlockPublicPolicy), aws.ToBool(c.RestrictPublicBuckets)}, nil
	})
}

// PublicAccess tells whether Block Public Access fits the way in which media are delivered.
func (s *Side) PublicAccess(ctx context.Context) Finding {
	return judgePublicAccess(s.publicAccess(ctx), s.wants)
}

func judgePublicAccess(a publicAccess, w Wants) Finding {
	var g gaps
	gap(&g, a.bucket)
	gap(&g, a.account)
	switch w.delivery() {
	case direct:
		return a.openFor(w, g)
	case through:
		gap(&g, a.public)
		return a.closedFor(w, g)
	}
	if g.none() || a.bucket.State == Known {
		f := Finding{Status: Pass, What: "pass-private", Args: diagnose.Args{"bucket": w.Bucket}}
		if a.open() {
			f.note("bucket-public", diagnose.Args{"bucket": w.Bucket})
		}
		return f
	}
	return g.finding()
}

// effective is what both levels come to, as far as they are known.
func (a publicAccess) effective() Switches { return a.bucket.Value.or(a.account.Value) }

// open tells that strangers may read by the bucket policy, as far as is known.
func (a publicAccess) open() bool {
	return a.public.State == Known && a.public.Value && !a.effective().Restrict
}

// openFor judges for delivery to everybody: no level may keep a public policy
// from working.
func (a publicAccess) openFor(w Wants, g gaps) Finding {
	public := a.public.State == Known && a.public.Value
	hinders := func(p Part[Switches]) bool {
		// A public policy that is there goes on working under
		// BlockPublicPolicy, which only refuses to take one.
		return p.State == Known && (p.Value.Restrict || p.Value.BlockPolicy && !public)
	}
	bucket, account := hinders(a.bucket), hinders(a.account)
	args := diagnose.Args{"bucket": w.Bucket, "account": a.accountName(w), "switches": ""}
	if !bucket && !account {
		if !g.none() {
			return g.finding()
		}
		f := Finding{Status: Pass, What: "pass-direct", Args: args}
		if a.effective().BlockPolicy {
			f.note("policy-frozen", nil)
		}
		if e := a.effective(); !e.BlockACLs || !e.IgnoreACLs {
			f.note("acl-switches-off", nil)
		}
		return f
	}
	f := Finding{Status: Fail, What: "blocked-bucket", Args: args}
	level := "bucket"
	var on Switches
	switch {
	case bucket && account:
		f.What, level, on = "blocked-both", "both", a.effective()
	case account:
		f.What, level, on = "blocked-account", "account", a.account.Value
	default:
		on = a.bucket.Value
	}
	args["switches"] = policySwitches(on)
	f.Causes = []diagnose.Cause{diagnose.Because("public-access-blocked", diagnose.Certain, w.Facts, diagnose.Args{
		"level": level, "switches": args["switches"], "account": args["account"],
		"account_acls": aclSettings(a.account.Value),
	})}
	return f
}

// policySwitches names those of the two switches about policies that are on.
func policySwitches(s Switches) string {
	var on []string
	if s.BlockPolicy {
		on = append(on, "BlockPublicPolicy")
	}
	if s.Restrict {
		on = append(on, "RestrictPublicBuckets")
	}
	return strings.Join(on, ", ")
}

// aclSettings are the two switches about ACLs as the AWS CLI writes them.
func aclSettings(s Switches) string {
	return "BlockPublicAcls=" + strconv.FormatBool(s.BlockACLs) + ",IgnorePublicAcls=" + strconv.FormatBool(s.IgnoreACLs)
}

// closedFor judges for delivery through a distribution: nobody else may read.
func (a publicAccess) closedFor(w Wants, g gaps) Finding {
	e := a.effective()
	args := diagnose.Args{"bucket": w.Bucket, "switches": offSwitches(e)}
	public := a.public.State == Known && a.public.Value
	switch {
	case public && !e.Restrict:
		l := diagnose.Certain
		if a.bucket.State != Known && a.bucket.State != Absent || a.account.State != Known && a.account.State != Absent {
			l = diagnose.Likely // a level that may not be read may restrict it
		}
		space := address.Space{Bucket: w.Bucket, Region: w.Region, Prefix: w.Prefix}
		return Finding{Status: Warn, What: "open", Args: args, Causes: []diagnose.Cause{
			diagnose.Because("direct-access-open", l, w.Facts, diagnose.Args{"url": space.DirectURL(space.Dir())}),
		}}
	case args["switches"] == "":
		f := Finding{Status: Pass, What: "pass-cdn", Args: args}
		if public {
			f.note("public-policy-inert", nil)
		}
		return f
	case !g.none():
		return g.finding()
	}
	f := Finding{Status: Warn, What: "unguarded", Args: args, Causes: []diagnose.Cause{
		diagnose.Because("public-access-unblocked", diagnose.Certain, w.Facts, diagnose.Args{"switches": args["switches"]}),
	}}
	if public {
		f.note("public-policy-inert", nil)
	}
	return f
}

// offSwitches names the switches that are off.
func offSwitches(s Switches) string {
	var off []string
	for _, sw := range []struct {
		name string
		on   bool
	}{{"BlockPublicAcls", s.BlockACLs}, {"IgnorePublicAcls", s.IgnoreACLs}, {"BlockPublicPolicy", s.BlockPolicy}, {"RestrictPublicBuckets", s.Restrict}} {
		if !sw.on {
			off = append(off, sw.name)
		}
	}
	return strings.Join(off, ", ")
}

func (a publicAccess) accountName(w Wants) string {
	if id := accountOf(w.RoleARN); id != "" {
		return id
	}
	return w.Facts.CallerAccount
}
