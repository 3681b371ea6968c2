package sts

import (
	"bytes"
	"compress/flate"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"time"
)

// session is what a session token says. The token carries it whole, sealed
// with the sandbox's key: the sandbox remembers no sessions, however many are
// made.
type session struct {
	AccessKeyID    string    `json:"k"`
	Role           string    `json:"r"` // name
	Name           string    `json:"n"`
	Expires        time.Time `json:"e"`
	Policy         string    `json:"p,omitempty"`
	SourceIdentity string    `json:"s,omitempty"`
}

// sealer makes and opens session tokens.
type sealer struct{ key []byte }

func newSealer() sealer {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails, says crypto/rand
	return sealer{key}
}

// tokenMark begins every session token, as it begins AWS's.
const tokenMark = "IQoJb3JpZ2luX2Vj"

func (s sealer) sum(label string, data []byte) []byte {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(label))
	h.Write(data)
	return h.Sum(nil)
}

func (s sealer) seal(v session) string {
	data, _ := json.Marshal(v) // strings and a time always marshal
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.DefaultCompression) // a valid level
	_, _ = w.Write(data)
	_ = w.Close() // writing to memory
	return tokenMark + base64.StdEncoding.EncodeToString(append(s.sum("token", packed.Bytes()), packed.Bytes()...))
}

var errToken = errors.New("not a session token of this sandbox")

// maxSession bounds what a token unpacks to.
const maxSession = 16 << 10

func (s sealer) open(token string) (session, error) {
	if len(token) < len(tokenMark) || token[:len(tokenMark)] != tokenMark {
		return session{}, errToken
	}
	data, err := base64.StdEncoding.DecodeString(token[len(tokenMark):])
	if err != nil || len(data) < sha256.Size {
		return session{}, errToken
	}
	sum, packed := data[:sha256.Size], data[sha256.Size:]
	if !hmac.Equal(sum, s.sum("token", packed)) {
		return session{}, errToken
	}
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxSession))
	if err != nil {
		return session{}, errToken
	}
	var v session
	if err := json.Unmarshal(plain, &v); err != nil {
		return session{}, errToken
	}
	return v, nil
}

// secret is the secret key that belongs to a temporary access key ID.
func (s sealer) secret(accessKeyID string) string {
	return base64.StdEncoding.EncodeToString(s.sum("secret", []byte(accessKeyID)))[:40]
}

func newAccessKeyID() string {
	b := make([]byte, 10)
	_, _ = rand.Read(b) // never fails, says crypto/rand
	return "ASIA" + base32.StdEncoding.EncodeToString(b)
}
