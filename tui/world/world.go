// Package world is everything the terminal UI asks of the rest of the
// program: one interface, in terms of the domain's own types. The screens
// know nothing else, so the same screens run on AWS, on the sandbox and on a
// fake in tests.
//
// Promises that hold for every method:
//
//   - A context comes first where the call can wait. A cancelled context ends
//     the call soon, with an error, after what it had begun is undone or
//     recorded.
//   - Streams go to the emit function from one goroutine, in order, and never
//     after the method has returned.
//   - Methods may be called from several goroutines at once.
//   - Errors are classified by Explain; nobody parses their text.
package world

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/wizard"
)

// Services reaches the world for the screens.
type Services interface {
	// Caller says who the program runs as. It asks AWS, so it is called
	// after the first frame.
	Caller(ctx context.Context) (Caller, error)
	// Profiles lists the AWS profiles of this computer in the order of AWS's
	// files. It reads local files only.
	Profiles(ctx context.Context) ([]Profile, error)
	// UseProfile makes the program run as an AWS profile from now on; empty is
	// the AWS SDK's default chain. It asks AWS nothing. Libraries that are
	// open stay with the caller they were opened with.
	UseProfile(ctx context.Context, name string) error
	// SignIn signs in to IAM Identity Center for a profile, empty being the
	// one in use. show is called once, with what the person has to open; the
	// method returns when the person has agreed there, refused, or let it
	// expire.
	SignIn(ctx context.Context, profile string, show func(SignInPage)) error
	// AskToken says who is asked for the code of an MFA device. Without it a
	// profile that needs one fails. ask is called from the goroutine of
	// whatever needs the code, one at a time; its context ends when that is
	// cancelled, not when its time is up: a person takes the time that it
	// takes. Refused tells of codes that were wrong. An error of ask is taken
	// for "no": requests then fail without asking, until Caller, Check or
	// Library is called again.
	AskToken(ask func(ctx context.Context, device string) (string, error))

	// Connections lists what is saved, by name, each connection before its
	// environments ("prod/staging"). It reads local files only
	// and never the network. A file that cannot be read is a Connection
	// with Broken set, not an error.
	Connections(ctx context.Context) ([]Connection, error)
	// Drafts lists unfinished set-ups, newest first.
	Drafts(ctx context.Context) ([]Draft, error)
	// SaveDraft keeps or replaces the draft of that name.
	SaveDraft(ctx context.Context, d Draft) error
	// DeleteDraft removes a draft; removing one that is not there is no error.
	DeleteDraft(ctx context.Context, name string) error

	// Lock says which media bind a connection's settings (D3). It asks the
	// bucket.
	Lock(ctx context.Context, name string) (Lock, error)
	// SaveConnection saves settings under a name, with the report of the
	// test that allowed it, and removes the draft of that name. It refuses
	// (Trouble.Code "cmd.locked", "cmd.name_taken", "cmd.check_blocks") rather
	// than overwrite. was is the saved connection as the person was shown it
	// before changing it, zero for a new one: where another process has saved
	// something else meanwhile, that is refused, too ("cmd.changed_meanwhile").
	SaveConnection(ctx context.Context, name string, was, s wizard.Settings, r awscheck.Report) error
	// ForgetConnection removes this computer's copy of the settings. Bucket
	// and media stay as they are.
	ForgetConnection(ctx context.Context, name string) error

	// Check runs the connection test on settings, saved or not; name is
	// empty for unsaved ones. A saved connection's verdict is remembered.
	// The error is set only when the context ended or an id in Only is
	// unknown; everything else is a row of the report.
	Check(ctx context.Context, s wizard.Settings, name string, o CheckOptions, emit func(awscheck.Event)) (awscheck.Report, error)
	// ReportFile is what a file of that name holds of a report: JSON as
	// `mediadock check --json` prints it where the name ends in .json, else
	// Markdown that can be read again just so. Secrets are masked in both.
	ReportFile(r awscheck.Report, path string) ([]byte, error)

	// Library opens the media of a saved connection ("prod"), or of one of
	// its environments ("prod/staging").
	Library(ctx context.Context, name string) (Library, error)
	// Catalogue opens what is known of a saved connection's media beyond S3.
	// It asks nothing of AWS.
	Catalogue(ctx context.Context, name string) (Catalogue, error)
	// Consented tells whether writing beside a live service was agreed to
	// for this connection (D14). True where the question does not arise.
	Consented(ctx context.Context, name string) (bool, error)
	// Consent records that agreement.
	Consent(ctx context.Context, name string) error
	// StripFromNowOn remembers that uploads through this connection leave out
	// what files tell beside their content (B10).
	StripFromNowOn(ctx context.Context, name string) error

	// CleanUp removes what earlier runs left behind and says how much that
	// was. It is called once, in the background, after the first frame.
	CleanUp(ctx context.Context) (removed int, err error)

	// Pasted tells which documents of a draft or a connection of that name
	// were put into AWS, as far as this computer remembers; by the kinds of
	// wizard.Pastes. It reads local files only.
	Pasted(ctx context.Context, name string) map[string]wizard.PasteRecord
	// KeepPasted remembers them, all of them; none forgets them.
	KeepPasted(ctx context.Context, name string, records map[string]wizard.PasteRecord) error

	// Documents are the policies and the request to the AWS administrator
	// that follow from settings, complete or not. Pure and quick: it is
	// called while a person types. The role trusts alsoTrust, too, where it is
	// given (SecondPrincipal).
	Documents(s wizard.Settings, alsoTrust ...string) []Document
	// WriteFile writes what the screen showed to a file, never over an
	// existing one, and returns the absolute path.
	WriteFile(ctx context.Context, path string, data []byte) (string, error)
	// CompletePath offers local paths that begin with what was typed,
	// directories with a trailing slash, at most 100.
	CompletePath(ctx context.Context, typed string) []string

	// Speak says in which language, "en" or "ja", Documents and ReportFile
	// are made from now on.
	Speak(lang string)
	// Explain classifies an error of any method here, of a Library or of a
	// media.Event. name is the connection it happened on, or empty.
	Explain(name string, err error) Trouble
}

