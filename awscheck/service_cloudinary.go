package awscheck

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/owner"
	"github.com/mediadock/mediadock/media/address"
)

// allKeys stands for all KMS keys.
const allKeys = "*"

// cloudinaryChecks are the rows that Cloudinary's connections have beside the
// common ones. What Cloudinary itself does cannot be tried with its account:
// its requests are decided by the policies that the owner may read.
func cloudinaryChecks() []Check {
	of := []string{"cloudinary"}
	identity := []string{"caller.identity"}
	keyPolicies := ownerCheck("cloudinary.key-policy", (*owner.Side).CloudinaryKeys)
	keyPolicies.after = append(keyPolicies.after, "cloudinary.key") // which sees the objects' keys
	checks := []Check{
		{ID: "cloudinary.bucket-name", Needs: []string{"settings.valid"}, run: cloudinaryBucketName},
		{ID: "cloudinary.marker", Needs: identity, usesBucket: true, run: cloudinaryMarker},
		{ID: "cloudinary.key", Needs: identity, usesBucket: true, run: cloudinaryKey},
		ownerCheck("cloudinary.policy", (*owner.Side).CloudinaryPolicy),
		keyPolicies,
		ownerCheck("cloudinary.exposure", (*owner.Side).CloudinaryExposure),
	}
	for i := range checks {
		checks[i].of = of
	}
	return checks
}

func cloudinaryBucketName(_ context.Context, x *test) outcome {
	args := diagnose.Args{"bucket": x.target.Bucket}
	if strings.Contains(x.target.Bucket, ".") {
		return failed("dots", args, []diagnose.Cause{diagnose.Because("cloudinary-bucket-dots", diagnose.Certain, x.known(), args)})
	}
	return pass("pass", args)
}

// cloudinaryMarker looks for the marker of each cloud name. What is in it
// matters to nobody.
func cloudinaryMarker(ctx context.Context, x *test) outcome {
	var missing []string
	for _, cloud := range x.target.CloudNames {
		there, ev := x.seen(ctx, address.CloudinaryMarker(cloud))
		switch {
		case there:
		case ev.HTTPStatus == 404:
			missing = append(missing, cloud)
		default:
			return inconclusive("unknown", diagnose.Args{"key": address.CloudinaryMarker(cloud), "needs": "s3:GetObject, s3:ListBucket"})
		}
	}
	args := diagnose.Args{"clouds": strings.Join(x.target.CloudNames, ", "), "count": itoa(len(x.target.CloudNames)), "found": ""}
	if len(missing) == 0 {
		return pass("pass", args)
	}
	args["clouds"] = strings.Join(missing, ", ")
	for _, dir := range address.CloudinaryMistakes(x.target.Prefix) {
		if there, _ := x.seen(ctx, dir+missing[0]); there {
			args["found"] = dir + missing[0]
			return failed("misplaced", args, []diagnose.Cause{diagnose.Because("cloudinary-marker-misplaced", diagnose.Certain, x.known(), args)})
		}
	}
	return failed("missing", args, []diagnose.Cause{diagnose.Because("cloudinary-marker-missing", diagnose.Certain, x.known(), args)})
}

// seen asks for an object without reading it.
func (x *test) seen(ctx context.Context, key string) (bool, diagnose.Evidence) {
	_, err := x.s3.HeadObject(ctx, &s3.HeadObjectInput{Bucket: aws.String(x.target.Bucket), Key: aws.String(key)})
	return err == nil, connect.EvidenceOf(err, "s3:HeadObject")
}

// objectsLookedAt is how many objects are asked for their key.
const objectsLookedAt = 20

// cloudinaryKey tells which keys protect the media, and whether the settings
// name them (C19).
func cloudinaryKey(ctx context.Context, x *test) outcome {
	out, err := x.s3.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String(x.target.Bucket), Prefix: aws.String(x.space.Dir())})
	if err != nil {
		return inconclusive("unknown", diagnose.Args{"needs": "s3:ListBucket"})
	}
	heads := x.heads(ctx, sample(out.Contents))
	if len(heads) == 0 {
		if len(out.Contents) > 0 {
			return inconclusive("unknown", diagnose.Args{"needs": "s3:GetObject"})
		}
		return moot("empty", nil)
	}
	keys, example := keysOf(heads)
	args := diagnose.Args{"count": itoa(len(heads)), "keys": strings.Join(keys, ", "), "key": "", "object": ""}
	if len(keys) == 0 {
		var notes []diagnose.Note
		if len(x.target.KMSKeys) > 0 {
			notes = append(notes, note("cloudinary-keys-unused", nil))
		}
		return pass("pass-s3", args, notes...)
	}
	x.learn(func(f *diagnose.Facts) { f.ObjectKeys = keys })
	for _, key := range keys {
		if !slices.Contains(x.target.KMSKeys, key) && !slices.Contains(x.target.KMSKeys, allKeys) {
			args["key"], args["object"], args["kms_key"] = key, example[key], key
			args["keys"] = strings.Join(keys, ",")
			return failed("mismatch", args, []diagnose.Cause{diagnose.Because("cloudinary-key-mismatch", diagnose.Certain, x.known(), args)})
		}
	}
	return pass("pass", args)
}

// sample are a few of the objects, from all over the list.
func sample(all []types.Object) []string {
	var keys []string
	step := max(1, len(all)/objectsLookedAt)
	for i := 0; i < len(all) && len(keys) < objectsLookedAt; i += step {
		if key := aws.ToString(all[i].Key); !strings.HasSuffix(key, "/") && !strings.Contains(key, address.ProbeDir+"/") {
			keys = append(keys, key)
		}
	}
	return keys
}

// heads are the properties of those objects that may be asked for.
func (x *test) heads(ctx context.Context, keys []string) map[string]*s3.HeadObjectOutput {
	answers := make([]*s3.HeadObjectOutput, len(keys))
	var work []func()
	for i, key := range keys {
		work = append(work, func() {
			if out, err := x.s3.HeadObject(ctx, &s3.HeadObjectInput{Bucket: aws.String(x.target.Bucket), Key: aws.String(key)}); err == nil {
				answers[i] = out
			}
		})
	}
	together(work...)
	heads := map[string]*s3.HeadObjectOutput{}
	for i, out := range answers {
		if out != nil {
			heads[keys[i]] = out
		}
	}
	return heads
}

// keysOf are the KMS keys of objects, and an object of each.
func keysOf(heads map[string]*s3.HeadObjectOutput) (keys []string, example map[string]string) {
	example = map[string]string{}
	for object, out := range heads {
		key := aws.ToString(out.SSEKMSKeyId)
		if key == "" {
			continue
		}
		if first, ok := example[key]; !ok || object < first {
			example[key] = object
		}
	}
	for key := range example {
		keys = append(keys, key)
	}
	return sorted(keys), example
}
