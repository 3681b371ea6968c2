// Command bench is what .ci/bench-peers measures with:
//
//	bench run FILE CMD...             run a command; append "seconds MiB exit cpu servercpu" to FILE
//	bench frame FILE TEXT CMD...      the same on a terminal of 100x30, until it shows TEXT, then end it
//	bench slow LISTEN TARGET DELAY    pass bytes on, each direction later by DELAY
//	bench counts LISTEN TARGET FILE   pass requests on, and write to FILE in the end how many of each kind there were
//	bench endless LISTEN N            a bucket of N objects that are made as they are listed
//	bench seed BUCKET PREFIX N EACH [KIB]   store N objects, EACH to a folder (0: all in one), unless they are there
//	bench count BUCKET PREFIX         how many objects there are
//	bench files DIR N KIB             make N files
//
// seed and count take the endpoint and the credentials from AWS's variables.
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	a := os.Args[1:]
	commands := map[string]struct {
		least int
		do    func(a []string) error
	}{
		"run":     {2, measure},
		"frame":   {3, frame},
		"slow":    {3, slow},
		"counts":  {3, counts},
		"endless": {2, endless},
		"seed":    {4, seed},
		"count":   {2, count},
		"files":   {3, files},
	}
	if len(a) == 0 || len(a)-1 < commands[a[0]].least || commands[a[0]].do == nil {
		fmt.Fprintln(os.Stderr, "bench: see the head of main.go")
		os.Exit(2)
	}
	if err := commands[a[0]].do(a[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// note appends one measurement to a file.
func note(file string, took time.Duration, peak int64, exit int, own, server time.Duration) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintf(f, "%.3f %.1f %d %.2f %.2f\n", took.Seconds(), float64(peak)/1024, exit, own.Seconds(), server.Seconds())
	return err
}
