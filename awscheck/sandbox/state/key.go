package state

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/documented"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media/address"
)

// The states of a key.
const (
	KeyEnabled         = "Enabled"
	KeyDisabled        = "Disabled"
	KeyPendingDeletion = "PendingDeletion"
)

// Key is a KMS key.
type Key struct {
	ARN, ID, Region, Account string
	Aliases                  []string // "alias/media"
	Policy                   policy.Document
	State                    string
	AWS                      bool // managed by AWS: its policy cannot be edited
	Created                  time.Time
	Deletion                 time.Time // of a key that is pending deletion
}

// waiting is how long a key waits for its deletion, by default.
const waiting = 30 * 24 * time.Hour

func keyOf(k account.KMSKey, started time.Time) Key {
	key := keyNamed(k.ARN)
	key.Aliases, key.State, key.Created = k.Aliases, k.State, started.Add(-longAgo).UTC()
	if key.State == "" {
		key.State = KeyEnabled
	}
	if key.State == KeyPendingDeletion {
		key.Deletion = started.Add(waiting).UTC()
	}
	if k.Policy != nil {
		key.Policy = *k.Policy
	} else {
		key.Policy = documented.KeyDefault(partitionOf(k.ARN), key.Account)
	}
	return key
}

func keyNamed(arn string) Key {
	k := Key{ARN: arn}
	if f := strings.SplitN(arn, ":", 6); len(f) == 6 {
		k.Region, k.Account, k.ID = f[3], f[4], strings.TrimPrefix(f[5], "key/")
	}
	return k
}

func partitionOf(arn string) string {
	_, rest, _ := strings.Cut(arn, ":")
	partition, _, _ := strings.Cut(rest, ":")
	return partition
}

// ManagedAlias is the alias of the key that AWS manages for S3.
const ManagedAlias = "alias/aws/s3"

// ManagedKeyARN is the ARN of the AWS managed key for S3 of an account in a
// region.
func ManagedKeyARN(account, region string) string {
	partition := "aws"
	if p, ok := address.PartitionOf(region); ok {
		partition = p.ID
	}
	sum := sha256.Sum256([]byte("aws/s3 " + account + region))
	id := hex.EncodeToString(sum[:])
	return "arn:" + partition + ":kms:" + region + ":" + account + ":key/" +
		strings.Join([]string{id[:8], id[8:12], id[12:16], id[16:20], id[20:32]}, "-")
}

// addManagedKeys adds the AWS managed keys for S3 of every account that has a
// bucket, in the bucket's region.
func (s *State) addManagedKeys(started time.Time) {
	for _, b := range s.base.Buckets {
		arn := ManagedKeyARN(b.Owner, b.Region)
		if slices.ContainsFunc(s.keys, func(k Key) bool { return k.ARN == arn }) {
			continue
		}
		k := keyNamed(arn)
		k.Aliases, k.State, k.AWS, k.Created = []string{ManagedAlias}, KeyEnabled, true, started.Add(-longAgo).UTC()
		k.Policy = managedKeyPolicy(k)
		s.keys = append(s.keys, k)
	}
}

// managedKeyPolicy is the one that AWS gives its key: everybody in the account
// may use it through S3, nobody else in any way.
func managedKeyPolicy(k Key) policy.Document {
	suffix := "amazonaws.com"
	if p, ok := address.PartitionOf(k.Region); ok {
		suffix = p.DNSSuffix
	}
	return policy.Document{Version: policy.Version2012, ID: "auto-s3-2", Statements: []policy.Statement{
		{
			Sid:       "Allow access through S3 for all principals in the account that are authorized to use S3",
			Effect:    policy.Allow,
			Principal: &policy.Principals{AWS: []string{"*"}},
			Action:    []string{"kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"},
			Resource:  []string{"*"},
			Conditions: []policy.Condition{
				{Operator: "StringEquals", Key: "kms:CallerAccount", Values: []string{k.Account}},
				{Operator: "StringEquals", Key: "kms:ViaService", Values: []string{"s3." + k.Region + "." + suffix}},
			},
		},
		{
			Sid:       "Allow direct access to key metadata to the account",
			Effect:    policy.Allow,
			Principal: &policy.Principals{AWS: []string{"arn:" + partitionOf(k.ARN) + ":iam::" + k.Account + ":root"}},
			Action:    []string{"kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"},
			Resource:  []string{"*"},
		},
	}}
}

// Keys are all keys, of all accounts and regions.
func (s *State) Keys() []Key {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.keys)
}

// Key finds a key by its ARN.
func (s *State) Key(arn string) (Key, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, k := range s.keys {
		if k.ARN == arn {
			return k, true
		}
	}
	return Key{}, false
}

// KeyNamed finds a key by an id, an alias, or the ARN of either; an id or alias
// is of that account and region. Of a key that is not there the ARN alone is
// known.
func (s *State) KeyNamed(account, region, name string) (Key, bool) {
	arn := name
	if !strings.HasPrefix(name, "arn:") {
		arn = "arn:" + s.Partition() + ":kms:" + region + ":" + account + ":"
		if !strings.HasPrefix(name, "alias/") && !strings.HasPrefix(name, "key/") {
			arn += "key/"
		}
		arn += name
	}
	base, alias, isAlias := strings.Cut(arn, ":alias/")
	for _, k := range s.Keys() {
		if k.ARN == arn || isAlias && slices.Contains(k.Aliases, "alias/"+alias) && strings.HasPrefix(k.ARN, base+":key/") {
			return k, true
		}
	}
	return Key{ARN: arn}, false
}

// ChangeKey changes a key in one step; false: there is none of that ARN.
func (s *State) ChangeKey(arn string, change func(*Key)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.keys, func(k Key) bool { return k.ARN == arn })
	if i < 0 {
		return false
	}
	s.keys = slices.Clone(s.keys)
	change(&s.keys[i])
	return true
}
