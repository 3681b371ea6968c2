package text

// fieldsJA: validation codes, notices, field labels and help of package wizard.
var fieldsJA = map[string]string{}
