package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/guess"
	"github.com/mediadock/mediadock/tui/text"
)

// guessJSON is how easily an address is guessed (M29, M30).
type guessJSON struct {
	Level     guess.Level  `json:"level"`
	Bits      int          `json:"bits"`
	Reason    guess.Reason `json:"reason"`
	Sensitive []string     `json:"sensitive"`
}

func guessDocument(r guess.Result) *guessJSON {
	return &guessJSON{Level: r.Level, Bits: r.Bits, Reason: r.Reason, Sensitive: append([]string{}, r.Sensitive...)}
}

// nameNoteJSON is what may surprise about a file's name.
type nameNoteJSON struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (a *app) nameNotes(item media.PutItem) []nameNoteJSON {
	var out []nameNoteJSON
	for _, n := range item.Notes {
		out = append(out, nameNoteJSON{Code: n.Code, Message: a.text.NameNote(n, item.Path)})
	}
	return out
}

// describe adds to an item's line what its name is worth.
func (a *app) describe(e eventJSON, item media.PutItem) eventJSON {
	e.Guessable, e.Notes = guessDocument(item.Guess), a.nameNotes(item)
	e.Findings, e.Better, e.ContentType = a.findings(item), item.Better, item.ContentType
	return e
}

// mostWarnings is how many names are warned of one by one.
const mostWarnings = 10

// noteNames tells on stderr, before anything is public, what may surprise
// about the names. With --json it is in the items.
func (a *app) noteNames(plan media.PutPlan) {
	if a.flags.json {
		return
	}
	for _, line := range a.text.NameNotes(plan.Items) {
		fmt.Fprintln(a.io.err, text.Safe(line))
	}
	if advice := a.text.FixAdvice(plan); advice != "" {
		fmt.Fprintln(a.io.err, text.Safe(advice))
	}
}

// warnFlagged tells on stderr which names look confidential and can be
// guessed. With --json it is in the items.
func (a *app) warnFlagged(plan media.PutPlan) {
	flagged := plan.Flagged()
	if a.flags.json || len(flagged) == 0 {
		return
	}
	for n, i := range flagged {
		if n == mostWarnings {
			fmt.Fprintln(a.io.err, a.text.Say("cmd.plan.more", map[string]string{"count": strconv.Itoa(len(flagged) - n)}))
			break
		}
		fmt.Fprintln(a.io.err, text.Safe(a.flaggedLine(plan.Items[i])))
	}
	fmt.Fprintln(a.io.err, a.text.Say("media.guess.advice", nil))
}

func (a *app) flaggedLine(item media.PutItem) string {
	return a.text.Say("media.guess.flagged", map[string]string{
		"path": item.Path, "url": item.URL, "level": a.text.GuessLevel(item.Guess.Level), "words": a.text.SensitiveWords(item.Guess),
	})
}

// askUnguessable offers an unguessable part for each name that looks
// confidential and can be guessed, and for all of them at once. A pipe that
// has no more answers keeps the names, as a run without questions does.
func (a *app) askUnguessable(ctx context.Context, lib *media.Library, plan *media.PutPlan) error {
	flagged := plan.Flagged()
	var chosen []int
ask:
	for n, i := range flagged {
		for {
			fmt.Fprintln(a.io.err, text.Safe(a.flaggedLine(plan.Items[i])))
			fmt.Fprint(a.io.err, a.text.Say("media.guess.ask", map[string]string{"count": strconv.Itoa(len(flagged) - n)}))
			answer, err := a.answers().ReadString('\n')
			switch answer = strings.ToLower(strings.TrimSpace(answer)); {
			case answer == "y" || answer == "yes":
				chosen = append(chosen, i)
				continue ask
			case answer == "n" || answer == "no":
				continue ask
			case answer == "a" || answer == "all":
				chosen = append(chosen, flagged[n:]...)
				break ask
			case answer == "k" || answer == "keep":
				break ask
			}
			switch {
			case errors.Is(err, io.EOF) && a.io.interactive():
				return refused("declined", nil)
			case errors.Is(err, io.EOF):
				break ask
			case err != nil:
				return couldNot("media", nil, err)
			}
		}
	}
	if len(chosen) == 0 {
		return nil
	}
	return lib.MakeUnguessable(ctx, plan, chosen...)
}

// tellMeter says on stderr how easily a file's address is guessed: to a
// person, and to anybody where it matters. What a script reads stays the URL.
func (a *app) tellMeter(path string) {
	r := guess.Score(path)
	if !a.io.errTTY && !r.Flagged() {
		return
	}
	fmt.Fprintln(a.io.err, text.Safe(a.text.Meter(r)))
}
