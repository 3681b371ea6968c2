package kms

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
	"github.com/mediadock/mediadock/awscheck/sandbox/state"
)

func (c *call) describeKey(k state.Key) (any, *awserr.Error) {
	manager, description := "CUSTOMER", ""
	if k.AWS {
		manager, description = "AWS", "Default key that protects my S3 objects when no other key is defined"
	}
	about := map[string]any{
		"AWSAccountId": k.Account, "KeyId": k.ID, "Arn": k.ARN, "CreationDate": seconds(k.Created),
		"Enabled": k.State == state.KeyEnabled, "Description": description, "KeyUsage": "ENCRYPT_DECRYPT", "KeyState": k.State,
		"Origin": "AWS_KMS", "KeyManager": manager, "KeySpec": "SYMMETRIC_DEFAULT", "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
		"EncryptionAlgorithms": []string{"SYMMETRIC_DEFAULT"}, "MultiRegion": false,
	}
	if k.State == state.KeyPendingDeletion {
		about["DeletionDate"] = seconds(k.Deletion)
	}
	return map[string]any{"KeyMetadata": about}, nil
}

// policyName is the name of the one policy that a key has.
const policyName = "default"

func (c *call) getKeyPolicy(k state.Key) (any, *awserr.Error) {
	if n := c.input.PolicyName; n != "" && n != policyName {
		return nil, refused("NotFoundException", "No such policy exists")
	}
	text, err := json.MarshalIndent(k.Policy, "", "  ")
	if err != nil {
		return nil, refused("KMSInternalException", "An internal error occurred.")
	}
	return map[string]any{"Policy": string(text), "PolicyName": policyName}, nil
}

// maxPolicy is the size of a key policy in bytes.
const maxPolicy = 32 << 10

func (c *call) putKeyPolicy(k state.Key) (any, *awserr.Error) {
	if problem := pending(k); problem != nil {
		return nil, problem
	}
	if n := c.input.PolicyName; n != "" && n != policyName {
		return nil, refused("ValidationException", "1 validation error detected: Value '"+n+"' at 'policyName' failed to satisfy constraint: Member must be default")
	}
	if len(c.input.Policy) > maxPolicy {
		return nil, refused("LimitExceededException", "The key policy is too long.")
	}
	d, err := policy.Parse([]byte(c.input.Policy))
	if err != nil {
		return nil, malformed("The new key policy is malformed: it is not a valid policy document.")
	}
	if fault := c.fault(k, d); fault != "" {
		return nil, malformed(fault)
	}
	c.state.ChangeKey(k.ARN, func(k *state.Key) { k.Policy = d })
	return nil, nil
}

func malformed(text string) *awserr.Error { return refused("MalformedPolicyDocumentException", text) }

// faults are KMS's words for documents that it does not take, by what Lint
// finds.
var faults = map[string]string{
	"no-statements":      "Policy contains no statements.",
	"principal-missing":  "Policy contains a statement with no principal.",
	"resource-missing":   "Policy contains a statement with no resource.",
	"principal-format":   "Policy contains a statement with one or more invalid principals.",
	"principal-wildcard": "Policy contains a statement with one or more invalid principals.",
	"principal-group":    "Policy contains a statement with one or more invalid principals.",
}

func (c *call) fault(k state.Key, d policy.Document) string {
	for _, f := range policy.Lint(d, policy.KindKey) {
		if text := faults[f.Code]; text != "" {
			return text
		}
	}
	for _, s := range d.Statements {
		if s.Principal == nil {
			continue
		}
		for _, p := range s.Principal.AWS {
			if !c.state.PrincipalExists(p) {
				return "Policy contains a statement with one or more invalid principals."
			}
		}
	}
	if !c.input.Bypass && !c.keepsControl(k, d) {
		return "The new key policy will not allow you to update the key policy in the future."
	}
	return ""
}

// keepsControl reports whether the caller could replace the policy again: a
// key that nobody administers is lost.
func (c *call) keepsControl(k state.Key, d policy.Document) bool {
	policies := c.state.Policies(c.caller, "kms", k.Account)
	policies.Resource = &d
	return policy.Evaluate(policy.Request{
		Principal: c.caller.Principal, Action: "kms:PutKeyPolicy", Resource: k.ARN, ResourceAccount: k.Account, Context: c.keys(),
	}, policies).Allowed
}

func (c *call) enableKey(k state.Key) (any, *awserr.Error)  { return c.turn(k, state.KeyEnabled) }
func (c *call) disableKey(k state.Key) (any, *awserr.Error) { return c.turn(k, state.KeyDisabled) }

func (c *call) turn(k state.Key, to string) (any, *awserr.Error) {
	if problem := pending(k); problem != nil {
		return nil, problem
	}
	c.state.ChangeKey(k.ARN, func(k *state.Key) { k.State = to })
	return nil, nil
}

func (c *call) scheduleKeyDeletion(k state.Key) (any, *awserr.Error) {
	if problem := pending(k); problem != nil {
		return nil, problem
	}
	days := 30
	if c.input.Days != nil {
		days = *c.input.Days
	}
	if days < 7 || days > 30 {
		return nil, refused("ValidationException", "PendingWindowInDays must be between 7 and 30.")
	}
	at := c.state.Now().UTC().Add(time.Duration(days) * 24 * time.Hour)
	c.state.ChangeKey(k.ARN, func(k *state.Key) { k.State, k.Deletion = state.KeyPendingDeletion, at })
	return map[string]any{"KeyId": k.ARN, "DeletionDate": seconds(at), "KeyState": state.KeyPendingDeletion, "PendingWindowInDays": days}, nil
}

// cancelKeyDeletion leaves the key disabled: EnableKey is the second step.
func (c *call) cancelKeyDeletion(k state.Key) (any, *awserr.Error) {
	if k.State != state.KeyPendingDeletion {
		return nil, refused("KMSInvalidStateException", k.ARN+" is not pending deletion.")
	}
	c.state.ChangeKey(k.ARN, func(k *state.Key) { k.State, k.Deletion = state.KeyDisabled, time.Time{} })
	return map[string]any{"KeyId": k.ARN}, nil
}

// listAliases tells the aliases of the caller's account in the region.
func (c *call) listAliases() (any, *awserr.Error) {
	p := c.caller.Principal
	d := policy.Evaluate(policy.Request{Principal: p, Action: "kms:ListAliases", Resource: "*", ResourceAccount: p.Account, Context: c.keys()},
		c.state.Policies(c.caller, "kms", p.Account))
	if !d.Allowed {
		return nil, refused("AccessDeniedException", "User: "+p.ARN+" is not authorized to perform: kms:ListAliases "+c.state.Clause(d, "kms:ListAliases"))
	}
	only := ""
	if c.input.KeyID != "" {
		k, problem := c.find(c.input.KeyID, atHome)
		if problem != nil {
			return nil, problem
		}
		only = k.ARN
	}
	aliases := []map[string]any{}
	for _, k := range c.state.Keys() {
		if k.Region != c.region || k.Account != p.Account || only != "" && k.ARN != only {
			continue
		}
		for _, a := range k.Aliases {
			aliases = append(aliases, map[string]any{
				"AliasName": a, "AliasArn": strings.TrimSuffix(k.ARN, "key/"+k.ID) + a, "TargetKeyId": k.ID,
				"CreationDate": seconds(k.Created), "LastUpdatedDate": seconds(k.Created),
			})
		}
	}
	return map[string]any{"Aliases": aliases, "Truncated": false}, nil
}
