package main

import "github.com/spf13/cobra"

// rootCommand is the whole tree of commands, with its words in the language
// that a.text has. Commands write to the streams that they were made with.
func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:               "mediadock",
		Args:              cobra.NoArgs,
		RunE:              a.do(a.runUI),
		SilenceErrors:     true, // run prints them
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetIn(a.io.in)
	root.SetOut(a.io.out)
	root.SetErr(a.io.err)
	f := root.PersistentFlags()
	f.StringVarP(&a.flags.connection, "connection", "c", "", "")
	f.StringVar(&a.flags.awsProfile, "aws-profile", "", "")
	f.StringVar(&a.flags.lang, "lang", "", "")
	f.BoolVar(&a.flags.accessible, "accessible", false, "")
	f.BoolVar(&a.flags.noInput, "no-input", false, "")
	f.BoolVar(&a.flags.json, "json", false, "")
	f.BoolVar(&a.flags.noColor, "no-color", false, "")
	f.BoolVar(&a.flags.noMouse, "no-mouse", false, "")
	f.StringVar(&a.flags.home, "home", "", "")
	f.BoolVar(&a.flags.debug, "debug", false, "")
	root.Flags().BoolVarP(&a.flags.version, "version", "v", false, "")
	help := a.helpCommand()
	root.AddCommand(
		a.setupCommand(), a.checkCommand(), a.explainCommand(), a.connectionCommand(), a.catalogueCommand(), a.signinCommand(),
		a.mediaCommand(), a.envCommand(),
		a.policyCommand(), a.handoffCommand(), a.markerCommand(), a.keyCommand(),
		a.demoCommand(), a.sandboxCommand(), a.completionCommand(), a.manCommand(), a.versionCommand(), help,
	)
	root.SetHelpCommand(help)
	a.dress(root)
	return root
}
