package wizard

import "strconv"

// Defaults fills what is empty and has a default: the integration, how the
// bucket is reached, who manages the media. Values that are there stay as
// they are, wrong ones too.
func Defaults(s Settings) Settings {
	if s.Integration == "" {
		s.Integration = DefaultIntegration
	}
	if s.Access == "" {
		s.Access = "caller"
		if in, ok := IntegrationByID(s.Integration); ok {
			s.Access = in.DefaultAccess
		}
	}
	if s.ManagedBy == "" {
		s.ManagedBy = "mediadock"
	}
	return s
}

// Get returns a setting by its key, toggles as "true" or "false". An unknown
// key is empty.
func Get(s Settings, key string) string {
	if key == "fix_file_names" {
		return strconv.FormatBool(s.FixFileNames)
	}
	if p := textField(&s, key); p != nil {
		return *p
	}
	if p := listField(&s, key); p != nil {
		return string(*p)
	}
	if p := tableField(&s, key); p != nil {
		return string(*p)
	}
	return ""
}

// Set puts a value under its key, as it is: nothing is normalised or
// validated, except that a toggle is on for what CheckField takes as "true"
// and off for everything else. An unknown key does nothing.
func Set(s *Settings, key, value string) {
	if key == "fix_file_names" {
		on, _ := parseToggle(value)
		s.FixFileNames = on
		return
	}
	if p := textField(s, key); p != nil {
		*p = value
	}
	if p := listField(s, key); p != nil {
		*p = List(value)
	}
	if p := tableField(s, key); p != nil {
		*p = Rules(value)
	}
}

func listField(s *Settings, key string) *List {
	switch key {
	case "cloud_names":
		return &s.CloudNames
	case "kms_key_arns":
		return &s.KMSKeyARNs
	case "cors_origins":
		return &s.CORSOrigins
	}
	return nil
}

func tableField(s *Settings, key string) *Rules {
	switch key {
	case "path_rules":
		return &s.PathRules
	case "paths":
		return &s.Paths
	case "app_roles":
		return &s.AppRoles
	}
	return nil
}

func textField(s *Settings, key string) *string {
	switch key {
	case "integration":
		return &s.Integration
	case "bucket":
		return &s.Bucket
	case "region":
		return &s.Region
	case "access":
		return &s.Access
	case "role_arn":
		return &s.RoleARN
	case "external_id":
		return &s.ExternalID
	case "trusted_principal":
		return &s.TrustedPrincipal
	case "prefix":
		return &s.Prefix
	case "domain":
		return &s.Domain
	case "distribution":
		return &s.Distribution
	case "service_id":
		return &s.ServiceID
	case "managed_by":
		return &s.ManagedBy
	case "notes":
		return &s.Notes
	case "access_key_profile":
		return &s.AccessKeyProfile
	case "subdomain":
		return &s.Subdomain
	case "video_subdomain":
		return &s.VideoSubdomain
	case "storage_name":
		return &s.StorageName
	case "default_storage":
		return &s.DefaultStorage
	}
	return nil
}
