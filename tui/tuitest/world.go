package tuitest

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Now is the time in the fake world.
var Now = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

// World is a world in memory. Set its fields before it is driven; while it is
// driven, use its methods.
type World struct {
	mu     sync.Mutex
	Who    world.Caller
	WhoErr error
	Conns  []world.Connection
	Kept   []world.Draft
	// DraftsErr is what drafts that cannot be read answer beside the others.
	DraftsErr error
	// KeepErr is what saving a draft answers.
	KeepErr error
	// AWS are the profiles of the computer, Using the one in use, Callers who
	// each of them is.
	AWS     []world.Profile
	Using   string
	Callers map[string]world.Caller
	// Signed, when not nil, ends a sign-in by what is received.
	Signed chan error
	// OnSigned, when not nil, runs after a sign-in that worked.
	OnSigned func()
	// NotSigned, when not nil, is what AWS answers to everything until a
	// sign-in works, or a profile is used whose caller is known.
	NotSigned error
	// Asking, when not nil, holds Caller back until something is received.
	Asking chan struct{}
	// Device, when not empty, is the MFA device whose code Caller asks for;
	// Codes are those it was given.
	Device string
	Codes  []string
	// RefuseCodes is how many codes are refused first.
	RefuseCodes int
	// Token is who AskToken named.
	Token func(ctx context.Context, device string) (string, error)
	Lang  string // what Speak was told last
	// Rows are what a connection test of these settings finds, in order.
	Rows func(s wizard.Settings) []awscheck.Result
	// Gate, when not nil, holds every row back until something is received.
	Gate chan struct{}
	// Cleaning, when not nil, holds a cancelled test back until something is
	// received, as cleaning up does.
	Cleaning chan struct{}
	// Reading, when not nil, holds Connections back.
	Reading chan struct{}
	// CheckErr, when not nil, is all that Check answers.
	CheckErr error
	// OwnerErr, when not nil, is all that Check answers when it is to read
	// the owner's side.
	OwnerErr error
	Saved    map[string]wizard.Settings
	Was      map[string]wizard.Settings // what the saved ones were changed from
	SaveErr  error
	Lib      world.Library
	Cat      world.Catalogue
	Left     int // probes of earlier runs
	// Found are the paths that Assets knows; MoreFound: there are others.
	Found     []string
	MoreFound bool
	Locks     map[string]world.Lock
	Agreed    map[string]bool
	Stripped  []string // connections that strip from now on
	Files     map[string][]byte
	Marks     MarkerFiles
	WriteErr  error    // what WriteFile answers, when not nil
	Paths     []string // what CompletePath knows
	// Marked is what KeepPasted was given, by name.
	Marked map[string]map[string]wizard.PasteRecord
	Checks int                  // tests begun
	Asked  []world.CheckOptions // of each test
	Undone int                  // tests that were cancelled and cleaned up behind themselves
}

// NewWorld returns an empty world with a caller.
func NewWorld() *World {
	return &World{
		Who:   world.Caller{Account: "999988887777", ARN: "arn:aws:sts::999988887777:assumed-role/cms-admin/taro", Name: "cms-admin", Kind: "sso", Found: "sso", Profile: "cms"},
		Rows:  AllPass,
		Saved: map[string]wizard.Settings{}, Was: map[string]wizard.Settings{}, Locks: map[string]world.Lock{}, Agreed: map[string]bool{}, Files: map[string][]byte{},
	}
}

