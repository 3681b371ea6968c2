package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/handoff"
	"github.com/mediadock/mediadock/wizard/store"
)

// services is how the terminal UI reaches the world: the same functions that
// the commands use.
type services struct{ app *app }

func (s *services) Speak(lang string) { s.app.spoken.Store(text.For(lang)) }

var _ tui.Services = (*services)(nil)

func (s *services) Connections(context.Context) ([]tui.Connection, error) {
	all, err := s.app.store.List()
	environments, more := s.app.store.AllEnvironments()
	var out []tui.Connection
	for _, c := range append(all, environments...) {
		out = append(out, s.summary(c))
	}
	for _, broken := range append(joined(err), joined(more)...) {
		var corrupt *store.CorruptError
		if !errors.As(broken, &corrupt) {
			return out, broken
		}
		name := store.NameOfFile(corrupt.File)
		out = append(out, tui.Connection{Name: name, Broken: errors.New(s.app.sayStoreError(corrupt)), Media: -1})
	}
	world.Arrange(out)
	return out, nil
}

// joined takes errors.Join apart.
func joined(err error) []error {
	if err == nil {
		return nil
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		return many.Unwrap()
	}
	return []error{err}
}

func (s *services) summary(c store.Connection) tui.Connection {
	out := tui.Connection{Name: c.Name, Settings: c.Settings, SavedAt: c.SavedAt, Media: -1, Unfinished: string(s.app.store.Phase(c.Name))}
	if v, ok := s.app.store.Verdict(c.Name); ok {
		out.Verdict, out.Problems, out.FirstProblem = awscheck.Verdict(v.Verdict), v.Problems, v.FirstProblem
		out.Cause, out.CauseArgs, out.TestedAt = v.Cause, diagnose.Args(v.CauseArgs), v.At
		out.Media, out.MediaAtLeast = v.Media, v.MediaAtLeast
	}
	return out
}

func (s *services) Drafts(context.Context) ([]tui.Draft, error) {
	all, err := s.app.store.Drafts()
	var out []tui.Draft
	for _, d := range all {
		out = append(out, tui.Draft{Name: d.Name, Settings: d.Settings, Step: d.Step, SavedAt: d.SavedAt, Edit: d.Edit})
	}
	if err != nil {
		err = errors.New(s.app.storeFailure(err).args["detail"]) // people read it: which file, and why
	}
	return out, err
}

func (s *services) SaveDraft(_ context.Context, d tui.Draft) error {
	err := s.app.store.SaveDraft(store.Draft{Name: d.Name, Settings: d.Settings, Step: d.Step, Edit: d.Edit})
	if err != nil {
		return errors.New(s.app.sayStoreError(err)) // people read it: which file, and what to do
	}
	if d.Pasted == nil {
		return nil
	}
	return s.app.store.SavePasted(d.Name, d.Pasted)
}

func (s *services) DeleteDraft(_ context.Context, name string) error {
	return s.app.store.DeleteDraft(name)
}

func (s *services) Lock(ctx context.Context, name string) (tui.Lock, error) {
	sel, err := s.app.load(name, false)
	if err != nil {
		return tui.Lock{}, err
	}
	count, atLeast, err := s.app.countMedia(ctx, sel)
	return tui.Lock{Media: count, AtLeast: atLeast}, err
}

func (s *services) SaveConnection(ctx context.Context, name string, was, settings wizard.Settings, r awscheck.Report) error {
	if !store.ValidSaved(name) {
		return badName(name)
	}
	if r.Partial || r.Verdict != awscheck.Ready && r.Verdict != awscheck.ReadyWithWarnings {
		return refused("check_blocks", map[string]string{"name": name})
	}
	settings = s.app.inherit(name, settings, nil)
	revision, err := s.app.maySaveFrom(ctx, name, was, settings)
	if err != nil {
		return err
	}
	if err := s.app.save(ctx, store.Connection{Name: name, Settings: settings, Revision: revision}, r); err != nil {
		return err
	}
	s.rememberCount(ctx, name)
	return nil
}

func (s *services) ForgetConnection(_ context.Context, name string) error {
	return s.app.store.Delete(name)
}

