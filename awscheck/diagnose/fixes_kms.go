package diagnose

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// key is the KMS key that a fix is about: the one that the refusal names, else
// the bucket's.
func (b bench) key() string {
	named := b.args["kms_key"]
	if b.f.Existing.KeyARN != "" && !strings.Contains(named, ":key/") {
		return b.f.Existing.KeyARN
	}
	return named
}

// keyRequests are what the role asks of the key, through S3.
func (b bench) keyRequests() []policy.Request {
	var all []policy.Request
	for _, action := range []string{"kms:GenerateDataKey", "kms:Decrypt"} {
		r := b.request(action, b.key())
		r.ResourceAccount = first(accountOf(b.key()), r.ResourceAccount)
		for _, c := range viaS3(b.f) {
			r.Context[strings.ToLower(c.Key)] = c.Values
		}
		all = append(all, r)
	}
	return all
}

// allowKey lets the role use the key. Key policy and role's policy both have a
// say: the key's own must leave it to IAM, or name the role.
func allowKey(b bench) []Fix {
	_, arn := b.self()
	add := letUseKey(b.f, arn)
	ofKey := func() []Fix { return b.onKeyPolicy("allow-in-key-policy", &add, adding(add)) }
	ofRole := func() []Fix {
		return b.onPermissions("allow-kms", "mediadock-kms", "kms.json", useKey(b.f, b.key()))
	}
	switch layer := Layer(b.args["layer"]); {
	case b.f.Existing.Key != nil && layer != LayerIdentity:
		if b.delegated(*b.f.Existing.Key) {
			return append(ofRole(), ofKey()...)
		}
		return ofKey()
	case layer == LayerResource:
		return append(ofKey(), ofRole()...)
	case layer == LayerIdentity:
		return ofRole()
	}
	return append(ofRole(), ofKey()...)
}

// delegated reports whether the key's policy leaves its use to the role's own
// policies.
func (b bench) delegated(key policy.Document) bool {
	all := policy.Document{Version: policy.Version2012, Statements: []policy.Statement{{
		Effect: policy.Allow, Action: []string{"kms:*"}, Resource: []string{"*"},
	}}}
	for _, r := range b.keyRequests() {
		if !policy.Evaluate(r, policy.Policies{Identity: []policy.Document{all}, Resource: &key}).Allowed {
			return false
		}
	}
	return true
}
