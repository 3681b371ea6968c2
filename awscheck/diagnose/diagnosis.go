package diagnose

// Diagnose explains a failure: the causes that fit the evidence, surest
// first, each with at least one fix. Evidence of success gives none.
func Diagnose(ev Evidence, f Facts) []Cause {
	return nil
}
