package text

// fieldsEN: validation codes, notices, field labels and help of package wizard.
var fieldsEN = map[string]string{}
