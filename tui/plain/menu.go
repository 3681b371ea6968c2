package plain

import (
	"context"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/tui/text"
)

// option is one numbered answer of a menu.
type option struct {
	words string
	// under is a heading that stands above this option and those after it.
	under string
}

const (
	back = -1 // the answer of a menu that was left with <
	none = -2 // enter alone is no answer
	done = -3 // a sign before a number was the answer, and was seen to
)

// menu prints numbered answers and asks for one until it gets one: its index,
// or back where leaving is possible. help is printed for ?, question last of
// all; enter alone gives usual, unless that is none.
func (t *terminal) menu(ctx context.Context, w *text.LineWords, options []option, m menuWords) (int, error) {
	for {
		t.options(options)
		t.say("%s > ", m.question)
		line, err := t.answer(ctx)
		if err != nil {
			return back, err
		}
		switch answer := narrow(line); answer {
		case askHelp:
			for _, l := range m.help {
				t.line(l)
			}
			continue
		case goBack:
			if m.back {
				return back, nil
			}
		case "":
			if m.usual != none {
				return m.usual, nil
			}
		default:
			if n, err := strconv.Atoi(strings.TrimPrefix(answer, "+")); strings.HasPrefix(answer, "+") && m.plus != nil && err == nil && n >= 1 && n <= len(options) {
				m.plus(n - 1)
				return done, nil
			}
			if n, err := strconv.Atoi(answer); err == nil && answer[0] != '+' && n >= 1 && n <= len(options) {
				return n - 1, nil
			}
		}
		t.line(text.Fill(w.NoSuchAnswer, "n", itoa(len(options))))
	}
}

// menuWords are what a menu says beside its options.
type menuWords struct {
	question string
	help     []string
	back     bool // < leaves
	usual    int  // what enter alone chooses: an index, back or none
	// plus is for + before a number, such as "+2"; nil where that is no
	// answer.
	plus func(n int)
}

func (t *terminal) options(options []option) {
	for i, o := range options {
		if o.under != "" {
			t.line("")
			t.line(o.under)
		}
		t.line(itoa(i+1) + ". " + o.words)
	}
}

// narrow is an answer without outer blanks and with the full-width digits and
// signs of a Japanese keyboard as the plain ones.
func narrow(line string) string {
	return strings.Map(func(r rune) rune {
		if '！' <= r && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, strings.TrimSpace(line))
}
