// Command mediadock connects your own S3 bucket to your CMS, proves that the
// connection works, and runs the media in it, from a terminal.
package main

import "os"

func main() {
	atHome()
	os.Exit(run(os.Args[1:], systemStreams()))
}
