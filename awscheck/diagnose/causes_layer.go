package diagnose

import "strings"

// layers names the policy type that refused, where the text names it. It
// stands beside the operation's own cause.
func (c *diagnosis) layers() {
	d := c.denial
	if d.Explicit {
		c.certain("explicit-deny", c.layerArgs())
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

// layerArgs names the policy: what KMS calls resource-based is the key's.
func (c *diagnosis) layerArgs() Args {
	if c.denial.Layer == LayerResource && strings.HasPrefix(c.denial.Action, "kms:") {
		return Args{"layer": string(layerKey)}
	}
	return nil
}

// layerKey is what KMS calls a resource-based policy.
const layerKey Layer = "key policy"

// decidedByLayer tells that the text names a layer other than the policies
// that the connection's own documents are about.
func (d Denial) decidedByLayer() bool {
	switch d.Layer {
	case LayerBoundary, LayerSCP, LayerRCP, LayerVPCEndpoint, LayerSession:
		return true
	}
	return d.Explicit
}
