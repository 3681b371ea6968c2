package wizard

import "slices"

// DefaultIntegration is what a bucket is connected to unless told otherwise.
const DefaultIntegration = "microcms"

// Integration is what a bucket can be connected to, as data.
type Integration struct {
	ID            string
	Name          string // as its makers write it
	DefaultAccess string // "role" or "caller"
	Fields        []string
	Required      []string
	Steps         []Step
	// Parts are the answers to the question who will use the role, which the
	// steps ask as PartsKey; empty where there is nothing to choose.
	Parts []Part
	// BucketActions and ObjectActions are what the service needs to be
	// allowed on the bucket and on the objects under the prefix.
	BucketActions []string
	ObjectActions []string
	// Kinds are the documents that it has, as "mediadock policy" calls them.
	Kinds []string
	// pieces makes the documents of a kind; nil for microCMS, whose are
	// PolicyDocument's.
	pieces func(s Settings, kind string, tight bool) ([]Piece, []FieldError)
	// NextStep is the id of the text that says what to do once the
	// connection stands.
	NextStep string
	// Served is the row of the connection test that tells that the service
	// delivers already, ServedStep the text that says what to do then; empty
	// where no row tells.
	Served, ServedStep string
	// steps are further ids, of settings, that NextStep is followed by; nil:
	// none.
	steps func(s Settings) []string
	// live is what follows from an answer while it is given; nil: nothing is
	// said.
	live func(s Settings, key string) (Live, bool)
}

// OnlyReads tells that a service has no business writing to the bucket.
func OnlyReads(integration string) bool {
	in, ok := IntegrationByID(integration)
	return ok && in.uses("access_key_profile")
}

// ReadOnly tells that nobody writes with the key that a connection of settings
// is used with: imgix's only reads (I19).
func ReadOnly(s Settings) bool {
	return OnlyReads(s.Integration) && s.AccessKeyProfile != ""
}

// Uses tells whether the integration has a setting.
func (in Integration) Uses(key string) bool { return in.uses(key) }

func (in Integration) uses(key string) bool     { return slices.Contains(in.Fields, key) }
func (in Integration) requires(key string) bool { return slices.Contains(in.Required, key) }

// integrations are filled in once the package's tables are there: an
// integration makes documents, for which the tables are asked, which look at
// the integrations.
var integrations []Integration

func init() { integrations = []Integration{microcms, imgixSource, cloudinary, amplify} }

// Integrations are all that there are, in the order in which they are offered.
func Integrations() []Integration { return slices.Clone(integrations) }

// IntegrationByID finds an integration.
func IntegrationByID(id string) (Integration, bool) {
	for _, in := range integrations {
		if in.ID == id {
			return in, true
		}
	}
	return Integration{}, false
}

// offered is the integration of that id, else the default: whoever names
// another is asked the default's questions beside being told.
func offered(id string) Integration {
	if in, ok := IntegrationByID(id); ok {
		return in
	}
	return microcms
}
