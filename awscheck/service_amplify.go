package awscheck

// amplifyChecks are the rows that Amplify's connections have beside the common ones.
func amplifyChecks() []Check { return nil }
