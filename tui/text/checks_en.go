package text

// checksEN: checks, causes, fixes, notes of package awscheck and awscheck/diagnose.
var checksEN = map[string]string{}
