package wizard

import "github.com/mediadock/mediadock/media/address"

// crossCheck finds fields that are valid alone and contradict one another.
// Each error names both, in Field and Other.
func crossCheck(s Settings) []FieldError {
	v := validOnly(s)
	var all []FieldError
	add := func(e *FieldError) { all = append(all, *e) }

	role, _ := splitARN(v.RoleARN)
	owner, ownerRegion, named := BucketOwner(v.Bucket)
	if named && v.Region != "" && ownerRegion != v.Region {
		add(problem("bucket.region_mismatch").other("region").
			args("bucket_region", ownerRegion, "region", v.Region).also("region", ownerRegion))
	}
	if named && role.account != "" && owner != role.account {
		add(problem("bucket.account_mismatch").other("role_arn").
			args("bucket_account", owner, "role_account", role.account))
	}
	region, placed := address.PartitionOf(v.Region)
	if placed && role.partition != "" && role.partition != region.ID {
		add(problem("role_arn.partition").other("region").args("partition", role.partition, "region", v.Region))
	}
	if p, ok := splitARN(v.TrustedPrincipal); ok && role.partition != "" && p.partition != role.partition {
		add(problem("trusted_principal.partition").other("role_arn").
			args("partition", p.partition, "role_partition", role.partition))
	}
	// CloudFront is one service for all partitions but China's.
	if d, ok := splitARN(v.Distribution); ok && placed && (d.partition == "aws-cn") != (region.ID == "aws-cn") {
		add(problem("distribution.partition").other("region").args("partition", d.partition, "region", v.Region))
	}
	if v.Subdomain != "" && v.Subdomain == v.VideoSubdomain {
		add(problem("video_subdomain.same").other("subdomain"))
	}
	return append(all, cloudinaryCross(s.Integration, v)...)
}

// validOnly empties what is wrong in itself, so that one mistake is reported
// once.
func validOnly(s Settings) Settings {
	out := s
	for _, f := range allFields {
		v, _, err := checkAlone(f.Key, Get(s, f.Key), s)
		if err != nil {
			v = ""
		}
		Set(&out, f.Key, v)
	}
	return out
}
