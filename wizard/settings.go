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
	if p := text(&s, key); p != nil {
		return *p
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
	if p := text(s, key); p != nil {
		*p = value
	}
}

func text(s *Settings, key string) *string {
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
	}
	return nil
}
