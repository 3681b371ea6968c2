package screen

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Request is something a screen asks of the root.
type Request interface{ request() }

// The requests.
type (
	// Open puts another screen on top.
	Open struct{ To Place }
	// Swap replaces the screen by another.
	Swap struct{ To Place }
	// Leave closes the screen and shows the one beneath, which gets With,
	// if it is not nil.
	Leave struct{ With tea.Msg }
	// Ask puts a dialog over the screen.
	Ask struct{ Dialog Dialog }
	// Say shows one line of news in place of the footer until the next key.
	Say struct {
		Line string
		Bad  bool
	}
	// Copy sends text to the terminal's clipboard and says that it was
	// sent; there is no telling whether it arrived.
	Copy struct{ What, Text string }
	// Plain leaves the screen for a moment and prints text as it is, for
	// people whose terminal takes no text from the program: it can be
	// selected there, without borders and line breaks of ours. Back says how
	// to return.
	Plain struct{ Text, Back string }
	// Failed tells an error in a dialog: what, why, what to do. Where AWS did
	// not take the credentials, the person can sign in there or choose another
	// AWS profile, and then have it done again.
	Failed struct {
		Trouble world.Trouble
		// Again goes to the screen when it is to be done again; nil where
		// nothing can be.
		Again tea.Msg
		// Profile is the AWS profile whose credentials were used, empty for
		// who the program runs as.
		Profile string
		// Shown is true when the screen itself shows the error: then only one
		// about credentials opens a dialog.
		Shown bool
	}
	// ChooseCaller shows the AWS profiles, to run as another.
	ChooseCaller struct{}
	// Quit ends the program.
	Quit struct{}
)

func (Open) request()  {}
func (Swap) request()  {}
func (Leave) request() {}
func (Ask) request()   {}
func (Say) request()   {}
func (Copy) request()  {}
func (Plain) request() {}
func (Quit) request()  {}

func (Failed) request()       {}
func (ChooseCaller) request() {}

// Name names a screen.
type Name string

// The screens there are.
const (
	Home     Name = "home"
	Setup    Name = "setup"
	Check    Name = "check"
	Browse   Name = "browse"
	Policies Name = "policies"
	AltTexts Name = "alttexts"
	Audit    Name = "audit"
	Markers  Name = "markers"
	// Environment makes an environment of a connection, and goes on with an
	// environment or deletes it.
	Environment Name = "environment"
)

// Place is a screen and what it shows.
type Place struct {
	Screen     Name
	Connection string          // saved under this name, or empty
	Settings   wizard.Settings // for Setup, Check and Policies
	Draft      *world.Draft    // for Setup: go on from here
	Beside     string          // for Setup: the connection that the service is put in front of (M10)
	Edit       bool            // for Setup: change the saved Connection
	Field      string          // for Setup: the field to begin at
	Document   string          // for Policies: the one to show first
	// Production tells that Connection has environments, beside which it is to
	// be told apart.
	Production bool
	// Unfinished tells that Connection is an environment that is not whole, or
	// not gone: "creating" or "deleting".
	Unfinished string
	Folder     string // for AltTexts: the one to begin with, ending in a slash; empty for all
	// Kept is for Policies: the name under which it is remembered what was
	// pasted; empty where that is the connection's.
	Kept string
	// Proved is for Policies: the documents that a test of these settings
	// found in their place, beside what is remembered.
	Proved []string
	// BeforeSaving is for Check: Setup waits for a Tested.
	BeforeSaving bool
	// Removal is for Environment: Connection is to be deleted.
	Removal bool
}

// Tested is what Check leaves behind for the Setup that opened it.
type Tested struct {
	Settings wizard.Settings
	Report   awscheck.Report
	// Field is the setting that the person wants to change, or empty.
	Field string
}

// Pasted is what Policies leaves behind for the Setup that opened it: what the
// person marked as pasted.
type Pasted struct{ Records map[string]wizard.PasteRecord }

// Posted is a request and the screen it came from.
type Posted struct {
	From    int
	Request Request
}
