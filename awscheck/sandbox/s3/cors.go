package s3

// setCORS answers the Origin of a request by the bucket's CORS rules.
func (c *call) setCORS() {}
