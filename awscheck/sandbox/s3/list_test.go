package s3_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// family describes synthetic objects.
func family(prefix, name string, count int) func(*account.Bucket) {
	return func(b *account.Bucket) {
		b.Objects = append(b.Objects, account.Object{Prefix: prefix, Name: name, Count: count, Size: 20480, ContentType: "image/jpeg"})
	}
}

// object describes one object.
func object(key, content string) func(*account.Bucket) {
	return func(b *account.Bucket) {
		b.Objects = append(b.Objects, account.Object{Key: key, Content: []byte(content), ContentType: "text/plain"})
	}
}

// naive lists keys the slow, plain way.
func naive(keys []string, prefix, delimiter, after string) (out []string) {
	seen := map[string]bool{}
	for _, k := range keys { // sorted
		if !strings.HasPrefix(k, prefix) {
			continue
		}
		shown := k
		if i := strings.Index(k[len(prefix):], delimiter); delimiter != "" && i >= 0 {
			shown = k[:len(prefix)+i+len(delimiter)]
		}
		skipped := k <= after || shown == after
		if !skipped && !seen[shown] {
			seen[shown] = true
			out = append(out, shown)
		}
	}
	return out
}

// everything pages through a listing and returns keys and prefixes in order.
func (r *rig) everything(bucket string, query url.Values) (out []string) {
	r.t.Helper()
	query.Set("list-type", "2")
	for range 10000 {
		page := parse[listed](r.do(admin(r.t), "GET", "/"+bucket+"?"+query.Encode(), "").want(200, ""))
		all := append(page.keys(), page.prefixes()...)
		if page.KeyCount != len(all) {
			r.t.Fatalf("KeyCount is %d, the page has %d", page.KeyCount, len(all))
		}
		slices.Sort(all)
		out = append(out, all...)
		if !page.IsTruncated {
			return out
		}
		if page.NextContinuationToken == "" || page.KeyCount == 0 {
			r.t.Fatal("a truncated page leads nowhere")
		}
		query.Set("continuation-token", page.NextContinuationToken)
	}
	r.t.Fatal("the listing does not end")
	return nil
}

// Whatever is put, overwritten and deleted, among synthetic objects too, a
// listing shows what a plain sorted set would.
func TestListAgainstModel(t *testing.T) {
	for seed := range uint64(4) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		r := newRig(t, bucketNamed("b-one", family("m/f/", "{n}.jpg", 130), family("m/", "f{n}/x", 70), family("", "z-{n}", 5), object("m/f/007.jpg", "own")))
		model := map[string]bool{"m/f/007.jpg": true}
		for i := range 130 {
			model[fmt.Sprintf("m/f/%03d.jpg", i)] = true
		}
		for i := range 70 {
			model[fmt.Sprintf("m/f%02d/x", i)] = true
		}
		for i := range 5 {
			model[fmt.Sprintf("z-%d", i)] = true
		}
		pool := []string{"a", "m", "m/", "m/f", "m/f/", "m/f/0", "m/f/0505", "m//x", "m/f0/", "z-", "z-9", "é", "日本/語", "\U0001F600/x", "ÿ", "~"}
		for range 4 {
			for range 120 {
				key := pool[rnd.IntN(len(pool))]
				if rnd.IntN(3) > 0 {
					keys := slices.Sorted(maps.Keys(model))
					key = keys[rnd.IntN(len(keys))]
				}
				path := "/b-one/" + (&url.URL{Path: key}).EscapedPath()
				path = strings.ReplaceAll(path, "/./", "/")
				if rnd.IntN(2) == 0 {
					r.do(admin(t), "PUT", path, "x").want(200, "")
					model[key] = true
				} else if len(model) > 20 {
					r.do(admin(t), "DELETE", path, "").want(204, "")
					delete(model, key)
				}
			}
			keys := slices.Sorted(maps.Keys(model))
			for range 20 {
				prefix := []string{"", "m", "m/", "m/f", "m/f/", "m/f0", "z", "none", "日"}[rnd.IntN(9)]
				delimiter := []string{"", "/", "f", "/f", ".jpg"}[rnd.IntN(5)]
				after := ""
				if rnd.IntN(2) == 0 {
					after = keys[rnd.IntN(len(keys))]
				}
				want := naive(keys, prefix, delimiter, after)
				got := r.everything("b-one", url.Values{
					"prefix": {prefix}, "delimiter": {delimiter}, "start-after": {after}, "max-keys": {strconv.Itoa(1 + rnd.IntN(50))},
				})
				if !slices.Equal(got, want) {
					t.Fatalf("seed %d prefix %q delimiter %q after %q:\ngot  %q\nwant %q", seed, prefix, delimiter, after, got, want)
				}
			}
		}
	}
}

