package text

// mediaEN: errors and outcomes of package media.
var mediaEN = map[string]string{}
