package cdn

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"time"
)

// What X-Cache says.
const (
	xHit     = "Hit from cloudfront"
	xMiss    = "Miss from cloudfront"
	xRefresh = "RefreshHit from cloudfront"
	xError   = "Error from cloudfront"
)

// pop is the one edge location there is.
const pop = "NRT57-P1"

// visit is one viewer's request.
type visit struct {
	srv  *Server
	w    http.ResponseWriter
	r    *http.Request
	site *site
}

// sign sets the headers that every answer of an edge has.
func (v *visit) sign() {
	h := v.w.Header()
	h.Set("Via", "1.1 "+hex.EncodeToString(random(16))+".cloudfront.net (CloudFront)")
	h.Set("X-Amz-Cf-Id", base64.URLEncoding.EncodeToString(random(40)))
	h.Set("X-Amz-Cf-Pop", pop)
	h.Set("Date", v.srv.now().UTC().Format(http.TimeFormat))
}

// serve answers from the cache, or from the origin by way of the cache.
func (v *visit) serve() {
	key := v.site.ID + " " + v.r.URL.EscapedPath()
	if v.site.QueryStrings && v.r.URL.RawQuery != "" {
		key += "?" + v.r.URL.RawQuery
	}
	old := v.srv.cache.get(key)
	now := v.srv.now()
	if old != nil && old.fresh(now) {
		v.answer(old, xHit)
		return
	}
	s := v.fetch(old)
	switch {
	case v.r.Context().Err() != nil:
		return
	case s == nil:
		v.srv.cache.remove(key)
		v.relay()
		return
	case s.status >= 500 && old != nil && !old.failed:
		v.answer(old, xHit) // an origin in trouble does not take away what the edge has
		return
	case s.life > 0:
		v.srv.cache.put(key, s)
	default:
		v.srv.cache.remove(key)
	}
	if old != nil && !old.failed && !s.failed && sameBody(old, s) {
		v.answer(s, xRefresh)
		return
	}
	v.answer(s, xMiss)
}

// sameBody reports whether s is old, confirmed by the origin.
func sameBody(old, s *stored) bool {
	return len(old.chunks) == len(s.chunks) && (len(s.chunks) == 0 || &old.chunks[0][0] == &s.chunks[0][0]) &&
		old.header.Get("ETag") == s.header.Get("ETag")
}

// answer gives s to the viewer: whole, a range of it, or 304.
func (v *visit) answer(s *stored, from string) {
	h := v.w.Header()
	for name, values := range s.header {
		if name != "Date" || from == xHit {
			h[name] = values
		}
	}
	v.tidy(h, s.status)
	v.mark(s.failed, from)
	if from == xHit {
		h.Set("Age", strconv.FormatInt(int64(s.age(v.srv.now())/time.Second), 10))
	}
	if s.status != http.StatusOK {
		v.w.WriteHeader(s.status)
		if v.r.Method != http.MethodHead {
			for _, chunk := range s.chunks {
				if _, err := v.w.Write(chunk); err != nil {
					return // the viewer is gone
				}
			}
		}
		return
	}
	h.Del("Content-Length") // ServeContent sets it
	modified, _ := http.ParseTime(h.Get("Last-Modified"))
	http.ServeContent(v.w, v.r, "", modified, &reader{s: s})
}

// tidy takes away what an edge keeps to itself: the origin's request ids go
// on with errors only, where the owner of the bucket may need them.
func (v *visit) tidy(h http.Header, status int) {
	if status < 400 {
		h.Del("X-Amz-Request-Id")
		h.Del("X-Amz-Id-2")
	}
}

// mark says where the answer comes from.
func (v *visit) mark(failed bool, from string) {
	if failed {
		from = xError
	}
	v.w.Header().Set("X-Cache", from)
}

// reader reads the body of a stored answer.
type reader struct {
	s   *stored
	off int64
}

func (r *reader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.off
	case io.SeekEnd:
		offset += r.s.size
	}
	r.off = offset
	return offset, nil
}

func (r *reader) Read(p []byte) (int, error) {
	off := r.off
	for _, chunk := range r.s.chunks {
		if off < int64(len(chunk)) {
			n := copy(p, chunk[off:])
			r.off += int64(n)
			return n, nil
		}
		off -= int64(len(chunk))
	}
	return 0, io.EOF
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return b
}
