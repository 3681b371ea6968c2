package account

// ReadScenarios reads the heads of the scenarios anew.
func ReadScenarios() {
	for _, name := range scenarioOrder {
		if _, err := head(name); err != nil {
			panic(err)
		}
	}
}
