package wizard

import (
	"strings"

	"github.com/mediadock/mediadock/media/address"
)

// NextSteps are the ids of the texts that say what to do once the connection
// of settings stands, which NextArgs fill; passed tells which rows of its test
// have passed.
func NextSteps(s Settings, passed func(row string) bool) []string {
	in, ok := IntegrationByID(Defaults(s).Integration)
	switch {
	case !ok:
		return nil
	case in.Served != "" && passed(in.Served):
		return []string{in.ServedStep}
	case in.steps != nil:
		return append([]string{in.NextStep}, in.steps(s)...)
	}
	return []string{in.NextStep}
}

// NextArgs fill in the texts of NextSteps.
func NextArgs(s Settings) map[string]string {
	space := SpaceOf(s)
	cloud := "CLOUD_NAME"
	if names := s.CloudNames.Values(); len(names) > 0 {
		cloud = names[0]
	}
	if s.Integration == Cloudinary {
		space.Cloud, space.Domain = cloud, "" // the mapping is of Cloudinary's own address
	}
	return map[string]string{
		"folder": address.CloudinaryFolder(space), "cloud": cloud,
		"source": "s3://" + s.Bucket + "/" + space.Dir(),
		"sample": space.Key(SampleNames()[0]),
		"url":    space.URL(space.Key(SampleNames()[0])), "bucket": s.Bucket, "prefix": s.Prefix, "subdomain": orDash(s.Subdomain),
		"video": s.VideoSubdomain, "paths": strings.Join(PathRules(s).Paths, ", "),
	}
}
