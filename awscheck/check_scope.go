package awscheck

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/oklog/ulid/v2"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

// reach is the answer to "may this be done outside the prefix?".
type reach int

const (
	reachUnclear reach = iota
	reachRefused
	reachAllowed
	reachUntried // trying might really change something
)

// scopePrefix tries what the role must not be able to do outside the prefix.
// It uses names that nobody else has, so that no object of anybody's is read
// or touched, and requests that change nothing.
func scopePrefix(ctx context.Context, x *test) outcome {
	if x.target.Prefix == "" {
		return skip("no-prefix", nil)
	}
	name := func(dir string) string { return dir + address.ProbeDir + "/" + ulid.Make().String() + ".txt" }
	// Next to the prefix, too: a policy may say "media*" in place of "media/*".
	puts := []string{name(""), name(x.target.Prefix + "x/")}
	var (
		put, gone []reach
		get       = make([]reach, 2)
		notes     []diagnose.Note
	)
	together(
		func() { put = x.putOutside(ctx, puts) },
		func() { get[0] = x.getOutside(ctx, name("")) },
		func() { get[1] = x.getOutside(ctx, name(x.target.Prefix+"x/")) },
		func() { gone = x.deleteOutside(ctx, []string{name(""), name(x.target.Prefix + "x/")}) },
		func() { notes = x.scopeNotes(ctx) },
	)
	var allowed []string
	untried, unclear := false, false
	for _, tried := range []struct {
		action string
		found  []reach
	}{{"s3:PutObject", put}, {"s3:GetObject", get}, {"s3:DeleteObject", gone}} {
		for i, r := range tried.found {
			switch {
			case r == reachAllowed && (i == 0 || tried.found[0] != reachAllowed):
				allowed = append(allowed, tried.action+" "+outsideDir(puts[i]))
			case r == reachUntried:
				untried = true
			case r == reachUnclear:
				unclear = true
			}
		}
	}
	// Of an environment, too, it is the prefix: its policy is the connection's.
	args := diagnose.Args{"dir": x.target.Prefix + "/", "what": strings.Join(allowed, ", ")}
	var o outcome
	switch {
	case allowed != nil:
		o = failed("wide", args, []diagnose.Cause{
			diagnose.Because("scope-too-wide", diagnose.Certain, x.known(), diagnose.Args{"what": args["what"]}),
		})
	case unclear:
		o = inconclusive("inconclusive", args)
	case untried:
		o = inconclusive("untried", args)
	default:
		o = pass("pass", args)
	}
	o.notes = notes
	return o
}

// scopeNotes are what the role may see besides: facts, no faults.
func (x *test) scopeNotes(ctx context.Context) []diagnose.Note {
	var all, buckets, policy bool
	looks := []func(){func() {
		_, err := x.list(ctx, "")
		all = err == nil
	}}
	if x.target.roleAccess() { // of the caller's own rights there is nothing to say
		looks = append(looks, func() {
			_, err := x.s3.ListBuckets(ctx, &s3.ListBucketsInput{MaxBuckets: aws.Int32(1)})
			buckets = err == nil
		}, func() {
			_, err := x.s3.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: aws.String(x.target.Bucket)})
			policy = err == nil || isCode(err, "NoSuchBucketPolicy")
		})
	}
	together(looks...)
	var notes []diagnose.Note
	if all {
		notes = append(notes, note("scope-list-wide", nil))
	}
	if buckets {
		notes = append(notes, note("scope-list-buckets", nil))
	}
	if policy {
		notes = append(notes, note("scope-reads-policy", nil))
	}
	return notes
}

// outsideDir is the directory outside that a probe's key stands for.
func outsideDir(key string) string {
	dir := strings.Split(key, address.ProbeDir)[0]
	if dir == "" {
		return "/"
	}
	return dir
}

// getOutside reads an object that does not exist: who may read is told that.
// A refusal is also the answer to one who may read but not list; the text
// tells these apart where it names the action.
func (x *test) getOutside(ctx context.Context, key string) reach {
	out, err := x.s3.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String(x.target.Bucket), Key: aws.String(key)})
	if err == nil {
		_ = out.Body.Close()
		return reachUnclear // nobody has put it there
	}
	ev := connect.EvidenceOf(err, "s3:GetObject")
	if d, _ := diagnose.ParseDenial(ev.Message); ev.Refused() && d.Action == "s3:ListBucket" {
		return reachAllowed
	}
	return reachOf(ev)
}

// deleteOutside deletes objects that do not exist, provided that they do: so
// a versioned bucket writes no marker. An endpoint that writes one all the
// same shows that inside the prefix first.
func (x *test) deleteOutside(ctx context.Context, keys []string) []reach {
	found := make([]reach, len(keys))
	if x.source.CustomEndpoint() {
		inside := x.space.Key(address.ProbeDir + "/" + ulid.Make().String() + ".txt")
		out, err := x.deleteIfThere(ctx, inside)
		if err == nil && aws.ToBool(out.DeleteMarker) && !x.options.ScopeWrites {
			for i := range found {
				found[i] = reachUntried
			}
			return found
		}
	}
	var work []func()
	for i, key := range keys {
		work = append(work, func() {
			_, err := x.deleteIfThere(ctx, key)
			if found[i] = reachAllowed; err != nil {
				found[i] = reachOf(connect.EvidenceOf(err, "s3:DeleteObject"))
			}
		})
	}
	together(work...)
	return found
}

func (x *test) deleteIfThere(ctx context.Context, key string) (*s3.DeleteObjectOutput, error) {
	return x.deleteObject(ctx, &s3.DeleteObjectInput{
		Bucket: aws.String(x.target.Bucket), Key: aws.String(key), IfMatch: aws.String("*"),
	})
}

// reachOf reads an error: refused, or let through to where the missing object
// was noticed. Only what S3 itself said counts.
func reachOf(ev diagnose.Evidence) reach {
	switch ev.Code {
	case "NoSuchKey", "NoSuchUpload", "PreconditionFailed", "ConditionalRequestConflict":
		return reachAllowed
	}
	if ev.Refused() {
		return reachRefused
	}
	return reachUnclear
}
