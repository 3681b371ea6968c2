package purge

import (
	"testing"
	"time"
)

func TestLifetime(t *testing.T) {
	for header, want := range map[string]struct {
		life  time.Duration
		known bool
	}{
		"": {0, false}, "public": {0, false}, "max-age=x": {0, false}, "max-age=-1": {0, false},
		"public, max-age=86400":      {24 * time.Hour, true},
		"Max-Age = 60 , s-maxage=10": {10 * time.Second, true},
		"s-maxage=10, max-age=60":    {10 * time.Second, true},
		"max-age=60, no-store":       {0, true},
		`max-age="5"`:                {5 * time.Second, true},
	} {
		if life, known := Lifetime(header); life != want.life || known != want.known {
			t.Errorf("%q: %v %v", header, life, known)
		}
	}
}
