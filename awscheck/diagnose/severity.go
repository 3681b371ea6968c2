package diagnose

// WarnsOnly tells the causes that never fail a check by themselves.
func WarnsOnly(cause string) bool {
	switch cause {
	case "direct-access-open", "scope-too-wide", "delete-marker", "content-type-lost",
		"distribution-deploying", "left-behind",
		"imgix-key-temporary", "imgix-key-shared", "imgix-key-writes", "imgix-key-other-buckets", "imgix-bucket-lets-more", "imgix-queued", "imgix-refused",
		"public-access-unblocked", "lifecycle-expires", "lifecycle-archives", "cloudinary-too-wide", "amplify-role-wide", "amplify-outputs-paths", "amplify-bucket-policy-wide":
		return true
	}
	return false
}
