package media

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/media/address"
)

// fewExamples is how many paths are named of what is counted.
const fewExamples = 5

func example(all *[]string, path string) {
	if len(*all) < fewExamples {
		*all = append(*all, path)
	}
}

// PlanEnvironment finds out what copying this library's media into the
// directory of the environment id (address.EnvironmentID) will do, with one
// walk of both. Refused are: an id that is none ("environment-id"), a library
// that is an environment's itself ("environment-nested"), a prefix inside an
// environment's directory ("environment-prefix"), and a directory that has
// objects ("environment-taken", with the plan all the same) unless an
// interrupted copy on this computer put them there or IntoExisting is set, and
// one at which another process of this computer is just now, creating or
// deleting ("environment-busy"). A plan that resumes has what was counted when
// the copy began, less what is done; it lists nothing where the directory was
// empty then.
func (l *Library) PlanEnvironment(ctx context.Context, id string, o EnvironmentOptions) (EnvironmentPlan, error) {
	if err := l.mayCopyTo(id); err != nil {
		return EnvironmentPlan{}, err
	}
	t := l.environment(id)
	if err := t.notBusy(); err != nil {
		return EnvironmentPlan{}, err
	}
	plan := EnvironmentPlan{ID: id, Name: o.Name, From: l.space, To: t.space, options: o}
	if left := l.environmentLeft(opEnvironmentCopy, t.space.Dir()); left != nil {
		plan.Resumes, plan.Begun, plan.Done = true, left.Begun, left.cursor.Done
		plan.Name = orElse(plan.Name, left.operation.Name)
		known := plan.resume(left)
		left.Close()
		if known {
			l.recallRate(&plan, plan.listing)
			return plan, ctx.Err()
		}
	}
	at, err := l.serverTime(ctx)
	if err != nil {
		return EnvironmentPlan{}, err
	}
	plan.serverTime = at
	var out leftOut
	begin := time.Now()
	err = sideBySide(ctx, l, t, "", &out, func(p pair) error {
		plan.count(p, l.copyLimit)
		if plan.Objects%1000 == 0 && o.Counting != nil {
			o.Counting(plan.Objects, plan.Bytes)
		}
		return nil
	})
	if err != nil {
		return EnvironmentPlan{}, err
	}
	plan.Probes, plan.Markers = out.probes, out.markers
	delete(out.environments, id)
	plan.Environments = len(out.environments)
	if there := plan.Same + plan.Different + plan.Foreign; there > 0 && !plan.Resumes && !o.IntoExisting {
		return plan, refuse(CodeEnvironmentTaken, t.space.Dir(), "count", strconv.FormatInt(there, 10), "id", id)
	}
	plan.listing = time.Since(begin)
	if o.Measure && plan.ToCopy >= l.measureFrom {
		err = l.measure(ctx, &plan, plan.listing)
	}
	if plan.Rate == "" {
		l.recallRate(&plan, plan.listing)
	}
	return plan, err
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// mayCopyTo refuses what is no environment of this library.
func (l *Library) mayCopyTo(id string) error {
	if err := l.mayWrite(""); err != nil {
		return err
	}
	if l.space.Environment != "" {
		return refuse(CodeEnvironmentNested, l.space.Dir(), "id", l.space.Environment)
	}
	return checkEnvironment(l.environment(id).space)
}

// checkEnvironment refuses a space that is no environment's own directory,
// whatever settings say: its last part must have the pattern of an id, and no
// part before it may be another environment's.
func checkEnvironment(s address.Space) error {
	if !address.IsEnvironmentID(s.Environment) {
		return refuse(CodeEnvironmentID, s.Dir(), "id", s.Environment)
	}
	for part := range strings.SplitSeq(strings.Trim(s.Prefix, "/"), "/") {
		if address.IsEnvironmentID(part) {
			return refuse(CodeEnvironmentPrefix, s.Dir(), "id", part)
		}
	}
	return nil
}

func (p *EnvironmentPlan) count(pr pair, large int64) {
	if pr.from == nil {
		p.Foreign++
		example(&p.ForeignPaths, pr.to.Path)
		return
	}
	from := *pr.from
	p.Objects++
	p.Bytes += from.Size
	tooLong := len(p.To.Key(from.Path)) > address.MaxKeyBytes
	if tooLong {
		p.TooLong++
		example(&p.TooLongPaths, from.Path)
	}
	if from.Size > large {
		p.Large++
		p.LargeBytes += from.Size
	}
	if archived(from) {
		p.Archived++
		p.ArchivedBytes += from.Size
		example(&p.ArchivedPaths, from.Path)
	}
	switch {
	case tooLong:
	case pr.to == nil:
		p.ToCopy++
		p.BytesToCopy += from.Size
		p.sample(from)
	case likenessOf(from, *pr.to) != unlike:
		p.Same++
		p.SameBytes += from.Size
	default:
		p.Different++
		example(&p.DifferentPaths, from.Path)
	}
}

// archived tells of a storage class that has to be restored before it is read.
// What Intelligent-Tiering archived no listing tells.
func archived(i Item) bool {
	return i.StorageClass == string(types.StorageClassGlacier) || i.StorageClass == string(types.StorageClassDeepArchive)
}

// serverTime is the server's clock, zero where it does not tell.
func (l *Library) serverTime(ctx context.Context) (time.Time, error) {
	out, err := l.list(ctx, &s3.ListObjectsV2Input{Prefix: aws.String(l.space.Dir()), MaxKeys: aws.Int32(1)})
	if err != nil {
		return time.Time{}, l.listFailure("", err)
	}
	at, _ := awsmiddleware.GetServerTime(out.ResultMetadata)
	return at.Truncate(time.Second), nil
}
