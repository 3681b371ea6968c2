package diagnose

// layers names the policy type that refused, where the text names it. It
// stands beside the operation's own cause.
func (c *diagnosis) layers() {
	d := c.denial
	if d.Explicit {
		c.certain("explicit-deny")
	}
	switch d.Layer {
	case LayerBoundary:
		c.certain("boundary-denied")
	case LayerSCP:
		c.certain("scp-denied")
	case LayerRCP:
		c.certain("rcp-denied")
	case LayerVPCEndpoint:
		c.certain("vpc-endpoint-denied")
	case LayerSession:
		c.certain("session-policy-denied")
	}
}

// decidedByLayer tells that the text names a layer other than the policies
// that the connection's own documents are about.
func (d Denial) decidedByLayer() bool {
	switch d.Layer {
	case LayerBoundary, LayerSCP, LayerRCP, LayerVPCEndpoint, LayerSession:
		return true
	}
	return d.Explicit
}
