package owner

import (
	"cmp"
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

// Versions are what the bucket keeps of what was overwritten or deleted.
type Versions struct {
	Status    string // "Enabled", "Suspended", or empty: never on
	MFADelete bool   // versions go only with the root user's device
}

// Lock is the default retention of S3 Object Lock.
type Lock struct {
	Mode  string // "GOVERNANCE", "COMPLIANCE", or empty: no default
	Days  int
	Years int
}

// Versioning tells what becomes of media that are deleted.
func (s *Side) Versioning(ctx context.Context) Finding {
	var (
		v       Part[Versions]
		lock    Part[Lock]
		rules   Part[[]Rule]
		reading sync.WaitGroup
	)
	reading.Go(func() { v = s.versions(ctx) })
	reading.Go(func() { lock = s.lock(ctx) })
	reading.Go(func() { rules = s.lifecycle(ctx) })
	reading.Wait()
	if f, ok := without(v); ok {
		return f
	}
	return judgeVersioning(v.Value, lock, rules, s.wants)
}

func (s *Side) versions(ctx context.Context) Part[Versions] {
	return read(ctx, "s3:GetBucketVersioning", "s3:GetBucketVersioning", nil, func(ctx context.Context) (Versions, error) {
		out, err := s.clients.S3.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: aws.String(s.wants.Bucket)})
		if err != nil {
			return Versions{}, err
		}
		return Versions{Status: string(out.Status), MFADelete: out.MFADelete == s3types.MFADeleteStatusEnabled}, nil
	})
}

func (s *Side) lock(ctx context.Context) Part[Lock] {
	return read(ctx, "s3:GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration", []string{"ObjectLockConfigurationNotFoundError"}, func(ctx context.Context) (Lock, error) {
		out, err := s.clients.S3.GetObjectLockConfiguration(ctx, &s3.GetObjectLockConfigurationInput{Bucket: aws.String(s.wants.Bucket)})
		if err != nil {
			return Lock{}, err
		}
		c := out.ObjectLockConfiguration
		if c == nil || c.Rule == nil || c.Rule.DefaultRetention == nil {
			return Lock{}, nil
		}
		d := c.Rule.DefaultRetention
		return Lock{Mode: string(d.Mode), Days: int(aws.ToInt32(d.Days)), Years: int(aws.ToInt32(d.Years))}, nil
	})
}

func judgeVersioning(v Versions, lock Part[Lock], rules Part[[]Rule], w Wants) Finding {
	dir := (address.Space{Prefix: w.Prefix}).Dir()
	f := Finding{Status: Pass, What: "off", Args: diagnose.Args{"bucket": w.Bucket, "days": ""}}
	switch {
	case lock.State == Known && lock.Value.Mode != "":
		f.locked(lock.Value, w)
	case v.Status == "Enabled":
		f.kept(rules, dir, w)
	case v.Status == "Suspended":
		f.What = "suspended"
		f.note("versions-older", nil)
	}
	if lock.State == Denied {
		f.note("lock-unknown", diagnose.Args{"needs": lock.Needs})
	}
	if v.MFADelete {
		f.note("mfa-delete", nil)
	}
	return f
}

// locked: what is deleted stays until its retention ends, whatever anybody's
// rights and rules.
func (f *Finding) locked(l Lock, w Wants) {
	days := l.Days
	if days == 0 {
		days = l.Years * 365
	}
	args := diagnose.Args{"mode": l.Mode, "days": itoa(days)}
	f.Status, f.What = Warn, "locked"
	f.Args["mode"], f.Args["days"] = args["mode"], args["days"]
	f.Causes = []diagnose.Cause{
		diagnose.Because("object-locked", diagnose.Certain, w.Facts, args),
		diagnose.Because("delete-marker", diagnose.Certain, w.Facts, args),
	}
}

// kept: what is deleted stays as a version, until a rule ends it.
func (f *Finding) kept(rules Part[[]Rule], dir string, w Wants) {
	for _, r := range rules.Value {
		if r.NoncurrentDays > 0 && r.media(dir) == allMedia {
			f.What = "expiring"
			f.Args["days"] = itoa(r.NoncurrentDays)
			if r.Newest > 0 {
				f.note("versions-newest", diagnose.Args{"count": itoa(r.Newest), "rule": orDash(r.ID)})
			}
			return
		}
	}
	if rules.State == Denied || rules.State == Failed {
		f.What = "kept-maybe"
		f.note("lifecycle-unknown", diagnose.Args{"needs": cmp.Or(rules.Needs, "s3:GetLifecycleConfiguration")})
		return
	}
	f.Status, f.What = Warn, "kept"
	f.Causes = []diagnose.Cause{diagnose.Because("delete-marker", diagnose.Certain, w.Facts)}
}
