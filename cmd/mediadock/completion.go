package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// shells are those that there is a completion script for.
var shells = []string{"bash", "zsh", "fish", "powershell"}

func (a *app) completionCommand() *cobra.Command {
	var bare bool
	cmd := &cobra.Command{
		Use:  "completion SHELL",
		Args: cobra.ExactArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error {
			return a.printCompletion(cmd, args[0], !bare)
		}),
	}
	cmd.Flags().BoolVar(&bare, "no-descriptions", false, "")
	return cmd
}

func (a *app) printCompletion(cmd *cobra.Command, shell string, descriptions bool) error {
	root, w := cmd.Root(), a.io.out
	switch shell {
	case "bash":
		return root.GenBashCompletionV2(w, descriptions)
	case "zsh":
		if descriptions {
			return root.GenZshCompletion(w)
		}
		return root.GenZshCompletionNoDesc(w)
	case "fish":
		return root.GenFishCompletion(w, descriptions)
	case "powershell":
		if descriptions {
			return root.GenPowerShellCompletionWithDesc(w)
		}
		return root.GenPowerShellCompletion(w)
	}
	return misused(cmd, sentence{"usage.shell", map[string]string{"shell": shell, "shells": strings.Join(shells, ", ")}})
}
