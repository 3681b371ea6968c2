package owner

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/address"
)

// inCloudinary are the keys of Cloudinary's requests that are not known: of
// its organization it is known that it is not the bucket owner's.
var inCloudinary = slices.DeleteFunc(slices.Clone(inS3), func(k string) bool { return strings.HasPrefix(k, "aws:principalorg") })

// cloudinary judges what the bucket's policy lets Cloudinary's account do.
type cloudinary struct {
	ask
	doc     policy.Document
	account string // the bucket's owner
}

func (s *Side) cloudinary(ctx context.Context) (c cloudinary, p Part[BucketPolicy], access publicAccess) {
	var who Part[Identity]
	var reading sync.WaitGroup
	reading.Go(func() { p = s.bucketPolicy(ctx) })
	reading.Go(func() { access = s.publicAccess(ctx) })
	reading.Go(func() { who = s.identity(ctx) })
	reading.Wait()
	c = cloudinary{ask: ask{wants: s.wants, now: s.now()}, doc: p.Value.Document, account: who.Value.Account}
	if c.account == "" {
		c.account = "000000000000" // somebody else than Cloudinary
	}
	c.wants.Facts.Existing.NoBucketPolicy = p.State == Absent
	if p.State == Known {
		c.wants.Facts.Existing.Bucket = &c.doc
	}
	return c, p, access
}

// may decides a request by Cloudinary, whose own side allows everything.
func (c cloudinary) may(action, key string) judgement {
	r := diagnose.CloudinaryReads(c.arn(""), key, c.account)
	r.Action = action
	if key == "" {
		r.Resource = c.arn("")
	}
	for k, v := range moment(c.now) {
		r.Context[k] = v
	}
	r.Context["aws:requestedregion"] = []string{c.wants.Region}
	return judge(r, policy.Policies{Identity: []policy.Document{everything}, Resource: &c.doc}, inCloudinary)
}

// markers are the keys that Cloudinary reads before all others.
func (c cloudinary) markers() []string {
	var keys []string
	for _, cloud := range c.wants.CloudNames {
		keys = append(keys, address.CloudinaryMarker(cloud))
	}
	return keys
}

func (c cloudinary) media() []string {
	var keys []string
	for _, name := range names[:2] {
		keys = append(keys, c.space().Dir()+name)
	}
	return keys
}

// CloudinaryPolicy tells whether the bucket's policy lets Cloudinary read the
// media and the markers.
func (s *Side) CloudinaryPolicy(ctx context.Context) Finding {
	c, p, access := s.cloudinary(ctx)
	if f, ok := without(p); ok {
		return f
	}
	f := Finding{Status: Pass, What: "pass", Args: diagnose.Args{"bucket": c.wants.Bucket, "dir": c.folder(), "statement": "", "what": ""}}
	c.reads(&f)
	if f.Status == Pass {
		c.restricted(&f, access)
	}
	if f.Status == Pass {
		f.note("cloudinary-organization-unread", nil)
	}
	return f
}

// reads adds what keeps Cloudinary from reading.
func (c cloudinary) reads(f *Finding) {
	var media, markers int
	unsure := false
	for _, key := range append(c.media(), c.markers()...) {
		j := c.may("s3:GetObject", key)
		switch {
		case j.decision.Explicit:
			f.Args["statement"], f.Args["what"] = nameIn(c.doc, *j.decision.Statement), aside(conditionTexts(j.decision.Statement.Conditions))
			c.because(f, "denied", "cloudinary-denied", diagnose.Certain)
			return
		case j.answer == depends:
			unsure = true
		case j.answer == yes:
			continue
		case strings.HasPrefix(key, address.CloudinaryMarkers):
			markers++
		default:
			media++
		}
	}
	switch {
	case media > 0:
		c.because(f, "missing", "cloudinary-policy-missing", diagnose.Certain)
	case markers > 0:
		c.because(f, "narrow", "cloudinary-policy-narrow", diagnose.Certain)
	case unsure:
		f.Status, f.What = Warn, "depends"
		f.Causes = append(f.Causes, diagnose.Because("cloudinary-denied", diagnose.Possible, c.wants.Facts, diagnose.Args{"statement": "", "what": ""}))
	}
}

// restricted adds that Block Public Access keeps other accounts out: it does
// so as soon as one statement of the policy is public.
func (c cloudinary) restricted(f *Finding, access publicAccess) {
	public := c.doc.Public()
	if access.public.State == Known {
		public = access.public.Value
	}
	if !public {
		return
	}
	if access.effective().Restrict {
		c.because(f, "restricted", "cloudinary-restrict-public", diagnose.Certain)
		return
	}
	var g gaps
	gap(&g, access.bucket)
	gap(&g, access.account)
	if !g.none() {
		*f = g.finding()
	}
}

func (c cloudinary) because(f *Finding, what, id string, l diagnose.Likelihood) {
	f.Status, f.What = Fail, what
	f.Causes = append(f.Causes, diagnose.Because(id, l, c.wants.Facts, f.Args))
}

// beyondReading is what Cloudinary does not need.
var beyondReading = []struct{ action, key string }{
	{"s3:PutObject", "example.jpg"}, {"s3:DeleteObject", "example.jpg"}, {"s3:ListBucket", ""}, {"s3:PutBucketPolicy", ""}, {"s3:GetObjectVersion", "example.jpg"},
}

// CloudinaryExposure tells what else Cloudinary's account may do.
func (s *Side) CloudinaryExposure(ctx context.Context) Finding {
	c, p, _ := s.cloudinary(ctx)
	if f, ok := without(p); ok {
		return f
	}
	f := Finding{Status: Pass, What: "pass", Args: diagnose.Args{"bucket": c.wants.Bucket, "dir": c.folder(), "actions": ""}}
	var more []string
	for _, b := range beyondReading {
		key := b.key
		if key != "" {
			key = c.space().Dir() + key
		}
		if c.may(b.action, key).answer != no {
			more = append(more, b.action)
		}
	}
	if c.space().Dir() != "" && c.may("s3:GetObject", "backup/example.jpg").answer != no {
		f.What = "whole" // as documented
		f.note("cloudinary-reads-all", diagnose.Args{"dir": c.folder()})
	}
	if len(more) > 0 {
		f.Status, f.What, f.Args["actions"] = Warn, "wide", strings.Join(more, ", ")
		f.Causes = append(f.Causes, diagnose.Because("cloudinary-too-wide", diagnose.Certain, c.wants.Facts, f.Args))
	}
	return f
}
