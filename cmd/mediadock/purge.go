package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/purge"
	"github.com/mediadock/mediadock/tui/text"
)

// purger invalidates what a CDN keeps of a connection's media. It acts as the
// role first and then as the caller: the documented role may not (D8).
type purger struct {
	a            *app
	sel          selection
	distribution string // id
	ways         []purge.Way
}

// purger finds the distribution of a selection: what the settings say, or by
// the domain where that may be looked up. The error is a *purge.Error where
// CloudFront gave it.
func (a *app) purger(ctx context.Context, sel selection) (*purger, error) {
	src, err := a.source(ctx)
	if err != nil {
		return nil, err
	}
	p := &purger{a: a, sel: sel, distribution: distributionID(sel.settings.Distribution)}
	if sel.settings.Access != "caller" {
		p.ways = append(p.ways, purge.Way{Name: "role", API: src.RoleCloudFront(place(sel.settings))})
	}
	p.ways = append(p.ways, purge.Way{Name: "caller", API: src.CloudFront(sel.settings.Region)})
	if p.distribution != "" {
		return p, nil
	}
	host := purge.Host(sel.space())
	if host == "" {
		return nil, usage("purge.no-cdn", nil)
	}
	id, problem := purge.Find(ctx, p.ways, host)
	if problem != nil {
		return nil, problem
	}
	p.distribution = id
	return p, nil
}

// distributionID is the id in what the setting holds, an ARN or the id.
func distributionID(setting string) string {
	return setting[strings.LastIndexByte(setting, '/')+1:]
}

// newJob is the id of a run that nothing is to repeat.
func newJob() string { return rand.Text() }

// commands are the lines that invalidate paths with the AWS CLI.
func (p *purger) commands(paths []string) []string {
	return purgeCommands(p.sel, p.distribution, paths)
}

func purgeCommands(sel selection, distribution string, paths []string) []string {
	partition := ""
	if known, ok := address.PartitionOf(sel.settings.Region); ok {
		partition = known.ID
	}
	lines := []string{}
	for _, args := range purge.Commands(partition, distribution, paths) {
		for i, arg := range args {
			args[i] = shellQuote(arg)
		}
		lines = append(lines, strings.Join(args, " "))
	}
	return lines
}

// announce says beforehand what an invalidation costs and how long it may
// take.
func (p *purger) announce(paths []string) {
	p.a.tell(p.a.text.Say("purge.plan", map[string]string{
		"count": strconv.Itoa(len(paths)), "distribution": p.distribution, "free": strconv.Itoa(purge.FreePaths),
	}))
	if n := len(purge.Batches(paths)); n > 1 {
		p.a.tell(p.a.text.Say("purge.batches", map[string]string{"requests": strconv.Itoa(n), "limit": strconv.Itoa(purge.MaxWildcards)}))
	}
}

// run invalidates paths, and tells on stderr how far it is.
func (p *purger) run(ctx context.Context, paths []string, job string, wait bool) purge.Result {
	return purge.Run(ctx, p.ways, purge.Job{Distribution: p.distribution, Paths: paths, ID: job, Wait: wait}, p.progress)
}

func (p *purger) progress(e purge.Event) {
	if p.a.flags.json {
		return
	}
	args := map[string]string{"id": e.ID, "paths": strconv.Itoa(e.Paths), "total": strconv.Itoa(e.Total), "seconds": fmt.Sprint(int(e.Again.Seconds() + 0.5))}
	switch e.Type {
	case purge.EventRequested:
		p.a.tell(p.a.text.Say("purge.requested", args))
	case purge.EventBusy:
		p.a.tell(p.a.text.Say("purge.waiting", args))
	case purge.EventCompleted:
		p.a.tell(p.a.text.Say("purge.completed", args))
	}
}

// purgeJSON is what became of the CDN's copies.
type purgeJSON struct {
	Distribution string `json:"distribution"`
	// Status is planned, in-progress, completed, partly, failed or skipped.
	Status        string             `json:"status"`
	Paths         []string           `json:"paths"`
	FreePerMonth  int                `json:"free_paths_per_month"`
	By            string             `json:"by,omitempty"` // role or caller
	Invalidations []invalidationJSON `json:"invalidations"`
	Left          []string           `json:"left"` // paths that were not asked for
	Commands      []string           `json:"commands"`
	Missing       []string           `json:"missing"` // actions that nobody who was tried may do
	Code          string             `json:"code,omitempty"`
	Message       string             `json:"message,omitempty"`
}

type invalidationJSON struct {
	ID     string `json:"id"`
	Status string `json:"status"`
	Paths  int    `json:"paths"`
}

func emptyPurge(distribution, status string, paths []string) purgeJSON {
	if paths == nil {
		paths = []string{}
	}
	return purgeJSON{
		Distribution: distribution, Status: status, Paths: paths, FreePerMonth: purge.FreePaths,
		Invalidations: []invalidationJSON{}, Left: []string{}, Commands: []string{}, Missing: []string{},
	}
}

// document is the outcome of run as JSON has it.
func (p *purger) document(paths []string, r purge.Result) purgeJSON {
	doc := emptyPurge(p.distribution, "in-progress", paths)
	doc.By = r.By
	for _, i := range r.Invalidations {
		doc.Invalidations = append(doc.Invalidations, invalidationJSON{i.ID, i.Status, i.Paths})
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
		doc.fail(p.a, r.Err)
	}
	return doc
}

// fail puts a refusal of CloudFront into the document.
func (d *purgeJSON) fail(a *app, err *purge.Error) {
	d.Code, d.Message = "purge."+err.Code, a.sayPurge(err)
	if err.Code == purge.CodeDenied {
		d.Missing = []string{err.Action}
	}
}

func (a *app) sayPurge(err *purge.Error) string { return sayPurge(a.text, err) }

func sayPurge(words *text.Catalog, err *purge.Error) string {
	args := err.TextArgs()
	if err.Code == purge.CodeUnexpected || err.Code == purge.CodeNetwork || err.Code == purge.CodeSession {
		if err.Evidence.Message != "" {
			args["reason"] = err.Evidence.Message
		}
	}
	return words.Say("purge."+err.Code, args)
}

// purgeExit is the exit code of a purge that ended in err.
func purgeExit(err *purge.Error) int {
	switch err.Code {
	case purge.CodeSession, purge.CodeNetwork:
		return exitCouldNot
	case purge.CodePathEmpty, purge.CodeOutside:
		return exitUsage
	case purge.CodeWholeLibrary, purge.CodeReserved:
		return exitRefused
	}
	return exitFailed
}

// asPurge is the *purge.Error in err; nil if it is none.
func asPurge(err error) *purge.Error {
	var e *purge.Error
	errors.As(err, &e)
	return e
}

// emptyFolders answers whether nothing is left under a key, media or not.
func (a *app) emptyFolders(ctx context.Context, sel selection) (func(context.Context, string) (bool, error), error) {
	src, err := a.source(ctx)
	if err != nil {
		return nil, err
	}
	client, err := src.S3(place(sel.settings))
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, key string) (bool, error) {
		ctx, cancel := context.WithTimeout(ctx, lookPatience)
		defer cancel()
		out, err := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String(sel.settings.Bucket), Prefix: aws.String(key), MaxKeys: aws.Int32(1)})
		return err == nil && len(out.Contents) == 0, err
	}, nil
}

// lookPatience is how long a look into a folder may take.
const lookPatience = 30 * time.Second
