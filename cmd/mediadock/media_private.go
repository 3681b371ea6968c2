package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
)

// findingJSON is one thing that a file tells beside its content (B10), or with
// "unknown" why that could not be found out in full.
type findingJSON struct {
	Code      string `json:"code"`
	Detail    string `json:"detail,omitempty"`
	Message   string `json:"message"`
	Removable bool   `json:"removable"`
	Removed   bool   `json:"removed"`
	Unknown   bool   `json:"unknown,omitempty"`
}

func (a *app) findings(item media.PutItem) []findingJSON {
	var out []findingJSON
	for _, f := range item.Private.Findings {
		out = append(out, findingJSON{
			Code: f.Code, Detail: f.Detail, Message: a.text.Finding(f), Removable: !f.Stays, Removed: !f.Stays && item.Strip,
		})
	}
	if t := item.Private.Trouble; t != "" {
		message := a.text.Say("media.private.trouble."+t, map[string]string{"path": item.Path})
		out = append(out, findingJSON{Code: t, Message: message, Unknown: true})
	}
	return out
}

// notePrivate tells on stderr, before anything is public, what files tell
// beside their content, except of those items that are asked about anyway.
// With --json it is in the items.
func (a *app) notePrivate(plan media.PutPlan, asked []int) {
	if a.flags.json {
		return
	}
	var items []media.PutItem
	for i, item := range plan.Items {
		if !slices.Contains(asked, i) {
			items = append(items, item)
		}
	}
	for _, line := range a.text.PrivateNotes(items) {
		fmt.Fprintln(a.io.err, text.Safe(line))
	}
	if slices.ContainsFunc(plan.WithPrivate(false), func(i int) bool { return !slices.Contains(asked, i) }) {
		fmt.Fprintln(a.io.err, a.text.Say("media.private.advice", nil))
	}
}

// askPrivate asks for each file that says where somebody was or who somebody
// is, or for all of them at once, whether that is to be public; then about those
// of which it cannot be taken out, or is not known. A pipe that
// has no more answers uploads the files as they are, as a run without
// questions does.
func (a *app) askPrivate(ctx context.Context, lib *media.Library, plan *media.PutPlan) error {
	unsure := plan.Unsure()
	certain := slices.DeleteFunc(plan.WithPrivate(true), func(i int) bool { return slices.Contains(unsure, i) })
	about, err := a.askEach(plan, certain)
	if err != nil {
		return err
	}
	more, err := a.askEach(plan, unsure)
	if err != nil {
		return err
	}
	if keep := append(about["u"], more["u"]...); len(keep) > 0 {
		plan.KeepPrivate(keep...)
	}
	plan.LeaveOut(append(about["l"], more["l"]...)...)
	if len(about["s"]) == 0 {
		return nil
	}
	return lib.StripPrivate(ctx, plan, about["s"]...)
}

// noAnswers is the answer of a pipe that has no more: what follows is uploaded
// as it is, and nobody has decided that.
const noAnswers = "N"

// askEach asks about some files of a plan, one by one or for all that follow,
// and gives those of each answer.
func (a *app) askEach(plan *media.PutPlan, open []int) (map[string][]int, error) {
	about := map[string][]int{}
	for n := 0; n < len(open); n++ {
		answer, err := a.askOnePrivate(plan.Items[open[n]], len(open)-n)
		if err != nil {
			return nil, err
		}
		these := open[n : n+1]
		if answer != strings.ToLower(answer) {
			these, n = open[n:], len(open)
		}
		answer = strings.ToLower(answer)
		about[answer] = append(about[answer], these...)
	}
	return about, nil
}

// askOnePrivate asks until there is an answer: u, l, or s where it can be
// stripped, in upper case for all that follow as well. left is how many there
// are, 0 where that is not known.
func (a *app) askOnePrivate(item media.PutItem, left int) (string, error) {
	for {
		for _, line := range a.text.Private(item) {
			fmt.Fprintln(a.io.err, text.Safe(line))
		}
		id := "media.private.ask"
		switch {
		case item.Unsure():
			id = "media.private.ask-unsure"
		case left == 0:
			id = "media.private.ask-next"
		}
		fmt.Fprint(a.io.err, a.text.Say(id, map[string]string{"count": strconv.Itoa(left)}))
		answer, err := a.answers().ReadString('\n')
		switch answer = strings.TrimSpace(answer); strings.ToLower(answer) {
		case "u", "l":
			return answer, nil
		case "s":
			if !item.Unsure() {
				return answer, nil
			}
		}
		switch {
		case errors.Is(err, io.EOF) && a.io.interactive():
			return "", refused("declined", nil)
		case errors.Is(err, io.EOF):
			return noAnswers, nil
		case err != nil:
			return "", couldNot("media", nil, err)
		}
	}
}
