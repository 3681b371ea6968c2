package handoff

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/lazyregexp"
	"github.com/mediadock/mediadock/wizard"
)

// KindsOf are the kinds of documents of an integration, in the order in which
// they are made and printed; All is the last.
func KindsOf(integration string) []string {
	in, ok := wizard.IntegrationByID(integration)
	if !ok {
		in, _ = wizard.IntegrationByID(wizard.DefaultIntegration)
	}
	return append(slices.Clone(in.Kinds), All)
}

// makePieces plans the documents of an integration other than microCMS.
func makePieces(s wizard.Settings, o Options) (Plan, []wizard.FieldError) {
	pieces, problems := wizard.Pieces(s, o.Kind, o.Tight)
	problems = appendNew(valid(s, "region", "domain"), problems)
	if o.Request || slices.ContainsFunc(pieces, regional) {
		problems = appendNew(problems, missing(s, "region"))
	}
	if len(problems) > 0 {
		return Plan{}, problems
	}
	return planPieces(s, o, pieces), nil
}

// regional tells whether a piece is set up in the bucket's own Region.
func regional(p wizard.Piece) bool { return p.On == wizard.OnBucket || p.On == wizard.OnCORS }

func planPieces(s wizard.Settings, o Options, pieces []wizard.Piece) Plan {
	p := Plan{Settings: s, Name: o.Name, Partition: wizard.PartitionOf(s), Region: s.Region, Tight: o.Tight, Pieces: pieces}
	if p.Name == "" {
		p.Name = s.Bucket
	}
	if owner, _, ok := wizard.BucketOwner(s.Bucket); ok {
		p.Account = owner // such buckets have their account in the name
	}
	return p
}

// Body is a document as it is pasted into the console, or as its file has it.
func Body(p wizard.Piece) []byte {
	if p.Policy != nil {
		return JSON(*p.Policy)
	}
	return []byte(strings.TrimRight(p.Text, "\n"))
}

// FileName is a good name for a piece's file.
func FileName(p wizard.Piece) string {
	switch {
	case p.On == wizard.InFile && p.Of != "":
		return filepath.Base(p.Of)
	case p.On == wizard.OnCORS:
		return wireName(p.ID) + ".json"
	}
	return wireName(p.ID) + "-policy.json"
}

// on are the pieces that belong to one place, in their order.
func (p Plan) on(place string) []wizard.Piece {
	return slices.DeleteFunc(slices.Clone(p.Pieces), func(piece wizard.Piece) bool { return piece.On != place })
}

// statements are those for the bucket's policy, as one document. Each has a
// name of its own that stays the same, so that it replaces itself and nothing
// else.
func (p Plan) bucketPieces() (d policy.Document, any bool) {
	for _, piece := range p.on(wizard.OnBucket) {
		if !any {
			d = policy.Document{Version: piece.Policy.Version, ID: piece.Policy.ID}
		}
		any = true
		d.Statements = append(d.Statements, piece.Policy.Statements...)
	}
	return d, any
}

// sids names the statements for readers among others of the bucket's policy.
func (p Plan) sids(d policy.Document) policy.Document {
	d.Statements = slices.Clone(d.Statements)
	sum := sha256.Sum256([]byte(p.Settings.Prefix))
	for i := range d.Statements {
		d.Statements[i].Sid = "Mediadock" + logicalID(p.Settings.Integration) + hex.EncodeToString(sum[:4]) + strconv.Itoa(i+1)
	}
	return d
}

// target is the name of the user or role that a policy is put on; empty for a
// role that is not known. Where the user is not known, one is proposed, whose
// only use this is (I15).
func (p Plan) target(piece wizard.Piece) (name string, proposed bool) {
	if piece.Of == "" && piece.On == wizard.OnUser {
		const longest = 64
		name = p.Settings.Integration + "-" + p.Settings.Bucket
		return strings.TrimRight(name[:min(len(name), longest)], ".-"), true
	}
	return piece.Of[strings.LastIndexByte(piece.Of, '/')+1:], false
}

// policyName is the name of an inline policy.
func policyName(piece wizard.Piece) string {
	if piece.ID == wizard.DocumentPermissions {
		return permissionsName
	}
	return permissionsName + "-" + strings.TrimPrefix(wireName(piece.ID), wizard.DocumentPermissions+"-")
}

var notWire = lazyregexp.New(`[^A-Za-z0-9_.-]+`)

// wireName is an ID in the letters that IAM, shells and disks take. Two IDs
// stay two names.
func wireName(id string) string {
	plain := notWire.ReplaceAllString(id, "-")
	if plain == id {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return strings.Trim(plain, "-") + "-" + hex.EncodeToString(sum[:3])
}

// unknown are the pieces that belong to something that has no name yet: whoever
// uses the documents says it.
func (p Plan) unknown() []wizard.Piece {
	return slices.DeleteFunc(slices.Clone(p.Pieces), func(piece wizard.Piece) bool {
		return piece.Of != "" || piece.On != wizard.OnRole && piece.On != wizard.OnKey
	})
}

// variable is the name under which Terraform, and in capitals a shell, is told
// what a piece of unknown belongs to.
func variable(piece wizard.Piece) string {
	kind := "role"
	if piece.On == wizard.OnKey {
		kind = "key"
	}
	return label(wireName(piece.ID)) + "_" + kind
}

// rules are CORS rules as ordered maps, with the keys in the order in which
// AWS answers them.
func rules(piece wizard.Piece) []any {
	list, err := node(json.NewDecoder(strings.NewReader(piece.Text)))
	all, isList := list.([]any)
	if err != nil || !isList {
		return nil
	}
	order := []string{"ID", "AllowedHeaders", "AllowedMethods", "AllowedOrigins", "ExposeHeaders", "MaxAgeSeconds"}
	for _, rule := range all {
		if m, ok := rule.(yaml.MapSlice); ok {
			slices.SortStableFunc(m, func(a, b item) int {
				return slices.Index(order, a.Key.(string)) - slices.Index(order, b.Key.(string))
			})
		}
	}
	return all
}

// statementList are a document's statements as a list in JSON.
func statementList(d policy.Document) string {
	var list []json.RawMessage
	for _, s := range d.Statements {
		list = append(list, compact(s))
	}
	return string(compact(list))
}

// ServiceName is an integration's name as its makers write it.
func (p Plan) serviceName() string {
	if in, ok := wizard.IntegrationByID(p.Settings.Integration); ok {
		return in.Name
	}
	return p.Settings.Integration
}
