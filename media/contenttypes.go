package media

// contentTypes maps lower-case extensions to content types. It follows the
// IANA registry, and where that is silent what browsers expect.
var contentTypes = map[string]string{
	// Images
	"apng": "image/apng", "avif": "image/avif", "avifs": "image/avif", "bmp": "image/bmp", "cur": "image/x-icon",
	"gif": "image/gif", "heic": "image/heic", "heics": "image/heic-sequence", "heif": "image/heif", "heifs": "image/heif-sequence",
	"ico": "image/x-icon", "jfif": "image/jpeg", "jpe": "image/jpeg", "jpeg": "image/jpeg", "jpg": "image/jpeg", "pjpeg": "image/jpeg",
	"jp2": "image/jp2", "jxl": "image/jxl", "jxr": "image/jxr", "png": "image/png", "psd": "image/vnd.adobe.photoshop",
	"psb": "image/vnd.adobe.photoshop", "svg": "image/svg+xml", "svgz": "image/svg+xml", "tif": "image/tiff", "tiff": "image/tiff", "webp": "image/webp",
	"dng": "image/x-adobe-dng", "cr2": "image/x-canon-cr2", "nef": "image/x-nikon-nef", "arw": "image/x-sony-arw",
	"ai": "application/postscript", "eps": "application/postscript", "ps": "application/postscript",

	// Films
	"3g2": "video/3gpp2", "3gp": "video/3gpp", "avi": "video/x-msvideo", "flv": "video/x-flv", "m2ts": "video/mp2t", "m4v": "video/mp4",
	"mkv": "video/matroska", "mov": "video/quicktime", "qt": "video/quicktime", "mp4": "video/mp4", "mpeg": "video/mpeg", "mpg": "video/mpeg",
	"ogv": "video/ogg", "webm": "video/webm", "wmv": "video/x-ms-wmv", "m3u8": "application/vnd.apple.mpegurl", "mpd": "application/dash+xml",

	// Sounds
	"aac": "audio/aac", "aif": "audio/aiff", "aiff": "audio/aiff", "amr": "audio/amr", "flac": "audio/flac", "m4a": "audio/mp4", "m4b": "audio/mp4",
	"mid": "audio/midi", "midi": "audio/midi", "mka": "audio/matroska", "mp3": "audio/mpeg", "oga": "audio/ogg", "ogg": "audio/ogg",
	"opus": "audio/ogg", "wav": "audio/wav", "weba": "audio/webm", "wma": "audio/x-ms-wma",

	// Documents
	"csv": "text/csv", "doc": "application/msword", "docm": "application/vnd.ms-word.document.macroenabled.12",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template", "epub": "application/epub+zip",
	"key": "application/vnd.apple.keynote", "md": "text/markdown", "markdown": "text/markdown", "numbers": "application/vnd.apple.numbers",
	"odp": "application/vnd.oasis.opendocument.presentation", "ods": "application/vnd.oasis.opendocument.spreadsheet",
	"odt": "application/vnd.oasis.opendocument.text", "pages": "application/vnd.apple.pages", "pdf": "application/pdf",
	"potx": "application/vnd.openxmlformats-officedocument.presentationml.template",
	"ppsx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow", "ppt": "application/vnd.ms-powerpoint",
	"pptm": "application/vnd.ms-powerpoint.presentation.macroenabled.12",
	"pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation", "rtf": "application/rtf", "tsv": "text/tab-separated-values",
	"txt": "text/plain", "log": "text/plain", "vcf": "text/vcard", "ics": "text/calendar", "xls": "application/vnd.ms-excel",
	"xlsm": "application/vnd.ms-excel.sheet.macroenabled.12", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
	"jtd":  "application/x-js-taro", "xdw": "application/vnd.fujifilm.fb.docuworks", "xbd": "application/vnd.fujifilm.fb.docuworks.binder",

	// The web
	"atom": "application/atom+xml", "css": "text/css", "geojson": "application/geo+json", "gpx": "application/gpx+xml", "htm": "text/html",
	"html": "text/html", "js": "text/javascript", "json": "application/json", "jsonld": "application/ld+json", "kml": "application/vnd.google-earth.kml+xml",
	"kmz": "application/vnd.google-earth.kmz", "map": "application/json", "mjs": "text/javascript", "ndjson": "application/x-ndjson",
	"rdf": "application/rdf+xml", "rss": "application/rss+xml", "srt": "application/x-subrip", "topojson": "application/json",
	"vtt": "text/vtt", "wasm": "application/wasm", "webmanifest": "application/manifest+json", "xhtml": "application/xhtml+xml",
	"xml": "application/xml", "xsl": "application/xslt+xml", "yaml": "application/yaml", "yml": "application/yaml", "toml": "application/toml",
	"ttml": "application/ttml+xml",

	// Fonts
	"eot": "application/vnd.ms-fontobject", "otf": "font/otf", "ttc": "font/collection", "ttf": "font/ttf", "woff": "font/woff", "woff2": "font/woff2",

	// Three dimensions
	"3mf": "model/3mf", "fbx": "application/octet-stream", "glb": "model/gltf-binary", "gltf": "model/gltf+json", "obj": "model/obj",
	"stl": "model/stl", "usdz": "model/vnd.usdz+zip", "vrm": "model/gltf-binary",

	// Archives and programs
	"7z": "application/x-7z-compressed", "apk": "application/vnd.android.package-archive", "br": "application/x-brotli", "bz2": "application/x-bzip2",
	"dmg": "application/x-apple-diskimage", "exe": "application/vnd.microsoft.portable-executable", "gz": "application/gzip", "iso": "application/x-iso9660-image",
	"jar": "application/java-archive", "lzh": "application/x-lzh-compressed", "msi": "application/x-msi", "rar": "application/vnd.rar", "tar": "application/x-tar",
	"tgz": "application/gzip", "xz": "application/x-xz", "zip": "application/zip", "zst": "application/zstd", "bin": "application/octet-stream",
}
