package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
)

// knownMark begins the names of files that remember something about a bucket.
const knownMark = "known-"

// Remember keeps a value under a name for the place's bucket, whatever
// connection asks for it, in place of the one that was kept. It is only a help:
// nothing may depend on its being there, and one that was cut short is none.
func (j *Journal) Remember(name string, v any) error {
	if j.dir == "" {
		return nil
	}
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(j.dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(j.known(name), data, 0o600)
}

// Recall reads what was remembered into v; false if there is nothing.
func (j *Journal) Recall(name string, v any) bool {
	if j.dir == "" {
		return false
	}
	data, err := os.ReadFile(j.known(name))
	return err == nil && json.Unmarshal(data, v) == nil
}

func (j *Journal) known(name string) string {
	return filepath.Join(j.dir, knownMark+name+"-"+j.bucketMark()+".json")
}

// bucketMark tells the buckets of this computer's files apart, without their
// names.
func (j *Journal) bucketMark() string {
	sum := sha256.Sum256([]byte(j.place.Endpoint + "\x00" + j.place.Bucket))
	return hex.EncodeToString(sum[:8])
}
