package owner

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/media/address"
)

// Rule is one enabled lifecycle rule.
type Rule struct {
	ID     string
	Prefix string
	Tags   []string // "key=value": objects without them are left alone
	// Larger and Smaller bound the size in bytes; 0: no bound.
	Larger, Smaller int64

	// ExpireDays or ExpireDate end an object's life; 0 and zero: nothing does.
	ExpireDays int
	ExpireDate time.Time
	// Archive is the first class that objects are moved to and have to be
	// restored from before they can be read; ArchiveDays after they were made,
	// or at ArchiveDate.
	Archive     string
	ArchiveDays int
	ArchiveDate time.Time
	// NoncurrentDays end the life of versions that are not current; 0:
	// nothing does. Newest of them are kept all the same.
	NoncurrentDays, Newest int
	AbortDays              int // 0: uploads that are not completed stay
}

// archives are the classes from which objects cannot be read as they are.
var archives = []s3types.TransitionStorageClass{s3types.TransitionStorageClassGlacier, s3types.TransitionStorageClassDeepArchive}

func (s *Side) lifecycle(ctx context.Context) Part[[]Rule] {
	return s.reads.settings.lifecycle.get(ctx, func(ctx context.Context) Part[[]Rule] {
		return read(ctx, "s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration", []string{"NoSuchLifecycleConfiguration"}, func(ctx context.Context) ([]Rule, error) {
			out, err := s.clients.S3.GetBucketLifecycleConfiguration(ctx, &s3.GetBucketLifecycleConfigurationInput{Bucket: aws.String(s.wants.Bucket)})
			if err != nil {
				return nil, err
			}
			var rules []Rule
			for _, r := range out.Rules {
				if r.Status == s3types.ExpirationStatusEnabled {
					rules = append(rules, ruleOf(r))
				}
			}
			return rules, nil
		})
	})
}

func ruleOf(r s3types.LifecycleRule) Rule {
	rule := Rule{ID: aws.ToString(r.ID), Prefix: aws.ToString(r.Prefix)} //nolint:staticcheck // rules written before there were filters have it still
	rule.filter(r.Filter)
	if e := r.Expiration; e != nil {
		rule.ExpireDays, rule.ExpireDate = int(aws.ToInt32(e.Days)), aws.ToTime(e.Date)
	}
	for _, t := range r.Transitions {
		for _, class := range archives {
			if t.StorageClass == class && (rule.Archive == "" || int(aws.ToInt32(t.Days)) < rule.ArchiveDays) {
				rule.Archive, rule.ArchiveDays, rule.ArchiveDate = string(class), int(aws.ToInt32(t.Days)), aws.ToTime(t.Date)
			}
		}
	}
	if n := r.NoncurrentVersionExpiration; n != nil {
		rule.NoncurrentDays, rule.Newest = int(aws.ToInt32(n.NoncurrentDays)), int(aws.ToInt32(n.NewerNoncurrentVersions))
	}
	if a := r.AbortIncompleteMultipartUpload; a != nil {
		rule.AbortDays = int(aws.ToInt32(a.DaysAfterInitiation))
	}
	return rule
}

func (r *Rule) filter(f *s3types.LifecycleRuleFilter) {
	if f == nil {
		return
	}
	tags := []s3types.Tag{}
	if f.Prefix != nil {
		r.Prefix = *f.Prefix
	}
	if f.Tag != nil {
		tags = append(tags, *f.Tag)
	}
	r.Larger, r.Smaller = aws.ToInt64(f.ObjectSizeGreaterThan), aws.ToInt64(f.ObjectSizeLessThan)
	if and := f.And; and != nil {
		if and.Prefix != nil {
			r.Prefix = *and.Prefix
		}
		tags = append(tags, and.Tags...)
		r.Larger, r.Smaller = max(r.Larger, aws.ToInt64(and.ObjectSizeGreaterThan)), max(r.Smaller, aws.ToInt64(and.ObjectSizeLessThan))
	}
	for _, t := range tags {
		r.Tags = append(r.Tags, aws.ToString(t.Key)+"="+aws.ToString(t.Value))
	}
}

// share is how much of the media a rule is about.
type share int

const (
	noMedia   share = iota
	someMedia       // a folder of them, or those of some size
	allMedia
)

// media tells what of dir's media the rule is about. Objects with tags are
// left out: the CMS tags none.
func (r Rule) media(dir string) share {
	switch {
	case len(r.Tags) > 0:
		return noMedia
	case strings.HasPrefix(r.Prefix, dir+address.ProbeDir+"/"):
		return noMedia // the connection test's own
	case strings.HasPrefix(dir, r.Prefix):
		if r.sized() {
			return someMedia
		}
		return allMedia
	case strings.HasPrefix(r.Prefix, dir):
		return someMedia
	}
	return noMedia
}

// sized tells that the rule is about objects of some sizes alone.
func (r Rule) sized() bool { return r.Larger > 0 || r.Smaller > 0 }
