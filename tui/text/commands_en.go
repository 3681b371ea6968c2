package text

// commandsEN: errors and sentences of the command line.
var commandsEN = map[string]string{}
