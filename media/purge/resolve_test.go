package purge

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media/address"
)

func TestKeys(t *testing.T) {
	space := address.Space{Bucket: "b", Region: "ap-northeast-1", Prefix: "media", Domain: "https://Media.example.com"}
	for path, want := range map[string]string{
		"a.txt":       "media/a.txt",
		"/a.txt":      "media/a.txt",
		"./docs/":     "media/docs/",
		"100%.txt":    "media/100%.txt",
		"http:/x.txt": "media/http:/x.txt",
		"https://media.example.com/media/%E5%A4%8F%20%2B.jpg?w=200": "media/夏 +.jpg",
		"https://MEDIA.example.com:443/media/docs/":                 "media/docs/",
		"https://b.s3.ap-northeast-1.amazonaws.com/media/a.txt":     "media/a.txt",
		"か\u3099.jpg": "media/か\u3099.jpg media/が.jpg",

		"": CodePathEmpty, " ": CodePathEmpty, ".": CodeWholeLibrary, "./": CodeWholeLibrary, "/": CodeWholeLibrary, "..": CodeWholeLibrary,
		"https://media.example.com/media/": CodeWholeLibrary, "https://media.example.com/": CodeOutside,
		"https://media.example.com/other/a.txt": CodeOutside, "https://example.org/media/a.txt": CodeOutside,
		"https://media.example.com.evil.example/media/a.txt": CodeOutside,
		".mediadock/x.txt": CodeReserved, ".mediadock": CodeReserved, "env-aaaaaaaaaaaaaaaa/": CodeReserved,
	} {
		keys, err := Keys(space, path)
		got := strings.Join(keys, " ")
		if err != nil {
			got = err.Code
		}
		if got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
	space.Prefix, space.Environment = "", "env-aaaaaaaaaaaaaaaa"
	if keys, err := Keys(space, "a.txt"); err != nil || keys[0] != "env-aaaaaaaaaaaaaaaa/a.txt" {
		t.Errorf("%v %v", keys, err)
	}
	if _, err := Keys(space, "https://media.example.com/a.txt"); err == nil || err.Code != CodeOutside {
		t.Errorf("production's from the environment: %v", err)
	}
}
