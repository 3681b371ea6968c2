package media

import (
	"maps"
	"testing"
	"time"
)

func TestStampIsTheDocumentedMetadata(t *testing.T) {
	now := time.Date(2025, 8, 13, 0, 49, 22, 0, time.FixedZone("JST", 9*3600))
	stamp := Stamp("microcms", "SERVICE#5d7f", func() time.Time { return now })
	want := map[string]string{
		"upload-source":    "microcms",
		"microcms-service": "SERVICE#5d7f",
		"microcms-version": "20250812154922",
		"microcms-status":  "public",
	}
	if got := stamp(); !maps.Equal(got, want) {
		t.Errorf("stamp = %v, want %v", got, want)
	}
	if Stamp("imgix", "SERVICE#5d7f", time.Now) != nil {
		t.Error("imgix objects are stamped")
	}
}
