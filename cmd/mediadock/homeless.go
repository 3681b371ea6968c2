package main

import (
	"os"
	"os/user"
	"runtime"
)

// atHome sets HOME where it is missing, as in cron jobs and service units, to
// the home directory of whoever runs the program: without it settings would be
// saved in the root of the disk, and AWS profiles would not be found. It does
// nothing where nobody knows a home directory.
func atHome() {
	if runtime.GOOS == "windows" || os.Getenv("HOME") != "" {
		return
	}
	if u, err := user.Current(); err == nil && u.HomeDir != "" {
		_ = os.Setenv("HOME", u.HomeDir)
	}
}
