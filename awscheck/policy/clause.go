package policy

// Clause is the end of AWS's enriched "is not authorized to perform" message:
// "because no identity-based policy allows the s3:PutObject action" or "with
// an explicit deny in a resource-based policy". It is empty for a request that
// was allowed, and when no layer is known.
func (d Decision) Clause(action string) string {
	switch {
	case d.Allowed || d.Layer == LayerNone:
		return ""
	case d.Explicit:
		return "with an explicit deny in " + d.Layer.article() + " " + string(d.Layer)
	}
	return "because no " + string(d.Layer) + " allows the " + action + " action"
}

// article is the one AWS puts before the layer. A role has one trust policy.
func (l Layer) article() string {
	switch l {
	case LayerIdentity:
		return "an"
	case LayerTrust:
		return "the"
	}
	return "a"
}
