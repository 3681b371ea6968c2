package main

import (
	"strings"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/purge"
)

// noID stands for the distribution in commands where none is known.
const noID = "DISTRIBUTION_ID"

// commands are the lines that invalidate paths with the AWS CLI.
func (p *purger) commands(paths []string) []string {
	return purgeCommands(p.sel, p.named.ID, paths)
}

// looks are the lines that tell how far invalidations are.
func (p *purger) looks(ids []string) []string {
	lines := []string{}
	for _, id := range ids {
		lines = append(lines, commandLine(purge.LookCommand(partitionOf(p.sel), p.named.ID, id)))
	}
	return lines
}

func purgeCommands(sel selection, distribution string, paths []string) []string {
	lines := []string{}
	for _, args := range purge.Commands(partitionOf(sel), distribution, paths) {
		lines = append(lines, commandLine(args))
	}
	return lines
}

// partitionOf is the partition of a selection's bucket; empty: not known.
func partitionOf(sel selection) string {
	known, _ := address.PartitionOf(sel.settings.Region)
	return known.ID
}

// commandLine quotes arguments for a shell.
func commandLine(args []string) string {
	quoted := make([]string, len(args))
	for i, arg := range args {
		quoted[i] = shellQuote(arg)
	}
	return strings.Join(quoted, " ")
}
