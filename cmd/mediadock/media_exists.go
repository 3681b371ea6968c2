package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui/text"
)

// existsPolicy reads --if-exists: "ask" becomes fail where nobody can be
// asked.
func (a *app) existsPolicy(value string) (policy media.IfExists, ask bool, err error) {
	switch value {
	case "ask":
		return media.Fail, a.mayAsk() && !a.flags.json, nil
	case "fail", "skip", "replace", "keep-both":
		return media.IfExists(value), false, nil
	}
	return "", false, usage("bad_exists", map[string]string{"value": value})
}

// askExisting puts the question for each taken name, or with an answer in
// upper case for all that are left. A pipe that has no more answers leaves the
// rest as they are: refused. Stopping changes nothing.
func (a *app) askExisting(names []string, decide func(i int, choice media.IfExists) error) error {
	for n := 0; n < len(names); {
		choice, all, err := a.askOneExisting(names[n], len(names)-n)
		if err != nil || choice == "" {
			return err
		}
		for {
			if err := decide(n, choice); err != nil {
				return err
			}
			if n++; !all || n == len(names) {
				break
			}
		}
	}
	return nil
}

// askOneExisting asks until there is an answer; an empty choice means that no
// answer will come. left is how many there are, 0 where that is not known.
func (a *app) askOneExisting(name string, left int) (choice media.IfExists, all bool, err error) {
	id := "cmd.ask.exists"
	switch {
	case left > 1:
		id = "cmd.ask.exists_all"
	case left == 0:
		id = "cmd.ask.exists_next"
	}
	for {
		fmt.Fprint(a.io.err, text.Safe(a.text.Say(id, map[string]string{"path": name, "count": strconv.Itoa(left)})))
		answer, err := a.answers().ReadString('\n')
		answer = strings.TrimSpace(answer)
		word, all := strings.CutSuffix(strings.ToLower(answer), " all")
		all = all || len(answer) == 1 && answer != word
		switch word {
		case "s", "skip":
			return media.Skip, all, nil
		case "r", "replace":
			return media.Replace, all, nil
		case "k", "keep", "keep-both", "keep both":
			return media.KeepBoth, all, nil
		case "a", "abort", "q", "quit":
			return "", false, refused("declined", nil)
		}
		switch {
		case errors.Is(err, io.EOF) && a.io.interactive():
			return "", false, refused("declined", nil)
		case errors.Is(err, io.EOF):
			fmt.Fprintln(a.io.err)
			return "", false, nil
		case err != nil:
			return "", false, couldNot("media", nil, err)
		}
	}
}

// taken is a file of a plan whose name is taken: its place in the plan, and
// what to call it.
type taken struct {
	at   int
	name string
}

// askTaken asks for each name that is taken. Who says that one is to be skipped
// knows that it is another file: where that makes a conflict, it is left out.
func (a *app) askTaken(open []taken, decide func(i int, choice media.IfExists) error, conflict func(i int) bool, leaveOut func(i ...int)) error {
	names := make([]string, len(open))
	for n, t := range open {
		names[n] = t.name
	}
	return a.askExisting(names, func(n int, choice media.IfExists) error {
		i := open[n].at
		if err := decide(i, choice); err != nil {
			return err
		}
		if conflict(i) {
			leaveOut(i)
		}
		return nil
	})
}

// askPut asks for the uploads whose names are taken.
func (a *app) askPut(plan *media.PutPlan, decide func(i int, choice media.IfExists) error) error {
	var open []taken
	for i, item := range plan.Items {
		if item.Code == media.CodeExists {
			open = append(open, taken{i, item.Path})
		}
	}
	return a.askTaken(open, decide, func(i int) bool { return plan.Items[i].Code == media.CodeConflict }, plan.LeaveOut)
}

// askGet is askPut for downloads.
func (a *app) askGet(plan *media.GetPlan, decide func(i int, choice media.IfExists) error) error {
	var open []taken
	for i, item := range plan.Items {
		if item.Exists && item.Code == media.CodeLocalExists {
			open = append(open, taken{i, localOf(*plan, i)})
		}
	}
	return a.askTaken(open, decide, func(i int) bool { return plan.Items[i].Code == media.CodeConflict }, plan.LeaveOut)
}
