package text

// reportJA: reports: Markdown, joined, compared, watched.
var reportJA = map[string]string{}
