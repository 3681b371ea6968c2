package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWriteJSONEscapesWhatATerminalWouldActOn(t *testing.T) {
	keys := []string{"plain 写真", "esc\x1b[31m", "c1\u009b", "bidi\u202e", "zero\u200b", "tag\U000e0041", "del\x7f", "a&b<c>"}
	var b strings.Builder
	if err := writeJSON(&b, keys, false); err != nil {
		t.Fatal(err)
	}
	out := b.String()
	for _, want := range []string{`\u001b`, `\u009b`, `\u202e`, `\u200b`, `\udb40\udc41`, `\u007f`, "a&b<c>", "写真"} {
		if !strings.Contains(out, want) {
			t.Errorf("%s lacks %s", out, want)
		}
	}
	var back []string
	if err := json.Unmarshal([]byte(out), &back); err != nil {
		t.Fatal(err)
	}
	for i := range keys {
		if back[i] != keys[i] {
			t.Errorf("key %q came back as %q", keys[i], back[i])
		}
	}
}

func TestByteSize(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 999_949: "999.9 kB", 999_950: "1.0 MB", 18_200_000: "18.2 MB", 5_000_000_000: "5.0 GB"} {
		if got := byteSize(n); got != want {
			t.Errorf("byteSize(%d) = %s, want %s", n, got, want)
		}
	}
}
