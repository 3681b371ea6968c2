package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "version",
		Args: cobra.NoArgs,
		RunE: a.do(func(*cobra.Command, []string) error { return a.printVersion() }),
	}
}

// printVersion is "version", and --version.
func (a *app) printVersion() error {
	if a.flags.json {
		return writeJSON(a.io.out, map[string]string{"version": buildVersion(), "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH}, false)
	}
	_, err := fmt.Fprintln(a.io.out, "mediadock "+buildVersion())
	return err
}
