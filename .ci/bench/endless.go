package main

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// endless answers as a bucket of n objects below env/, which are made as they
// are listed; copies of them below another prefix are remembered in a bit each.
// It judges no signatures. What else is stored, probes, it keeps in memory. At
// SIGUSR1 it prints how many objects there are copies of, and since it did so
// before, how many pages were listed, and before the first new copy how many of
// them and how many seconds after the first request.
func endless(a []string) error {
	n, err := strconv.Atoi(a[1])
	if err != nil {
		return err
	}
	b := &bucket{n: n, there: make([]atomic.Uint32, n/32+1), small: map[string]string{}}
	tell := make(chan os.Signal, 1)
	signal.Notify(tell, syscall.SIGUSR1)
	go func() {
		for range tell {
			b.mu.Lock()
			fmt.Printf("%d %d %d %.2f\n", b.copies.Load(), b.pages, b.before, b.after.Seconds())
			b.pages, b.before, b.after, b.first = 0, 0, 0, time.Time{}
			b.mu.Unlock()
		}
	}()
	return http.ListenAndServe(a[0], b)
}

type bucket struct {
	n      int
	there  []atomic.Uint32
	copies atomic.Int64

	mu            sync.Mutex
	small         map[string]string // ETags by key
	pages, before int
	first         time.Time // request
	after         time.Duration
}

const endlessStamp = "2026-01-01T00:00:00.000Z"

// number finds an object's number in its key; -1 if it is none of them.
func number(key string) int {
	i := strings.LastIndex(key, "/img-")
	if i < 0 || len(key) != i+18 {
		return -1
	}
	at, err := strconv.Atoi(key[i+5 : i+14])
	if err != nil {
		return -1
	}
	return at
}

func (b *bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "application/xml")
	b.mu.Lock()
	tag, small := b.small[key]
	if b.first.IsZero() {
		b.first = time.Now()
	}
	b.mu.Unlock()
	switch source := r.Header.Get("X-Amz-Copy-Source"); {
	case source != "":
		source, _ = url.PathUnescape(source)
		_, from, _ := strings.Cut(strings.TrimPrefix(source, "/"), "/")
		b.mu.Lock()
		if etag, ok := b.small[from]; ok {
			b.small[key], tag = etag, etag
		} else {
			tag = "0123456789abcdef0123456789abcdef"
		}
		b.mu.Unlock()
		if at := number(key); at >= 0 && at < b.n && number(from) == at {
			b.copy(at)
		}
		fmt.Fprintf(w, `<CopyObjectResult><ETag>"%s"</ETag><LastModified>%s</LastModified></CopyObjectResult>`, tag, endlessStamp)
	case r.Method == http.MethodGet && key == "":
		b.list(w, r.URL.Query())
	case r.Method == http.MethodPut:
		sum := md5.Sum(body)
		tag = hex.EncodeToString(sum[:])
		b.mu.Lock()
		b.small[key] = tag
		b.mu.Unlock()
		w.Header().Set("ETag", `"`+tag+`"`)
	case r.Method == http.MethodPost:
		fmt.Fprint(w, `<DeleteResult></DeleteResult>`)
		b.mu.Lock()
		for k := range b.small {
			if bytes.Contains(body, []byte(k)) {
				delete(b.small, k)
			}
		}
		b.mu.Unlock()
	case r.Method == http.MethodDelete:
		b.mu.Lock()
		delete(b.small, key)
		b.mu.Unlock()
		w.WriteHeader(http.StatusNoContent)
	case small:
		w.Header().Set("ETag", `"`+tag+`"`)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (b *bucket) copy(at int) {
	bit := uint32(1) << (at % 32)
	if b.there[at/32].Or(bit)&bit != 0 {
		return
	}
	b.copies.Add(1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.after == 0 {
		b.before, b.after = b.pages, time.Since(b.first)
	}
}

func (b *bucket) list(w http.ResponseWriter, query url.Values) {
	b.mu.Lock()
	b.pages++
	b.mu.Unlock()
	prefix, most := query.Get("prefix"), 1000
	if n, err := strconv.Atoi(query.Get("max-keys")); err == nil {
		most = min(n, most)
	}
	source := prefix == "env/"
	at := 0
	if token := query.Get("continuation-token"); token != "" {
		at, _ = strconv.Atoi(token)
	} else if after := query.Get("start-after"); after > prefix {
		digits, _, _ := strings.Cut(strings.TrimPrefix(after, prefix+"img-"), ".")
		at, _ = strconv.Atoi(digits + strings.Repeat("0", max(0, 9-len(digits))))
		if strings.HasSuffix(after, ".jpg") {
			at++
		}
	}
	if strings.Count(prefix, "/") > 2 || query.Get("delimiter") != "" || !strings.HasPrefix(prefix, "env/") {
		at = b.n
	}
	out := bytes.NewBuffer(make([]byte, 0, 200<<10))
	out.WriteString(`<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EncodingType>url</EncodingType>`)
	count := 0
	for ; at < b.n && count < most; at++ {
		if !source && b.there[at/32].Load() == 0 {
			at |= 31
			continue
		}
		if !source && b.there[at/32].Load()&(1<<(at%32)) == 0 {
			continue
		}
		count++
		fmt.Fprintf(out, `<Contents><Key>%simg-%09d.jpg</Key><LastModified>%s</LastModified><ETag>&#34;0123456789abcdef0123456789abcdef&#34;</ETag><Size>20480</Size><StorageClass>STANDARD</StorageClass></Contents>`, prefix, at, endlessStamp)
	}
	if at < b.n {
		fmt.Fprintf(out, `<IsTruncated>true</IsTruncated><NextContinuationToken>%d</NextContinuationToken>`, at)
	} else {
		out.WriteString(`<IsTruncated>false</IsTruncated>`)
	}
	fmt.Fprintf(out, `<KeyCount>%d</KeyCount></ListBucketResult>`, count)
	_, _ = w.Write(out.Bytes())
}
