package text

// mediaJA: errors and outcomes of package media.
var mediaJA = map[string]string{}
