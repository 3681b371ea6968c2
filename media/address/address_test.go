package address

import (
	"errors"
	"testing"
)

func TestDirKeyAndURLFollowTheDocumentedLayout(t *testing.T) {
	tests := []struct {
		name     string
		space    Space
		path     string
		dir, key string
		url      string
	}{
		{"default", Space{Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Prefix: "media"}, "image.png",
			"media/", "media/image.png", "https://alpha-prod-assets.s3.ap-northeast-1.amazonaws.com/media/image.png"},
		{"two levels and domain", Space{Bucket: "b", Region: "us-east-1", Prefix: "media/path", Domain: "https://my-media.example.com"}, "図 1+2.pdf",
			"media/path/", "media/path/図 1+2.pdf", "https://my-media.example.com/media/path/%E5%9B%B3%201%2B2.pdf"},
		{"root", Space{Bucket: "b", Region: "us-east-1"}, "a.png",
			"", "a.png", "https://b.s3.us-east-1.amazonaws.com/a.png"},
		{"environment", Space{Bucket: "b", Region: "us-east-1", Prefix: "media", Environment: "env-aaaabbbbccccdddd"}, "a.png",
			"media/env-aaaabbbbccccdddd/", "media/env-aaaabbbbccccdddd/a.png", "https://b.s3.us-east-1.amazonaws.com/media/env-aaaabbbbccccdddd/a.png"},
		{"environment at the root", Space{Bucket: "b", Region: "cn-north-1", Environment: "env-aaaabbbbccccdddd"}, "a.png",
			"env-aaaabbbbccccdddd/", "env-aaaabbbbccccdddd/a.png", "https://b.s3.cn-north-1.amazonaws.com.cn/env-aaaabbbbccccdddd/a.png"},
		{"sovereign cloud", Space{Bucket: "b", Region: "eusc-de-east-1", Prefix: "m"}, "a.png",
			"m/", "m/a.png", "https://b.s3.eusc-de-east-1.amazonaws.eu/m/a.png"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.space.Dir(); got != tt.dir {
				t.Errorf("Dir() = %q, want %q", got, tt.dir)
			}
			if got := tt.space.Key(tt.path); got != tt.key {
				t.Errorf("Key(%q) = %q, want %q", tt.path, got, tt.key)
			}
			if got := tt.space.URL(tt.key); got != tt.url {
				t.Errorf("URL(%q) = %q, want %q", tt.key, got, tt.url)
			}
			if got, ok := tt.space.Path(tt.key); !ok || got != tt.path {
				t.Errorf("Path(%q) = %q, %v, want %q", tt.key, got, ok, tt.path)
			}
		})
	}
}

func TestHiddenLeavesOutWhatIsNoMedia(t *testing.T) {
	production := Space{Prefix: "media"}
	environment := Space{Prefix: "media", Environment: "env-aaaabbbbccccdddd"}
	tests := []struct {
		space Space
		key   string
		size  int64
		want  bool
	}{
		{production, "media/a.png", 1, false},
		{production, "media/empty.txt", 0, false},
		{production, "media/", 0, true},
		{production, "media/docs/", 0, true},
		{production, "media/docs/", 3, false},
		{production, "media/.mediadock/01J.txt", 20, true},
		{production, "media/docs/.mediadock/01J.txt", 20, false},
		{production, "media/env-aaaabbbbccccdddd/a.png", 1, true},
		{production, "media/env-aaaabbbbccccddd/a.png", 1, false},
		{production, "media/env-AAAABBBBCCCCDDDD/a.png", 1, false},
		{production, "media/env-aaaabbbbccccddd1/a.png", 1, false},
		{production, "media/env-aaaabbbbccccdddd", 1, false},
		{production, "media/docs/env-aaaabbbbccccdddd/a.png", 1, false},
		{production, "mediathek/a.png", 1, true},
		{production, "other/a.png", 1, true},
		{environment, "media/env-aaaabbbbccccdddd/a.png", 1, false},
		{environment, "media/env-aaaabbbbccccdddd/.mediadock/x.txt", 1, true},
		{environment, "media/a.png", 1, true},
		{Space{}, "a.png", 1, false},
		{Space{}, ".mediadock/x.txt", 1, true},
	}
	for _, tt := range tests {
		if got := tt.space.Hidden(tt.key, tt.size); got != tt.want {
			t.Errorf("%+v Hidden(%q, %d) = %v, want %v", tt.space, tt.key, tt.size, got, tt.want)
		}
	}
}

