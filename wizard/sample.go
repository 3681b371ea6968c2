package wizard

import (
	"net/url"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/imgix"
)

// SpaceOf is where the media of settings live.
func SpaceOf(s Settings) address.Space {
	space := address.Space{Bucket: s.Bucket, Region: s.Region, Prefix: s.Prefix, Domain: s.Domain}
	if base := imgix.Base(s.Subdomain, s.Domain); s.Integration == Imgix && base != "" {
		space.Domain, space.Rooted = base, true // I8
	}
	if clouds := s.CloudNames.Values(); s.Integration == Cloudinary && len(clouds) > 0 {
		space.Cloud = clouds[0] // C21
	}
	return space
}

// SignedOnly tells that nobody opens the addresses of media without a
// signature: they are S3's own, of a bucket that an app reads with the
// credentials of its users.
func SignedOnly(s Settings) bool { return s.Integration == Amplify && s.Domain == "" }

// Sample is the address that a file of some name would have.
type Sample struct {
	Name string
	URL  string // as it is sent, percent-encoded
	// Readable is the same address as a browser shows it, the same string
	// where nothing in it is encoded. It may hold any character that a prefix
	// may.
	Readable string
}

// SampleNames are the file names that Samples shows: an image, a document,
// and a Japanese name, whose URL is percent-encoded.
func SampleNames() []string { return []string{"image.png", "sample.pdf", "写真.png"} }

// Samples are the addresses that media would have, one for each of
// SampleNames.
func Samples(s Settings) []Sample { return SamplesIn(SpaceOf(s)) }

// SamplesIn are those of a space, such as an environment's.
func SamplesIn(space address.Space) []Sample {
	var all []Sample
	for _, name := range SampleNames() {
		all = append(all, sampleAt(space, name))
	}
	return all
}

// SampleURLs are the addresses of Samples as they are sent.
func SampleURLs(s Settings) []string { return SampleURLsIn(SpaceOf(s)) }

// SampleURLsIn are the addresses of SamplesIn as they are sent.
func SampleURLsIn(space address.Space) []string {
	var urls []string
	for _, sample := range SamplesIn(space) {
		urls = append(urls, sample.URL)
	}
	return urls
}

// SampleEnvironment is the environment that EnvironmentSample is about.
const SampleEnvironment = "staging"

// Environments tells whether media can be copied to other environments: those
// of services without a service ID cannot.
func Environments(s Settings) bool {
	in, ok := IntegrationByID(Defaults(s).Integration)
	return ok && in.uses("service_id")
}

// EnvironmentSample is the address of the first of SampleNames in another
// environment. While there is no service ID, on which its directory depends,
// the directory is a pattern and known is false.
func EnvironmentSample(s Settings) (sample Sample, known bool) {
	id := "env-xxxxxxxxxxxxxxxx"
	if known = s.ServiceID != ""; known {
		id = address.EnvironmentID(s.ServiceID, SampleEnvironment)
	}
	space := SpaceOf(s)
	space.Environment = id
	return sampleAt(space, SampleNames()[0]), known
}

func sampleAt(space address.Space, name string) Sample {
	u := space.URL(space.Key(name))
	readable, err := url.PathUnescape(u)
	if err != nil {
		readable = u
	}
	return Sample{name, u, readable}
}
