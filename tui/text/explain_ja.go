package text

// explainJA: errors that people paste.
var explainJA = map[string]string{}
