package guess

import "strings"

// IsDevice holds for a name, with or without an extension, that Windows takes
// for a device: nobody can store such a file there, and everybody knows it.
func IsDevice(segment string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(segment), ".")
	switch stem = strings.TrimRight(stem, " "); stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (stem[:3] == "com" || stem[:3] == "lpt") && '1' <= stem[3] && stem[3] <= '9'
}
