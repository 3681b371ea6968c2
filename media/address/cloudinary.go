package address

// CloudinaryMarkers is the folder in which files named after cloud names tell
// Cloudinary whose product environments may read the bucket. It has no hyphen,
// unlike the ".well-known" of web servers, and lies at the root of the bucket,
// whatever the prefix.
const CloudinaryMarkers = ".wellknown/cloudinary/"

// CloudinaryMarker is the key of the marker file of a cloud name.
func CloudinaryMarker(cloud string) string { return CloudinaryMarkers + cloud }
