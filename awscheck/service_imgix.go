package awscheck

// imgixChecks are the rows that imgix's connections have beside the common ones.
func imgixChecks() []Check { return nil }
