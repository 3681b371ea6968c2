package sign

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"hash/crc64"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

func b64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func sums(body string) map[string]string {
	crc, crcC := crc32.ChecksumIEEE([]byte(body)), crc32.Checksum([]byte(body), crc32.MakeTable(crc32.Castagnoli))
	nvme := crc64.Checksum([]byte(body), crc64NVME)
	s1, s256, m := sha1.Sum([]byte(body)), sha256.Sum256([]byte(body)), md5.Sum([]byte(body))
	return map[string]string{
		"x-amz-checksum-crc32": b64(binary.BigEndian.AppendUint32(nil, crc)), "x-amz-checksum-crc32c": b64(binary.BigEndian.AppendUint32(nil, crcC)),
		"x-amz-checksum-crc64nvme": b64(binary.BigEndian.AppendUint64(nil, nvme)),
		"x-amz-checksum-sha1":      b64(s1[:]), "x-amz-checksum-sha256": b64(s256[:]), "content-md5": b64(m[:]),
	}
}

// TestCRC64NVME holds the table against the catalogue's check value.
func TestCRC64NVME(t *testing.T) {
	if got := crc64.Checksum([]byte("123456789"), crc64NVME); got != 0xae8b14860a799888 {
		t.Errorf("%x", got)
	}
}

func TestHeaderChecksums(t *testing.T) {
	const body = "the body of an object"
	for name, value := range sums(body) {
		for sent, code := range map[string]string{body: "", "the body of an 0bject": "BadDigest"} {
			r := signed(t, "s3", region, docsTime, docsKeys, "PUT", "/b/k", sent, name+": "+value)
			if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
				t.Fatalf("%s: %v", name, problem)
			}
			if code != "" {
				wantBodyProblem(t, r, code)
				continue
			}
			if data, err := io.ReadAll(r.Body); err != nil || string(data) != body {
				t.Errorf("%s: %q, %v", name, data, err)
			}
		}
	}
}

// TestChecksumsOfObjects: on these requests the header speaks of the whole
// object, and the body is something else.
func TestChecksumsOfObjects(t *testing.T) {
	for _, r := range []*http.Request{
		signed(t, "s3", region, docsTime, docsKeys, "POST", "/b/k?uploadId=1", "<CompleteMultipartUpload/>", "X-Amz-Checksum-Sha256: composite-2"),
		signed(t, "s3", region, docsTime, docsKeys, "PUT", "/b/k", "", "X-Amz-Copy-Source: b/k", "X-Amz-Checksum-Crc32: AAAAAQ=="),
	} {
		if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
			t.Fatal(problem)
		}
		if _, err := io.ReadAll(r.Body); err != nil {
			t.Error(err)
		}
	}
}

func TestContentHash(t *testing.T) {
	r := signed(t, "s3", region, docsTime, docsKeys, "PUT", "/b/k", "hello")
	r.Body = io.NopCloser(strings.NewReader("hellO"))
	if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
		t.Fatal(problem)
	}
	wantBodyProblem(t, r, "XAmzContentSHA256Mismatch")
}

func TestShortBody(t *testing.T) {
	r := signed(t, "s3", region, docsTime, docsKeys, "PUT", "/b/k", "hello")
	r.Body = io.NopCloser(strings.NewReader("hell"))
	if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
		t.Fatal(problem)
	}
	wantBodyProblem(t, r, "IncompleteBody")
}

// unsignedTrailer is an upload as the SDKs send it over HTTPS.
func unsignedTrailer(t *testing.T, body string, announced string) *http.Request {
	t.Helper()
	return signed(t, "s3", region, docsTime, docsKeys, "PUT", "/b/k", body,
		"X-Amz-Content-Sha256: "+streamingTrailer, "X-Amz-Decoded-Content-Length: 11", "X-Amz-Trailer: "+announced, "Content-Encoding: aws-chunked,gzip")
}

func TestUnsignedTrailer(t *testing.T) {
	good := sums("hello world")
	for _, name := range []string{"x-amz-checksum-crc32", "x-amz-checksum-crc32c", "x-amz-checksum-crc64nvme", "x-amz-checksum-sha1", "x-amz-checksum-sha256"} {
		for _, tc := range []struct{ label, body, code string }{
			{"good", "6\r\nhello \r\n5\r\nworld\r\n0\r\n" + name + ":" + good[name] + "\r\n\r\n", ""},
			{"wrong", "6\r\nhello \r\n5\r\nworlD\r\n0\r\n" + name + ":" + good[name] + "\r\n\r\n", "BadDigest"},
			{"no checksum", "b\r\nhello world\r\n0\r\n" + name + ":nonsense\r\n\r\n", "InvalidRequest"},
			{"no trailer", "b\r\nhello world\r\n0\r\n\r\n", "MalformedTrailerError"},
			{"no end", "b\r\nhello world\r\n0\r\n" + name + ":" + good[name] + "\r\n", "IncompleteBody"},
			{"longer than declared", "c\r\nhello world!\r\n0\r\n" + name + ":" + good[name] + "\r\n\r\n", "IncompleteBody"},
			{"shorter than declared", "5\r\nhello\r\n0\r\n" + name + ":" + sums("hello")[name] + "\r\n\r\n", "IncompleteBody"},
			{"no line end after a chunk", "b\r\nhello worldX\r\n0\r\n\r\n", "InvalidRequest"},
		} {
			t.Run(name+" "+tc.label, func(t *testing.T) {
				r := unsignedTrailer(t, tc.body, name)
				if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
					t.Fatal(problem)
				}
				if r.Header.Get("Content-Encoding") != "gzip" || r.ContentLength != 11 {
					t.Errorf("encoding %q, length %d", r.Header.Get("Content-Encoding"), r.ContentLength)
				}
				if tc.code != "" {
					wantBodyProblem(t, r, tc.code)
					return
				}
				if data, err := io.ReadAll(r.Body); err != nil || string(data) != "hello world" {
					t.Errorf("%q, %v", data, err)
				}
			})
		}
	}
}