// Connection is a saved connection in one line.
type Connection struct {
	Name     string
	Settings wizard.Settings
	SavedAt  time.Time
	// Verdict is the last test's, empty before the first; FirstProblem is
	// the id of the first row that failed or warned, Cause the id and Args
	// the arguments of its first cause, if one was kept.
	Verdict      awscheck.Verdict
	Problems     int // rows that failed or warned
	FirstProblem string
	Cause        string
	CauseArgs    diagnose.Args
	TestedAt     time.Time // zero before the first test
	// Media is the number last counted, -1 while unknown; MediaAtLeast says
	// that counting stopped there.
	Media        int
	MediaAtLeast bool
	// Broken says why the file cannot be used; then only Name is set.
	Broken error
	// Unfinished says that an environment is not whole, or not gone:
	// "creating" or "deleting".
	Unfinished string
	// Environments counts those of a connection; Arrange sets it.
	Environments int
}

// Of takes the name of an environment apart: that of its connection, and its
// own, which is empty for a connection.
func (c Connection) Of() (connection, environment string) {
	connection, environment, _ = strings.Cut(c.Name, "/")
	return connection, environment
}

// Arrange sorts connections by name, each before its environments, and counts
// these.
func Arrange(all []Connection) {
	count := map[string]int{}
	for _, c := range all {
		if of, environment := c.Of(); environment != "" {
			count[of]++
		}
	}
	for i, c := range all {
		all[i].Environments = count[c.Name]
	}
	slices.SortFunc(all, func(a, b Connection) int {
		ofA, envA := a.Of()
		ofB, envB := b.Of()
		return cmp.Or(strings.Compare(ofA, ofB), strings.Compare(envA, envB))
	})
}

// Draft is a set-up that was begun and not saved.
type Draft struct {
	Name     string
	Settings wizard.Settings
	Step     string // step id of wizard.Flow where it was left
	SavedAt  time.Time
	// Edit is true when the draft changes the saved connection of that name.
	Edit bool
	// Pasted is for SaveDraft: what is to be remembered with it, as
	// KeepPasted does; nil leaves what is remembered. Drafts does not fill it.
	Pasted map[string]wizard.PasteRecord
}

// Lock says what binds the settings (D3).
type Lock struct {
	Media   int // media under the prefix
	AtLeast bool
}

// Locked tells whether the settings marked "locked" may not change.
func (l Lock) Locked() bool { return l.Media > 0 }

// CheckOptions narrow a connection test. The zero value runs all of it once.
type CheckOptions struct {
	Only []string      // check ids; what they need runs too
	Wait time.Duration // how long a refused AssumeRole or delivery is retried
	// As is the name under which settings that are not saved would be kept:
	// those of an environment are tested in its directory.
	As string
	// Owner asks for the owner's side as well; nil: it is not.
	Owner *Owner
}

// Owner is who administers bucket and role.
type Owner struct {
	Profile string // AWS profile; empty: the caller
}

// Document is one of the texts that follow from settings.
type Document struct {
	// ID names it: "trust", "permissions", "bucket", "kms", "cors",
	// "terraform", "cloudformation", "handoff", or that of a wizard.Piece.
	ID string
	// Piece is where it belongs, for integrations other than microCMS; its
	// Kind is empty for other documents.
	Piece wizard.Piece
	File  string // a good file name, such as "trust-policy.json"
	Body  string
	// Missing are the settings' keys that the document still needs; the
	// body then has a mark in their place.
	Missing []string
}

// Trouble is an error as a person needs it: what, why, what to do.
type Trouble struct {
	// Code is a text id of package text ("media.not-found"); empty when
	// only Raw is known.
	Code   string
	Args   map[string]string
	Causes []diagnose.Cause
	Raw    string // the error's own words, for the details
	// Field is the setting in question, if one is.
	Field string
}
