package text

// commandsJA: errors and sentences of the command line.
var commandsJA = map[string]string{}
