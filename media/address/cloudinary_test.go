package address

import "testing"

// What the upload mapping makes of a key (C21), by the kind of file.
func TestCloudinaryURL(t *testing.T) {
	for _, c := range []struct {
		space     Space
		key, want string
	}{
		{Space{Bucket: "b", Region: "ap-northeast-1", Prefix: "media", Cloud: "demo"}, "media/写真 1.PNG", "https://res.cloudinary.com/demo/image/upload/media/%E5%86%99%E7%9C%9F%201.PNG"},
		{Space{Bucket: "b", Region: "ap-northeast-1", Prefix: "a/b", Cloud: "demo"}, "a/b/film.mp4", "https://res.cloudinary.com/demo/video/upload/a/b/film.mp4"},
		{Space{Bucket: "b", Region: "ap-northeast-1", Cloud: "demo"}, "docs/list.csv", "https://res.cloudinary.com/demo/raw/upload/media/docs/list.csv"},
		{Space{Bucket: "b", Region: "ap-northeast-1", Prefix: "media", Cloud: "demo", Domain: "https://img.example.com"}, "media/a.png", "https://img.example.com/media/a.png"},
		{Space{Bucket: "b", Region: "ap-northeast-1", Prefix: "media"}, "media/a.png", "https://b.s3.ap-northeast-1.amazonaws.com/media/a.png"},
	} {
		if got := c.space.URL(c.key); got != c.want {
			t.Errorf("%s: %s, want %s", c.key, got, c.want)
		}
	}
}
