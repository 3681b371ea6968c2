package text

// reportEN: reports: Markdown, joined, compared, watched.
var reportEN = map[string]string{}
