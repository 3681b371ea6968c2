package main

import "github.com/spf13/cobra"

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "mediadock",
		Short: "Connect your own S3 bucket to your CMS, prove it works, run the media in it",
		Long: `Connect your own S3 bucket to your CMS, prove that it works, and run the media in it.

Without a command the terminal UI opens: the wizard when nothing is saved, otherwise home.
mediadock demo opens it on a built-in AWS; nothing leaves your machine.`,
		Args: cobra.NoArgs,
		RunE: a.do(a.runUI),
	}
	f := root.PersistentFlags()
	f.StringVarP(&a.flags.connection, "connection", "c", "", "use the saved connection `NAME`, or NAME/ENVIRONMENT")
	f.StringVar(&a.flags.awsProfile, "aws-profile", "", "run as this profile of your AWS configuration")
	f.StringVar(&a.flags.lang, "lang", "", "language: en or ja (default: from the locale)")
	f.BoolVar(&a.flags.accessible, "accessible", false, "plain lines instead of the terminal UI; reads answers from a pipe, too")
	f.BoolVar(&a.flags.noInput, "no-input", false, "never ask; everything comes from flags and variables")
	f.BoolVar(&a.flags.json, "json", false, "machine-readable output on stdout")
	f.BoolVar(&a.flags.noColor, "no-color", false, "no colours (also: NO_COLOR)")
	f.StringVar(&a.flags.home, "home", "", "keep config/, data/ and state/ under `DIR`")
	f.BoolVar(&a.flags.debug, "debug", false, "write a log of every request to the state directory, without secrets")
	root.AddCommand(
		a.demoCommand(), a.setupCommand(), a.checkCommand(), a.explainCommand(), a.policyCommand(), a.handoffCommand(),
		a.mediaCommand(), a.connectionCommand(), a.sandboxCommand(), a.versionCommand(),
	)
	return root
}
