package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

// errorDocument is a failure with --json.
type errorDocument struct {
	Error errorBody `json:"error"`
}

type errorBody struct {
	Code    string    `json:"code"`
	Message string    `json:"message"`
	Fixes   []fixJSON `json:"fixes"`
}

type fixJSON struct {
	Text       string `json:"text"`
	Command    string `json:"command,omitempty"`
	ConsoleURL string `json:"console_url,omitempty"`
	Document   any    `json:"document,omitempty"`
}

// settingsDocument is what invalid settings are with --json.
type settingsDocument struct {
	Errors  []fieldErrorJSON `json:"errors"`
	Notices []noticeJSON     `json:"notices"`
}

type fieldErrorJSON struct {
	Field      string `json:"field"`
	Code       string `json:"code"`
	Message    string `json:"message"`
	Suggestion string `json:"suggestion,omitempty"`
	// Also holds values for other fields that the same text told.
	Also map[string]string `json:"also,omitempty"`
	filePlace
}

type noticeJSON struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// printError says what ended the command: a document on stdout with --json,
// otherwise lines on stderr.
func (a *app) printError(ctx context.Context, err error, args []string) {
	var f *failure
	if errors.As(err, &f) && f.silent {
		return
	}
	asJSON := a.flags.json || wantsJSON(args)
	if f != nil && f.code == failedOutput {
		asJSON = false // no document gets there either
	}
	var invalid *invalidSettings
	switch {
	case errors.As(err, &invalid):
		a.printInvalid(invalid, asJSON)
	case ctx.Err() != nil:
		a.printFailure(&failure{code: "cancelled"}, asJSON)
	case f != nil:
		a.printFailure(f, asJSON)
	default:
		a.printUsage(err, asJSON)
	}
}

// wantsJSON finds --json in raw arguments, for errors found before parsing.
func wantsJSON(args []string) bool {
	for _, arg := range args {
		if arg == "--json" || arg == "--json=true" {
			return true
		}
		if arg == "--" {
			return false
		}
	}
	return false
}

func (a *app) printFailure(f *failure, asJSON bool) {
	message := a.sayFailure(f)
	if asJSON {
		_ = writeJSON(a.io.out, errorDocument{Error: errorBody{Code: f.code, Message: message, Fixes: append(a.fixesJSON(f.causes), a.nextFixes(f)...)}}, false)
		return
	}
	for line := range strings.SplitSeq(message, "\n") {
		fmt.Fprintln(a.io.err, text.Safe(line))
	}
	a.printCauses(f.causes, "  ")
}

// sayFailure words a failure.
func (a *app) sayFailure(f *failure) string {
	return a.text.Say(a.failureID(f), a.textArgs(f))
}

// failureID is the text id of a failure.
func (a *app) failureID(f *failure) string {
	if f.words != "" {
		return f.words
	}
	if a.text.Has(f.code) {
		return f.code
	}
	return "cmd." + f.code
}

// textArgs fill the text of a failure: what it was given, and what the system
// said.
func (a *app) textArgs(f *failure) map[string]string {
	args := map[string]string{}
	for k, v := range f.args {
		args[k] = v
	}
	if _, ok := args["detail"]; !ok && f.err != nil {
		args["detail"] = a.systemWords(f.err)
	}
	return args
}

func (a *app) printUsage(err error, asJSON bool) {
	lines := []string{a.text.Say("cmd.usage", map[string]string{"detail": a.systemWords(err)})}
	if e := (*usageError)(nil); errors.As(err, &e) {
		lines = e.lines(a.text.Say)
	}
	if asJSON {
		_ = writeJSON(a.io.out, errorDocument{Error: errorBody{Code: "usage", Message: strings.Join(lines, "\n"), Fixes: []fixJSON{}}}, false)
		return
	}
	for _, line := range lines {
		fmt.Fprintln(a.io.err, text.Safe(line))
	}
}

