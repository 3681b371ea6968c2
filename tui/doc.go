// Package tui is the terminal UI: one bubbletea model at the root that owns
// the screens, the dialogs above them and the jobs beneath them. It reaches
// the world through Services alone and never imports the AWS SDK.
//
// Where things are:
//
//	classify.go   input, ambient, reply: told apart in one pure function
//	model.go      who gets which message
//	quit.go       what is asked before the program ends
//	stack.go      open, close and swap screens; fulfil what they ask for
//	frame.go      header, footer, dialogs over the page, the cursor
//	world         what the UI asks of the rest of the program
//	screen        what root and screens know of one another
//	home setup check browse alttext policies    the screens; none knows another
//	dialog        questions over a screen
//	caller        who the program runs as at AWS: profiles, sign-in, MFA codes
//	job           domain calls as messages: id, owner, cancel, sampling
//	keys theme text    one place for keys, for looks, for words
//	vlist line grid    a virtual list, a text field, cells
//	report        a connection test in words
//	checklist     which document for AWS goes where, and how far it is
//	plain         set-up and test as lines of text, without a screen
//	tuitest       press keys and read the grid; a world in memory
//
// Rules that hold everywhere:
//
//   - Update decides, jobs work, View only draws and costs what is on screen.
//   - A screen asks the root for things by Env.Post; the root fulfils them
//     before the next key is read, so typing ahead never reaches the wrong
//     layer.
//   - What comes from outside goes through text.Safe before it is drawn.
//   - Widths are cells, never bytes or runes; see package grid.
//   - Keys() lists what works now and nothing else; footer and help are made
//     of it.
//
// Goldens under testdata are the grids of the screens as text; after a wanted
// change, or one of texts, write them anew with
//
//	go test ./tui -update
package tui
