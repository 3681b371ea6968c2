package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/tui/grid"
)

// Widths of a help page. Longer lines than 100 are hard to read; where there
// are fewer than narrowHelp columns, explanations stand below their keys.
const (
	pipedWidth = 80
	widestHelp = 100
	narrowHelp = 56
	widestKey  = 28
)

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND...]",
		RunE: a.do(func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(found, rest[0])
			}
			return found.Help()
		}),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			var names []cobra.Completion
			if found, rest, err := cmd.Root().Find(args); err == nil && len(rest) == 0 {
				for _, sub := range found.Commands() {
					if sub.IsAvailableCommand() {
						names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// printHelp is --help.
func (a *app) printHelp(c *cobra.Command, _ []string) {
	if a.err = unknownLanguage(a.flags.lang); a.err != nil {
		return
	}
	l := a.helpLayout(c.OutOrStdout(), a.io.outTTY)
	l.line("")
	l.prose(c.Long, 0)
	for _, s := range a.helpPage(c) {
		l.section(s)
	}
	l.line("")
}

// printShortHelp is what a command says that cannot be run by itself.
func (a *app) printShortHelp(c *cobra.Command) error {
	l := a.helpLayout(c.OutOrStderr(), a.io.errTTY)
	l.section(helpSection{title: a.heading("usage"), code: a.usageLines(c)})
	sections := a.commandSections(c)
	for _, s := range sections {
		l.section(s)
	}
	if len(sections) == 0 {
		l.prose(a.text.Say("usage.see", map[string]string{"command": c.CommandPath()}), 0)
	}
	return l.err
}

// helpLayout writes pages in cells.
type helpLayout struct {
	w     io.Writer
	width int
	bold  func(string) string
	faint func(string) string
	err   error
}

func (a *app) helpLayout(w io.Writer, tty bool) *helpLayout {
	plain := func(s string) string { return s }
	l := &helpLayout{w: w, width: pipedWidth, bold: plain, faint: plain}
	if !tty {
		return l
	}
	l.width = min(max(a.io.width, 20), widestHelp)
	if !a.flags.noColor && a.io.getenv("NO_COLOR") == "" && a.io.getenv("TERM") != "dumb" {
		lipgloss.EnableLegacyWindowsANSI(os.Stdout)
		l.bold = ansi.NewStyle().Bold().Styled
		l.faint = ansi.NewStyle().Faint().Styled
	}
	return l
}

func (l *helpLayout) line(s string) {
	if _, err := fmt.Fprintln(l.w, s); err != nil && l.err == nil {
		l.err = err
	}
}

// prose wraps a text. A line that begins with blanks is kept as it is.
func (l *helpLayout) prose(s string, indent int) {
	for _, line := range grid.Wrap(s, l.width-indent) {
		l.line(strings.TrimRight(grid.Space(indent)+line, " "))
	}
}

func (l *helpLayout) section(s helpSection) {
	l.line("")
	l.line(l.bold(s.title))
	for _, line := range s.code {
		if strings.HasPrefix(line, "#") {
			l.line("  " + l.faint(line))
			continue
		}
		l.line("  " + line)
	}
	l.rows(s.rows)
	if len(s.rows) > 0 && s.prose != "" {
		l.line("")
	}
	if s.prose != "" {
		l.prose(s.prose, 2)
	}
}

// rows are two columns, or keys with their texts below where there is no room.
func (l *helpLayout) rows(rows []helpRow) {
	column := 0
	for _, r := range rows {
		if w := grid.Width(r.key); w <= widestKey {
			column = max(column, w)
		}
	}
	indent := 2 + column + 2
	if l.width < narrowHelp {
		column, indent = 0, 6
	}
	for _, r := range rows {
		lines := grid.Wrap(r.text, l.width-indent)
		if grid.Width(r.key) > column {
			l.line("  " + r.key)
		} else {
			l.line("  " + grid.Fit(r.key, column) + "  " + lines[0])
			lines = lines[1:]
		}
		for _, line := range lines {
			l.line(grid.Space(indent) + line)
		}
	}
}
