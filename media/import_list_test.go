package media_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
)

func TestImportListsAreRead(t *testing.T) {
	for list, want := range map[string]string{
		"https://a/1\nhttps://a/2\n":                                  "https://a/1,,,1 https://a/2,,,2",
		"\uFEFF# comment\r\n\r\n  https://a/1 \r\n\"https://a/2\"":    "https://a/1,,,3 https://a/2,,,4",
		"URL,alt, Path\nhttps://a/1,\"x, y\",p/\n\n,,\nhttps://a/2\n": "https://a/1,p/,x, y,2 https://a/2,,,5",
		"id;url\n1;https://a/1\n":                                     "https://a/1,,,2",
		"url\tpath\nhttps://a/1\t'=x.png\n":                           "https://a/1,=x.png,,2",
		"\xff\xfeu\x00r\x00l\x00\n\x00h\x00":                          "h,,,2",
		"url,alt\nhttps://a/1,\x8e\xca\x90^\n":                        "https://a/1,,写真,2",
		"url,alt\nhttps://a/1,\"two\nlines\"\nhttps://a/2,b\n":        "https://a/1,,two\nlines,2 https://a/2,,b,4",
		"https://a/x,y.png\n":                                         "https://a/x,y.png,,,1",
		"":                                                            "",
	} {
		sources, err := media.ReadImportList(strings.NewReader(list))
		if err != nil {
			t.Errorf("%q: %v", list, err)
		}
		var got []string
		for _, s := range sources {
			got = append(got, fmt.Sprintf("%s,%s,%s,%d", s.URL, s.Path, s.Alt, s.Line))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", list, strings.Join(got, " "), want)
		}
	}
	if _, err := media.ReadImportList(strings.NewReader(pngHead + "\x00\x00")); err == nil {
		t.Error("a picture was taken for a list")
	}
	if _, err := media.ReadImportList(failing{}); err == nil {
		t.Error("what cannot be read was taken for a list")
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func FuzzImportList(f *testing.F) {
	f.Add([]byte("url,path\nhttps://a/1,\"x\n"))
	f.Add([]byte("\xff\xfe\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sources, err := media.ReadImportList(strings.NewReader(string(data)))
		if err != nil {
			return
		}
		for _, s := range sources {
			if s.Line < 1 || s.URL == "" && s.Path == "" || strings.Contains(s.URL, "\x00") {
				t.Fatalf("%+v", s)
			}
		}
	})
}