// Caller answers Who, after a code of Device where there is one.
func (w *World) Caller(ctx context.Context) (world.Caller, error) {
	if w.Asking != nil {
		select {
		case <-w.Asking:
		case <-ctx.Done():
			return world.Caller{}, ctx.Err()
		}
	}
	w.mu.Lock()
	device, ask := w.Device, w.Token
	w.mu.Unlock()
	for n := 0; device != "" && n <= w.RefuseCodes; n++ {
		code, err := ask(world.WithRefused(ctx, n), device)
		if err != nil {
			return world.Caller{}, err
		}
		w.mu.Lock()
		w.Codes = append(w.Codes, code)
		w.mu.Unlock()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.NotSigned != nil {
		return world.Caller{}, w.NotSigned
	}
	return w.Who, w.WhoErr
}

// signed is a sign-in that worked.
func (w *World) signed() {
	w.mu.Lock()
	w.NotSigned = nil
	w.mu.Unlock()
	if w.OnSigned != nil {
		w.OnSigned()
	}
}

// Profiles answers AWS, with Current set for the one in use.
func (w *World) Profiles(context.Context) ([]world.Profile, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := slices.Clone(w.AWS)
	for i := range all {
		all[i].Current = all[i].Name == w.Using
	}
	return all, nil
}

// UseProfile takes the caller of that name from Callers, if there is one.
func (w *World) UseProfile(_ context.Context, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Using = name
	if c, ok := w.Callers[name]; ok {
		w.Who, w.WhoErr, w.NotSigned = c, nil, nil
	}
	return nil
}

// SignIn shows a page and then waits for Signed, when it is set.
func (w *World) SignIn(ctx context.Context, _ string, show func(world.SignInPage)) error {
	show(world.SignInPage{URL: "https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH", Short: "https://device.sso.us-east-1.amazonaws.com/", Code: "ABCD-EFGH"})
	if w.Signed == nil {
		w.signed()
		return nil
	}
	select {
	case err := <-w.Signed:
		if err == nil {
			w.signed()
		}
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// AskToken keeps who is asked.
func (w *World) AskToken(ask func(ctx context.Context, device string) (string, error)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Token = ask
}

// Check streams Rows; a test that waits says so at role.assume. A cancelled one cleans up before it returns.
func (w *World) Check(ctx context.Context, s wizard.Settings, name string, o world.CheckOptions, emit func(awscheck.Event)) (awscheck.Report, error) {
	w.mu.Lock()
	w.Checks++
	w.Asked = append(w.Asked, o)
	w.mu.Unlock()
	if w.CheckErr != nil {
		return awscheck.Report{}, w.CheckErr
	}
	if w.OwnerErr != nil && o.Owner != nil {
		return awscheck.Report{}, w.OwnerErr
	}
	rows := w.Rows(s)
	r := awscheck.Report{Connection: name, Integration: s.Integration, Verdict: awscheck.Ready, StartedAt: Now}
	if o.Only != nil {
		rows = slices.DeleteFunc(rows, func(row awscheck.Result) bool { return !slices.Contains(o.Only, row.ID) && row.ID != "probe.cleanup" })
		r.Verdict, r.Partial, r.Only = awscheck.ReadyWithWarnings, true, o.Only
	}
	r.Requests = len(rows)
	for i, row := range rows {
		begun := awscheck.Result{ID: row.ID, Status: awscheck.Running}
		if row.ID == "role.assume" && o.Wait > 0 {
			begun.Reason, begun.Args = "result.role.assume.waiting", diagnose.Args{"seconds": strconv.Itoa(int(o.Wait.Seconds()))}
		}
		emit(awscheck.Event{Result: begun, Done: i, Total: len(rows)})
		if w.Gate != nil {
			select {
			case <-w.Gate:
			case <-ctx.Done():
			}
		}
		if ctx.Err() != nil {
			if w.Cleaning != nil {
				<-w.Cleaning
			}
			w.mu.Lock()
			w.Undone++
			w.mu.Unlock()
			return r, ctx.Err()
		}
		emit(awscheck.Event{Result: row, Done: i + 1, Total: len(rows)})
		r.Results = append(r.Results, row)
		r.Duration += row.Duration
		switch {
		case row.Status == awscheck.Fail:
			r.Verdict = awscheck.Failed
		case row.Status == awscheck.Warn && r.Verdict != awscheck.Failed:
			r.Verdict = awscheck.ReadyWithWarnings
		}
	}
	return r, nil
}

// Counts are the tests begun and those undone after a cancel.
func (w *World) Counts() (begun, undone int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Checks, w.Undone
}

// LastAsked are the options of the last test.
func (w *World) LastAsked() world.CheckOptions {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.Asked) == 0 {
		return world.CheckOptions{}
	}
	return w.Asked[len(w.Asked)-1]
}

// ReportFile is the report in English, as Markdown or as JSON.
func (w *World) ReportFile(r awscheck.Report, path string) ([]byte, error) {
	say := text.For("en").Say
	if strings.HasSuffix(path, ".json") {
		return json.Marshal(r.JSON(say))
	}
	return r.Markdown(awscheck.Printing{Say: say, Safe: text.Safe}), nil
}

// Catalogue answers Cat.
func (w *World) Catalogue(context.Context, string) (world.Catalogue, error) {
	if w.Cat == nil {
		return nil, errors.New("no catalogue here")
	}
	return w.Cat, nil
}

// Library answers Lib.
func (w *World) Library(context.Context, string) (world.Library, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.NotSigned != nil {
		return nil, w.NotSigned
	}
	if w.Lib == nil {
		return nil, errors.New("no library here")
	}
	return w.Lib, nil
}

// CleanUp answers Left.
func (w *World) CleanUp(context.Context) (int, error) { return w.Left, nil }

// Speak keeps the language.
func (w *World) Speak(lang string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Lang = lang
}

// Documents are short forms of the real ones.
func (w *World) Documents(s wizard.Settings, _ ...string) []world.Document {
	d := world.Document{ID: "trust", File: "trust-policy.json", Body: `{
  "Effect": "Allow",
  "Action": "sts:AssumeRole",
  "Condition": {"StringEquals": {"sts:ExternalId": "` + s.ExternalID + `"}}
}`}
	if s.ExternalID == "" {
		d.Missing = []string{"external_id"}
	}
	p := world.Document{ID: "permissions", File: "permissions-policy.json", Body: `{
  "Effect": "Allow",
  "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
  "Resource": "arn:aws:s3:::` + s.Bucket + `/` + s.Prefix + `/*"
}`}
	if s.Bucket == "" {
		p.Missing = []string{"bucket"}
	}
	b := world.Document{ID: "bucket", File: "bucket-policy.json", Body: `{
  "Effect": "Allow",
  "Principal": "*",
  "Action": "s3:GetObject",
  "Resource": "arn:aws:s3:::` + s.Bucket + `/` + s.Prefix + `/*"
}`, Missing: p.Missing}
	return []world.Document{d, p, b, {ID: "handoff", File: "request.md", Body: "# Request for " + s.Bucket, Missing: append(append([]string{}, p.Missing...), d.Missing...)}}
}

// WriteFile keeps files in memory and refuses to overwrite.
func (w *World) WriteFile(_ context.Context, path string, data []byte) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.WriteErr != nil {
		return "", w.WriteErr
	}
	if _, there := w.Files[path]; there {
		return "", &fs.PathError{Op: "open", Path: path, Err: fs.ErrExist}
	}
	w.Files[path] = data
	return "/home/taro/" + path, nil
}

// File reads what was written.
func (w *World) File(path string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return string(w.Files[path])
}

// CompletePath offers from Paths.
func (w *World) CompletePath(_ context.Context, typed string) []string {
	var out []string
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range slices.Concat(w.Paths, slices.Sorted(maps.Keys(w.Files))) {
		if strings.HasPrefix(p, typed) {
			out = append(out, p)
		}
	}
	return out
}

// Explain knows errors of this world by their text.
func (w *World) Explain(_ string, err error) world.Trouble {
	var tr *TroubleError
	if errors.As(err, &tr) {
		return tr.Trouble
	}
	return world.Trouble{Raw: err.Error()}
}

// TroubleError is an error that Explain knows.
type TroubleError struct{ world.Trouble }

// Error is its own words.
func (e *TroubleError) Error() string { return e.Raw }
