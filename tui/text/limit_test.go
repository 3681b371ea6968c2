package text

import (
	"strings"
	"testing"
)

func TestALimitIsToldAsASize(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		got := For(lang).Say("media.url-too-large", map[string]string{"url": "https://example.com/a.mp4", "limit": "5000000000"})
		if !strings.Contains(got, "5.0 GB") || strings.Contains(got, "{") || strings.Contains(got, "000") {
			t.Errorf("%s: %s", lang, got)
		}
	}
}
