package main

import "github.com/spf13/cobra"

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "man",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return cmd.Help() }),
	}
}
