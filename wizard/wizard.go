// Package wizard holds what an administrator enters: settings and their
// grammar, the flow of questions, the integrations, and the documents that
// follow from the answers. It knows nothing of terminals, disks or networks;
// wizard/store keeps what it produces.
package wizard

// Settings are what the administrator enters (contract, section 2). The
// zero value is an empty form; Defaults fills what has a default.
type Settings struct {
	Integration      string `yaml:"integration" json:"integration"`
	Bucket           string `yaml:"bucket" json:"bucket"`
	Region           string `yaml:"region" json:"region"`
	Access           string `yaml:"access" json:"access"` // "role" or "caller"
	RoleARN          string `yaml:"role_arn,omitempty" json:"role_arn"`
	ExternalID       string `yaml:"external_id,omitempty" json:"external_id"`
	TrustedPrincipal string `yaml:"trusted_principal,omitempty" json:"trusted_principal"`
	Prefix           string `yaml:"prefix,omitempty" json:"prefix"`
	Domain           string `yaml:"domain,omitempty" json:"domain"`
	FixFileNames     bool   `yaml:"fix_file_names" json:"fix_file_names"`
	Distribution     string `yaml:"distribution,omitempty" json:"distribution"`
	ServiceID        string `yaml:"service_id,omitempty" json:"service_id"`
	ManagedBy        string `yaml:"managed_by" json:"managed_by"` // "mediadock" or "service"
	Notes            string `yaml:"notes,omitempty" json:"notes"`

	// imgix (I5 to I13)
	AccessKeyProfile string `yaml:"access_key_profile,omitempty" json:"access_key_profile,omitempty"`
	Subdomain        string `yaml:"subdomain,omitempty" json:"subdomain,omitempty"`
	VideoSubdomain   string `yaml:"video_subdomain,omitempty" json:"video_subdomain,omitempty"`
	PathRules        Rules  `yaml:"path_rules,omitempty" json:"path_rules,omitempty"`

	// Cloudinary (C7 to C20)
	CloudNames List `yaml:"cloud_names,omitempty" json:"cloud_names,omitempty"`
	KMSKeyARNs List `yaml:"kms_key_arns,omitempty" json:"kms_key_arns,omitempty"`

	// AWS Amplify (A5 to A26)
	StorageName    string `yaml:"storage_name,omitempty" json:"storage_name,omitempty"`
	DefaultStorage string `yaml:"default_storage,omitempty" json:"default_storage,omitempty"`
	Paths          Rules  `yaml:"paths,omitempty" json:"paths,omitempty"`
	AppRoles       Rules  `yaml:"app_roles,omitempty" json:"app_roles,omitempty"`
	CORSOrigins    List   `yaml:"cors_origins,omitempty" json:"cors_origins,omitempty"`
}
