// Command mediadock connects your own S3 bucket to your CMS, proves that the
// connection works, and runs the media in it, from a terminal.
package main

import (
	"os"
	"runtime/debug"
)

func main() {
	atHome()
	std := systemStreams()
	if os.Getenv("GOGC") == "" {
		// What is made while the program starts stays: to look for garbage
		// then costs a third of that time.
		debug.SetGCPercent(400)
		// Little is held beside what is shown, so garbage would be most of the
		// memory; to collect it earlier costs a few percent of the time.
		std.started = func() { debug.SetGCPercent(40) }
	}
	os.Exit(run(os.Args[1:], std))
}
