package wizard

import (
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy/documented"
	"github.com/mediadock/mediadock/media/imgix"
)

// Imgix is the integration of imgix.
const Imgix = "imgix"

// imgixSource is an Amazon S3 source of imgix (I1 to I23).
var imgixSource = Integration{
	ID:            Imgix,
	Name:          "imgix",
	DefaultAccess: "caller",
	Fields: []string{
		"integration", "bucket", "region", "access", "access_key_profile", "prefix", "subdomain", "video_subdomain", "domain", "path_rules", "managed_by", "notes",
	},
	Required: []string{"integration", "bucket", "region", "subdomain"},
	Steps: []Step{
		{ID: "service", Fields: []string{"integration"}},
		{ID: "bucket", Fields: []string{"bucket", "region"}},
		{ID: "key", Fields: []string{"access_key_profile"}},
		{ID: "source", Fields: []string{"prefix", "subdomain", "video_subdomain", "domain"}},
		{ID: "assets", Fields: []string{"path_rules", "notes"}},
		{ID: "review"},
	},
	BucketActions: []string{"s3:ListBucket", "s3:GetBucketLocation"},
	ObjectActions: []string{"s3:GetObject"},
	Kinds:         []string{DocumentPermissions},
	pieces:        imgixPieces,
	NextStep:      "next.imgix",
	Served:        "imgix.delivery",
	ServedStep:    "next.imgix.serving",
	steps:         imgixSteps,
	live:          imgixLive,
}

// imgixSteps are the source's fields beside those that every source has: the
// prefix, a second subdomain (I11), and which assets are shown (I13).
func imgixSteps(s Settings) []string {
	ids := []string{"next.imgix.prefix"}
	if s.Prefix == "" {
		ids = []string{"next.imgix.root"}
	}
	if s.VideoSubdomain != "" {
		ids = append(ids, "next.imgix.video")
	}
	if r := PathRules(s); r.Mode != imgix.IncludeAll {
		ids = append(ids, "next.imgix.rules."+r.Mode)
	}
	return append(ids, "next.imgix.save")
}

// imgixPieces are the policy of the IAM user whose access key imgix holds: as
// imgix's manual has it, or tight.
func imgixPieces(s Settings, _ string, tight bool) ([]Piece, []FieldError) {
	if e := lacking(s, []string{"bucket"}, "prefix"); len(e) > 0 {
		return nil, e
	}
	p := documented.Params{Partition: PartitionOf(s), Bucket: s.Bucket, Prefix: s.Prefix}
	doc := documented.ReadOnly(p)
	if tight {
		doc = documented.ReadOnlyTight(p)
	}
	return []Piece{{ID: DocumentPermissions, Kind: DocumentPermissions, On: OnUser, Policy: &doc}}, nil
}

// imgixLive is what follows from an answer about a source: how a path resolves
// (I8), the base URL (I9), where a domain of one's own points (I22), and how
// imgix reads from us-east-1 (I3).
func imgixLive(s Settings, key string) (Live, bool) {
	for _, k := range []string{"prefix", "domain", "subdomain"} {
		if !good(s, k) { // what is wrong resolves to nothing
			Set(&s, k, "")
		}
	}
	space := SpaceOf(s)
	sample := "docs/" + SampleNames()[0]
	switch key {
	case "prefix":
		id := "imgix.prefix"
		if s.Prefix == "" {
			id = "imgix.root"
		}
		return Live{id, map[string]string{
			"dir": space.Dir(), "path": sample, "key": space.Key(sample), "url": imgix.Base(s.Subdomain, s.Domain) + "/" + sample,
		}}, true
	case "subdomain":
		return Live{"imgix.subdomain", map[string]string{"url": imgix.Base(s.Subdomain, "") + "/" + sample}}, s.Subdomain != ""
	case "domain":
		return Live{"imgix.domain", map[string]string{"domain": strings.TrimPrefix(s.Domain, "https://"), "subdomain": s.Subdomain}}, s.Domain != "" && s.Subdomain != ""
	case "region":
		return Live{ID: "imgix.us-east-1"}, s.Region == "us-east-1"
	}
	return Live{}, false
}

// imgixFacts are what is to be known of imgix before the first save.
var imgixFacts = []factRow{
	{"imgix-locked", FactsBinding, true, []string{"I10", "D3"}, always},
	{"imgix-subdomain", FactsBinding, false, []string{"I10"}, always},
	{"imgix-video", FactsBinding, false, []string{"I11"}, func(s Settings) bool { return s.VideoSubdomain != "" }},
	{"imgix-path", FactsDelivery, false, []string{"I8", "I9"}, always},
	{"imgix-domain", FactsDelivery, false, []string{"I22"}, func(s Settings) bool { return s.Domain != "" }},
	{"imgix-rules", FactsDelivery, false, []string{"I12", "I13"}, always},
	{"imgix-private", FactsDelivery, true, []string{"I2"}, always},
	{"imgix-us-east-1", FactsDelivery, true, []string{"I3"}, func(s Settings) bool { return s.Region == "us-east-1" }},
	{"imgix-key", FactsWork, true, []string{"I5", "I6", "I15", "I16", "D12"}, always},
	{"imgix-template", FactsWork, true, []string{"I17", "I18", "I19"}, always},
	{"imgix-simulator", FactsWork, true, []string{"I21"}, always},
	{"imgix-queued", FactsPlan, false, []string{"I14"}, always},
	{"imgix-advanced", FactsPlan, false, []string{"I22"}, always},
}
