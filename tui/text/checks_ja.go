package text

// checksJA: checks, causes, fixes, notes of package awscheck and awscheck/diagnose.
var checksJA = map[string]string{}
