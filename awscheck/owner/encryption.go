package owner

import (
	"cmp"
	"context"
	"strings"
	"sync"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/address"
)

// Encryption tells whether the role, and CloudFront, may use the key that encrypts the bucket.
func (s *Side) Encryption(ctx context.Context) Finding {
	k := keyUse{ask: ask{wants: s.wants, now: s.now()}}
	var reading sync.WaitGroup
	reading.Go(func() { k.encryption = s.encryption(ctx) })
	if s.wants.RoleARN != "" {
		reading.Go(func() {
			k.own = s.permissions(ctx)
			k.ask.role = s.role(ctx).Value // which the permissions have read
		})
	}
	if s.wants.delivery() == through {
		reading.Go(func() { k.edge = s.distribution(ctx) })
	}
	reading.Wait()
	if f, ok := without(k.encryption); ok {
		return f
	}
	return k.judge()
}

// existing is the policy of a key that has one of its own, and the key's ARN,
// as far as they could be read.
func (e Encryption) existing() (*policy.Document, string) {
	if e.KeyPolicy.State != Known {
		return nil, e.Found.Value.ARN
	}
	return &e.KeyPolicy.Value, e.Found.Value.ARN
}

// keyUse is who uses the bucket's key for what.
type keyUse struct {
	ask
	encryption Part[Encryption]
	own        Part[Permissions]
	edge       Part[Distribution]
}

func (k keyUse) judge() Finding {
	e := k.encryption.Value
	if k.encryption.State == Absent || !e.kms() {
		f := Finding{Status: Pass, What: "pass", Args: diagnose.Args{"algorithm": "SSE-S3"}}
		if e.BlocksSSEC {
			f.note("ssec-blocked", nil)
		}
		return f
	}
	k.wants.Facts.Existing.Key, k.wants.Facts.Existing.KeyARN = e.existing()
	k.wants.Facts.Encryption = e.Algorithm
	if k.own.State == Known {
		k.wants.Facts.Existing.Permissions = k.own.Value.Inline
	}
	f := Finding{Status: Pass, What: k.wellWithKMS(), Args: diagnose.Args{"algorithm": shown(e.Algorithm), "key": k.name(), "what": ""}}
	var g gaps
	gap(&g, e.Found)
	if !k.unusable(&f) {
		k.readers(&f, &g)
		k.role(&f, &g)
	}
	if len(f.Causes) == 0 && !g.none() {
		return g.finding()
	}
	if !e.BucketKey && e.Algorithm == "aws:kms" {
		f.note("bucket-key-off", nil)
	}
	if e.BlocksSSEC {
		f.note("ssec-blocked", nil)
	}
	return f
}

// wellWithKMS says of whom it is known that they may use the key.
func (k keyUse) wellWithKMS() string {
	switch {
	case k.wants.delivery() != private:
		return "pass-kms"
	case k.wants.RoleARN != "":
		return "pass-kms-role"
	}
	return "pass-kms-key" // whether the service may use it is a row of its own
}

// shown is an algorithm as AWS's console calls it.
func shown(algorithm string) string {
	if algorithm == "aws:kms:dsse" {
		return "DSSE-KMS"
	}
	return "SSE-KMS"
}

// name is the key as it is best known.
func (k keyUse) name() string {
	e := k.encryption.Value
	switch {
	case e.Found.Value.ARN != "" && !e.Found.Value.Managed:
		return e.Found.Value.ARN
	case e.Key == "" || e.Found.Value.Managed:
		return "aws/s3"
	}
	return e.Key
}

// because adds a cause, and makes it the row's result if it is the first.
func (k keyUse) because(f *Finding, what, id string, more ...diagnose.Args) {
	k.becauseOf(f, what, id, diagnose.Certain, more...)
}

func (k keyUse) becauseOf(f *Finding, what, id string, l diagnose.Likelihood, more ...diagnose.Args) {
	args := append([]diagnose.Args{{"kms_key": k.name(), "kms": " (" + k.name() + ")"}}, more...)
	f.Causes = append(f.Causes, diagnose.Because(id, l, k.wants.Facts, args...))
	if f.Status == Pass {
		f.Status, f.What = Fail, what
	}
}

// unusable tells that the key is of no use to anybody.
func (k keyUse) unusable(f *Finding) bool {
	found := k.encryption.Value.Found
	region := regionOf(cmp.Or(found.Value.ARN, k.encryption.Value.Key))
	switch {
	case found.State == Absent:
		k.because(f, "key-missing", "kms-key-unusable")
	case region != "" && k.wants.Region != "" && region != k.wants.Region:
		f.Args["what"] = region
		k.because(f, "key-elsewhere", "kms-key-unusable")
	case found.State == Known && found.Value.State != "" && found.Value.State != "Enabled":
		f.Args["what"] = found.Value.State
		k.because(f, "key-state", "kms-key-unusable")
	default:
		return false
	}
	return true
}

