package text

// systemEN: what the operating system says.
var systemEN = map[string]string{
	"system.not-exist":             "there is no such file or directory",
	"system.permission":            "permission denied",
	"system.exist":                 "it exists already",
	"system.is-directory":          "it is a directory",
	"system.not-directory":         "a part of the path is no directory",
	"system.no-space":              "no space is left on the disk",
	"system.read-only":             "the file system is read-only",
	"system.address-in-use":        "another program listens there already",
	"system.address-not-available": "this computer does not have that address",
	"system.timeout":               "it took too long",
	"system.busy":                  "another process is working with it; try again",
	"system.encoding":              "it is neither UTF-8 nor UTF-16 with a byte order mark",
}
