package wizard

import "github.com/mediadock/mediadock/media/address"

// SpaceOf is where the media of settings live.
func SpaceOf(s Settings) address.Space {
	return address.Space{Bucket: s.Bucket, Region: s.Region, Prefix: s.Prefix, Domain: s.Domain}
}

// SampleNames are the file names that SampleURLs shows: an image, a document,
// and a Japanese name, whose URL is percent-encoded.
func SampleNames() []string { return []string{"image.png", "sample.pdf", "写真.png"} }

// SampleURLs are the addresses that media would have, one for each of
// SampleNames.
func SampleURLs(s Settings) []string {
	space := SpaceOf(s)
	var urls []string
	for _, name := range SampleNames() {
		urls = append(urls, space.URL(space.Key(name)))
	}
	return urls
}
