package diagnose

import (
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// Denial is what the text of an AccessDenied error says, as far as it says
// it.
type Denial struct {
	Principal string // ARN of who asked; empty when not named
	Action    string // "s3:PutObject"; empty when not named
	Resource  string // ARN; empty when not named
	// Layer is the policy type that refused: one of the Layer constants, or
	// empty when the text names none.
	Layer Layer
	// Explicit is true for an explicit deny.
	Explicit bool
	// PolicyARN is the policy that denies, where the text names it.
	PolicyARN string
	// Setting is the Block Public Access setting that refused.
	Setting string
	// Unclear is the text of KMS that leaves open whether the key is
	// missing, in another region, or refuses.
	Unclear bool
}

// Layer is a policy type as AWS's messages name it.
type Layer string

// The layers of AWS's messages.
const (
	LayerIdentity    Layer = "identity-based policy"
	LayerResource    Layer = "resource-based policy"
	LayerSession     Layer = "session policy"
	LayerSCP         Layer = "service control policy"
	LayerRCP         Layer = "resource control policy"
	LayerVPCEndpoint Layer = "vpc endpoint policy"
	LayerBoundary    Layer = "permissions boundary"
	LayerTrust       Layer = "role trust policy"
	LayerBlockPublic Layer = "block public access"
	LayerObjectLock  Layer = "object lock"
)

// The texts are AWS's ("Troubleshoot access denied error messages" of the
// IAM User Guide, "Troubleshoot access denied (403 Forbidden) errors" of the
// S3 User Guide). They vary between services and years, so that they are
// matched loosely.
const layerNames = `(identity-based polic(?:y|ies)|resource-based polic(?:y|ies)|sessions? polic(?:y|ies)|service control polic(?:y|ies)|resource control polic(?:y|ies)|VPC endpoint polic(?:y|ies)|permissions? boundar(?:y|ies)|role trust polic(?:y|ies))`

var (
	reHead     = lazyregexp.New(`(?is)(?:User:\s*(\S+)|anonymous user|This user)\s+is\s+not\s+authorized\s+to\s+perform:?\s*([A-Za-z0-9-]+:[A-Za-z0-9*]+)(?:\s+on(?:\s+this)?\s+resource:?\s*(?:"([^"]+)"|(arn:\S+))?)?`)
	reImplicit = lazyregexp.New(`(?is)because\s+no\s+` + spaced(layerNames) + `\s+allows?`)
	reExplicit = lazyregexp.New(`(?is)(?:with|due to|because of)\s+an?\s+explicit\s+deny\s+in\s+(?:(?:an?|the)\s+)?` + spaced(layerNames) + `(?:\s*:\s*(arn:[^\s.,;"]+))?`)
	reBPA      = lazyregexp.New(`(?is)because\s+public\s+(?:policies|ACLs|access)\s+(?:are|is)\s+(?:prevented|blocked)\s+by\s+the\s+(\w+)\s+setting`)
	reKMSAny   = lazyregexp.New(`(?is)because\s+the\s+resource\s+does\s+not\s+exist\s+in\s+this\s+Region,\s+no\s+resource-based\s+policies\s+allow\s+access,\s+or\s+a\s+resource-based\s+policy\s+explicitly\s+denies`)
	reLock     = lazyregexp.New(`(?is)protected\s+by\s+object\s+lock`)
)

// spaced lets any white space stand between the words of a pattern.
func spaced(pattern string) string { return strings.ReplaceAll(pattern, " ", `\s+`) }

// ParseDenial reads the text of an AccessDenied error. It is false when the
// text names neither who asked for what nor what refused: a plain "Access
// Denied".
func ParseDenial(message string) (Denial, bool) {
	var d Denial
	found := false
	if m := reHead.FindStringSubmatch(message); m != nil {
		found = true
		d.Principal, d.Action = m[1], m[2]
		d.Resource = strings.TrimRight(m[3]+m[4], ".,;")
	}
	switch {
	case reExplicit.MatchString(message):
		m := reExplicit.FindStringSubmatch(message)
		d.Layer, d.Explicit, d.PolicyARN = layerOf(m[1]), true, m[2]
	case reKMSAny.MatchString(message):
		d.Unclear = true
	case reImplicit.MatchString(message):
		d.Layer = layerOf(reImplicit.FindStringSubmatch(message)[1])
	case reBPA.MatchString(message):
		d.Layer, d.Setting = LayerBlockPublic, reBPA.FindStringSubmatch(message)[1]
	case reLock.MatchString(message):
		d.Layer = LayerObjectLock
	}
	if !found {
		if told, ok := consoleDenial(message); ok {
			d.Principal, d.Action, d.Resource, found = told.Principal, told.Action, told.Resource, true
			if d.Layer == "" {
				d.Layer, d.Explicit = told.Layer, told.Explicit
			}
		}
	}
	return d, found || d.Layer != "" || d.Unclear
}

func layerOf(words string) Layer {
	s := strings.ToLower(strings.Join(strings.Fields(words), " "))
	s = strings.Replace(s, "sessions ", "session ", 1)
	s = strings.Replace(s, "permission boundar", "permissions boundar", 1)
	if strings.HasSuffix(s, "ies") {
		s = strings.TrimSuffix(s, "ies") + "y"
	}
	return Layer(s)
}
