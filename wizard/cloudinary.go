package wizard

import (
	"slices"
	"strconv"

	"github.com/mediadock/mediadock/awscheck/policy/documented"
)

// Cloudinary is the ID of Cloudinary's integration.
const Cloudinary = "cloudinary"

// cloudinary lets Cloudinary read a bucket (C1 to C23).
var cloudinary = Integration{
	ID:            Cloudinary,
	Name:          "Cloudinary",
	DefaultAccess: "caller",
	Fields: []string{
		"integration", "bucket", "region", "access", "prefix", "domain", "cloud_names", "kms_key_arns", "managed_by", "notes",
	},
	Required: []string{"integration", "bucket", "region", "cloud_names"},
	Steps: []Step{
		{ID: "service", Fields: []string{"integration"}},
		{ID: "bucket", Fields: []string{"bucket", "region"}},
		{ID: "clouds", Fields: []string{"cloud_names", "kms_key_arns"}},
		{ID: "place", Fields: []string{"prefix", "domain"}},
		{ID: "rules", Fields: []string{"notes"}},
		{ID: "review"},
	},
	ObjectActions: []string{"s3:GetObject"},
	Kinds:         []string{DocumentBucket, DocumentKMS},
	pieces:        cloudinaryPieces,
	NextStep:      "next.cloudinary",
}

// cloudinaryPieces are the statement for the bucket's policy (C15) and, where
// keys are set, one for each key's (C17, C18).
func cloudinaryPieces(s Settings, kind string, tight bool) ([]Piece, []FieldError) {
	needs, optional := []string{"bucket", "region"}, []string{"prefix"}
	if kind == DocumentKMS {
		needs = append(needs, "kms_key_arns")
	} else {
		optional = append(optional, "kms_key_arns")
	}
	if e := lacking(s, needs, optional...); len(e) > 0 {
		return nil, e
	}
	if e := cloudinaryCross(s.Integration, validOnly(s)); len(e) > 0 {
		return nil, e
	}
	p := documented.Params{Partition: PartitionOf(s), Bucket: s.Bucket, Prefix: s.Prefix, Region: s.Region}
	bucket, key := documented.CloudinaryBucket, documented.CloudinaryKey
	if tight {
		bucket, key = documented.CloudinaryBucketTight, documented.CloudinaryKeyTight
	}
	onBucket := bucket(p)
	all := []Piece{{ID: DocumentBucket, Kind: DocumentBucket, On: OnBucket, Of: s.Bucket, Policy: &onBucket}}
	for i, arn := range s.KMSKeyARNs.Values() {
		if arn == AllKMSKeys {
			arn = ""
		}
		p.KeyARN = arn
		onKey := key(p)
		all = append(all, Piece{ID: "kms-key-" + strconv.Itoa(i+1), Kind: DocumentKMS, On: OnKey, Of: arn, Policy: &onKey})
	}
	return all, nil
}

// cloudinaryFacts are what is to be known of Cloudinary.
var cloudinaryFacts = []factRow{
	{"service-locked", FactsBinding, true, []string{"D3"}, always},
	{"cloudinary-marker", FactsBinding, true, []string{"C3", "C7", "C8", "C10", "C11"}, always},
	{"cloudinary-account", FactsBinding, true, []string{"C4", "C15"}, always},
	{"cloudinary-poc", FactsBinding, true, []string{"C18"}, func(s Settings) bool {
		return slices.Contains(s.KMSKeyARNs.Values(), AllKMSKeys)
	}},
	{"cloudinary-copies", FactsDelivery, false, []string{"C1", "C5"}, always},
	{"cloudinary-optimizer", FactsDelivery, false, []string{"C6"}, always},
	{"cloudinary-keys", FactsWork, true, []string{"C16", "C19", "C20"}, always},
	{"cloudinary-mapping", FactsWork, false, []string{"C21"}, always},
	{"cloudinary-support", FactsPlan, false, []string{"C22", "C23"}, always},
}