func (s *services) Check(ctx context.Context, settings wizard.Settings, name string, o tui.CheckOptions, emit func(awscheck.Event)) (awscheck.Report, error) {
	src, err := s.app.keySource(ctx, settings)
	if err != nil {
		return awscheck.Report{}, err
	}
	options := awscheck.Options{Source: src, Only: o.Only, Wait: o.Wait, LedgerDir: s.app.ledgerDir()}
	if o.Owner != nil {
		if options.Owner, err = s.app.ownerSource(ctx, o.Owner.Profile); err != nil {
			return awscheck.Report{}, err
		}
		if o.Owner.Profile != "" {
			defer options.Owner.Close()
		}
	}
	sel := selectionNamed(cmp.Or(name, o.As), settings)
	sel.saved, sel.draft = name != "", name == "" && s.draftOf(o.As, settings)
	r, err := awscheck.Run(ctx, checkTarget(sel), options, emit)
	if err == nil && name != "" && !r.Partial {
		s.app.rememberVerdict(name, r)
		s.app.rememberProved(name, settings, r)
		s.rememberCount(ctx, name)
	}
	if err != nil && ctx.Err() == nil {
		return r, s.app.checkFailure(err)
	}
	return r, err
}

// draftOf tells whether the wizard has kept these settings as the draft of that
// name, on which the commands that fixes name then work.
func (s *services) draftOf(name string, settings wizard.Settings) bool {
	d, err := s.app.store.LoadDraft(name)
	return err == nil && d.Settings.Bucket == settings.Bucket && d.Settings.Prefix == settings.Prefix
}

// countPatience is how long home's number of media may take. Tests set it.
var countPatience = 5 * time.Second

// rememberCount counts the media of a connection for home's list. It is a
// number beside a name: failing to have it spoils nothing.
func (s *services) rememberCount(ctx context.Context, name string) {
	ctx, cancel := context.WithTimeout(ctx, countPatience)
	defer cancel()
	sel, err := s.app.load(name, false)
	if err != nil {
		return
	}
	count, atLeast, err := s.app.countMedia(ctx, sel)
	v, ok := s.app.store.Verdict(name)
	if err != nil || !ok {
		return
	}
	v.Media, v.MediaAtLeast = count, atLeast
	_ = s.app.store.SaveVerdict(name, v)
}

// ReportFile is Markdown unless the name asks for JSON: whoever saves a report
// from a screen means to read it or to pass it on.
func (s *services) ReportFile(r awscheck.Report, path string) ([]byte, error) {
	return s.app.reportFile(s.app.words().Say, r, !strings.EqualFold(filepath.Ext(path), ".json"))
}

func (s *services) Library(ctx context.Context, name string) (tui.Library, error) {
	sel, err := s.app.load(name, false)
	if err != nil {
		return nil, err
	}
	return s.app.library(ctx, sel, media.Options{Privacy: func() media.Privacy { return s.app.remembered(sel) }})
}

func (s *services) Consented(_ context.Context, name string) (bool, error) {
	sel, err := s.app.load(name, false)
	if err != nil || sel.settings.ManagedBy != "service" {
		return err == nil, err
	}
	_, ok := s.app.store.Consented(sel.name)
	return ok, nil
}

func (s *services) Consent(_ context.Context, name string) error {
	return s.app.store.SaveConsent(name, time.Now())
}

func (s *services) StripFromNowOn(_ context.Context, name string) error {
	return s.app.store.SavePrivateData(name, store.StripPrivateData)
}

func (s *services) CleanUp(ctx context.Context) (int, error) {
	all, _ := s.app.store.List()
	environments, _ := s.app.store.AllEnvironments()
	removed := 0
	var problems []error
	for _, c := range append(all, environments...) {
		if !s.app.ledgerHolds() {
			return removed, nil
		}
		src, err := s.app.source(ctx)
		if err != nil {
			return removed, err
		}
		n, err := awscheck.CleanUp(ctx, checkTarget(selectionOf(c)), awscheck.Options{Source: src, LedgerDir: s.app.ledgerDir()})
		removed += n
		problems = append(problems, err)
	}
	return removed, errors.Join(problems...)
}

// ledgerHolds tells whether anything is written down to be removed, so that
// starting the terminal UI asks AWS nothing when there is nothing to do.
func (a *app) ledgerHolds() bool {
	entries, err := os.ReadDir(a.ledgerDir())
	return err == nil && len(entries) > 0
}