// Ten million synthetic objects cost no more than ten, and a folder of them is
// stepped over, not walked through.
func TestListTenMillion(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", family("media/big/", "img-{n}.jpg", 10_000_000), object("media/zz.txt", "z")))
	var before, behind runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)

	page := parse[listed](r.do(admin(t), "GET", "/b-one?list-type=2&prefix=media/&delimiter=/", "").want(200, ""))
	if !slices.Equal(page.prefixes(), []string{"media/big/"}) || !slices.Equal(page.keys(), []string{"media/zz.txt"}) {
		t.Fatalf("got %v %v", page.prefixes(), page.keys())
	}
	page = parse[listed](r.do(admin(t), "GET", "/b-one?list-type=2&start-after=media/big/img-9999997.jpg", "").want(200, ""))
	if want := []string{"media/big/img-9999998.jpg", "media/big/img-9999999.jpg", "media/zz.txt"}; !slices.Equal(page.keys(), want) {
		t.Fatalf("got %v", page.keys())
	}
	token, last := "", ""
	for range 12 {
		page = parse[listed](r.do(admin(t), "GET", "/b-one?list-type=2&prefix=media/big/"+token, "").want(200, ""))
		if len(page.Contents) != 1000 || !page.IsTruncated || page.Contents[0].Key <= last {
			t.Fatalf("%d keys from %q on, truncated %v", len(page.Contents), page.Contents[0].Key, page.IsTruncated)
		}
		last = page.Contents[999].Key
		token = "&continuation-token=" + url.QueryEscape(page.NextContinuationToken)
	}
	if last != "media/big/img-0011999.jpg" {
		t.Errorf("12 pages end at %s", last)
	}
	r.do(admin(t), "DELETE", "/b-one/media/big/img-5000000.jpg", "").want(204, "")
	r.do(admin(t), "HEAD", "/b-one/media/big/img-5000000.jpg", "").want(404, "")
	page = parse[listed](r.do(admin(t), "GET", "/b-one?list-type=2&max-keys=1&start-after=media/big/img-4999999.jpg", ""))
	if page.Contents[0].Key != "media/big/img-5000001.jpg" {
		t.Errorf("behind the deleted one stands %s", page.Contents[0].Key)
	}
	runtime.GC()
	runtime.ReadMemStats(&behind)
	if grown := int64(behind.HeapAlloc) - int64(before.HeapAlloc); grown > 8<<20 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
	runtime.KeepAlive(r)
}

func TestSyntheticContent(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", family("m/", "{n}.jpg", 10)))
	whole := r.do(admin(t), "GET", "/b-one/m/3.jpg", "").want(200, "").has("Content-Length", "20480").has("Content-Type", "image/jpeg")
	again := r.do(admin(t), "GET", "/b-one/m/3.jpg", "")
	other := r.do(admin(t), "GET", "/b-one/m/4.jpg", "")
	if whole.body != again.body || whole.body == other.body || whole.value("ETag") != again.value("ETag") || whole.value("ETag") == other.value("ETag") {
		t.Error("synthetic bytes must be the same for a key, and differ between keys")
	}
	part := r.do(admin(t), "GET", "/b-one/m/3.jpg", "", "Range: bytes=1001-3333").want(206, "")
	if part.body != whole.body[1001:3334] {
		t.Error("a range of synthetic bytes is not a piece of the whole")
	}
	if !strings.HasSuffix(whole.value("ETag"), `-1"`) {
		t.Errorf("ETag %s can be taken for an MD5", whole.value("ETag"))
	}
	for _, missing := range []string{"m/10.jpg", "m/03.jpg", "m/3.jp", "m/3.jpgx", "m/-1.jpg", "m/"} {
		r.do(admin(t), "HEAD", "/b-one/"+missing, "").want(404, "")
	}
}

