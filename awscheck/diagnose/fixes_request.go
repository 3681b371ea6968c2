package diagnose

// fixTables are all fixes, by cause.
func fixTables() []map[string]func(bench) []Fix {
	return []map[string]func(bench) []Fix{
		callerFixes, roleFixes, bucketFixes, objectFixes, layerFixes, deliveryFixes, requestFixes,
	}
}

// requestFixes mend what is wrong with a request itself.
var requestFixes = map[string]func(bench) []Fix{}