func (a *app) printInvalid(e *invalidSettings, asJSON bool) {
	if asJSON {
		doc := settingsDocument{Errors: []fieldErrorJSON{}, Notices: a.noticesJSON(e.notices)}
		for i, fe := range e.errors {
			doc.Errors = append(doc.Errors, fieldErrorJSON{Field: fe.Field, Code: fe.Code, Message: a.sayFieldError(fe, e), Suggestion: fe.Suggestion, Also: fe.Also, filePlace: e.at(i)})
		}
		_ = writeJSON(a.io.out, doc, false)
		return
	}
	a.printNotices(e.notices)
	for i, fe := range e.errors {
		line := e.at(i).String() + a.text.Labelled(a.text.Say("field."+fe.Field+".label", nil), a.sayFieldError(fe, e))
		fmt.Fprintln(a.io.err, text.Safe(line))
		for _, key := range offered(fe) {
			value := fe.Offers()[key]
			fmt.Fprintln(a.io.err, "  "+text.Safe(a.text.Say("cmd.suggestion", map[string]string{"suggestion": "--" + strings.ReplaceAll(key, "_", "-") + " " + shellQuote(value)})))
		}
	}
}

// offered lists the fields that a suggestion would fill, the field in
// question first.
func offered(fe wizard.FieldError) []string {
	keys := sortedKeys(fe.Offers())
	if i := slices.Index(keys, fe.Field); i > 0 {
		keys = slices.Insert(slices.Delete(keys, i, i+1), 0, fe.Field)
	}
	return keys
}

// sayFieldError words a field error; a missing value names its flag and
// variable, so that a script's author knows what to add; of what is saved it
// names the command that adds it.
func (a *app) sayFieldError(fe wizard.FieldError, of *invalidSettings) string {
	said := a.text.Say(fe.TextID(), fe.Args)
	if strings.HasSuffix(fe.Code, ".missing") {
		if f, ok := wizard.FieldByKey(fe.Field); ok {
			args := map[string]string{"flag": "--" + f.Flag, "variable": f.Env, "name": of.of}
			id := "cmd.pass"
			switch {
			case of.of != "" && of.draft:
				id = "cmd.pass_draft"
			case of.of != "":
				id = "cmd.pass_saved"
			}
			said += " " + a.text.Say(id, args)
		}
	}
	return said
}

func (a *app) noticesJSON(notices []wizard.Notice) []noticeJSON {
	out := []noticeJSON{}
	for _, n := range notices {
		out = append(out, noticeJSON{Field: n.Field, Code: n.Code, Message: a.text.Say("notice."+n.Code, n.Args)})
	}
	return out
}

func (a *app) printNotices(notices []wizard.Notice) {
	for _, n := range notices {
		fmt.Fprintln(a.io.err, text.Safe(a.text.Labelled(a.text.Say("field."+n.Field+".label", nil), a.text.Say("notice."+n.Code, n.Args))))
	}
}

func (a *app) fixesJSON(causes []diagnose.Cause) []fixJSON {
	out := []fixJSON{}
	for _, c := range causes {
		for _, fix := range c.Fixes {
			out = append(out, a.fixJSON(fix))
		}
	}
	return out
}

func (a *app) fixJSON(fix diagnose.Fix) fixJSON {
	j := fixJSON{Text: a.text.Say("fix."+fix.ID, fix.Args), Command: fix.Command, ConsoleURL: fix.ConsoleURL}
	if len(fix.Document) > 0 {
		j.Document = fix.Document
	}
	return j
}

// printCauses lists causes and fixes on stderr, under the line that failed.
func (a *app) printCauses(causes []diagnose.Cause, indent string) {
	for _, line := range a.causeLines(causes) {
		fmt.Fprintln(a.io.err, indent+text.Safe(line))
	}
}

func (a *app) causeLines(causes []diagnose.Cause) []string {
	var lines []string
	for _, c := range causes {
		if c.Likelihood == diagnose.RuledOut {
			continue
		}
		lines = append(lines, a.sayCause(c))
		for _, fix := range report.Steps(c.Fixes) {
			for _, line := range fixLines(fix.Told(a.text), fix.Command, fix.ConsoleURL) {
				lines = append(lines, "  "+line)
			}
		}
	}
	return lines
}

// sayCause is a cause with how likely it is.
func (a *app) sayCause(c diagnose.Cause) string {
	return a.text.Say("report.cause", map[string]string{
		"cause": a.text.Say("cause."+c.ID, c.Args), "likelihood": a.text.Say("likelihood."+string(c.Likelihood), nil),
	})
}

// fixLines are a fix in words, with its command and its page in the console.
func fixLines(words, command, console string) []string {
	lines := []string{"> " + words}
	if command != "" {
		for line := range strings.SplitSeq(command, "\n") {
			lines = append(lines, "  "+line)
		}
	}
	if console != "" {
		lines = append(lines, "  "+console)
	}
	return lines
}
