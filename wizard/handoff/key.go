package handoff

import (
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
	"github.com/mediadock/mediadock/wizard"
)

// keyField is the name of the KMS key among the fields of errors: it is a
// flag of the commands that write documents, no setting.
const keyField = "kms_key"

// KeyCodes are the codes of what can be wrong with a KMS key; their texts are
// "error.<code>".
func KeyCodes() []string {
	return []string{"kms_key.missing", "kms_key.format", "kms_key.alias", "kms_key.region", "kms_key.partition"}
}

type kmsKey struct{ partition, region, account, id string }

var (
	keyARN  = lazyregexp.New(`^arn:(aws[a-z-]*):kms:([a-z0-9-]+):(\d{12}):(key|alias)/(.+)$`)
	keyID   = lazyregexp.New(`^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$`)
	isAlias = lazyregexp.New(`^alias/`)
)

// readKey takes a key's ARN apart. An alias will not do: a policy that names
// one matches nothing, and an alias can be pointed at another key.
func readKey(v string, s wizard.Settings) (kmsKey, *wizard.FieldError) {
	bad := func(code string, args map[string]string) (kmsKey, *wizard.FieldError) {
		return kmsKey{}, &wizard.FieldError{Field: keyField, Code: keyField + "." + code, Args: args}
	}
	m := keyARN.FindStringSubmatch(v)
	switch {
	case v == "":
		return bad("missing", nil)
	case isAlias.MatchString(v), m != nil && m[4] == "alias":
		return bad("alias", map[string]string{"alias": v[strings.Index(v, "alias/"):]})
	case m == nil, !keyID.MatchString(m[5]):
		return bad("format", nil)
	}
	k := kmsKey{m[1], m[2], m[3], m[5]}
	switch {
	case s.Region != "" && k.partition != wizard.PartitionOf(s):
		return bad("partition", map[string]string{"partition": k.partition, "bucket_partition": wizard.PartitionOf(s)})
	case s.Region != "" && k.region != s.Region:
		return bad("region", map[string]string{"key_region": k.region, "region": s.Region})
	}
	return k, nil
}
