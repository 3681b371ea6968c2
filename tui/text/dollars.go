package text

import "strconv"

// Dollars is an amount of US dollars as prices of single requests need it: to
// the tenth of a cent under ten cents.
func Dollars(v float64) string {
	digits := 2
	if v < 0.1 {
		digits = 3
	}
	return strconv.FormatFloat(v, 'f', digits, 64)
}
