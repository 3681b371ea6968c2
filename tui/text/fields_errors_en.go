package text

// fieldErrorsEN: what is wrong with a setting, and what to do, in one line.
var fieldErrorsEN = map[string]string{}

// fieldNoticesEN: what was changed in a setting, or deserves attention.
var fieldNoticesEN = map[string]string{}
