package wizard

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"strings"
)

// GenerateExternalID makes an external ID that nobody can guess: "md-" and
// 160 random bits in lower-case base32 (D2).
func GenerateExternalID() string {
	var b [20]byte
	_, _ = rand.Read(b[:]) // never fails, as documented
	return "md-" + strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

// GenerateServiceID makes an internal service ID of the form that microCMS
// stamps on objects: "SERVICE#" and a random UUID (M23).
func GenerateServiceID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails, as documented
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("SERVICE#%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// MaskExternalID shows the first and last four characters of an external ID,
// and none of one with less than 16, so that reports can be passed on.
func MaskExternalID(id string) string {
	if id == "" {
		return ""
	}
	if len(id) < 16 {
		return "…"
	}
	return id[:4] + "…" + id[len(id)-4:]
}
