package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/wizard"
)

const mediaKey = "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"

// cloudinaryRequest is one that Cloudinary's account tries.
type cloudinaryRequest struct {
	name        string
	full, tight bool // allowed by the documented policies, by the tight ones
	send        func(c *s3.Client, t *testing.T) error
}

func cloudinaryRequests() []cloudinaryRequest {
	bucket := aws.String("alpha-prod-assets")
	get := func(key string) func(*s3.Client, *testing.T) error {
		return func(c *s3.Client, t *testing.T) error {
			_, err := c.GetObject(t.Context(), &s3.GetObjectInput{Bucket: bucket, Key: aws.String(key)})
			return err
		}
	}
	put := func(key string) func(*s3.Client, *testing.T) error {
		return func(c *s3.Client, t *testing.T) error {
			_, err := c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: aws.String(key), Body: bytes.NewReader([]byte("x"))})
			return err
		}
	}
	return []cloudinaryRequest{
		{"read an asset", true, true, get("media/logo.png")},
		{"read a marker", true, true, get(".wellknown/cloudinary/alpha-prod")},
		{"read outside the prefix", true, false, get("backup/database.sql")},
		{"read beside the markers", true, false, get(".wellknown/other")},
		{"list", false, false, func(c *s3.Client, t *testing.T) error {
			_, err := c.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: bucket})
			return err
		}},
		{"write an asset", false, false, put("media/new.png")},
		{"allow itself", false, false, put(".wellknown/cloudinary/another")},
		{"delete", false, false, func(c *s3.Client, t *testing.T) error {
			_, err := c.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: bucket, Key: aws.String("media/logo.png")})
			return err
		}},
		{"read the tags", false, false, func(c *s3.Client, t *testing.T) error {
			_, err := c.GetObjectTagging(t.Context(), &s3.GetObjectTaggingInput{Bucket: bucket, Key: aws.String("media/logo.png")})
			return err
		}},
		{"read the policy", false, false, func(c *s3.Client, t *testing.T) error {
			_, err := c.GetBucketPolicy(t.Context(), &s3.GetBucketPolicyInput{Bucket: bucket})
			return err
		}},
	}
}

// What the program prints for a bucket and a key that have policies already
// lets Cloudinary read, and nothing beside: tried with real requests, for keys
// that are named and for all of them.
func TestCloudinaryPoliciesOnRealRequests(t *testing.T) {
	const bucketNow = `{"Version":"2008-10-17","Statement":` + onlyTLS + `}`
	const keyNow = `{"Statement":[{"Sid":"Owner","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}`
	for name, c := range map[string]struct {
		keys, flag string
		key        bool // the key's policy is appended to as well
	}{
		"documented":           {keys: mediaKey, key: true},
		"tight":                {keys: mediaKey, flag: "--tight", key: true},
		"all keys":             {keys: "*", key: true},
		"the key is forgotten": {keys: mediaKey},
	} {
		t.Run(name, func(t *testing.T) {
			settings := wizard.Settings{Integration: "cloudinary", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Prefix: "media", Access: "caller", CloudNames: "alpha-prod", KMSKeyARNs: wizard.List(c.keys)}
			merged := func(kind, existing string) *policy.Document {
				args := append([]string{"policy", kind, "--merge", "-"}, flagsOf(settings)...)
				if c.flag != "" {
					args = append(args, c.flag)
				}
				exit, stdout, stderr := (program{home: t.TempDir(), in: existing}).run(args...)
				doc, err := policy.Parse([]byte(stdout))
				if exit != exitDone || err != nil {
					t.Fatalf("%s: exit %d, %v\n%s%s", kind, exit, err, stdout, stderr)
				}
				return &doc
			}
			var vendor account.Caller
			onAccount(t, "cloudinary-kms-not-granted", func(a *account.Account) {
				vendor = a.Callers[1]
				a.Buckets[0].Policy = merged("bucket", bucketNow)
				if c.key {
					doc := merged("kms", keyNow)
					a.KMSKeys[0].Policy = doc
				}
				a.Buckets[0].Objects = append(a.Buckets[0].Objects, account.Object{Key: ".wellknown/other", Content: []byte("x")})
			})
			t.Setenv("AWS_ACCESS_KEY_ID", vendor.AccessKeyID)
			t.Setenv("AWS_SECRET_ACCESS_KEY", vendor.SecretAccessKey)
			src, err := connect.FromEnvironment(t.Context(), connect.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(src.Close)
			client, err := src.S3(place(settings))
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range cloudinaryRequests() {
				want := r.full
				if c.flag != "" {
					want = r.tight
				}
				if !c.key {
					want = false // nothing can be decrypted
				}
				err := r.send(client, t)
				if (err == nil) != want {
					t.Errorf("%s: %v, want it allowed: %v", r.name, err, want)
				}
				if err != nil && !strings.Contains(err.Error(), "AccessDenied") {
					t.Errorf("%s is not refused: %v", r.name, err)
				}
			}
		})
	}
}
