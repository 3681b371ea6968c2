package main

import (
	"cmp"
	"errors"
	"strconv"
	"time"

	"github.com/mediadock/mediadock/media/purge"
	"github.com/mediadock/mediadock/tui/text"
)

// purgeJSON is what became of the CDN's copies.
type purgeJSON struct {
	Distribution string `json:"distribution"`
	// Status is planned, in-progress, completed, partly, failed or skipped.
	Status        string             `json:"status"`
	Paths         []string           `json:"paths"`
	FreePerMonth  int                `json:"free_paths_per_month"`
	Cost          costJSON           `json:"cost"`
	By            string             `json:"by,omitempty"`     // role or caller
	JobID         string             `json:"job_id,omitempty"` // repeats it, with the same paths
	Invalidations []invalidationJSON `json:"invalidations"`
	Left          []string           `json:"left"` // paths that were not asked for
	Commands      []string           `json:"commands"`
	Missing       []string           `json:"missing"` // actions that nobody who was tried may do
	Fixes         []fixJSON          `json:"fixes"`
	Code          string             `json:"code,omitempty"`
	Message       string             `json:"message,omitempty"`
	// Instead is the command that uploads under a new name, which no cache has.
	Instead string `json:"instead,omitempty"`
	// VersionedPath is that name, where it is known.
	VersionedPath string `json:"versioned_path,omitempty"`
}

// costJSON is what an invalidation may cost: nothing as long as the account has
// free paths left this month.
type costJSON struct {
	Paths        int     `json:"paths"`
	USDAtMost    float64 `json:"usd_at_most_about"`
	USDPerPath   float64 `json:"usd_per_path_about"`
	FreePerMonth int     `json:"free_paths_per_month"`
	// Exact is false: prices are AWS's to change.
	Exact bool `json:"exact"`
}

func costOf(n int) costJSON {
	return costJSON{Paths: n, USDAtMost: purge.Cost(n), USDPerPath: purge.PathPrice, FreePerMonth: purge.FreePaths}
}

type invalidationJSON struct {
	ID     string `json:"id"`
	Status string `json:"status"`
	Paths  int    `json:"paths"`
	// CreatedAt is when CloudFront was asked; Earlier is true where the same
	// job had asked for it before, and nothing was invalidated anew.
	CreatedAt string `json:"created_at,omitempty"`
	Earlier   bool   `json:"earlier,omitempty"`
}

func emptyPurge(distribution, status string, paths []string) purgeJSON {
	if paths == nil {
		paths = []string{}
	}
	return purgeJSON{
		Distribution: distribution, Status: status, Paths: paths, FreePerMonth: purge.FreePaths, Cost: costOf(len(paths)),
		Invalidations: []invalidationJSON{}, Left: []string{}, Commands: []string{}, Missing: []string{}, Fixes: []fixJSON{},
	}
}

// document is the outcome of run as JSON has it.
func (p *purger) document(job purge.Job, r purge.Result) purgeJSON {
	doc := emptyPurge(p.named.ID, "in-progress", job.Paths)
	doc.By, doc.JobID = r.By, job.ID
	for _, i := range r.Invalidations {
		out := invalidationJSON{ID: i.ID, Status: i.Status, Paths: i.Paths, Earlier: i.Earlier}
		if !i.Created.IsZero() {
			out.CreatedAt = i.Created.UTC().Format(time.RFC3339)
		}
		doc.Invalidations = append(doc.Invalidations, out)
	}
	switch {
	case r.Err != nil && len(r.Invalidations) > 0:
		doc.Status = "partly"
	case r.Err != nil:
		doc.Status = "failed"
	case r.Completed():
		doc.Status = "completed"
	}
	if r.Err != nil {
		doc.Left, doc.Commands = r.Left, p.commands(r.Left)
		doc.fail(p.words, r.Err)
		doc.offer(p.words, r.Err, p.sel, p.named, p.found != nil)
	}
	return doc
}

// with joins what became of copies in another distribution, whose id stands in
// its commands. What was refused is told of either.
func (d *purgeJSON) with(other *purgeJSON) *purgeJSON {
	if d == nil || other == nil {
		return cmp.Or(d, other)
	}
	out := *other
	if d.Code != "" {
		out = *d
	}
	switch {
	case d.Status == other.Status:
	case d.Code+other.Code != "":
		out.Status = "partly"
	default: // one of them is completed
		out.Status = "in-progress"
	}
	out.Paths, out.Left = join(d.Paths, other.Paths), join(d.Left, other.Left)
	out.Invalidations, out.Commands = join(d.Invalidations, other.Invalidations), join(d.Commands, other.Commands)
	out.Missing, out.Fixes = join(d.Missing, other.Missing), join(d.Fixes, other.Fixes)
	out.Cost = costOf(len(out.Paths))
	return &out
}

// join is never nil, which JSON would have as null.
func join[E any](a, b []E) []E { return append(append([]E{}, a...), b...) }

// fail puts a refusal of CloudFront into the document.
func (d *purgeJSON) fail(words *text.Catalog, err *purge.Error) {
	d.Code, d.Message = "purge."+err.Code, sayPurge(words, err)
	if err.Code == purge.CodeDenied {
		d.Missing = []string{err.Action}
	}
}

// offer puts what to do about a refusal beside it: the commands, and the
// statement that allows it where that is what lacks.
func (d *purgeJSON) offer(words *text.Catalog, err *purge.Error, sel selection, named purge.Named, found bool) {
	args := err.TextArgs()
	args["count"] = strconv.Itoa(len(d.Left))
	for _, c := range d.Commands {
		d.Fixes = append(d.Fixes, fixJSON{Text: words.Say(runText(err), args), Command: c})
	}
	if err.Code == purge.CodeDenied {
		doc := purge.Grant(partitionOf(sel), named.Account, named.ID, found || named.ID == "")
		d.Fixes = append(d.Fixes, fixJSON{Text: words.Say("purge.grant", nil), Document: doc})
	}
}

// runText is the sentence before the commands that do what is left.
func runText(err *purge.Error) string {
	switch err.Code {
	case purge.CodeForeign:
		return "purge.run-there"
	case purge.CodeBusy, purge.CodeThrottled, purge.CodeNetwork, purge.CodeAborted:
		return "purge.run-later"
	}
	return "purge.run"
}

func sayPurge(words *text.Catalog, err *purge.Error) string {
	args := err.TextArgs()
	switch err.Code {
	case purge.CodeUnexpected, purge.CodeNetwork, purge.CodeSession, purge.CodePathRefused:
		if err.Evidence.Message != "" {
			args["reason"] = err.Evidence.Message
		}
	}
	whose := "purge.account-asked"
	if args["mine"] != "" {
		whose = "purge.account"
	}
	args["mine"] = words.Say(whose, map[string]string{"account": args["mine"]})
	return words.Say("purge."+err.Code, args)
}

// purgeExit is the exit code of a purge that ended in err.
func purgeExit(err *purge.Error) int {
	switch err.Code {
	case purge.CodeSession, purge.CodeNetwork:
		return exitCouldNot
	case purge.CodePathEmpty, purge.CodeOutside, purge.CodePathTooLong:
		return exitUsage
	case purge.CodeWholeLibrary, purge.CodeReserved:
		return exitRefused
	case purge.CodeAborted:
		return exitCancelled
	}
	return exitFailed
}

// asPurge is the *purge.Error in err; nil if it is none.
func asPurge(err error) *purge.Error {
	var e *purge.Error
	errors.As(err, &e)
	return e
}
