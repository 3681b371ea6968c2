package wizard

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
)

// The files of an Amplify app that have a part for the bucket.
const (
	amplifyBackendFile = "amplify/backend.ts"
	amplifyOutputsFile = "amplify_outputs.json"
)

// maxInlinePolicies is how long the inline policies of one role may be, without
// white space.
const maxInlinePolicies = 10240

// amplifyPieces are the documents of Amplify's Storage API (A5 to A26).
//
// The roles' policies are enough where bucket and app are in one account. The
// bucket's policy as it is documented (A5) lets the role of signed-in people do
// everything in the whole bucket, whatever the table says: it is written where
// it is asked for by name. The tight one grants every role that is known
// exactly the table; it is what another account's bucket needs.
func amplifyPieces(s Settings, kind string, tight bool) ([]Piece, []FieldError) {
	makers := []struct {
		kind string
		make func(Settings, bool) ([]Piece, []FieldError)
	}{
		{DocumentPermissions, amplifyPermissions},
		{DocumentBucket, amplifyBucket},
		{DocumentCORS, amplifyCORS},
		{DocumentAmplifyBackend, amplifyBackend},
		{DocumentAmplifyOutputs, amplifyOutputs},
	}
	var all []Piece
	var problems []FieldError
	for _, m := range makers {
		switch {
		case kind == DocumentAll && m.kind == DocumentBucket && (!tight || len(AppRoles(s)) == 0):
			continue
		case kind != DocumentAll && kind != m.kind:
			continue
		}
		pieces, wrong := m.make(s, tight)
		all = append(all, pieces...)
		problems = append(problems, newProblems(problems, wrong)...)
	}
	return all, problems
}

func amplifyBucketARN(s Settings) string { return "arn:" + PartitionOf(s) + ":s3:::" + s.Bucket }

// amplifyPermissions is an inline policy for each role that the table gives
// something (A16, A19, A20, A24).
func amplifyPermissions(s Settings, tight bool) ([]Piece, []FieldError) {
	if e := lacking(s, []string{"bucket", "paths"}, "app_roles"); len(e) > 0 {
		return nil, e
	}
	table, arns := PathTable(s), AppRoles(s)
	var all []Piece
	for _, role := range table.Roles() {
		d := table.RolePolicy(amplifyBucketARN(s), role, tight)
		if n := lengthOf(d); n > maxInlinePolicies {
			return nil, []FieldError{*problem("paths.too_long").args("role", role, "length", strconv.Itoa(n), "max", strconv.Itoa(maxInlinePolicies))}
		}
		all = append(all, Piece{ID: "permissions-" + role, Kind: DocumentPermissions, On: OnRole, Of: arns[role], Policy: &d})
	}
	return all, nil
}

func lengthOf(d policy.Document) int {
	text, err := json.Marshal(d)
	if err != nil {
		panic(err) // documents of ours cannot fail
	}
	return len(text)
}

func amplifyBucket(s Settings, tight bool) ([]Piece, []FieldError) {
	if e := lacking(s, []string{"bucket", "paths", "app_roles"}); len(e) > 0 {
		return nil, e
	}
	arns := AppRoles(s)
	d := PathTable(s).BucketPolicy(amplifyBucketARN(s), arns)
	if !tight {
		role, ok := arns[storagepaths.Authenticated]
		if !ok {
			return nil, []FieldError{*problem("app_roles.missing")}
		}
		d = storagepaths.OpenBucketPolicy(amplifyBucketARN(s), role)
	}
	if len(d.Statements) == 0 {
		return nil, []FieldError{*problem("app_roles.missing")}
	}
	return []Piece{{ID: DocumentBucket, Kind: DocumentBucket, On: OnBucket, Policy: &d}}, nil
}

// CORSRule is a rule of a bucket's CORS configuration.
type CORSRule struct {
	AllowedHeaders []string
	AllowedMethods []string
	AllowedOrigins []string
	ExposeHeaders  []string
	MaxAgeSeconds  int
}

