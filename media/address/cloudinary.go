package address

import (
	"path"
	"regexp"
	"slices"
	"strings"
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

// CloudinaryFolder is the folder of Cloudinary that is mapped to the directory
// of a space (C21): of the same name, "media" for the whole bucket.
func CloudinaryFolder(s Space) string {
	if dir := s.Dir(); dir != "" {
		return strings.TrimSuffix(dir, "/")
	}
	return "media"
}

// cloudinaryURL is where Cloudinary delivers an object, once its folder is
// mapped to the space's directory.
func (s Space) cloudinaryURL(key string) string {
	if inside, ok := s.Path(key); ok {
		key = CloudinaryFolder(s) + "/" + inside
	}
	return "https://res.cloudinary.com/" + s.Cloud + "/" + cloudinaryType(key) + "/upload/" + EscapePath(key)
}

// cloudinaryTypes are the kinds of assets that Cloudinary transforms, by the
// ends of file names. Sound is among its videos; all else is "raw".
var cloudinaryTypes = map[string]string{}

func init() {
	for kind, ends := range map[string]string{
		"image": "ai avif bmp djvu eps gif heic heif ico jp2 jpe jpeg jpg jxl jxr pdf png ps psd svg tga tif tiff webp",
		"video": "3g2 3gp aac aiff amr avi flac flv m2ts m4a m4v mkv mov mp3 mp4 mpeg mpg mts mxf ogg ogv opus ts wav webm wmv",
	} {
		for _, end := range strings.Fields(ends) {
			cloudinaryTypes["."+end] = kind
		}
	}
}

func cloudinaryType(key string) string {
	if kind, ok := cloudinaryTypes[strings.ToLower(path.Ext(key))]; ok {
		return kind
	}
	return "raw"
}
