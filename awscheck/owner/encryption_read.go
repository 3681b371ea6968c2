package owner

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// Encryption is the bucket's default encryption and its key.
type Encryption struct {
	Algorithm string // "AES256", "aws:kms", "aws:kms:dsse"
	Key       string // as configured; empty: the AWS managed key
	BucketKey bool
	// BlocksSSEC: uploads with keys of one's own are refused.
	BlocksSSEC bool
	// Of a KMS key, as far as they could be read:
	Found     Part[Key]
	KeyPolicy Part[policy.Document] // NotAsked of an AWS managed key
}

// Key is a KMS key.
type Key struct {
	ARN     string
	State   string // "Enabled", "Disabled", "PendingDeletion", ...
	Managed bool   // an AWS managed key, whose policy cannot be edited
}

// managedKey is the alias of the AWS managed key for S3.
const managedKey = "alias/aws/s3"

func (e Encryption) kms() bool { return strings.HasPrefix(e.Algorithm, "aws:kms") }

func (s *Side) encryption(ctx context.Context) Part[Encryption] {
	return s.reads.encryption.get(ctx, func(ctx context.Context) Part[Encryption] {
		p := read(ctx, "s3:GetBucketEncryption", "s3:GetEncryptionConfiguration", []string{"ServerSideEncryptionConfigurationNotFoundError"}, func(ctx context.Context) (Encryption, error) {
			out, err := s.clients.S3.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: aws.String(s.wants.Bucket)})
			if err != nil || out.ServerSideEncryptionConfiguration == nil {
				return Encryption{}, err
			}
			return encryptionOf(out.ServerSideEncryptionConfiguration.Rules), nil
		})
		if p.State == Known && p.Value.kms() {
			s.readKey(ctx, &p.Value)
		}
		return p
	})
}

func encryptionOf(rules []s3types.ServerSideEncryptionRule) Encryption {
	e := Encryption{Algorithm: string(s3types.ServerSideEncryptionAes256)} // what S3 does anyway
	for _, r := range rules {
		e.BucketKey = e.BucketKey || aws.ToBool(r.BucketKeyEnabled)
		if b := r.BlockedEncryptionTypes; b != nil {
			e.BlocksSSEC = e.BlocksSSEC || slices.Contains(b.EncryptionType, s3types.EncryptionTypeSseC)
		}
		if d := r.ApplyServerSideEncryptionByDefault; d != nil {
			e.Algorithm, e.Key = string(d.SSEAlgorithm), aws.ToString(d.KMSMasterKeyID)
		}
	}
	return e
}

// readKey reads the key and its policy, in the key's own region.
func (s *Side) readKey(ctx context.Context, e *Encryption) {
	name, region := e.Key, s.wants.Region
	if name == "" {
		name = managedKey
	}
	if r := regionOf(name); r != "" {
		region = r
	}
	client := s.clients.KMS(region)
	e.Found = read(ctx, "kms:DescribeKey", "kms:DescribeKey", []string{"NotFoundException"}, func(ctx context.Context) (Key, error) {
		out, err := client.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: aws.String(name)})
		if err != nil || out.KeyMetadata == nil {
			return Key{}, err
		}
		m := out.KeyMetadata
		return Key{ARN: aws.ToString(m.Arn), State: string(m.KeyState), Managed: m.KeyManager == kmstypes.KeyManagerTypeAws}, nil
	})
	if strings.HasSuffix(name, managedKey) {
		e.Found = managed(e.Found)
		return
	}
	if e.Found.Value.Managed || e.Found.State == Absent {
		return
	}
	id := name
	switch {
	case e.Found.State == Known:
		id = e.Found.Value.ARN
	case strings.Contains(name, "alias/"):
		return // a policy is read by key alone, and which it is was not told
	}
	e.KeyPolicy = read(ctx, "kms:GetKeyPolicy", "kms:GetKeyPolicy", []string{"NotFoundException"}, func(ctx context.Context) (policy.Document, error) {
		out, err := client.GetKeyPolicy(ctx, &kms.GetKeyPolicyInput{KeyId: aws.String(id), PolicyName: aws.String("default")})
		if err != nil {
			return policy.Document{}, err
		}
		return policy.Parse([]byte(aws.ToString(out.Policy)))
	})
}

// managed is AWS's own key, whatever could be read of it: its name says all
// that matters. An account has none until S3 first uses it.
func managed(p Part[Key]) Part[Key] {
	return Of(Key{ARN: p.Value.ARN, State: p.Value.State, Managed: true})
}

// regionOf is the region in an ARN; empty where there is none.
func regionOf(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return ""
	}
	return parts[3]
}