// AmplifyCORS is the rule that Amplify's documentation wants for a bucket of
// one's own (A8): what Amplify sets on buckets that it makes. Browsers upload
// large files in parts only where they may read ETag. Without origins it is
// every site.
func AmplifyCORS(s Settings) CORSRule {
	origins := s.CORSOrigins.Values()
	if len(origins) == 0 {
		origins = []string{AnyOrigin}
	}
	return CORSRule{
		AllowedHeaders: []string{"*"},
		AllowedMethods: []string{"GET", "HEAD", "PUT", "POST", "DELETE"},
		AllowedOrigins: origins,
		ExposeHeaders:  []string{"x-amz-server-side-encryption", "x-amz-request-id", "x-amz-id-2", "ETag"},
		MaxAgeSeconds:  3000,
	}
}

func amplifyCORS(s Settings, tight bool) ([]Piece, []FieldError) {
	if e := lacking(s, nil, "cors_origins", "paths"); len(e) > 0 {
		return nil, e
	}
	rule := AmplifyCORS(s)
	if tight {
		rule.AllowedMethods = neededMethods(PathTable(s), rule.AllowedMethods)
	}
	return []Piece{{ID: DocumentCORS, Kind: DocumentCORS, On: OnCORS, Text: readableJSON([]CORSRule{rule})}}, nil
}

// neededMethods leaves out the methods that nothing in the table needs. Listing
// is a GET, and parts of an upload are a POST.
func neededMethods(t storagepaths.Table, methods []string) []string {
	grants := func(action string) bool {
		return t == nil || slices.ContainsFunc(t, func(r storagepaths.Row) bool { return slices.Contains(r.Actions, action) })
	}
	return slices.DeleteFunc(methods, func(m string) bool {
		switch m {
		case "PUT", "POST":
			return !grants(storagepaths.Write)
		case "DELETE":
			return !grants(storagepaths.Delete)
		}
		return false
	})
}

// outputsVersion is the version of amplify_outputs.json whose storage has paths.
const outputsVersion = "1.4"

type outputsBucket struct {
	Name       string          `json:"name"`
	BucketName string          `json:"bucket_name"`
	Region     string          `json:"aws_region"`
	Paths      json.RawMessage `json:"paths,omitempty"`
}

type outputsStorage struct {
	Region     string          `json:"aws_region"`
	BucketName string          `json:"bucket_name"`
	Buckets    []outputsBucket `json:"buckets"`
}

// amplifyOutputs is the storage section of amplify_outputs.json (A13) in a file
// of its own that is valid by itself. The default bucket is the app's own where
// it has one (A11), in the same Region; it stands among the buckets, too.
func amplifyOutputs(s Settings, _ bool) ([]Piece, []FieldError) {
	if e := lacking(s, []string{"bucket", "region", "storage_name", "paths"}, "default_storage"); len(e) > 0 {
		return nil, e
	}
	ours := outputsBucket{Name: s.StorageName, BucketName: s.Bucket, Region: s.Region, Paths: json.RawMessage(PathTable(s).JSON())}
	storage := outputsStorage{Region: s.Region, BucketName: s.Bucket, Buckets: []outputsBucket{ours}}
	if s.DefaultStorage != "" {
		storage.BucketName = s.DefaultStorage
		storage.Buckets = []outputsBucket{{Name: s.DefaultStorage, BucketName: s.DefaultStorage, Region: s.Region}, ours}
	}
	text := readableJSON(struct {
		Version string         `json:"version"`
		Storage outputsStorage `json:"storage"`
	}{outputsVersion, storage})
	return []Piece{{ID: DocumentAmplifyOutputs, Kind: DocumentAmplifyOutputs, On: InFile, Of: amplifyOutputsFile, Text: text}}, nil
}

// readableJSON is v in lines, with & and < as they are.
func readableJSON(v any) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic(err) // texts and numbers cannot fail
	}
	return out.String()
}
