package s3

import (
	"net/http"
	"sync/atomic"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// budget bounds the bytes of uploaded content that a server keeps.
type budget struct {
	used  atomic.Int64
	limit int64
}

// take charges n bytes, or refuses when the limit would be passed. AWS has no
// such answer; 507 is one that no client retries.
func (b *budget) take(n int64) error {
	if b.used.Add(n) > b.limit {
		b.used.Add(-n)
		return awserr.New(http.StatusInsufficientStorage, "InsufficientStorage",
			"The sandbox keeps objects in memory and its limit is reached.")
	}
	return nil
}

func (b *budget) give(n int64) { b.used.Add(-n) }
