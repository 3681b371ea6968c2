package text

// explainEN: errors that people paste.
var explainEN = map[string]string{}