func (s *services) Documents(settings wizard.Settings, alsoTrust ...string) []tui.Document {
	also := strings.Join(alsoTrust, "") // one, or none
	var out []tui.Document
	for _, one := range wizard.PiecesSoFar(settings, wizard.Tightly(settings)) {
		out = append(out, pieceToShow(one))
	}
	if len(out) == 0 {
		for _, kind := range []string{wizard.DocumentTrust, wizard.DocumentPermissions, wizard.DocumentBucket} {
			p, missing := handoff.Make(settings, handoff.Options{Kind: kind, AlsoTrust: also})
			out = append(out, toShow(kind, kind+"-policy.json", missing, func() (string, error) { return string(p.Documents()[0].JSON), nil }))
		}
	}
	say := s.app.words().Say
	p, missing := handoff.Make(settings, handoff.Options{Kind: handoff.All, Request: true, AlsoTrust: also, Tight: wizard.Tightly(settings)})
	for _, d := range []tui.Document{
		toShow("handoff", "request.md", missing, func() (string, error) { return handoff.Request(p, say) }),
		toShow("terraform", "media.tf", missing, func() (string, error) { return handoff.Terraform(p, say), nil }),
		toShow("cloudformation", "media.yaml", missing, func() (string, error) { return handoff.CloudFormation(p, say) }),
		toShow("aws-cli", "media.sh", missing, func() (string, error) { return handoff.Shell(p, say) }),
	} {
		if d.Body != "" || len(missing) > 0 { // one that would make nothing is none
			out = append(out, d)
		}
	}
	return out
}

// pieceToShow is a document of an integration other than microCMS.
func pieceToShow(one wizard.SoFar) tui.Document {
	doc := toShow(one.Piece.ID, handoff.FileName(one.Piece), one.Lacks, func() (string, error) { return string(handoff.Body(one.Piece)), nil })
	doc.Piece = one.Piece
	return doc
}

// toShow is a document with its body, or with what it still needs.
func toShow(id, file string, missing []wizard.FieldError, body func() (string, error)) tui.Document {
	doc := tui.Document{ID: id, File: file}
	for _, m := range missing {
		doc.Missing = append(doc.Missing, m.Field)
	}
	if len(missing) > 0 {
		return doc
	}
	if text, err := body(); err == nil {
		doc.Body = text
	}
	return doc
}

func (s *services) WriteFile(_ context.Context, path string, data []byte) (string, error) {
	abs, err := filepath.Abs(expandHome(path))
	if err != nil {
		return "", err
	}
	f, err := os.OpenFile(abs, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		// A disk that is full leaves half a document, which nobody may take
		// for a whole one.
		return "", errors.Join(err, os.Remove(abs))
	}
	return abs, nil
}

func expandHome(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// CompletePath offers what a typed path may go on to.
func (s *services) CompletePath(_ context.Context, typed string) []string {
	dir, base := filepath.Split(typed)
	entries, err := os.ReadDir(expandHome(cmp.Or(dir, ".")))
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), base) || (base == "" && strings.HasPrefix(e.Name(), ".")) {
			continue
		}
		name := dir + e.Name()
		if e.IsDir() {
			name += "/"
		}
		if out = append(out, name); len(out) == 100 {
			break
		}
	}
	return out
}

// Explain classifies an error for a person.
func (s *services) Explain(name string, err error) tui.Trouble {
	t := tui.Trouble{Raw: err.Error()}
	var f *failure
	var me *media.Error
	switch {
	case errors.As(err, &f):
		t.Code, t.Args, t.Causes = s.app.failureID(f), s.app.textArgs(f), f.causes
	case errors.As(err, &me):
		t.Code, t.Args = "media."+me.Code, me.TextArgs()
		if me.Evidence.Operation != "" {
			t.Causes = diagnose.Diagnose(me.Evidence, s.facts(name))
		}
	default:
		ev := connect.EvidenceOf(err, "")
		causes := diagnose.Diagnose(ev, s.facts(name))
		if ev.HTTPStatus != 0 || ev.Network != "" || ev.Code != "" || !diagnose.Unknown(causes) {
			t.Causes = causes
		}
	}
	if sel, err := s.app.load(name, true); me != nil && err == nil {
		if code, args, ok := vendorsRole(me.Evidence, t.Causes, sel); ok {
			t.Code, t.Args, t.Causes = "cmd."+code, args, nil
		}
	}
	if code, ok := callerCode(t.Causes); ok && f == nil { // it has nothing to do with what was asked for
		t.Code = s.app.failureID(&failure{code: code})
	}
	return t
}

func (s *services) facts(name string) diagnose.Facts {
	sel, err := s.app.load(name, true)
	if name == "" || err != nil {
		return s.app.factsOfCaller(diagnose.Facts{})
	}
	return s.app.factsOfCaller(facts(sel))
}