func TestListDetails(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("a b+c&d.txt", "x"), object("p/1", "x"), object("p/2", "xy"), object("q\x01", "x")))
	a := r.do(admin(t), "GET", "/b-one?list-type=2&prefix=p/", "").want(200, "").
		contains("<Name>b-one</Name><Prefix>p/</Prefix><KeyCount>2</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>").
		contains("<Key>p/1</Key><LastModified>2026-11-21T09:00:00.000Z</LastModified><ETag>&quot;9dd4e461268c8034f5c8564e155c67a6&quot;</ETag>").
		contains("<Size>2</Size><StorageClass>STANDARD</StorageClass>").lacks("<Owner>").lacks("Delimiter")
	if !strings.HasPrefix(a.body, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+`<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`) {
		t.Errorf("starts with %.100q", a.body)
	}
	r.do(admin(t), "GET", "/b-one?list-type=2&fetch-owner=true", "").contains("<Owner><ID>")
	r.do(admin(t), "GET", "/b-one?list-type=2&encoding-type=url&prefix=a+b", "").
		contains("<Key>a+b%2Bc%26d.txt</Key>").contains("<Prefix>a+b</Prefix>").contains("<EncodingType>url</EncodingType>")
	r.do(admin(t), "GET", "/b-one?list-type=2&encoding-type=url&prefix=q", "").contains("<Key>q%01</Key>")
	r.do(admin(t), "GET", "/b-one?list-type=2&prefix=q", "").contains("<Key>q&#x1;</Key>")
	r.do(admin(t), "GET", "/b-one?list-type=2&prefix=a", "").contains("<Key>a b+c&amp;d.txt</Key>")
	r.do(admin(t), "GET", "/b-one?list-type=2&max-keys=0", "").want(200, "").contains("<KeyCount>0</KeyCount>").contains("<IsTruncated>false</IsTruncated>")
	r.do(admin(t), "GET", "/b-one?list-type=2&max-keys=5000", "").contains("<MaxKeys>1000</MaxKeys>")
	for query, argument := range map[string]string{
		"list-type=3":                                                 "list-type",
		"list-type=2&max-keys=x":                                      "max-keys",
		"list-type=2&max-keys=-1":                                     "maxKeys",
		"list-type=2&encoding-type=base64":                            "encoding-type",
		"list-type=2&continuation-token=":                             "continuation-token",
		"list-type=2&continuation-token=garbage":                      "continuation-token",
		"list-type=2&continuation-token=QUJDREVGR0hJSktMTU5PUFFSU1Q=": "continuation-token",
	} {
		r.do(admin(t), "GET", "/b-one?"+query, "").want(400, "InvalidArgument").contains("<ArgumentName>" + argument + "</ArgumentName>")
	}
}

// A token belongs to the bucket it was made for.
func TestTokenOfAnotherBucket(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", family("", "{n}", 20)), bucketNamed("b-two", family("", "{n}", 20)))
	page := parse[listed](r.do(admin(t), "GET", "/b-one?list-type=2&max-keys=5", ""))
	token := url.QueryEscape(page.NextContinuationToken)
	r.do(admin(t), "GET", "/b-one?list-type=2&max-keys=5&continuation-token="+token, "").want(200, "").contains("<Key>05</Key>").lacks("<Key>04</Key>")
	r.do(admin(t), "GET", "/b-two?list-type=2&max-keys=5&continuation-token="+token, "").want(400, "InvalidArgument")
}

func TestListVersion1(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("a/1", "x"), object("a/2", "x"), object("b", "x"), object("c/1", "x"), object("d", "x")))
	page := parse[listed](r.do(admin(t), "GET", "/b-one?delimiter=/&max-keys=2", "").want(200, "").contains("<Marker></Marker>").contains("<Owner>"))
	if page.NextMarker != "b" || !slices.Equal(page.prefixes(), []string{"a/"}) || !slices.Equal(page.keys(), []string{"b"}) {
		t.Fatalf("got %+v", page)
	}
	page = parse[listed](r.do(admin(t), "GET", "/b-one?delimiter=/&max-keys=1&marker=b", ""))
	if page.NextMarker != "c/" || !page.IsTruncated {
		t.Fatalf("got %+v", page)
	}
	page = parse[listed](r.do(admin(t), "GET", "/b-one?delimiter=/&marker=c/", ""))
	if !slices.Equal(page.keys(), []string{"d"}) || len(page.CommonPrefixes) != 0 {
		t.Fatalf("got %+v", page)
	}
	page = parse[listed](r.do(admin(t), "GET", "/b-one?max-keys=2", ""))
	if page.NextMarker != "" || !page.IsTruncated { // S3 gives a next marker with a delimiter only
		t.Fatalf("got %+v", page)
	}
}

func BenchmarkListPage(b *testing.B) {
	r := newRig(b, bucketNamed("b-one", family("media/", "{n}.jpg", 10_000_000)))
	me := admin(b)
	for b.Loop() {
		r.do(me, "GET", "/b-one?list-type=2&start-after=media/5000000.jpg", "")
	}
}
