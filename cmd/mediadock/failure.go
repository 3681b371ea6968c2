package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/wizard"
)

// The exit codes of the contract's section 3.
const (
	exitDone      = 0
	exitFailed    = 1 // what was asked failed
	exitUsage     = 2 // usage or invalid settings
	exitCouldNot  = 3 // could not run
	exitRefused   = 4 // refused for safety
	exitCancelled = 130
)

// failure is an error with an exit code and a text id. Every command ends in
// one of these, in nil, or in a usage error of cobra's.
type failure struct {
	exit   int
	code   string // text id "cmd.<code>", or a complete id of another package
	words  string // text id of the sentence, where that is not the code's
	args   map[string]string
	causes []diagnose.Cause
	err    error
	// silent is set where the output has said everything already.
	silent bool
}

func (f *failure) Error() string {
	if f.err != nil {
		return f.code + ": " + f.err.Error()
	}
	return f.code
}

func (f *failure) Unwrap() error { return f.err }

func usage(code string, args map[string]string) *failure {
	return &failure{exit: exitUsage, code: code, args: args}
}

func couldNot(code string, args map[string]string, err error) *failure {
	return &failure{exit: exitCouldNot, code: code, args: args, err: err}
}

func refused(code string, args map[string]string) *failure {
	return &failure{exit: exitRefused, code: code, args: args}
}

// said is a failure whose output is already complete.
func said(exit int) *failure { return &failure{exit: exit, silent: true} }

// invalidSettings carries all that is wrong with the settings at once; it
// prints as the contract's errors document.
type invalidSettings struct {
	errors  []wizard.FieldError
	notices []wizard.Notice
	places  []filePlace // of the errors, where they come from a file
	// of is the saved connection or draft that lacks something; field flags
	// do not go with its name. Empty for settings out of flags.
	of    string
	draft bool
}

// filePlace is where in a file a setting stands.
type filePlace struct {
	File       string `json:"file,omitempty"`
	Line       int    `json:"line,omitempty"`
	Connection string `json:"connection,omitempty"` // of several, which one
}

func (e *invalidSettings) add(err wizard.FieldError, at filePlace) {
	e.errors, e.places = append(e.errors, err), append(e.places, at)
}

// at is the place of an error; the zero value where it has none.
func (e *invalidSettings) at(i int) filePlace {
	if i < len(e.places) {
		return e.places[i]
	}
	return filePlace{}
}

// String is the place as compilers write it, with what separates it from the
// message; empty where there is none.
func (p filePlace) String() string {
	if p.File == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d: ", p.File, p.Line)
}

func (e *invalidSettings) Error() string { return "invalid settings" }

// exitCode maps any error of a command to the process's exit code.
func exitCode(ctx context.Context, err error) int {
	var f *failure
	var invalid *invalidSettings
	switch {
	case err == nil:
		return exitDone
	case ctx.Err() != nil:
		return exitCancelled
	case errors.As(err, &invalid):
		return exitUsage
	case errors.As(err, &f):
		return f.exit
	default:
		return exitUsage // cobra's own: unknown command, unknown flag, wrong arguments
	}
}
