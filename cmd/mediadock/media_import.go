package main

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/remote"
	"github.com/mediadock/mediadock/wizard/store"
)

type importOptions struct {
	transferFlags
	consentFlag
	from         string
	to           string
	ifExists     string
	randomSuffix bool
	private      privateFlags
	fixNames     bool
	allowHTTP    bool
	allowPrivate bool
	maxSize      string
	perHost      int
	redirects    string
	again        bool
}

func (a *app) mediaImportCommand() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:  "import [URL...]",
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.mediaImport(cmd, args, o) }),
	}
	o.transferFlags.add(cmd)
	o.consentFlag.add(cmd)
	f := cmd.Flags()
	f.StringVar(&o.from, "from", "", "")
	f.StringVar(&o.to, "to", "", "")
	f.StringVar(&o.ifExists, "if-exists", "ask", "")
	f.BoolVar(&o.randomSuffix, "random-suffix", false, "")
	o.private.add(cmd)
	f.BoolVar(&o.fixNames, "fix-names", false, "")
	f.BoolVar(&o.allowHTTP, "allow-http", false, "")
	f.BoolVar(&o.allowPrivate, "allow-private", false, "")
	f.StringVar(&o.maxSize, "max-size", "1G", "")
	f.IntVar(&o.perHost, "per-host", 4, "")
	f.StringVar(&o.redirects, "redirects", "", "")
	f.BoolVar(&o.again, "again", false, "")
	return cmd
}

func (a *app) mediaImport(cmd *cobra.Command, args []string, o importOptions) error {
	sources, err := a.importSources(args, o.from)
	if err != nil {
		return err
	}
	opts, ask, err := a.importPlanOptions(o)
	if err != nil {
		return err
	}
	if err := mayReplace(o.redirects, "redirects_foreign", maxOwnFile, isRedirects); err != nil {
		return err
	}
	lib, sel, err := a.openMedia(cmd, o.transferFlags)
	if err != nil {
		return err
	}
	decision, err := o.private.decide(a, sel, o.dryRun)
	if err != nil {
		return err
	}
	opts.Privacy = privacyOf(decision)
	ctx := cmd.Context()
	src, err := a.source(ctx)
	if err != nil {
		return err
	}
	if o.from != "" && !o.dryRun {
		if opts.StateFile, err = a.importState(src, sel, o.to); err != nil {
			return err
		}
	}
	ctx, abort := context.WithCancelCause(ctx)
	defer abort(nil)
	b := &beforeImport{a: a, abort: abort, ask: a.mayAsk() && !a.flags.json && !o.yes && decision != store.KeepPrivateData}
	opts.Before = b.decide
	if ask {
		opts.Taken = b.taken
	}
	plan, err := lib.PlanImport(ctx, sources, opts)
	if err != nil {
		return a.mediaFailure(ctx, err, sel)
	}
	defer plan.Close()
	a.noteImport(plan, o)
	if o.dryRun && !a.flags.json {
		a.tell(a.text.Say("media.note.import-unseen", nil))
	}
	if o.dryRun {
		return a.previewImport(ctx, lib, plan)
	}
	if err := a.consent(sel, o.yes); err != nil {
		return err
	}
	return a.runImport(ctx, lib, sel, plan, b, o.redirects)
}

// importSources are the URLs of the command line or of a list.
func (a *app) importSources(args []string, from string) ([]media.ImportSource, error) {
	switch {
	case from == "" && len(args) == 0:
		return nil, usage("import_nothing", nil)
	case from != "" && len(args) > 0:
		return nil, usage("import_both", nil)
	case from == "":
		sources := make([]media.ImportSource, len(args))
		for i, url := range args {
			sources[i].URL = url
		}
		return sources, nil
	}
	in := a.io.in
	if from == "-" {
		if a.io.inTTY {
			a.tell(a.text.Say("cmd.from_typing", nil))
		}
	} else {
		f, err := os.Open(from)
		if err != nil {
			return nil, couldNot("from", map[string]string{"file": from}, err)
		}
		defer f.Close()
		in = f
	}
	sources, err := media.ReadImportList(in)
	switch {
	case errors.Is(err, media.ErrList):
		return nil, usage("import_list", map[string]string{"file": from})
	case err != nil:
		return nil, couldNot("from", map[string]string{"file": from}, err)
	case len(sources) == 0:
		return nil, usage("import_empty", map[string]string{"file": from})
	}
	return sources, nil
}

// importPlanOptions also tells whether to ask about names that are taken.
func (a *app) importPlanOptions(o importOptions) (opts media.ImportOptions, ask bool, err error) {
	policy, ask, err := a.existsPolicy(o.ifExists)
	if err != nil {
		return opts, false, err
	}
	most, err := parseRate(o.maxSize)
	if err != nil || most == 0 {
		return opts, false, usage("bad_max_size", map[string]string{"value": o.maxSize})
	}
	if o.perHost < 1 {
		return opts, false, usage("bad_per_host", nil)
	}
	return media.ImportOptions{
		To: o.to, IfExists: policy, RandomSuffix: o.randomSuffix, FixNames: o.fixNames, PerHost: o.perHost, Again: o.again,
		Fetch: remote.Options{AllowHTTP: o.allowHTTP, AllowPrivate: o.allowPrivate, MaxBytes: most},
	}, ask, nil
}