// readers adds whether those who fetch the files may decrypt them.
func (k keyUse) readers(f *Finding, g *gaps) {
	switch k.wants.delivery() {
	case direct:
		k.because(f, "anonymous", "kms-anonymous")
	case through:
		k.edges(f, g)
	}
}

// edges adds whether CloudFront may decrypt for the distribution.
func (k keyUse) edges(f *Finding, g *gaps) {
	e := k.encryption.Value
	if e.Found.Value.Managed {
		k.because(f, "managed", "kms-managed-key")
		return
	}
	o := k.edge.Value.origin(k.sample())
	if k.edge.State == Known && o.AccessControl == "" && o.Identity != "" {
		k.because(f, "identity", "kms-anonymous") // an origin access identity cannot use KMS
		return
	}
	source := k.source()
	if source == "" {
		gap(g, k.edge)
		if k.edge.State == Absent {
			f.note("kms-edge-unknown", nil) // another account's distribution, or not CloudFront's
		}
		return
	}
	if gap(g, e.KeyPolicy); e.KeyPolicy.State != Known {
		return
	}
	r := k.onKey("kms:Decrypt")
	r.Principal = policy.Principal{Kind: policy.Service, Service: cloudFront}
	r.Context["aws:sourcearn"], r.Context["aws:sourceaccount"] = []string{source}, []string{accountOf(source)}
	delete(r.Context, "kms:calleraccount")
	if judge(r, policy.Policies{Resource: &e.KeyPolicy.Value}, inKMS).answer == no {
		f.Args["what"] = source
		k.wants.Facts.Distribution = source
		k.because(f, "edge-denied", "kms-anonymous", diagnose.Args{"action": "kms:Decrypt", "resource": k.name()})
	}
}

// source is the ARN of the distribution that delivers.
func (k keyUse) source() string {
	if k.edge.State == Known && k.edge.Value.ARN != "" {
		return k.edge.Value.ARN
	}
	return distributionARN(k.wants)
}

func (k keyUse) sample() string { return k.space().Dir() + names[0] }

// role adds whether a session of the role may encrypt and decrypt.
func (k keyUse) role(f *Finding, g *gaps) {
	e := k.encryption.Value
	if k.wants.RoleARN == "" || e.Found.Value.Managed || k.own.State == Absent {
		return // everybody in the account who may use S3 may use aws/s3 through it
	}
	gap(g, k.own)
	if gap(g, e.KeyPolicy); e.KeyPolicy.State != Known || k.own.State != Known {
		return
	}
	own := k.own.Value
	_, docs := grant{own: own}.documents()
	p := policy.Policies{Identity: docs, Boundary: own.Boundary, Resource: &e.KeyPolicy.Value}
	incomplete := len(own.Missing) > 0 || own.Unread != ""
	for _, use := range []struct{ action, what, cause string }{
		{"kms:GenerateDataKey", "role-denied", "kms-denied"},
		{"kms:Decrypt", "role-decrypt-denied", "kms-decrypt-denied"},
	} {
		r := k.onKey(use.action)
		j := judge(r, p, inKMS)
		if j.answer != no {
			continue
		}
		if incomplete && !j.decision.Explicit && judge(r, policy.Policies{Identity: []policy.Document{everything}, Resource: p.Resource}, inKMS).answer != no {
			k.incomplete(g) // what could not be read may allow it
			continue
		}
		likelihood := diagnose.Likely // a grant of the key's, which is no policy, may allow it
		if j.decision.Explicit {
			likelihood = diagnose.Certain
		}
		k.becauseOf(f, use.what, use.cause, likelihood, diagnose.Args{
			"action": use.action, "resource": k.name(), "layer": string(j.decision.Layer), "principal": k.wants.RoleARN,
		})
	}
}

func (k keyUse) incomplete(g *gaps) {
	own := k.own.Value
	if len(own.Missing) > 0 {
		gap(g, Part[Permissions]{State: Denied, Needs: strings.Join(own.Missing, ", ")})
		return
	}
	g.message, g.open = own.Unread, true
}

// inKMS are the keys of a request to KMS that are not known before it is made.
var inKMS = append(keys{"kms:encryptioncontextkeys", "kms:grantoperations", "kms:requestalias", "kms:resourcealiases"}, inS3...)

// onKey is a request that S3 makes of the key for the role.
func (k keyUse) onKey(action string) policy.Request {
	arn := k.name()
	r := k.about(action, arn)
	if owner := accountOf(arn); owner != "" {
		r.ResourceAccount = owner
	}
	suffix := "amazonaws.com"
	if p, ok := address.PartitionOf(k.wants.Region); ok {
		suffix = p.DNSSuffix
	}
	r.Context["kms:viaservice"] = []string{"s3." + k.wants.Region + "." + suffix}
	r.Context["kms:calleraccount"] = []string{accountOf(k.wants.RoleARN)}
	r.Context["aws:viaawsservice"] = []string{"true"}
	object := k.arn(k.sample())
	if k.encryption.Value.BucketKey {
		object = k.arn("")
	}
	r.Context["kms:encryptioncontext:aws:s3:arn"] = []string{object}
	return r
}
