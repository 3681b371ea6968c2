package address

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

const (
	environmentMark   = "env-"
	environmentLength = 16
)

// EnvironmentID is the directory name of the environment called name of the
// service: "env-" and the first 16 characters of the lower-case base32 form of
// SHA-256(service id + "/" + name).
func EnvironmentID(serviceID, name string) string {
	sum := sha256.Sum256([]byte(serviceID + "/" + name))
	id := base32.StdEncoding.EncodeToString(sum[:])[:environmentLength]
	return environmentMark + strings.ToLower(id)
}

// IsEnvironmentID tells whether a directory's name has the pattern of
// EnvironmentID. It is by pattern, so that everybody's listing of production
// leaves out environments that others made.
func IsEnvironmentID(name string) bool {
	id, ok := strings.CutPrefix(name, environmentMark)
	if !ok || len(id) != environmentLength {
		return false
	}
	for i := 0; i < len(id); i++ {
		if c := id[i]; !('a' <= c && c <= 'z' || '2' <= c && c <= '7') {
			return false
		}
	}
	return true
}
