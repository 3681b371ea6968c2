package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/privacy"
	"github.com/mediadock/mediadock/tui/text"
)

// beforeImport tells, or asks, what becomes of a file that an import has
// fetched, before anybody can see it. The library calls it for one file at a
// time.
type beforeImport struct {
	a     *app
	n     *narrator
	abort context.CancelCauseFunc // stops the import, as ctrl+c does
	ask   bool
	// all and allUnsure are answers for all that follow.
	all, allUnsure string
	allExists      media.IfExists
	warned         int // one by one
	rest           seen
}

func (b *beforeImport) decide(_ context.Context, item media.PutItem) (media.ImportChoice, error) {
	grave := !item.Strip && item.Private.Grave()
	switch {
	case b.a.flags.json:
	case b.ask && (grave || item.Unsure()):
		b.rest.add(item, true)
		return b.question(item)
	case grave && b.warned < mostWarnings:
		b.warned++
		b.rest.add(item, true)
		b.warn(item)
	default:
		b.rest.add(item, false)
	}
	return media.ImportAsIs, nil
}

// question asks, unless an answer for all that follow was given. What cannot
// be stripped is not covered by that answer: it is asked about by itself.
func (b *beforeImport) question(item media.PutItem) (media.ImportChoice, error) {
	all := &b.all
	if item.Unsure() {
		all = &b.allUnsure
	}
	answer := *all
	if answer == "" {
		b.n.hold()
		defer b.n.goOn()
		var err error
		if answer, err = b.a.askOnePrivate(item, 0); err != nil {
			return "", err
		}
		if answer != strings.ToLower(answer) {
			*all = answer
		}
	}
	switch strings.ToLower(answer) {
	case "s":
		return media.ImportStripped, nil
	case "l":
		return media.ImportNot, nil
	case "u":
		return media.ImportKept, nil
	}
	return media.ImportAsIs, nil
}

// taken asks about a name that the bucket has. A pipe that has no more answers
// leaves the rest refused.
func (b *beforeImport) taken(_ context.Context, item media.PutItem) (media.IfExists, error) {
	if b.allExists != "" {
		return b.allExists, nil
	}
	b.n.hold()
	defer b.n.goOn()
	choice, all, err := b.a.askOneExisting(item.Path, 0)
	switch {
	case err != nil:
		b.abort(err)
		return "", &media.Error{Code: media.CodeAborted, Path: item.Path, Err: err}
	case choice == "":
		choice, all = media.Fail, true
	}
	if all {
		b.allExists = choice
	}
	return choice, nil
}

func (b *beforeImport) warn(item media.PutItem) {
	b.n.hold()
	defer b.n.goOn()
	for _, line := range b.a.text.Private(item) {
		fmt.Fprintln(b.a.io.err, text.Safe(line))
	}
}

// seen is what is to be said about the files of an import together. They may
// be thousands, so that of each only what is to be told is kept.
type seen []media.PutItem

// add notes a file; told is whether it was said already what it tells.
func (s *seen) add(item media.PutItem, told bool) {
	item.Private = privacy.Report{Findings: item.Private.Findings, Trouble: item.Private.Trouble}
	if told {
		item.Private = privacy.Report{}
	}
	if len(item.Notes)+len(item.Private.Findings) > 0 || item.Private.Trouble != "" || item.Guess.Flagged() {
		*s = append(*s, item)
	}
}

// tell says on stderr what the names are worth, and what files tell that was
// not said yet. With --json it is in the items.
func (s seen) tell(a *app) {
	if a.flags.json || len(s) == 0 {
		return
	}
	for _, line := range append(a.text.NameNotes(s), a.text.PrivateNotes(s)...) {
		fmt.Fprintln(a.io.err, text.Safe(line))
	}
	a.warnFlagged(media.PutPlan{Items: s})
}
