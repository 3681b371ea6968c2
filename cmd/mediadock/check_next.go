package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

// printNext tells below all rows what to do first: the row to mend, the fixes
// of its likeliest cause with the documents that they speak of, and the
// commands that tell more. Nothing where nothing is to be done, or nothing
// could be tested.
func (a *app) printNext(r awscheck.Report, o checkOptions) {
	i := report.First(r.Results)
	if i < 0 || r.Verdict == awscheck.NotRun {
		return
	}
	row := r.Results[i]
	heading := "report.next"
	if row.Status != awscheck.Fail {
		heading = "report.next.look"
	}
	fmt.Fprintln(a.io.out)
	a.show(a.text.Say(heading, map[string]string{"row": row.ID}))
	causes := openCauses(row.Causes)
	if len(causes) == 0 {
		return
	}
	if len(causes) > 1 && causes[0].Likelihood != diagnose.Certain && !ownersAsked(r) && r.Integration != "" && awscheck.OwnerTells(row.ID) {
		a.show("  " + a.text.Say("report.next.owner", map[string]string{"count": fmt.Sprint(len(causes))}))
		a.show("    " + again(r, o, ownerFlag(r)))
		a.show("  " + a.text.Say("report.next.likeliest", nil))
	}
	top := awscheck.CausesJSON(causes[:1], a.text.Say)[0]
	var printed []string
	steps := report.Steps(causes[0].Fixes)
	for i, fix := range top.Fixes {
		for _, l := range fixLines(steps[i].Place(a.text)+fix.Text, fix.Command, fix.ConsoleURL) {
			a.show("  " + l)
		}
		if len(fix.Document) > 0 {
			a.printDocument(fix)
			printed = append(printed, string(fix.Document))
		}
	}
	if n := documentsBeside(r, printed, a.text.Say); n > 0 && o.output == "" {
		a.show("  " + a.text.Say("report.next.more", map[string]string{"count": fmt.Sprint(n)}))
		flag := "--output report.md"
		switch {
		case o.ownerProfile != "":
			flag = "--owner-profile " + shellQuote(o.ownerProfile) + " " + flag
		case o.owner:
			flag = "--owner " + flag
		}
		a.show("    " + again(r, o, flag))
	}
}

// printDocument prints the document of a fix from the first column, so that it
// can be copied; under the name of the file that its command reads, unless it
// has to be completed or merged first.
func (a *app) printDocument(fix awscheck.FixJSON) {
	if fix.File != "" && strings.Contains(fix.Command, "file://"+fix.File) {
		a.show("  " + fix.File + ":")
	}
	for _, l := range documentLines(fix.Document) {
		a.show(l)
	}
}

func documentLines(document json.RawMessage) []string {
	var pretty bytes.Buffer
	if json.Indent(&pretty, document, "", "  ") != nil {
		return []string{string(document)}
	}
	return strings.Split(pretty.String(), "\n")
}

// documentsBeside counts the documents of a report that were not printed.
func documentsBeside(r awscheck.Report, printed []string, say awscheck.Say) int {
	seen := slices.Clone(printed)
	for _, row := range r.Results {
		if !report.Bad(row.Status) {
			continue
		}
		for _, c := range awscheck.CausesJSON(openCauses(row.Causes), say) {
			for _, f := range c.Fixes {
				if doc := string(f.Document); doc != "" && !slices.Contains(seen, doc) {
					seen = append(seen, doc)
				}
			}
		}
	}
	return len(seen) - len(printed)
}

// openCauses are the causes that are not ruled out, surest first.
func openCauses(causes []diagnose.Cause) []diagnose.Cause {
	return slices.DeleteFunc(slices.Clone(causes), func(c diagnose.Cause) bool { return c.Likelihood == diagnose.RuledOut })
}

func ownersAsked(r awscheck.Report) bool {
	return slices.ContainsFunc(r.Results, func(row awscheck.Result) bool { return strings.HasPrefix(row.ID, "owner.") })
}

// ownerFlag asks for the owner's side: with the caller's own credentials where
// they are of the role's account.
func ownerFlag(r awscheck.Report) string {
	for _, row := range r.Results {
		account := row.Args["account"]
		if row.ID == "caller.identity" && row.Args["profile"] == "" && wizard.OnlyReads(r.Integration) {
			return "--owner-profile PROFILE" // the caller is the key that only reads
		}
		if row.ID == "caller.identity" && account != "" && r.Settings.RoleARN != "" && !strings.Contains(r.Settings.RoleARN, ":"+account+":") {
			return "--owner-profile PROFILE"
		}
	}
	return "--owner"
}

// again is the command that makes the test of a report once more with another
// flag; settings that are not saved stand in it themselves.
func again(r awscheck.Report, o checkOptions, flag string) string {
	return "mediadock check " + text.Safe(cmp.Or(o.name, r.Connection, o.flags)) + " " + flag
}

// printOwnerNeeds says once what has to be granted for the rows of the owner's
// side that could not be read.
func (a *app) printOwnerNeeds(r awscheck.Report) {
	if needs := awscheck.OwnerNeeds(r.Results); len(needs) > 0 {
		a.show(a.text.Say("report.owner-needs", map[string]string{"actions": strings.Join(needs, ", ")}))
	}
}
