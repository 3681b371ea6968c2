// Package handoff turns settings into what the administrator of the AWS side
// is given: the policies filled in, the same as Terraform, CloudFormation and
// AWS CLI commands, and the request itself as one Markdown document.
//
// Nothing here has a placeholder in it: what is missing is an error. Words
// come from outside (Say), names and documents from the settings.
package handoff

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/documented"
	"github.com/mediadock/mediadock/wizard"
)

// The kinds of documents that can be asked for.
const (
	Trust       = wizard.DocumentTrust
	Permissions = wizard.DocumentPermissions
	Bucket      = wizard.DocumentBucket
	KMS         = wizard.DocumentKMS
	All         = wizard.DocumentAll
)

// Kinds are microCMS's kinds in the order in which they are made and printed.
func Kinds() []string { return KindsOf(wizard.DefaultIntegration) }

// Say is the text of an id, with {name} filled from args.
type Say func(id string, args map[string]string) string

// Options say which documents are wanted and what no setting tells.
type Options struct {
	// Name is the connection's; resources are named after it. Where there is
	// none they are named after the bucket.
	Name string
	Kind string // one of Kinds
	// KMSKey is the ARN of the key that the bucket is encrypted with. All has
	// the documents of KMS where there is one.
	KMSKey string
	Tight  bool // the narrow forms of the role's policies
	// AlsoTrust may assume the role beside the trusted principal, with the
	// same external ID; a 12-digit account or an ARN. Empty: nobody.
	AlsoTrust string
	// Request is set for a plan that becomes a Request, which needs the
	// Region in any case.
	Request bool
}

// Plan is what has to stand on the AWS side. A document is nil where it was
// not asked for.
type Plan struct {
	Settings  wizard.Settings // normalised
	Name      string
	Partition string
	Region    string // empty where it is not set
	Account   string // of the role and the bucket; empty where it is not known
	KMSKey    string
	Tight     bool
	AlsoTrust string // normalised; empty where the role trusts one principal

	RoleName string
	RolePath string // "/" or "/path/"
	Proposed bool   // there is no role yet: its name is a proposal

	Trust       *policy.Document
	Permissions *policy.Document
	Bucket      *policy.Document
	KeyUse      *policy.Document // of the role
	KeyPolicy   *policy.Document // statements that the key's own policy needs

	// Pieces are the documents of integrations other than microCMS, which have
	// none of the above.
	Pieces []wizard.Piece
}

// Make plans the documents of one kind, or says all that is missing or wrong.
func Make(s wizard.Settings, o Options) (Plan, []wizard.FieldError) {
	s, _ = wizard.Normalise(wizard.Defaults(s))
	if s.Integration != wizard.DefaultIntegration {
		return makePieces(s, o)
	}
	key := strings.TrimSpace(o.KMSKey)
	if o.Kind != KMS && o.Kind != All {
		key = ""
	}
	p := Plan{Settings: s, Name: o.Name, Partition: wizard.PartitionOf(s), Region: s.Region, KMSKey: key, Tight: o.Tight}
	if p.Name == "" {
		p.Name = s.Bucket
	}
	problems := valid(s, "role_arn", "region", "domain")
	if o.Request {
		problems = appendNew(problems, missing(s, "region"))
	}
	p.nameRole()
	for _, d := range []struct {
		kind string
		to   **policy.Document
	}{{Trust, &p.Trust}, {Permissions, &p.Permissions}, {Bucket, &p.Bucket}} {
		if o.Kind != d.kind && o.Kind != All {
			continue
		}
		doc, errs := wizard.PolicyDocument(s, d.kind, o.Tight)
		problems = appendNew(problems, errs)
		*d.to = &doc
	}
	if doc := p.Trust; doc != nil && doc.Statements != nil {
		problems = appendNew(problems, p.trustAlso(o.AlsoTrust))
	}
	if o.Kind == KMS || key != "" {
		problems = appendNew(problems, p.planKey(o))
	}
	if len(problems) > 0 {
		return Plan{}, problems
	}
	return p, nil
}

