package main

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/checklist"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

// mergeOptions say where the policy is to which a document is appended: in a
// file, or at AWS, read with the owner's rights.
type mergeOptions struct {
	file         string
	owner        bool
	ownerProfile string
}

func (o *mergeOptions) declare(f *pflag.FlagSet) {
	f.StringVar(&o.file, "merge", "", "")
	f.BoolVar(&o.owner, "owner", false, "")
	f.StringVar(&o.ownerProfile, "owner-profile", "", "")
}

// settle tells whether anything is to be merged, and finds what is wrong with
// the flags by themselves.
func (o *mergeOptions) settle(cmd *cobra.Command, kind, format string) (bool, error) {
	for name, v := range map[string]string{"merge": o.file, "owner-profile": o.ownerProfile} {
		if v == "" && cmd.Flags().Changed(name) {
			return false, usage("flag_empty", map[string]string{"flag": "--" + name})
		}
	}
	if o.ownerProfile != "" {
		if cmd.Flags().Changed("owner") && !o.owner {
			return false, usage("owner_off", nil)
		}
		o.owner = true
	}
	switch {
	case o.file == "" && !o.owner:
		return false, nil
	case o.file != "" && o.owner:
		return false, usage("merge.both", nil)
	case kind != wizard.DocumentBucket && kind != wizard.DocumentKMS:
		return false, usage("merge.kind", map[string]string{"kind": kind})
	case format != "json":
		return false, usage("merge.format", map[string]string{"format": format})
	}
	return true, nil
}

// policyMerged writes the policy that exists with the connection's statements
// appended. Everything that was in it stays.
func (a *app) policyMerged(ctx context.Context, sel selection, kind string, o documentOptions, m mergeOptions) error {
	s := sel.settings
	if !wizard.Appendable(s, kind) {
		return usage("merge.kind", map[string]string{"kind": kind})
	}
	id, key, err := appendTo(s, kind, o.kmsKey)
	if err != nil {
		return err
	}
	var existing []byte
	if m.owner {
		existing, err = a.existingPolicy(ctx, sel, m.ownerProfile, key)
	} else {
		existing, err = a.readFrom(ctx, m.file)
		if errors.Is(err, errEncoding) {
			return usage("from_encoding", map[string]string{"file": a.fileNamed(m.file)})
		}
		if err != nil {
			return couldNot("from", map[string]string{"file": a.fileNamed(m.file)}, err)
		}
	}
	if err != nil {
		return err
	}
	out, problems, err := wizard.AppendPolicy(s, id, o.tight, existing)
	if len(problems) > 0 {
		invalid := &invalidSettings{errors: problems}
		if sel.saved || sel.draft {
			invalid.of, invalid.draft = sel.name, sel.draft
		}
		return invalid
	}
	if err != nil {
		where := s.Bucket
		if !m.owner {
			where = a.fileNamed(m.file)
		}
		return a.mergeFailure(err, where)
	}
	if err := a.writeDocument(o.output, string(out.Text)); err != nil {
		return err
	}
	for _, l := range checklist.Appended(a.text, out) {
		a.tell(text.Safe(l))
	}
	return nil
}

// appendTo is the document's id and, for a key's policy, the ARN of the key.
func appendTo(s wizard.Settings, kind, kmsKey string) (id, key string, err error) {
	if kind == wizard.DocumentBucket {
		return wizard.DocumentBucket, "", nil
	}
	keys := s.KMSKeyARNs.Values()
	at := 0
	if kmsKey != "" {
		if at = slices.Index(keys, kmsKey); at < 0 {
			return "", "", usage("merge.key", map[string]string{"keys": strings.Join(keys, ", ")})
		}
	} else if len(keys) > 1 {
		return "", "", usage("merge.key", map[string]string{"keys": strings.Join(keys, ", ")})
	}
	if at < len(keys) {
		key = keys[at]
	}
	return "kms-key-" + strconv.Itoa(at+1), key, nil
}

// existingPolicy reads the policy of the bucket, or of a key; that there is
// none is no error.
func (a *app) existingPolicy(ctx context.Context, sel selection, profile, key string) ([]byte, error) {
	if key == wizard.AllKMSKeys {
		return nil, usage("merge.all_keys", nil)
	}
	src, err := a.ownerSource(ctx, profile)
	if err != nil {
		return nil, err
	}
	if profile != "" {
		defer src.Close()
	}
	var found *string
	action, resource := "s3:GetBucketPolicy", "arn:aws:s3:::"+sel.settings.Bucket
	if key != "" {
		var out *kms.GetKeyPolicyOutput
		action, resource = "kms:GetKeyPolicy", key
		out, err = src.KMS(sel.settings.Region).GetKeyPolicy(ctx, &kms.GetKeyPolicyInput{KeyId: aws.String(key), PolicyName: aws.String("default")})
		if err == nil {
			found = out.Policy
		}
	} else {
		client, failed := src.OwnerS3(place(sel.settings))
		if failed != nil {
			return nil, couldNot("aws_config", nil, failed)
		}
		var out *s3.GetBucketPolicyOutput
		out, err = client.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: aws.String(sel.settings.Bucket)})
		if err == nil {
			found = out.Policy
		}
	}
	if err == nil {
		return []byte(aws.ToString(found)), nil
	}
	if ctx.Err() != nil {
		return nil, err
	}
	ev := connect.EvidenceOf(err, action)
	if ev.Code == "NoSuchBucketPolicy" {
		return nil, nil
	}
	f := &failure{exit: exitCouldNot, code: "merge.unread", err: err, args: map[string]string{
		"action": action, "resource": resource, "detail": strings.TrimSpace(ev.Code + " " + ev.Message),
	}}
	f.causes = diagnose.Diagnose(ev, a.factsOfCaller(facts(sel)))
	if code, ok := callerCode(f.causes); ok {
		f.code = code
	}
	return nil, f
}

// mergeFailure says why nothing was appended. What exists was not changed.
func (a *app) mergeFailure(err error, file string) error {
	id, args := checklist.NotAppended(a.text, err, file)
	f := &failure{exit: exitFailed, code: strings.TrimPrefix(id, "cmd."), args: args, err: err}
	switch f.code {
	case "":
		return err
	case "merge.bad":
		f.exit = exitUsage
	case "merge.sid", "merge.version":
		f.exit = exitRefused
	}
	return f
}
