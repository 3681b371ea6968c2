package text

// fieldErrorsJA: what is wrong with a setting, and what to do, in one line.
var fieldErrorsJA = map[string]string{}

// fieldNoticesJA: what was changed in a setting, or deserves attention.
var fieldNoticesJA = map[string]string{}
