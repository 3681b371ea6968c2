package awserr_test

import (
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

func TestWriteS3(t *testing.T) {
	e := awserr.New(http.StatusBadRequest, "AuthorizationHeaderMalformed", `on "a" <b> & c`)
	e.Extra = []awserr.Element{{Name: "Region", Value: "ap-northeast-1"}}
	e.Header = http.Header{"x-amz-bucket-region": {"ap-northeast-1"}}
	w := httptest.NewRecorder()
	w.Header().Set("X-Amz-Id-2", "host")
	awserr.WriteS3(w, httptest.NewRequest(http.MethodGet, "/b/k", nil), e, "", "REQ", "")
	want := `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<Error><Code>AuthorizationHeaderMalformed</Code><Message>on "a" &lt;b&gt; &amp; c</Message>` +
		`<Region>ap-northeast-1</Region><RequestId>REQ</RequestId><HostId>host</HostId></Error>`
	if got := w.Body.String(); got != want {
		t.Errorf("body\n got %s\nwant %s", got, want)
	}
	if w.Code != 400 || w.Header().Get("X-Amz-Bucket-Region") != "ap-northeast-1" || w.Header().Get("X-Amz-Request-Id") != "REQ" {
		t.Errorf("status %d, header %v", w.Code, w.Header())
	}
}

func TestWriteS3Head(t *testing.T) {
	w := httptest.NewRecorder()
	w.Header().Set("Content-Length", "77")
	awserr.WriteS3(w, httptest.NewRequest(http.MethodHead, "/b", nil), awserr.New(403, "AccessDenied", "Access Denied"), "", "REQ", "H")
	if w.Code != 403 || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "" {
		t.Errorf("status %d, body %q, header %v", w.Code, w.Body, w.Header())
	}
}

func TestWriteQuery(t *testing.T) {
	for _, tc := range []struct {
		status int
		fault  string
	}{{403, "Sender"}, {503, "Receiver"}} {
		w := httptest.NewRecorder()
		awserr.WriteQuery(w, httptest.NewRequest(http.MethodPost, "/", nil), awserr.New(tc.status, "X", "m <1>"), awserr.NamespaceSTS, "id-1")
		var got struct {
			XMLName xml.Name
			Error   struct{ Type, Code, Message string }
			ID      string `xml:"RequestId"`
		}
		if err := xml.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if got.XMLName.Space != awserr.NamespaceSTS || got.XMLName.Local != "ErrorResponse" || got.Error.Type != tc.fault ||
			got.Error.Code != "X" || got.Error.Message != "m <1>" || got.ID != "id-1" || w.Header().Get("X-Amzn-Requestid") != "id-1" {
			t.Errorf("%d: %+v %v", tc.status, got, w.Header())
		}
	}
}

func TestEscapeStaysParsable(t *testing.T) {
	for _, s := range []string{"a\x1b[31m", "\x00\x01", "\xff\xfe", "日本 \r\n\t", "<&>\"'", "\ufffe", strings.Repeat("&", 9)} {
		var got string
		if err := xml.Unmarshal([]byte("<a>"+awserr.Escape(s)+"</a>"), &got); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
	if got := awserr.Escape("a\x1bb"); got != "a\ufffdb" {
		t.Errorf("control character: %q", got)
	}
}
