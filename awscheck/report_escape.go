package awscheck

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// head writes the head of a table.
func (m *markdown) head(ids ...string) {
	var titles, rules []string
	for _, id := range ids {
		titles = append(titles, m.say(id, nil))
		rules = append(rules, "---")
	}
	m.cells(titles...)
	m.cells(rules...)
}

// cells writes a row of a table.
func (m *markdown) cells(cells ...string) {
	for i, c := range cells {
		cells[i] = escapePipes(c)
	}
	m.out.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

var rePipe = lazyregexp.New(`\\?\|`)

// escapePipes keeps a cell one cell: in tables a pipe ends a cell even within
// code.
func escapePipes(s string) string { return rePipe.ReplaceAllString(s, `\|`) }

// block writes a block of code, whose fence is longer than any in it.
func (m *markdown) block(language, text string) {
	fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	m.out.WriteString(fence + language + "\n" + text + "\n" + fence + "\n\n")
}

// code is a text as code within a line.
func code(s string) string {
	if s == "" {
		return ""
	}
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}

func longestRun(s string, c byte) (longest int) {
	run := 0
	for i := range len(s) {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

var reMarkup = lazyregexp.New("[\\\\`*\\[\\]<>|~#]")

// inline is a text of one line in which nothing is markup. Underscores are
// left alone: between letters they mean nothing, and ARNs are full of them.
func inline(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = reMarkup.ReplaceAllString(s, `\$0`)
	return strings.ReplaceAll(s, "&", "&amp;")
}

// safeLines makes each line safe and keeps the lines.
func (m *markdown) safeLines(s string) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i, l := range lines {
		lines[i] = m.Safe(l)
	}
	return strings.Join(lines, "\n")
}

func pretty(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Indent(&b, raw, "", "  ") != nil {
		return string(raw)
	}
	return b.String()
}

// lineDiff sets a document beside the one it replaces, line by line.
func lineDiff(before, after json.RawMessage) string {
	text := string(diff.Diff("before", []byte(pretty(before)+"\n"), "after", []byte(pretty(after)+"\n")))
	if _, rest, ok := strings.Cut(text, "\n--- "); ok { // the line "diff before after" is no part of a diff
		text = "--- " + rest
	}
	return strings.TrimRight(text, "\n")
}

// EvidenceLines are one exchange in words of the protocol: the request and
// how it was answered, the message, the request's ids, what is known of DNS,
// TLS and the headers.
func EvidenceLines(ev diagnose.Evidence) []string {
	ev = maskedEvidence(ev)
	first := ev.Operation
	if ev.HTTPStatus != 0 {
		first += fmt.Sprintf("  %d", ev.HTTPStatus)
	}
	for _, s := range []string{ev.Code, ev.Network} {
		if s != "" {
			first += "  " + s
		}
	}
	lines := []string{first}
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, "  "+name+": "+strings.Join(strings.Fields(value), " "))
		}
	}
	add("message", ev.Message)
	add("request id", ev.RequestID)
	add("host id", ev.HostID)
	if ev.Skew.Abs() >= time.Minute {
		add("clock", ev.Skew.Round(time.Second).String())
	}
	ev.Operation, ev.HTTPStatus, ev.Code, ev.Network, ev.Message = "", 0, "", "", ""
	var rest map[string]json.RawMessage
	data, err := json.Marshal(ev)
	if err != nil || json.Unmarshal(data, &rest) != nil {
		return lines
	}
	delete(rest, "operation")
	for _, k := range slices.Sorted(maps.Keys(rest)) {
		value := string(rest[k])
		var s string
		if json.Unmarshal(rest[k], &s) == nil {
			value = s
		}
		add(strings.ReplaceAll(k, "_", " "), value)
	}
	return lines
}

// stamp is a time as people write it, in UTC.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
