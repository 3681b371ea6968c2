package main

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/wizard"
)

// source reaches AWS as the caller: the SDK's default chain, or --aws-profile.
// There is one for the whole program, so that connections and sessions are
// used again. What a person takes part in, such as an MFA code, is asked for
// here, before requests with a deadline need it; where that fails, they say so.
func (a *app) source(ctx context.Context) (*connect.Source, error) {
	src, err := a.openSource(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := connect.Unhurried(ctx)
	defer cancel()
	_ = src.Prepare(ctx)
	return src, nil
}

func (a *app) openSource(ctx context.Context) (*connect.Source, error) {
	a.sourceMu.Lock()
	defer a.sourceMu.Unlock()
	if a.src != nil {
		return a.src, nil
	}
	src, err := a.connect(ctx, a.flags.awsProfile)
	if err != nil {
		return nil, a.configFailure(err, a.flags.awsProfile)
	}
	a.src = src
	return src, nil
}

// forgetSource has AWS's environment read anew when it is needed next.
func (a *app) forgetSource() {
	a.sourceMu.Lock()
	defer a.sourceMu.Unlock()
	a.dropSource()
}

// dropSource is forgetSource for who holds the lock. What works with the
// Source goes on with it.
func (a *app) dropSource() {
	a.dropKeys()
	if a.src != nil {
		a.src.Close()
		a.src = nil
	}
}

// configFailure says why AWS's configuration cannot be used; what is wrong
// with the profile's lines in our words, if it is that.
func (a *app) configFailure(err error, profile string) *failure {
	if ours := (*failure)(nil); errors.As(err, &ours) { // of the debug log, which is no part of it
		return ours
	}
	switch p, ok := connect.FindProfile(profile); {
	case ok && p.Broken != nil:
		return a.brokenProfile(p, err)
	case !ok && (profile != "" || p.Name != "default"):
		return a.noProfile(p.Name, err)
	}
	// The files of AWS's configuration are named: nobody named them here.
	f := couldNot("aws_config", map[string]string{"detail": strings.TrimPrefix(err.Error(), "AWS configuration: ")}, err)
	f.causes = configCauses(err, profile)
	return f
}

// connect reaches AWS by a profile; empty: the SDK's default chain.
func (a *app) connect(ctx context.Context, profile string) (*connect.Source, error) {
	o, err := a.connectOptions(profile)
	if err != nil {
		return nil, err
	}
	return connect.FromEnvironment(ctx, o)
}

func (a *app) connectOptions(profile string) (connect.Options, error) {
	o := connect.Options{Profile: profile, Token: a.token}
	o.Stdin, o.Stderr = a.processStreams()
	if a.flags.debug {
		log, err := a.debugLog()
		if err != nil {
			return o, couldNot("debug_log", nil, err)
		}
		o.Debug = log
	}
	return o, nil
}

// configCauses explains why AWS's configuration cannot be used; nothing where
// the error has said it all.
func configCauses(err error, profile string) []diagnose.Cause {
	causes := diagnose.Diagnose(connect.EvidenceOf(err, "sts:GetCallerIdentity"), diagnose.Facts{Profile: profile})
	if diagnose.Unknown(causes) {
		return nil
	}
	return causes
}

// ledgerDir is where probes are written down before they are made (B6).
func (a *app) ledgerDir() string { return filepath.Join(a.dirs.State, "ledger") }

func checkTarget(sel selection) awscheck.Target {
	s := sel.settings
	t := awscheck.Target{
		Connection: sel.name, Integration: s.Integration, Access: s.Access, Bucket: s.Bucket, Region: s.Region,
		RoleARN: s.RoleARN, ExternalID: s.ExternalID, Prefix: s.Prefix, Domain: s.Domain, Environment: sel.space().Environment,
		Distribution: s.Distribution, ServiceID: s.ServiceID, TrustedPrincipal: s.TrustedPrincipal,
		CloudNames: s.CloudNames.Values(), KMSKeys: s.KMSKeyARNs.Values(),
		Subdomain: s.Subdomain, AssetRules: wizard.PathRules(s),
	}
	if !sel.saved && !sel.draft {
		t.Connection, t.Flags = "", flagsWithoutSecret(s)
	}
	t.App = appOf(s)
	for _, fe := range wizard.Validate(s) {
		t.Invalid = append(t.Invalid, fe.Code)
	}
	return t
}

// flagsWithoutSecret are settings as commands take them, without what is so by
// default. The external ID, by which others are kept out of the role, is to be
// filled in.
func flagsWithoutSecret(s wizard.Settings) []string {
	settings, plain := map[string]string{}, wizard.Defaults(wizard.Settings{Integration: s.Integration})
	for _, f := range wizard.Fields(s.Integration) {
		if v := wizard.Get(s, f.Key); f.Key == "integration" || v != wizard.Get(plain, f.Key) && f.Key != "notes" {
			settings[f.Key] = v
		}
	}
	if settings["external_id"] != "" {
		settings["external_id"] = "<EXTERNAL_ID>"
	}
	return flagsOfSettings(settings)
}

func place(s wizard.Settings) connect.Place {
	return connect.Place{Access: s.Access, Region: s.Region, RoleARN: s.RoleARN, ExternalID: s.ExternalID, Bucket: s.Bucket}
}

// journalDir is where renames are written down before they are done.
func (a *app) journalDir() string { return filepath.Join(a.dirs.State, "journal") }

// journal is that of a selection's directory, by whatever name it is reached.
func (a *app) journal(sel selection, o s3.Options) *journal.Journal {
	s := sel.settings
	p := journal.Place{Bucket: s.Bucket, Region: s.Region, Access: s.Access, Role: s.RoleARN, Under: sel.space().Dir()}
	if u, err := url.Parse(aws.ToString(o.BaseEndpoint)); err == nil {
		p.Endpoint = u.Host
	}
	return journal.New(a.journalDir(), p)
}

// bucket is the client of a selection's bucket.
func (a *app) bucket(ctx context.Context, sel selection) (*s3.Client, error) {
	src, err := a.keySource(ctx, sel.settings)
	if err != nil {
		return nil, err
	}
	return src.S3(place(sel.settings))
}

// library opens the media of a selection; o says how fast.
func (a *app) library(ctx context.Context, sel selection, o media.Options) (*media.Library, error) {
	src, err := a.keySource(ctx, sel.settings)
	if err != nil {
		return nil, err
	}
	client, err := src.S3(place(sel.settings))
	if err != nil {
		return nil, couldNot("aws_config", nil, err)
	}
	presign, err := src.Presign(place(sel.settings))
	if err != nil {
		return nil, couldNot("aws_config", nil, err)
	}
	fixed, unsure := a.namesFixed(sel)
	o.FixFileNames = fixed || unsure != nil // fail closed
	o.ReadOnly = wizard.ReadOnly(sel.settings)
	o.Told = a.noting(sel)
	o.Remote.Roots, o.Remote.Proxy = reach(src)
	o.Journal = a.journal(sel, client.Options())
	o.Stamp = media.Stamp(sel.settings.Integration, sel.settings.ServiceID, time.Now)
	return media.New(client, presign, sel.space(), o), nil
}