// planKey adds the two sides of the bucket's KMS key.
func (p *Plan) planKey(o Options) []wizard.FieldError {
	problems := append(valid(p.Settings, "distribution", "prefix"), missing(p.Settings, "bucket", "region")...)
	k, err := readKey(p.KMSKey, p.Settings)
	if err != nil {
		problems = append(problems, *err)
	}
	if p.Settings.Distribution != "" && wizard.DistributionARN(p.Settings) == "" {
		problems = append(problems, missing(p.Settings, "role_arn")...)
	}
	if len(problems) > 0 {
		return problems
	}
	if p.Account == "" {
		p.Account = k.account
	}
	params := documented.Params{
		Partition: p.Partition, Bucket: p.Settings.Bucket, Prefix: p.Settings.Prefix, Region: p.Region,
		DistributionARN: wizard.DistributionARN(p.Settings), KeyARN: p.KMSKey, RoleARN: p.RoleARN(),
	}
	use := documented.KeyUse(params)
	if o.Tight {
		use = documented.KeyUseTight(params)
	}
	grants := documented.KeyForRole(params)
	if params.DistributionARN != "" {
		grants.Statements = append(grants.Statements, documented.KeyForCloudFront(params).Statements...)
	}
	p.KeyUse, p.KeyPolicy = &use, &grants
	return nil
}

// nameRole takes the role's name and path from its ARN, or proposes a name
// from the bucket's.
func (p *Plan) nameRole() {
	p.Account, p.RolePath = wizard.AccountOf(p.Settings), "/"
	_, path, named := strings.Cut(p.Settings.RoleARN, ":role/")
	if !named {
		const longest = 64
		p.Proposed = true
		p.RoleName = "mediadock-" + p.Settings.Bucket
		p.RoleName = strings.TrimRight(p.RoleName[:min(len(p.RoleName), longest)], ".-")
		if owner, _, ok := wizard.BucketOwner(p.Settings.Bucket); ok {
			p.Account = owner // such buckets have their account in the name
		}
		return
	}
	at := strings.LastIndexByte(path, '/') + 1
	p.RoleName = path[at:]
	if at > 0 {
		p.RolePath = "/" + path[:at]
	}
}

// RoleARN is the role's ARN, or that of the role proposed; empty where its
// account is not known.
func (p Plan) RoleARN() string {
	if !p.Proposed {
		return p.Settings.RoleARN
	}
	if p.Account == "" {
		return ""
	}
	return "arn:" + p.Partition + ":iam::" + p.Account + ":role/" + p.RoleName
}

// Document is one policy of a plan.
type Document struct {
	// ID is "trust", "permissions", "bucket", "kms-role", "kms-key", or that
	// of a piece.
	ID string
	// JSON is the document as it is pasted into the console; a piece that
	// belongs in a file may be something else.
	JSON []byte
}

// Documents are the plan's documents in the order in which they are set up.
func (p Plan) Documents() []Document {
	var all []Document
	for _, piece := range p.Pieces {
		all = append(all, Document{piece.ID, Body(piece)})
	}
	for _, d := range []struct {
		id       string
		document *policy.Document
	}{{Trust, p.Trust}, {Permissions, p.Permissions}, {Bucket, p.Bucket}, {"kms-role", p.KeyUse}, {"kms-key", p.KeyPolicy}} {
		if d.document != nil {
			all = append(all, Document{d.id, JSON(*d.document)})
		}
	}
	return all
}

// Public tells whether everybody may read the media from S3 itself, which a
// bucket blocks unless its public access settings let it.
func (p Plan) Public() bool { return p.Bucket != nil && p.Settings.Distribution == "" }

// Unreadable tells whether media that are encrypted with the key cannot be
// delivered at all: KMS decrypts for nobody without an identity.
func (p Plan) Unreadable() bool { return p.KMSKey != "" && p.Settings.Distribution == "" }

// valid returns what is wrong with fields that may be empty.
func valid(s wizard.Settings, keys ...string) []wizard.FieldError {
	var problems []wizard.FieldError
	for _, key := range keys {
		if wizard.Get(s, key) == "" {
			continue
		}
		if _, _, err := wizard.CheckField(key, wizard.Get(s, key), s); err != nil {
			problems = appendNew(problems, []wizard.FieldError{*err})
		}
	}
	return problems
}

// missing returns what is empty and has to be there.
func missing(s wizard.Settings, keys ...string) []wizard.FieldError {
	var problems []wizard.FieldError
	for _, key := range keys {
		if _, _, err := wizard.CheckField(key, wizard.Get(s, key), s); err != nil {
			problems = append(problems, *err)
		}
	}
	return problems
}

func appendNew(have, more []wizard.FieldError) []wizard.FieldError {
next:
	for _, e := range more {
		for _, h := range have {
			if h.Field == e.Field && h.Code == e.Code {
				continue next
			}
		}
		have = append(have, e)
	}
	return have
}
