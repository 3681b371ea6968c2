package world

// Library is the media of one connection: the methods of *media.Library that
// the screens use, so that *media.Library satisfies it as it is.
type Library interface {
	// URL is where people will find the file.
	URL(path string) string
}
