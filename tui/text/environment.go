package text

import (
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/media"
)

// EnvironmentPlan says what creating an environment will do, a line each. args
// are {environment}, {connection}, {bucket} and {dir}; known tells that the
// environment is only made known, and nothing copied.
func (c *Catalog) EnvironmentPlan(p media.EnvironmentPlan, args map[string]string, known bool) []string {
	var lines []string
	add := func(id string, count int64, more map[string]string) {
		all := map[string]string{"count": Thousands(count)}
		for _, m := range []map[string]string{args, more} {
			for k, v := range m {
				all[k] = v
			}
		}
		lines = append(lines, c.Say(id, all))
	}
	whole := map[string]string{"objects": Thousands(p.Objects), "bytes": Bytes(p.Bytes)}
	if known {
		there := p.Same + p.Different + p.Foreign
		add("cmd.env.plan.no-copy", there, nil)
		if there == 0 {
			add("cmd.env.plan.no-copy-empty", 0, nil)
		}
		return lines
	}
	add("cmd.env.plan", p.Objects, whole)
	if p.Resumes {
		add("cmd.env.plan.resumes", p.Done, map[string]string{"at": When(p.Begun)})
	}
	if p.Same > 0 {
		add("cmd.env.plan.same", p.Same, map[string]string{"left": Thousands(p.ToCopy), "bytes": Bytes(p.BytesToCopy)})
	}
	for _, part := range []struct {
		id    string
		count int64
		more  map[string]string
	}{
		{"large", p.Large, map[string]string{"bytes": Bytes(p.LargeBytes)}},
		{"archived", p.Archived, some(p.ArchivedPaths, p.Archived)},
		{"too-long", p.TooLong, some(p.TooLongPaths, p.TooLong)},
		{"different", p.Different, some(p.DifferentPaths, p.Different)},
		{"foreign", p.Foreign, some(p.ForeignPaths, p.Foreign)},
	} {
		if part.count > 0 {
			add("cmd.env.plan."+part.id, part.count, part.more)
		}
	}
	if left := c.counts("cmd.env.left-out.", []string{"probes", "markers", "nested"}, p.Probes, p.Markers, int64(p.Environments)); left != "" {
		add("cmd.env.plan.left-out", 0, map[string]string{"what": left})
	}
	if p.ToCopy > 0 {
		add("cmd.env.plan.cost", p.ToCopy, nil)
	}
	if p.ProbesLeft > 0 {
		add("cmd.env.plan.probes-left", p.ProbesLeft, nil)
	}
	switch {
	case p.ToCopy == 0:
	case p.Rate != "":
		rate := Thousands(max(1, int64(p.PerSecond+0.5)))
		add("cmd.env.plan."+p.Rate, p.ToCopy, map[string]string{"time": c.long(p.Takes), "rate": rate})
	case p.ToCopy >= manyFiles:
		seconds := time.Duration(p.ToCopy) * time.Second
		add("cmd.env.plan.rough", p.ToCopy, map[string]string{"least": c.long(seconds / 1000), "most": c.long(seconds / 100)})
	}
	return lines
}

// manyFiles is from how many on it is worth saying how long copying takes,
// before the rate has been measured.
const manyFiles = 1000

// EnvironmentCheck says how the comparison of an environment with its source
// came out.
func (c *Catalog) EnvironmentCheck(environment string, check media.EnvironmentCheck) []string {
	if !check.Done {
		return []string{c.Say("cmd.env.verified.unfinished", nil)}
	}
	id, args := "cmd.env.verified", map[string]string{"source": Thousands(check.Source), "target": Thousands(check.Target)}
	if how := c.counts("cmd.env.equal.", []string{"etag", "checksum", "size"}, check.ByETag, check.ByChecksum, check.BySize); how != "" {
		id, args["how"] = "cmd.env.verified.equal", how
	}
	lines := []string{c.Say(id, args)}
	for _, part := range []struct {
		id    string
		count int64
		paths []string
	}{{"missing", check.Missing, check.MissingPaths}, {"different", check.Different, check.DifferentPaths}, {"extra", check.Extra, check.ExtraPaths}, {"gone", check.Gone, check.GonePaths}} {
		if part.count > 0 {
			args := some(part.paths, part.count)
			args["count"], args["environment"] = Thousands(part.count), environment
			lines = append(lines, c.Say("cmd.env.verified."+part.id, args))
		}
	}
	return lines
}

// counts lists those of ns that are not zero, in the words whose ids begin with
// id.
func (c *Catalog) counts(id string, what []string, ns ...int64) string {
	var parts []string
	for i, n := range ns {
		if n > 0 {
			parts = append(parts, Fill(c.Say(id+what[i], nil), "n", Thousands(n)))
		}
	}
	return strings.Join(parts, c.Say("cmd.env.and", nil))
}

// EnvironmentProgress is a line that says how far it is.
func (c *Catalog) EnvironmentProgress(p media.EnvironmentProgress) string {
	parts := []string{c.Say("cmd.env.progress."+p.Phase, nil) + " " + Thousands(p.Done) + "/" + Thousands(p.Objects)}
	if p.Bytes > 0 {
		parts = append(parts, Bytes(p.DoneBytes)+"/"+Bytes(p.Bytes))
	}
	if p.PerSecond > 0 {
		parts = append(parts, c.Say("cmd.env.progress.rate", map[string]string{"count": Thousands(int64(p.PerSecond + 0.5))}))
	}
	if p.Left > 0 {
		parts = append(parts, c.Say("cmd.env.progress.left", map[string]string{"time": c.long(p.Left)}))
	}
	return strings.Join(parts, "  ")
}

// long is a duration that may take hours.
func (c *Catalog) long(d time.Duration) string {
	if d < time.Hour {
		return c.Duration(d)
	}
	return c.Say("cmd.env.hours", map[string]string{"hours": strconv.Itoa(int(d.Hours())), "minutes": strconv.Itoa(int(d.Minutes()) % 60)})
}

// some are a few examples of count paths.
func some(paths []string, count int64) map[string]string {
	const shown = 3
	s := make([]string, 0, shown)
	for _, p := range paths[:min(shown, len(paths))] {
		s = append(s, Safe(p))
	}
	list := strings.Join(s, ", ")
	if count > int64(len(s)) {
		list += ", …"
	}
	return map[string]string{"paths": list}
}

// When is a time as people read it, in their own zone.
func When(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }
