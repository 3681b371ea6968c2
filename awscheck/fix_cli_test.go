package awscheck

import (
	"strings"
	"testing"
)

// cli is one command of the AWS CLI, taken apart.
type cli struct {
	name    string // "iam put-role-policy"
	options map[string]string
	lists   map[string][]string // options with several values
	words   []string            // that belong to no option
	files   map[string]string
}

// parse takes a command line apart as a POSIX shell would.
func (a *administrator) parse(line string) cli {
	a.t.Helper()
	words := shellWords(a.t, line)
	if len(words) < 3 || words[0] != "aws" {
		a.t.Fatalf("no command of the AWS CLI: %s", line)
	}
	c := cli{name: words[1] + " " + words[2], options: map[string]string{}, lists: map[string][]string{}, files: a.files}
	for i := 3; i < len(words); i++ {
		name, isOption := strings.CutPrefix(words[i], "--")
		if !isOption {
			c.words = append(c.words, words[i])
			continue
		}
		for i+1 < len(words) && !strings.HasPrefix(words[i+1], "--") {
			i++
			c.lists[name] = append(c.lists[name], words[i])
		}
		c.options[name] = strings.Join(c.lists[name], " ")
	}
	return c
}

func shellWords(t *testing.T, line string) []string {
	t.Helper()
	var words []string
	var word strings.Builder
	inside, quoted := false, false
	for i := 0; i < len(line); i++ {
		switch ch := line[i]; {
		case quoted && ch == '\'':
			quoted = false
		case quoted:
			word.WriteByte(ch)
		case ch == '\'':
			inside, quoted = true, true
		case ch == '\\' && i+1 < len(line):
			i++
			inside = true
			word.WriteByte(line[i])
		case ch == ' ':
			if inside {
				words = append(words, word.String())
			}
			word.Reset()
			inside = false
		case strings.IndexByte("|&;<>()$`\"*?[]#~!{}", ch) >= 0:
			t.Fatalf("a shell would read %q in %s", ch, line)
		default:
			inside = true
			word.WriteByte(ch)
		}
	}
	if quoted {
		t.Fatalf("an open quotation in %s", line)
	}
	if inside {
		words = append(words, word.String())
	}
	return words
}

// take reads an option, which must be there.
func (c cli) take(t *testing.T, name string) string {
	t.Helper()
	v, ok := c.options[name]
	if !ok || v == "" {
		t.Fatalf("%s lacks --%s", c.name, name)
	}
	delete(c.options, name)
	return v
}

// file reads an option whose value is file://NAME.
func (c cli) file(t *testing.T, name string) string {
	t.Helper()
	v := c.take(t, name)
	path, ok := strings.CutPrefix(v, "file://")
	if !ok {
		t.Fatalf("%s --%s %s is no file", c.name, name, v)
	}
	text, ok := c.files[path]
	if !ok {
		t.Fatalf("%s reads %s, which no fix has", c.name, path)
	}
	if strings.Contains(text, "<") {
		t.Fatalf("%s still has a place to fill in: %s", path, text)
	}
	return text
}

// shorthand reads "Key=value,Key=value", the CLI's short form.
func (c cli) shorthand(t *testing.T, name string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for pair := range strings.SplitSeq(c.take(t, name), ",") {
		k, v, ok := strings.Cut(pair, "=")
		if !ok {
			t.Fatalf("%s --%s: %q", c.name, name, pair)
		}
		all[k] = v
	}
	return all
}