func TestEmptyChunkedBody(t *testing.T) {
	sum := sums("")["x-amz-checksum-crc32"]
	r := signed(t, "s3", region, docsTime, docsKeys, "PUT", "/b/k", "0\r\nx-amz-checksum-crc32:"+sum+"\r\n\r\n",
		"X-Amz-Content-Sha256: "+streamingTrailer, "X-Amz-Decoded-Content-Length: 0", "X-Amz-Trailer: x-amz-checksum-crc32")
	if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
		t.Fatal(problem)
	}
	if data, err := io.ReadAll(r.Body); err != nil || len(data) != 0 {
		t.Errorf("%q, %v", data, err)
	}
}

// signedChunks is an upload in chunks of the given sizes, each signed.
func signedChunks(t *testing.T, sizes ...int) *http.Request {
	t.Helper()
	total := 0
	for _, n := range sizes {
		total += n
	}
	r := signed(t, "s3", region, docsTime, docsKeys, "PUT", "/b/k", "",
		"X-Amz-Content-Sha256: "+streamingSigned, "X-Amz-Decoded-Content-Length: "+strconv.Itoa(total))
	claim, problem := read(r, words{"s3"})
	if problem != nil {
		t.Fatal(problem)
	}
	key, previous := signingKey(docsSecret, claim.scope), claim.value
	var b strings.Builder
	for _, n := range append(sizes, 0) {
		data := strings.Repeat("x", n)
		previous = hexMAC(key, "AWS4-HMAC-SHA256-PAYLOAD\n"+claim.time.Format(dateTimeFormat)+"\n"+claim.scope.String()+"\n"+previous+"\n"+emptyHash+"\n"+hexHash(data))
		b.WriteString(strconv.FormatInt(int64(n), 16) + ";chunk-signature=" + previous + "\r\n" + data + "\r\n")
	}
	r.Body = io.NopCloser(strings.NewReader(b.String()))
	return r
}

func TestChunkSizes(t *testing.T) {
	for _, sizes := range [][]int{{8192, 8192, 1}, {1}, {70000, 8192}} {
		r := signedChunks(t, sizes...)
		if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
			t.Fatal(problem)
		}
		if _, err := io.ReadAll(r.Body); err != nil {
			t.Errorf("%v: %v", sizes, err)
		}
	}
	r := signedChunks(t, 8191, 8192)
	if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
		t.Fatal(problem)
	}
	wantBodyProblem(t, r, "InvalidChunkSizeError")
}

// TestNeverMoreThanDeclared: what is too long is cut before it is handed on.
func TestNeverMoreThanDeclared(t *testing.T) {
	r := unsignedTrailer(t, "5\r\nhello\r\n"+"ffffff\r\n"+strings.Repeat("x", 0xffffff), "x-amz-checksum-crc32")
	if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
		t.Fatal(problem)
	}
	if n, err := io.Copy(io.Discard, r.Body); err == nil || n > 11 {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestTrailerBesideTheAnnouncedOne(t *testing.T) {
	const name = "x-amz-checksum-crc32"
	r := unsignedTrailer(t, "b\r\nhello world\r\n0\r\n"+name+":"+sums("hello world")[name]+"\r\nx-amz-meta-late:1\r\n\r\n", name)
	if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
		t.Fatal(problem)
	}
	wantBodyProblem(t, r, "MalformedTrailerError")
}

// brokenBody fails as a broken connection does.
type brokenBody struct{ err error }

func (b brokenBody) Read([]byte) (int, error) { return 0, b.err }
func (brokenBody) Close() error               { return nil }

func TestBrokenConnection(t *testing.T) {
	gone := errors.New("connection reset")
	r := signed(t, "s3", region, docsTime, docsKeys, "PUT", "/b/k", "hello")
	r.Body = brokenBody{gone}
	if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
		t.Fatal(problem)
	}
	if _, err := io.ReadAll(r.Body); !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
}

// zeros is a body of many bytes that costs no memory.
type zeros struct{ left int64 }

func (z *zeros) Read(b []byte) (int, error) {
	if z.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(b)), z.left)
	clear(b[:n])
	z.left -= n
	return int(n), nil
}

// TestStreams: a large body passes through without being held.
func TestStreams(t *testing.T) {
	const size = 256 << 20
	r := signed(t, "s3", region, docsTime, docsKeys, "PUT", "/b/k", "", "X-Amz-Content-Sha256: "+streamingTrailer,
		"X-Amz-Decoded-Content-Length: "+strconv.Itoa(size))
	head := strconv.FormatInt(size, 16) + "\r\n"
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader(head), &zeros{size}, strings.NewReader("\r\n0\r\n\r\n")))
	if _, problem := verifierAt(docsTime).Verify(r, expectS3()); problem != nil {
		t.Fatal(problem)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n, err := io.Copy(io.Discard, r.Body)
	runtime.ReadMemStats(&after)
	if err != nil || n != size {
		t.Fatalf("%d, %v", n, err)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 4<<20 {
		t.Errorf("reading took %d bytes of memory", grown)
	}
}

func BenchmarkVerify(b *testing.B) {
	r := signed(b, "s3", region, docsTime, docsKeys, "GET", "/b/media/a.png?versionId=1", "")
	v := verifierAt(docsTime)
	b.ReportAllocs()
	for b.Loop() {
		if _, problem := v.Verify(r, expectS3()); problem != nil {
			b.Fatal(problem)
		}
	}
}
