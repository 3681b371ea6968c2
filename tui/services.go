package tui

import (
	"io"
	"time"

	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Services reaches the world for the screens; see package world for what
// each method promises.
type Services = world.Services

// The types of Services, under the names by which cmd knows them.
type (
	Caller       = world.Caller
	Profile      = world.Profile
	SignInPage   = world.SignInPage
	Connection   = world.Connection
	Draft        = world.Draft
	Lock         = world.Lock
	CheckOptions = world.CheckOptions
	Document     = world.Document
	Trouble      = world.Trouble
	Library      = world.Library
	Catalogue    = world.Catalogue
)

// Start names the screen that is shown first.
type Start string

// The screens to start on. StartAuto is the wizard when nothing is saved,
// otherwise home.
const (
	StartAuto   Start = ""
	StartHome   Start = "home"
	StartSetup  Start = "setup"
	StartCheck  Start = "check"
	StartBrowse Start = "browse"
)

// Options are what Run needs to know beyond Services.
type Options struct {
	Lang    string // "en" or "ja"; anything else is English
	NoColor bool
	NoMouse bool // the mouse is left to the terminal
	Start   Start
	// Connection is the one that StartCheck and StartBrowse open, and that
	// StartSetup edits or names; empty is fine for the others.
	Connection string
	// Prefill are answers that the wizard starts with.
	Prefill wizard.Settings
	// Badge is the text id of a short label for the header, such as "demo".
	Badge   string
	Version string
	// Input and Output default to the terminal.
	Input  io.Reader
	Output io.Writer
	// Clock tells the time; nil is the computer's own.
	Clock func() time.Time
	// Still stops all motion on the screen.
	Still bool
	// Env is the environment that the terminal is judged by; nil is the
	// process's own.
	Env []string
}
