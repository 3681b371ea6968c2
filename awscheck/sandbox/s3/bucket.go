package s3

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// bucket is a bucket with what is in it.
type bucket struct {
	name      string
	region    string
	owner     string
	partition address.Partition
	created   time.Time
	disk      *disk // nil: everything is in memory

	mu      sync.RWMutex // guards everything below
	conf    account.Bucket
	unblock bool // the public access block was deleted
	cors    []corsRule
	index   index
	uploads map[string]*upload
}

func newBucket(conf account.Bucket, now time.Time) *bucket {
	p, ok := address.PartitionOf(conf.Region)
	if !ok {
		p, _ = address.PartitionByID("aws")
	}
	b := &bucket{
		name: conf.Name, region: conf.Region, owner: conf.Owner,
		partition: p, created: now.UTC().Truncate(time.Second),
		conf: conf, cors: corsRules(conf.CORS), uploads: map[string]*upload{},
	}
	for _, o := range conf.Objects {
		if o.Count > 0 {
			b.index.families = append(b.index.families, newFamily(o, b.seeder(o)))
		}
	}
	// Objects named one by one come after the families, to take their place.
	for _, o := range conf.Objects {
		if o.Count == 0 {
			b.index.put(o.Key, &entry{versions: []*version{b.seeder(o)(o.Key, o.Size)}})
		}
	}
	return b
}

// seeder makes versions of the objects that the account file describes.
func (b *bucket) seeder(o account.Object) func(key string, size int64) *version {
	meta := map[string]string{}
	for k, v := range o.Metadata {
		meta[strings.ToLower(k)] = v
	}
	enc := b.defaultEncryption()
	if o.KMSKey != "" {
		enc = encryption{algorithm: "aws:kms", key: o.KMSKey}
	}
	return func(key string, size int64) *version {
		v := &version{
			id: nullVersion, modified: b.created, contentType: o.ContentType,
			meta: meta, storageClass: "STANDARD", encryption: enc,
		}
		if o.Content != nil {
			sum := md5.Sum(o.Content)
			v.body, v.etag = bytesOf(o.Content), hex.EncodeToString(sum[:])
			v.checksum = checksumOf(defaultAlgorithm, v.body)
			return v
		}
		v.body, v.etag = madeUp(key, size), madeUpETag(key, size)
		return v
	}
}

func (b *bucket) defaultEncryption() encryption {
	if b.conf.Encryption.Algorithm == "" {
		return encryption{algorithm: "AES256"}
	}
	return encryption{algorithm: b.conf.Encryption.Algorithm, key: b.conf.Encryption.Key}
}

// settings is the bucket's configuration as it is now.
func (b *bucket) settings() account.Bucket {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.conf
}

func (b *bucket) lacksAccessBlock() bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.unblock
}

func (b *bucket) get(key string) *entry {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.index.get(key)
}

func (b *bucket) arn() string { return address.BucketARN(b.partition.ID, b.name) }

func (b *bucket) objectARN(key string) string {
	return address.ObjectARN(b.partition.ID, b.name, key)
}

var (
	bucketName = lazyregexp.New(`^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$`)
	ipv4Name   = lazyregexp.New(`^\d{1,3}(\.\d{1,3}){3}$`)
)

// validBucketName is what S3 lets pass before it looks a bucket up; names made
// long ago in us-east-1 may have capitals and underscores.
func validBucketName(name string) bool {
	return bucketName.MatchString(name) && !strings.Contains(name, "..") && !ipv4Name.MatchString(name)
}

// canonicalID is the made-up canonical user id of an account.
func canonicalID(account string) string {
	sum := sha256.Sum256([]byte("canonical user " + account))
	return hex.EncodeToString(sum[:])
}

func (c *call) headBucket() error {
	c.w.Header().Set("X-Amz-Bucket-Region", c.bucket.region)
	if err := c.allow("s3:ListBucket"); err != nil {
		return err
	}
	h := c.w.Header()
	h.Set("X-Amz-Access-Point-Alias", "false")
	h.Set("X-Amz-Bucket-Arn", c.bucket.arn())
	h.Set("Content-Type", "application/xml")
	c.w.WriteHeader(http.StatusOK)
	return nil
}

func (c *call) getBucketLocation() error {
	if err := c.allow("s3:GetBucketLocation"); err != nil {
		return err
	}
	x := newXML()
	if c.bucket.region == "us-east-1" {
		x.raw(`<LocationConstraint xmlns="` + namespace + `"/>`)
	} else {
		x.raw(`<LocationConstraint xmlns="` + namespace + `">`)
		x.raw(c.bucket.region + `</LocationConstraint>`)
	}
	return c.send(x)
}

func (c *call) listBuckets() error {
	if err := c.allow("s3:ListAllMyBuckets"); err != nil {
		return err
	}
	x := newXML()
	x.open("ListAllMyBucketsResult")
	x.open("Owner")
	x.text("ID", canonicalID(c.caller.Principal.Account))
	x.end("Owner")
	x.open("Buckets")
	prefix := c.query.Get("prefix")
	region := c.query.Get("bucket-region")
	for _, name := range c.srv.bucketNames() {
		b := c.srv.buckets[name]
		if b.owner != c.caller.Principal.Account || !strings.HasPrefix(name, prefix) || region != "" && region != b.region {
			continue
		}
		x.open("Bucket")
		x.text("BucketArn", b.arn())
		x.text("BucketRegion", b.region)
		x.text("CreationDate", isoTime(b.created))
		x.text("Name", name)
		x.end("Bucket")
	}
	x.end("Buckets")
	if prefix != "" {
		x.text("Prefix", prefix)
	}
	x.end("ListAllMyBucketsResult")
	return c.send(x)
}