// reach is how other requests leave this computer: by which proxy, and with
// which certificate authorities.
func reach(src *connect.Source) (*x509.CertPool, func(*http.Request) (*url.URL, error)) {
	t, ok := src.Delivery().Transport.(*http.Transport)
	if !ok {
		return nil, http.ProxyFromEnvironment
	}
	var roots *x509.CertPool
	if t.TLSClientConfig != nil {
		roots = t.TLSClientConfig.RootCAs
	}
	return roots, t.Proxy
}

// importState is the file in which imports into a folder are written down. It
// depends on the place in AWS, so that a connection of another name, or a list
// that was mended, goes on where the last run ended.
func (a *app) importState(src *connect.Source, sel selection, to string) (string, error) {
	client, err := src.S3(place(sel.settings))
	if err != nil {
		return "", couldNot("aws_config", nil, err)
	}
	k := catalogueKey(sel)
	where := []string{aws.ToString(client.Options().BaseEndpoint), k.Partition, k.Bucket, k.Directory, path.Clean("/" + to)}
	sum := sha256.Sum256([]byte(strings.Join(where, "\x00")))
	return filepath.Join(a.dirs.State, "imports", hex.EncodeToString(sum[:12])+".jsonl"), nil
}

// noteImport says on stderr what is not as strict as it could be, and what an
// earlier run has done.
func (a *app) noteImport(plan *media.ImportPlan, o importOptions) {
	if a.flags.json {
		return
	}
	originals, plain := 0, 0
	for _, item := range plan.Items {
		if item.Original {
			originals++
		}
		if item.Plain() && item.Code == "" {
			plain++
		}
	}
	say := func(id string, n int) {
		if n > 0 {
			a.tell(a.text.Say(id, map[string]string{"count": strconv.Itoa(n)}))
		}
	}
	say("media.note.from-plain", plain)
	say("media.note.from-original", originals)
	say("media.note.from-earlier", plan.Earlier)
	if o.allowPrivate {
		a.tell(a.text.Say("media.note.from-private", nil))
	}
	if proxy := plan.Proxied(); proxy != "" {
		a.tell(a.text.Say("media.note.from-proxy", map[string]string{"proxy": proxy}))
	}
}

// previewImport prints what an import would do.
func (a *app) previewImport(ctx context.Context, lib *media.Library, plan *media.ImportPlan) error {
	exit := exitDone
	var failed error
	var named seen
	lib.PreviewImport(ctx, plan, func(e media.Event) {
		if e.Type != media.EventItem || failed != nil {
			return
		}
		if e.Status == media.StatusRefused || e.Status == media.StatusFailed {
			exit = worse(exit, e.Code)
		}
		j := eventJSON{Op: e.Op, Path: e.Path, Key: e.Key, From: e.From, Bytes: e.Total, URL: e.URL, Code: e.Code}
		if e.File != nil {
			j = a.describe(j, *e.File)
			named.add(*e.File, false)
		}
		id, args := "cmd.plan.import", map[string]string{"from": e.From, "path": e.Path, "url": e.URL, "size": byteSize(e.Total)}
		if e.Code != "" {
			j.Message = a.eventMessage(e)
			id, args = "cmd.plan.import_not", map[string]string{"from": e.From, "reason": j.Message}
			if strings.Contains(j.Message, e.From) {
				id = "cmd.plan.import_why"
			}
		}
		failed = a.planLine(j, id, args)
	})
	if failed != nil {
		return failed
	}
	named.tell(a)
	if exit != exitDone {
		return said(exit)
	}
	return nil
}

// runImport imports, and writes down the old and the new URLs however it ends.
func (a *app) runImport(ctx context.Context, lib *media.Library, sel selection, plan *media.ImportPlan, b *beforeImport, redirects string) error {
	r := newImported(plan)
	if redirects != "" { // before hours of work, not after
		if err := r.write(redirects); err != nil {
			return couldNot("write", map[string]string{"file": redirects}, err)
		}
	}
	n := a.narrate(0)
	b.n = n
	sum := lib.Import(ctx, plan, func(e media.Event) {
		n.emit(e)
		r.take(e)
	})
	err := n.end(sum)
	b.rest.tell(a)
	var f *failure
	if errors.As(context.Cause(ctx), &f) { // somebody said to stop, at a question
		err = f
	}
	if alt := a.keepAlts(ctx, sel, r.alts); alt != nil {
		return alt
	}
	if redirects != "" {
		if err := r.write(redirects); err != nil {
			return couldNot("write", map[string]string{"file": redirects}, err)
		}
	}
	return err
}
