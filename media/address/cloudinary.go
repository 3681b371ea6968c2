package address

import (
	"regexp"
	"slices"
)

// CloudinaryMarkers is the folder in which files named after cloud names tell
// Cloudinary whose product environments may read the bucket. It has no hyphen,
// unlike the ".well-known" of web servers, and lies at the root of the bucket,
// whatever the prefix.
const CloudinaryMarkers = ".wellknown/cloudinary/"

// CloudinaryMarker is the key of the marker file of a cloud name.
func CloudinaryMarker(cloud string) string { return CloudinaryMarkers + cloud }

var cloudName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{1,127}$`)

// IsCloudName tells whether a file of that name can be a marker.
func IsCloudName(name string) bool { return cloudName.MatchString(name) }

// CloudinaryMistakes are folders that people put markers into in place of
// CloudinaryMarkers: with the hyphen, without the dot, or under the prefix.
func CloudinaryMistakes(prefix string) []string {
	names := []string{".well-known/cloudinary/", "wellknown/cloudinary/", ".wellknown/Cloudinary/"}
	all := slices.Clone(names)
	if dir := (Space{Prefix: prefix}).Dir(); dir != "" {
		for _, name := range append([]string{CloudinaryMarkers}, names...) {
			all = append(all, dir+name)
		}
	}
	return all
}
