package owner

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/address"
)

// Lifecycle tells whether no rule expires or archives media, and one ends abandoned uploads.
func (s *Side) Lifecycle(ctx context.Context) Finding {
	p := s.lifecycle(ctx)
	if f, ok := without(p); ok {
		return f
	}
	return judgeLifecycle(p.Value, s.wants)
}

// soon is how long abandoned uploads may stay without a note.
const soon = 7

func judgeLifecycle(rules []Rule, w Wants) Finding {
	dir := (address.Space{Prefix: w.Prefix}).Dir()
	f := Finding{Status: Pass, What: "pass", Args: diagnose.Args{"dir": dir, "count": itoa(len(rules))}}
	if len(rules) == 0 {
		f.What = "none"
	}
	for _, r := range rules {
		f.hit(r, dir, w)
	}
	if len(f.Causes) > 0 {
		worst := f.Causes[0]
		f.Status, f.What = Warn, "archives"
		for _, c := range f.Causes {
			if c.ID == "lifecycle-expires" {
				worst, f.What = c, "expires"
				break
			}
		}
		for _, k := range []string{"rule", "where", "setting", "class"} {
			f.Args[k] = worst.Args[k]
		}
		f.Causes = sorted(f.Causes, "lifecycle-expires")
	}
	f.uploads(rules, dir)
	return f
}

// sorted puts the causes with an id before the others.
func sorted(causes []diagnose.Cause, id string) []diagnose.Cause {
	var before, after []diagnose.Cause
	for _, c := range causes {
		if c.ID == id {
			before = append(before, c)
		} else {
			after = append(after, c)
		}
	}
	return append(before, after...)
}

// hit adds what a rule does to media.
func (f *Finding) hit(r Rule, dir string, w Wants) {
	args := diagnose.Args{"rule": orDash(r.ID), "where": "s3://" + w.Bucket + "/" + r.Prefix, "class": r.Archive}
	expires, archives := r.ExpireDays > 0 || !r.ExpireDate.IsZero(), r.Archive != ""
	if len(r.Tags) > 0 && (expires || archives) && overlap(r.Prefix, dir) {
		args["tags"] = strings.Join(r.Tags, ", ")
		f.note("lifecycle-tagged", args)
		return
	}
	if r.media(dir) == noMedia {
		return
	}
	if expires {
		f.Causes = append(f.Causes, diagnose.Because("lifecycle-expires", diagnose.Certain, w.Facts, args,
			diagnose.Args{"setting": r.setting(r.ExpireDays, r.ExpireDate)}))
	}
	if archives {
		f.Causes = append(f.Causes, diagnose.Because("lifecycle-archives", diagnose.Certain, w.Facts, args,
			diagnose.Args{"setting": r.setting(r.ArchiveDays, r.ArchiveDate)}))
	}
}

func overlap(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }

// setting is when the rule acts on what, in the words of the configuration.
func (r Rule) setting(days int, date time.Time) string {
	words := []string{"Days=" + itoa(days)}
	if days == 0 && !date.IsZero() {
		words[0] = "Date=" + date.UTC().Format(time.DateOnly)
	}
	if r.Larger > 0 {
		words = append(words, "ObjectSizeGreaterThan="+strconv.FormatInt(r.Larger, 10))
	}
	if r.Smaller > 0 {
		words = append(words, "ObjectSizeLessThan="+strconv.FormatInt(r.Smaller, 10))
	}
	return strings.Join(words, ", ")
}

// orDash is s, or what stands for a name that is empty.
func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// uploads adds what becomes of uploads that were begun and never completed.
func (f *Finding) uploads(rules []Rule, dir string) {
	days := 0
	for _, r := range rules {
		if r.AbortDays > 0 && strings.HasPrefix(dir, r.Prefix) && (days == 0 || r.AbortDays < days) {
			days = r.AbortDays
		}
	}
	switch {
	case days == 0:
		f.note("no-abort-rule", diagnose.Args{"dir": dir})
	case days > soon:
		f.note("abort-late", diagnose.Args{"days": itoa(days)})
	}
}
