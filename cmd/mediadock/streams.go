package main

import (
	"errors"
	"io"
	"os"
	"syscall"

	"github.com/charmbracelet/x/term"
)

// streams are the program's input and output and every fact about them,
// asked once so that the commands never look at os themselves.
type streams struct {
	in       io.Reader
	out      io.Writer
	err      io.Writer
	inTTY    bool
	outTTY   bool
	errTTY   bool
	outFile  bool   // out goes to a file
	width    int    // columns of the terminal behind err; 80 where there is none
	started  func() // told once the command line can be parsed; nil: nobody is
	getenv   func(string) string
	lookup   func(string) (string, bool)
	terminal *os.File // stdin as a file, for the terminal UI
}

func systemStreams() streams {
	s := streams{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		inTTY:    term.IsTerminal(os.Stdin.Fd()),
		outTTY:   term.IsTerminal(os.Stdout.Fd()),
		errTTY:   term.IsTerminal(os.Stderr.Fd()),
		width:    80,
		getenv:   os.Getenv,
		lookup:   os.LookupEnv,
		terminal: os.Stdin,
	}
	if f, err := os.Stdout.Stat(); err == nil {
		s.outFile = f.Mode().IsRegular()
	}
	if w, _, err := term.GetSize(os.Stderr.Fd()); err == nil && w > 0 {
		s.width = w
	}
	return s
}

// forSpreadsheets tells whether a table that goes to file, or to stdout without
// one, begins with the mark that makes spreadsheets read UTF-8. In a pipe it
// would be a part of the first column's name.
func (s streams) forSpreadsheets(file string) bool { return file != "" || s.outFile }

// interactive tells whether questions may be asked: both ends of the
// conversation are a terminal.
func (s streams) interactive() bool { return s.inTTY && s.outTTY }

// checkedWriter remembers the first error of writing, since output that went
// nowhere must not end in exit code 0.
type checkedWriter struct {
	w      io.Writer
	err    error
	closed func() // called when nobody reads the output any more
}

func (c *checkedWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	if err != nil && c.err == nil {
		c.err = err
		if errors.Is(err, syscall.EPIPE) {
			c.closed()
		}
	}
	return n, err
}
