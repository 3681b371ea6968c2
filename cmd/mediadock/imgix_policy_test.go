package main

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/wizard"
)

// request is one that a key tries.
type request struct {
	name        string
	full, tight bool // allowed by the documented policy, by the tight one
	send        func(ctx context.Context, c *s3.Client) error
}

// imgixRequests are what imgix does, and a table of others.
func imgixRequests() []request {
	const bucket, other = "alpha-prod-assets", "alpha-backups"
	get := func(bucket, key string) func(context.Context, *s3.Client) error {
		return func(ctx context.Context, c *s3.Client) error {
			_, err := c.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String(bucket), Key: aws.String(key)})
			return err
		}
	}
	list := func(bucket string) func(context.Context, *s3.Client) error {
		return func(ctx context.Context, c *s3.Client) error {
			_, err := c.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String(bucket), Prefix: aws.String("media/")})
			return err
		}
	}
	return []request{
		{"list the bucket", true, true, list(bucket)},
		{"ask where the bucket is", true, true, func(ctx context.Context, c *s3.Client) error {
			_, err := c.GetBucketLocation(ctx, &s3.GetBucketLocationInput{Bucket: aws.String(bucket)})
			return err
		}},
		{"read under the prefix", true, true, get(bucket, "media/logo.png")},
		{"read outside the prefix", true, false, get(bucket, "private/plan.pdf")},
		{"read beside the prefix", true, false, get(bucket, "mediax/logo.png")},
		{"read another bucket", false, false, get(other, "media/logo.png")},
		{"list another bucket", false, false, list(other)},
		{"list all buckets", false, false, func(ctx context.Context, c *s3.Client) error {
			_, err := c.ListBuckets(ctx, &s3.ListBucketsInput{})
			return err
		}},
		{"write", false, false, func(ctx context.Context, c *s3.Client) error {
			_, err := c.PutObject(ctx, &s3.PutObjectInput{Bucket: aws.String(bucket), Key: aws.String("media/new.txt"), Body: bytes.NewReader([]byte("x"))})
			return err
		}},
		{"begin an upload in parts", false, false, func(ctx context.Context, c *s3.Client) error {
			_, err := c.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: aws.String(bucket), Key: aws.String("media/new.txt")})
			return err
		}},
		{"copy", false, false, func(ctx context.Context, c *s3.Client) error {
			_, err := c.CopyObject(ctx, &s3.CopyObjectInput{Bucket: aws.String(bucket), Key: aws.String("media/copy.png"), CopySource: aws.String(bucket + "/media/logo.png")})
			return err
		}},
		{"delete", false, false, func(ctx context.Context, c *s3.Client) error {
			_, err := c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: aws.String(bucket), Key: aws.String("media/logo.png")})
			return err
		}},
		{"read the tags", false, false, func(ctx context.Context, c *s3.Client) error {
			_, err := c.GetObjectTagging(ctx, &s3.GetObjectTaggingInput{Bucket: aws.String(bucket), Key: aws.String("media/logo.png")})
			return err
		}},
		{"read the bucket's policy", false, false, func(ctx context.Context, c *s3.Client) error {
			_, err := c.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: aws.String(bucket)})
			return err
		}},
		{"open the bucket to everybody", false, false, func(ctx context.Context, c *s3.Client) error {
			_, err := c.PutPublicAccessBlock(ctx, &s3.PutPublicAccessBlockInput{Bucket: aws.String(bucket), PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{}})
			return err
		}},
	}
}

// Each policy that is written for imgix's user lets the key do what imgix does,
// and nothing beside: tried with real requests.
func TestImgixPoliciesOnRealRequests(t *testing.T) {
	settings := wizard.Settings{Integration: "imgix", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Prefix: "media", Subdomain: "alpha-prod", Access: "caller"}
	for _, tight := range []bool{false, true} {
		pieces, problems := wizard.Pieces(settings, wizard.DocumentPermissions, tight)
		if len(pieces) != 1 || len(problems) > 0 {
			t.Fatalf("%v %v", pieces, problems)
		}
		onAccount(t, "imgix-ready", func(a *account.Account) {
			a.Callers[0].Policy = pieces[0].Policy
			more := []string{"private/plan.pdf", "mediax/logo.png"}
			for _, key := range more {
				a.Buckets[0].Objects = append(a.Buckets[0].Objects, account.Object{Key: key, Content: []byte("x")})
			}
			i := slices.IndexFunc(a.Buckets, func(b account.Bucket) bool { return b.Name == "alpha-backups" })
			a.Buckets[i].Objects = append(a.Buckets[i].Objects, account.Object{Key: "media/logo.png", Content: []byte("x")})
		})
		src, err := connect.FromEnvironment(t.Context(), connect.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(src.Close)
		client, err := src.S3(place(settings))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range imgixRequests() {
			want := r.full
			if tight {
				want = r.tight
			}
			err := r.send(t.Context(), client)
			if (err == nil) != want {
				t.Errorf("tight %v: %s: %v, want it allowed: %v", tight, r.name, err, want)
			}
			if err != nil && !strings.Contains(err.Error(), "AccessDenied") {
				t.Errorf("tight %v: %s is not refused: %v", tight, r.name, err)
			}
		}
	}
}
