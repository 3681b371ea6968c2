package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/purge"
)

// sample is what S3 knows of the first of some items: its Cache-Control and
// whether it has a version. What a listing gave knows neither; where asking
// fails it stays unknown.
func (a *app) sample(ctx context.Context, lib *media.Library, items []media.Item) media.Item {
	if len(items) == 0 || items[0].ContentType != "" {
		return append(items, media.Item{})[0]
	}
	ctx, cancel := context.WithTimeout(ctx, lookPatience)
	defer cancel()
	item, err := lib.Info(ctx, items[0].Path)
	if err != nil {
		return items[0]
	}
	return item
}

// linger says how long caches may keep what is taken away, as far as it is
// known: from the file's own Cache-Control, and from the last test.
func (m *aftermath) linger(sample media.Item) []string {
	say := m.a.text.Say
	var lines []string
	switch life, known := purge.Lifetime(sample.CacheControl); {
	case known && life == 0:
		lines = append(lines, say("purge.linger-never", map[string]string{"header": sample.CacheControl}))
	case known:
		lines = append(lines, say("purge.linger-set", map[string]string{"header": sample.CacheControl, "time": m.a.lifetime(life)}))
	default:
		lines = append(lines, say("purge.linger", nil))
	}
	if v, ok := m.a.store.Verdict(m.sel.name); ok && m.sel.name != "" && v.Cause == "cdn-stale" && v.CauseArgs["age"] != "" {
		lines = append(lines, say("purge.linger-seen", map[string]string{"age": v.CauseArgs["age"]}))
	}
	return lines
}

// lifetime is how long something is kept, in hours from two on.
func (a *app) lifetime(d time.Duration) string {
	if d >= 2*time.Hour {
		return a.text.Say("purge.hours", map[string]string{"n": strconv.Itoa(int(d.Round(time.Hour) / time.Hour))})
	}
	return a.text.Duration(d)
}

// versioned tells whether a bucket keeps what is deleted, from an object of
// it. A version "null" is of a time without versions and tells nothing.
func versioned(sample media.Item) bool {
	return sample.VersionID != "" && !strings.EqualFold(sample.VersionID, "null")
}

// sayVersions says beforehand whether a deletion can be undone.
func (a *app) sayVersions(sel selection, sample media.Item) {
	if !versioned(sample) {
		a.tell(a.text.Say("purge.no-versions", nil))
		return
	}
	a.tell(a.text.Say("purge.versions", nil))
	a.tell(a.text.Say("purge.remove-hidden", map[string]string{"bucket": sel.settings.Bucket}))
}

// sayHidden says afterwards what a deletion left in older versions.
func (a *app) sayHidden(sel selection, hidden int) {
	if hidden == 0 || a.flags.json {
		return
	}
	a.tell(a.text.Say("media.note.hidden", map[string]string{"count": strconv.Itoa(hidden)}))
	a.tell(a.text.Say("purge.remove-hidden", map[string]string{"bucket": sel.settings.Bucket}))
}
