package main

import (
	"github.com/spf13/cobra"
)

func (a *app) catalogueCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:  "catalogue",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error { return a.groupUsage(cmd) }),
	}
	addFieldFlags(cmd.PersistentFlags())
	cmd.AddCommand(a.catalogueExportCommand(), a.catalogueImportCommand(), a.catalogueMoveCommand())
	return cmd
}

func (a *app) catalogueExportCommand() *cobra.Command {
	var output, format string
	cmd := &cobra.Command{
		Use:  "export",
		Args: cobra.NoArgs,
		RunE: a.do(func(cmd *cobra.Command, _ []string) error {
			if format != "json" && format != "csv" {
				return usage("bad_notes_format", map[string]string{"value": format})
			}
			if output == "-" {
				output = "" // stdout, as without it
			}
			return a.catalogueExport(cmd, output, format == "csv")
		}),
	}
	cmd.Flags().StringVar(&output, "output", "", "")
	cmd.Flags().StringVar(&format, "format", "json", "")
	return cmd
}

// catalogueExport writes all that people wrote. It asks AWS nothing.
func (a *app) catalogueExport(cmd *cobra.Command, output string, asCSV bool) error {
	sel, err := a.choose(cmd, nil, false)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	place, err := a.openCatalogue(ctx, sel)
	if err != nil {
		return err
	}
	return a.writeNotes(ctx, place, output, asCSV)
}

func (a *app) catalogueImportCommand() *cobra.Command {
	var dryRun bool
	cmd := &cobra.Command{
		Use:  "import FILE|-",
		Args: cobra.ExactArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error {
			notes, err := a.readNotes(args[0])
			if err != nil {
				return err
			}
			sel, err := a.choose(cmd, nil, false)
			if err != nil {
				return err
			}
			place, err := a.openCatalogue(cmd.Context(), sel)
			if err != nil {
				return err
			}
			return a.tellTaken(cmd.Context(), place, notes, dryRun)
		}),
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "")
	return cmd
}