func TestEnvironmentIDIsAFixedFunction(t *testing.T) {
	id := EnvironmentID("SERVICE#5d7f", "staging")
	if want := "env-tmzoizmx2y3rlhrf"; id != want {
		t.Errorf("EnvironmentID = %q, want %q", id, want)
	}
	if !IsEnvironmentID(id) {
		t.Errorf("EnvironmentID = %q does not match its own pattern", id)
	}
	if other := EnvironmentID("SERVICE#5d7f", "preview"); other == id {
		t.Errorf("two environments share %q", id)
	}
}

func TestARNsNeverDoubleTheSlash(t *testing.T) {
	if got, want := ObjectsARN("aws", "b", ""), "arn:aws:s3:::b/*"; got != want {
		t.Errorf("ObjectsARN = %q, want %q", got, want)
	}
	if got, want := ObjectsARN("aws-cn", "b", "media/path"), "arn:aws-cn:s3:::b/media/path/*"; got != want {
		t.Errorf("ObjectsARN = %q, want %q", got, want)
	}
}

func TestRegionByNameUnderstandsPeople(t *testing.T) {
	tests := map[string]string{
		"ap-northeast-1": "ap-northeast-1", "AP-NORTHEAST-1": "ap-northeast-1", "ap_northeast_1": "ap-northeast-1",
		"ap-northeast-1a": "ap-northeast-1", "apne1-az4": "ap-northeast-1", "us-west-2-lax-1a": "us-west-2",
		"Tokyo": "ap-northeast-1", "東京": "ap-northeast-1", "Asia Pacific (Tokyo)": "ap-northeast-1",
		"アジアパシフィック (東京)": "ap-northeast-1", "アジアパシフィック（東京）": "ap-northeast-1", "ａｐ－ｎｏｒｔｈｅａｓｔ－１": "ap-northeast-1",
		"N. Virginia": "us-east-1", "バージニア北部": "us-east-1", "EU": "eu-west-1", "use1-az2": "us-east-1",
		"usgw1-az1": "us-gov-west-1", "cnnw1-az1": "cn-northwest-1", "フランクフルト": "eu-central-1",
		"Central": "", "中部": "", "nowhere": "", "": "", "ap-northeast-9": "", "us-iso-east-1": "", "aws-global": "",
	}
	for text, want := range tests {
		got, ok := RegionByName(text)
		if got != want || ok != (want != "") {
			t.Errorf("RegionByName(%q) = %q, %v, want %q", text, got, ok, want)
		}
	}
}

func TestCheckName(t *testing.T) {
	for name, want := range map[string]string{
		"a.png": "", "docs/年次報告.pdf": "", "😀👩‍👩‍👧.png": "", "a b+c.png": "", `back\slash`: "",
		"": NameEmpty, "/a": NameEmptySegment, "a//b": NameEmptySegment, "a/": NameEmptySegment,
		".": NameDotSegment, "a/../b": NameDotSegment, "a\x00b": NameControl, "a\x1b[2Jb": NameControl, "a\u0085b": NameControl,
		"a\u202egpj.exe": NameBidi, "\xff\xfe": NameUTF8, ".mediadock/x": NameReserved, "env-aaaabbbbccccdddd/x": NameReserved,
	} {
		err := CheckName(name)
		code := ""
		if e := new(NameError); errors.As(err, &e) {
			code = e.Code
		}
		if code != want {
			t.Errorf("CheckName(%q) = %q, want %q", name, code, want)
		}
	}
}
