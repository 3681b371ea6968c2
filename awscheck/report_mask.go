package awscheck

import (
	"bytes"
	"encoding/json"
	"maps"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// A report is made to be passed on. What its maker could not have wanted to
// pass on is masked here once more, wherever it came from: secrets that an
// answer or a policy quotes were never asked for.
var (
	reSignedParameter = lazyregexp.New(`(?i)\b(X-Amz-(?:Signature|Credential|Security-Token)|Signature|AWSAccessKeyId|Key-Pair-Id)=[^&\s"'<>,]+`)
	reSessionToken    = lazyregexp.New(`\b(?:FwoGZXIvYXdz|IQoJb3JpZ2lu|AQoD|AQoE)[A-Za-z0-9+/=_%-]{16,}`)
	reAccessKey       = lazyregexp.New(`\b(A[KS]IA)[A-Z0-9]{12,124}([A-Z0-9]{4})\b`)
)

// masked is a text without credentials.
func masked(s string) string {
	if len(s) < 10 {
		return s
	}
	s = reSignedParameter.ReplaceAllString(s, "$1=REDACTED")
	s = reSessionToken.ReplaceAllString(s, "REDACTED")
	return reAccessKey.ReplaceAllString(s, "$1…$2")
}

func maskedEvidence(ev diagnose.Evidence) diagnose.Evidence {
	ev.Operation, ev.Message = masked(ev.Operation), masked(ev.Message)
	if ev.Header != nil {
		ev.Header = maps.Clone(ev.Header)
		for k, v := range ev.Header {
			ev.Header[k] = masked(v)
		}
	}
	return ev
}

// idPlaceholder stands for an external ID in a document; whoever applies the
// document has to put the real one there.
const idPlaceholder = "<EXTERNAL_ID>"

// maskedDocument is a policy in which no external ID can be read: neither the
// connection's own nor those of others whom the same role trusts. The text of
// the document is left as it is elsewhere.
func maskedDocument(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return nil
	}
	ids := externalIDs(raw)
	for _, id := range ids {
		raw = bytes.ReplaceAll(raw, quotedJSON(id), []byte(`"`+otherID(id)+`"`))
	}
	return json.RawMessage(masked(string(raw)))
}

// otherID tells two masked IDs of a document apart.
func otherID(id string) string { return "<EXTERNAL_ID " + diagnose.Mask(id) + ">" }

func quotedJSON(s string) []byte {
	q, err := json.Marshal(s)
	if err != nil {
		return []byte(s)
	}
	return q
}

// externalIDs are the values that a document's conditions compare external
// IDs with.
func externalIDs(raw json.RawMessage) (ids []string) {
	var doc any
	if json.Unmarshal(raw, &doc) != nil {
		return nil
	}
	var walk func(v any, within bool)
	walk = func(v any, within bool) {
		switch v := v.(type) {
		case map[string]any:
			for k, inner := range v {
				walk(inner, within || strings.EqualFold(k, "sts:ExternalId"))
			}
		case []any:
			for _, inner := range v {
				walk(inner, within)
			}
		case string:
			if within && !strings.HasPrefix(v, "<") && v != "*" {
				ids = append(ids, v)
			}
		}
	}
	walk(doc, false)
	return ids
}
