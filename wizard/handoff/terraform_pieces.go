package handoff

import (
	"strconv"

	"github.com/goccy/go-yaml"

	"github.com/mediadock/mediadock/wizard"
)

// pieces writes the documents of an integration other than microCMS. Roles and
// keys that are not known yet are variables without a default.
func (t terraform) pieces() {
	for _, piece := range t.p.unknown() {
		t.blank()
		t.block("variable", []string{variable(piece)}, []item{
			{Key: "description", Value: t.say("handoff.piece.variable."+piece.On, t.p.args("document", piece.ID))},
			{Key: "type", Value: expression("string")},
		}, nil)
	}
	for _, piece := range t.p.Pieces {
		switch piece.On {
		case wizard.OnUser:
			t.user(piece)
		case wizard.OnRole:
			t.inline(piece, "role")
		case wizard.OnKey:
			t.keyPiece(piece)
		case wizard.OnCORS:
			t.cors(piece)
		case wizard.InFile:
			t.blank()
			t.comment(t.say("handoff.piece.file", t.p.args("file", piece.Of, "kind", piece.Kind)))
		}
	}
	if ours, any := t.p.bucketPieces(); any {
		t.bucket(t.p.sids(ours))
	}
}

// of is what a resource of a piece is named.
func (t terraform) of(piece wizard.Piece) string {
	if piece.ID == wizard.DocumentPermissions {
		return t.name
	}
	return t.name + "_" + label(wireName(piece.ID))
}

// user is the user's policy, and the user where there is none yet.
func (t terraform) user(piece wizard.Piece) {
	if name, proposed := t.p.target(piece); proposed {
		resource := "aws_iam_user." + t.name
		t.blank()
		t.comment(t.say("handoff.tf.user", t.p.args("resource", resource, "user", name)))
		t.block("resource", []string{"aws_iam_user", t.name}, []item{{Key: "name", Value: name}}, nil)
	}
	t.inline(piece, "user")
}

// inline is an inline policy of a "user" or a "role".
func (t terraform) inline(piece wizard.Piece, kind string) {
	name, proposed := t.p.target(piece)
	var of any = name
	switch {
	case proposed:
		of = expression("aws_iam_user." + t.name + ".name")
	case name == "":
		of = expression("var." + variable(piece))
	}
	t.blank()
	t.block("resource", []string{"aws_iam_" + kind + "_policy", t.of(piece)}, []item{
		{Key: "name", Value: policyName(piece)},
		{Key: kind, Value: of},
		{Key: "policy", Value: call{tree(*piece.Policy)}},
	}, nil)
}

// keyPiece tells the statements of a key's policy: Terraform can replace a
// key's policy, and cannot add to it.
func (t terraform) keyPiece(piece wizard.Piece) {
	words := t.say("handoff.piece.key", t.p.args("key", piece.Of))
	if piece.Of == "" {
		words = t.say("handoff.piece.any-key", t.p.args())
	}
	t.blank()
	t.comment(words)
	t.statements(t.of(piece)+"_statements", t.say("handoff.piece.key-statements", t.p.args()), *piece.Policy)
}

// cors is the bucket's CORS configuration, which is replaced as a whole: it is
// made only where somebody says that there is none.
func (t terraform) cors(piece wizard.Piece) {
	none := t.name + "_bucket_has_no_cors"
	t.blank()
	t.comment(t.say("handoff.tf.cors", t.p.args("variable", none)))
	t.block("variable", []string{none}, []item{
		{Key: "description", Value: t.say("handoff.tf.no-cors", t.p.args())},
		{Key: "type", Value: expression("bool")},
	}, nil)
	t.blank()
	t.block("resource", []string{"aws_s3_bucket_cors_configuration", t.name}, []item{
		{Key: "count", Value: expression("var." + none + " ? 1 : 0")},
		{Key: "bucket", Value: t.p.Settings.Bucket},
	}, func() {
		for _, rule := range rules(piece) {
			t.block("cors_rule", nil, corsArgs(rule), nil)
			t.blank()
		}
		t.block("lifecycle", nil, []item{{Key: "prevent_destroy", Value: true}}, nil)
	})
}

// corsArgs is a CORS rule in the names of Terraform.
func corsArgs(rule any) []item {
	names := map[string]string{
		"ID": "id", "AllowedHeaders": "allowed_headers", "AllowedMethods": "allowed_methods",
		"AllowedOrigins": "allowed_origins", "ExposeHeaders": "expose_headers", "MaxAgeSeconds": "max_age_seconds",
	}
	var args []item
	m, _ := rule.(yaml.MapSlice)
	for _, it := range m {
		name, known := names[it.Key.(string)]
		if !known {
			continue
		}
		value := it.Value
		if n, ok := value.(float64); ok {
			value = expression(strconv.Itoa(int(n)))
		}
		args = append(args, item{Key: name, Value: value})
	}
	return args
}
