package browse

import (
	"fmt"
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/mediadock/mediadock/media"
)

func jpeg(i int) media.Item {
	path := fmt.Sprintf("photos/2026/photo-%07d.jpg", i)
	return media.Item{
		Path: path, Key: "media/" + path, Size: int64(i), Modified: time.Unix(int64(1_700_000_000+i), 0).UTC(),
		ETag: fmt.Sprintf("%032x", i), StorageClass: "STANDARD",
	}
}

func TestItemsComeOutAsTheyWentIn(t *testing.T) {
	with := func(change func(*media.Item)) media.Item {
		it := jpeg(1)
		change(&it)
		return it
	}
	in := []media.Item{
		jpeg(0),
		{Path: "photos/2026/sub/", Key: "media/photos/2026/sub/", Folder: true},
		with(func(it *media.Item) { it.ETag += "-1" }),
		with(func(it *media.Item) { it.ETag += "-10000" }),
		with(func(it *media.Item) { it.ETag += "-01" }),
		with(func(it *media.Item) { it.ETag += "-0" }),
		with(func(it *media.Item) { it.ETag = "" }),
		with(func(it *media.Item) { it.ETag = "ABCDEF00000000000000000000000000" }),
		with(func(it *media.Item) { it.ETag = "something else" }),
		with(func(it *media.Item) { it.StorageClass = "GLACIER" }),
		with(func(it *media.Item) { it.StorageClass = "" }),
		with(func(it *media.Item) { it.Modified = time.Unix(1, 999_000_001).UTC() }),
		with(func(it *media.Item) { it.Modified = time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC) }),
		with(func(it *media.Item) { it.Modified = time.Unix(0, 0).UTC() }),
		with(func(it *media.Item) { it.Modified = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) }),
		with(func(it *media.Item) { it.Path, it.Key = "elsewhere.jpg", "media/elsewhere.jpg" }),
		with(func(it *media.Item) { it.Key = "other/" + it.Path }),
		with(func(it *media.Item) { it.ContentType = "image/jpeg" }),
		with(func(it *media.Item) { it.Metadata = map[string]string{"a": "b"} }),
		{Path: "found.jpg", Size: 3}, // of a search: without a key
	}
	for i := range 300 {
		in = append(in, with(func(it *media.Item) { it.StorageClass = fmt.Sprint(i) }))
	}
	for first := range 2 { // the first of them decides what all begin with
		var l items
		l.add(in[len(in)-first:])
		l.rows = nil
		l.add(in)
		for i, want := range in {
			if got := l.at(i); !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if l.path(i) != want.Path {
				t.Errorf("path %q, want %q", l.path(i), want.Path)
			}
		}
	}
}

func TestItemsAreChanged(t *testing.T) {
	var l items
	for i := range 5 {
		l.add([]media.Item{jpeg(i)})
	}
	l.insert(1, jpeg(9))
	l.set(0, jpeg(8))
	l.drop(func(p string) bool { return p == jpeg(1).Path || p == jpeg(4).Path })
	var got []int64
	for i := range l.len() {
		got = append(got, l.at(i).Size)
	}
	if !reflect.DeepEqual(got, []int64{8, 9, 2, 3}) {
		t.Error(got)
	}
}

// A folder of a million files, as its pages arrive. The limit is that of the
// whole program; the list must leave a third of it to the rest.
func TestAMillionItemsFit(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	if live := millionItems(); live > 110<<20 {
		t.Errorf("%d MiB", live>>20)
	}
}

func millionItems() uint64 {
	var f folder
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for n := 0; n < 1_000_000; n += 1000 {
		p := media.Page{Next: "more", Items: make([]media.Item, 1000)}
		for i := range p.Items {
			p.Items[i] = jpeg(n + i)
		}
		f.add(p)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	live := after.HeapAlloc - before.HeapAlloc
	runtime.KeepAlive(&f)
	return live
}

func BenchmarkMillionItems(b *testing.B) {
	var live uint64
	for b.Loop() {
		live = millionItems()
	}
	b.ReportMetric(float64(live)/(1<<20), "MiB")
}
