package diagnose

// Links are addresses in AWS's management console; each is empty where there
// is none, as with a custom endpoint.
type Links struct {
	Roles             string // the list of roles
	Users             string // the list of users
	Role              string // the role's permissions
	Trust             string // the role's trust policy
	BucketProperties  string
	BucketPermissions string // bucket policy, public access, ownership
	Distribution      string // its origins
}

// ConsoleLinks are the pages of a connection's bucket, role and distribution.
func ConsoleLinks(f Facts) Links {
	l := console{f}
	return Links{
		Roles: l.roles(), Users: l.users(), Role: l.role("permissions"), Trust: l.role("trust_relationships"),
		BucketProperties: l.bucket("properties"), BucketPermissions: l.bucket("permissions"),
		Distribution: l.distribution("origins"),
	}
}

// KeyLink is the page of a KMS key in the console.
func KeyLink(f Facts, key string) string { return console{f}.key(key) }
