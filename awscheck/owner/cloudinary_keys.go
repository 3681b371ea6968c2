package owner

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/address"
)

// CloudinaryKeys tells whether Cloudinary may decrypt with the keys that it
// meets: those that the settings name, those that objects were seen to have
// (C19), and the one that the bucket encrypts new objects with (C20). That a
// settings' "*" stands for all keys grants nothing by itself: each key's own
// policy does (C18).
func (s *Side) CloudinaryKeys(ctx context.Context) Finding {
	var g gaps
	keys, usual := s.cloudinaryKeys(ctx, &g)
	if len(keys) == 0 {
		if !g.none() {
			return g.finding()
		}
		return Finding{Status: Moot, What: "none"}
	}
	f := Finding{Status: Pass, What: "pass", Args: diagnose.Args{"count": itoa(len(keys)), "key": ""}}
	for _, name := range keys {
		e := Encryption{Key: name}
		if name == usual.name() {
			e = usual // which has been read
		} else {
			s.readKey(ctx, &e)
		}
		s.judgeCloudinaryKey(&f, &g, e, name)
	}
	if f.Status == Pass && !g.none() {
		return g.finding()
	}
	return f
}

// cloudinaryKeys are the keys that Cloudinary meets, each once, and the
// bucket's default encryption.
func (s *Side) cloudinaryKeys(ctx context.Context, g *gaps) (keys []string, usual Encryption) {
	keys = append(slices.Clone(s.wants.KMSKeys), s.wants.Facts.ObjectKeys...)
	p := s.encryption(ctx)
	gap(g, p)
	if usual = p.Value; p.State == Known && usual.kms() {
		keys = append(keys, usual.name())
	}
	var once []string
	for _, k := range keys {
		if !slices.Contains(once, k) {
			once = append(once, k)
		}
	}
	return once, usual
}

// name is the key's ARN as far as it is known, else what it is configured by.
func (e Encryption) name() string {
	return cmp.Or(e.Found.Value.ARN, e.Key, managedKey)
}

// judgeCloudinaryKey adds what keeps Cloudinary from decrypting with a key.
func (s *Side) judgeCloudinaryKey(f *Finding, g *gaps, e Encryption, name string) {
	facts := s.wants.Facts
	facts.Existing.Key, facts.Existing.KeyARN = e.existing()
	fail := func(what, id string) {
		if f.Status == Pass {
			f.Status, f.What, f.Args["key"] = Fail, what, name
		}
		f.Causes = append(f.Causes, diagnose.Because(id, diagnose.Certain, facts, diagnose.Args{"kms_key": name, "key": name, "kms": " (" + name + ")"}))
	}
	switch found := e.Found; {
	case found.State == Absent || e.KeyPolicy.State == Absent:
		fail("missing", "kms-key-unusable")
	case found.Value.Managed:
		fail("managed", "cloudinary-key-managed")
	case found.State == Known && found.Value.State != "" && found.Value.State != "Enabled":
		fail("disabled", "kms-key-unusable")
	case e.KeyPolicy.State != Known:
		gap(g, e.KeyPolicy)
		gap(g, e.Found)
	case !s.decrypts(cmp.Or(facts.Existing.KeyARN, name), e.KeyPolicy.Value):
		fail("denied", "cloudinary-key-not-granted")
	}
}

// decrypts decides what S3 asks of the key for Cloudinary.
func (s *Side) decrypts(arn string, d policy.Document) bool {
	bucket := address.BucketARN(partitionOf(arn), s.wants.Bucket)
	r := diagnose.CloudinaryReads(bucket, names[0], accountOf(arn))
	r.Action, r.Resource = "kms:Decrypt", arn
	for k, v := range moment(s.now()) {
		r.Context[k] = v
	}
	r.Context["kms:viaservice"] = []string{"s3." + s.wants.Region + ".amazonaws.com"}
	r.Context["kms:calleraccount"] = []string{r.Principal.Account}
	r.Context["aws:viaawsservice"] = []string{"true"}
	r.Context["kms:encryptioncontext:aws:s3:arn"] = []string{bucket + "/" + names[0]}
	inKey := slices.DeleteFunc(slices.Clone(inKMS), func(k string) bool { return strings.HasPrefix(k, "aws:principalorg") })
	return judge(r, policy.Policies{Identity: []policy.Document{everything}, Resource: &d}, inKey).answer != no
}
