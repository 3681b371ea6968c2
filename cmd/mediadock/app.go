package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard/store"
)

// version is set by the Makefile's -ldflags.
var version = ""

// app is what all commands share: the streams, the global flags, the words
// and the store.
type app struct {
	io       streams
	flags    globalFlags
	text     *text.Catalog
	spoken   atomic.Pointer[text.Catalog] // what the terminal UI was switched to: see words
	store    *store.Store
	dirs     store.Dirs
	sourceMu sync.Mutex
	src      *connect.Source            // made when AWS is first needed
	keys     map[string]*connect.Source // of connections with a key of their own

	catalogueMu sync.Mutex
	catalogue   *catalog.Catalog       // opened when it is first needed
	unnoted     atomic.Pointer[string] // the text id of what the terminal UI is to say about the catalogue
	atNotes     atomic.Bool            // something is being noted in the catalogue
	asker       asker                  // who is asked for MFA codes
	hints       []string               // about paths of a media command, for when nothing was found: see meant
	err         error                  // what the command ended in
	reader      *bufio.Reader          // of answers
	ctx         func() context.Context // the program's, which ctrl+c ends
	unlisten    func()                 // ends the reading of answers; nil before it began
	debugMu     sync.Mutex
	debug       io.WriteCloser
}

// words are those of the language that is spoken now: what is put together for
// the terminal UI follows it, also after it was switched there.
func (a *app) words() *text.Catalog {
	if c := a.spoken.Load(); c != nil {
		return c
	}
	return a.text
}

type globalFlags struct {
	connection string
	awsProfile string
	lang       string
	accessible bool
	noInput    bool
	json       bool
	noColor    bool
	noMouse    bool
	home       string
	debug      bool
	version    bool
}

// failedOutput is the code of a failure to write the output.
const failedOutput = "output"

// run is the whole program: parse, do, print the error, choose the exit code.
func run(args []string, std streams) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A reader that goes away ("| head -1") stops the work as Ctrl-C does,
	// instead of killing it: what was begun has to be undone.
	pipe := make(chan os.Signal, 1)
	signal.Notify(pipe, syscall.SIGPIPE)
	defer signal.Stop(pipe)
	ctx, unread := context.WithCancel(ctx)
	defer unread()
	out := &checkedWriter{w: std.out, closed: unread}
	std.out = out
	a := &app{io: std, ctx: func() context.Context { return ctx }}
	defer func() {
		if a.unlisten != nil {
			a.unlisten()
		}
	}()
	// The words are needed before the flags are parsed: for help and usage
	// errors.
	a.text = text.For(a.language(langFlag(args)))
	root := a.rootCommand()
	root.SetArgs(args)
	if std.started != nil {
		std.started()
	}
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = a.err
	}
	if errors.Is(out.err, syscall.EPIPE) { // nobody listens any more
		err = said(exitCancelled)
	} else if out.err != nil { // what could not be written was not said
		err = &failure{exit: exitFailed, code: failedOutput, err: out.err}
	}
	if err != nil {
		a.printError(ctx, err, args)
		a.sayMeant()
	}
	a.forgetSource()
	a.closeCatalogue()
	if a.debug != nil {
		a.debug.Close()
	}
	return exitCode(ctx, err)
}

// langFlag finds --lang in raw arguments, for errors that cobra finds before
// it has parsed it.
func langFlag(args []string) string {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if v, ok := strings.CutPrefix(arg, "--lang="); ok {
			return v
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}

// language chooses the language: flag, variable, locale.
func (a *app) language(flag string) string {
	for _, v := range []string{flag, a.io.getenv("MEDIADOCK_LANG"), a.io.getenv("LC_ALL"), a.io.getenv("LC_MESSAGES"), a.io.getenv("LANG")} {
		if v != "" {
			return v
		}
	}
	return "en"
}

func buildVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "dev"
}

// do wraps a command's work: cobra sees no error (it would print usage), run
// reads it from the app.
func (a *app) do(work func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := a.prepare(cmd); err != nil {
			a.err = err
			return nil //nolint:nilerr // run takes it from the app
		}
		a.err = work(cmd, args)
		return nil
	}
}

// prepare turns the global flags and variables into what commands use.
func (a *app) prepare(cmd *cobra.Command) error {
	if err := unknownLanguage(cmp.Or(a.flags.lang, a.io.getenv("MEDIADOCK_LANG"))); err != nil {
		return err
	}
	a.text = text.For(a.language(a.flags.lang))
	if err := emptyFlag(cmd); err != nil {
		return err
	}
	pick := func(flag *string, name string) {
		if *flag == "" {
			*flag = a.io.getenv(name)
		}
	}
	pick(&a.flags.awsProfile, "MEDIADOCK_AWS_PROFILE")
	pick(&a.flags.home, "MEDIADOCK_HOME")
	if a.io.getenv("NO_COLOR") != "" {
		a.flags.noColor = true
	}
	if !cmd.Flags().Changed("accessible") {
		a.flags.accessible = !isOff(a.io.getenv("ACCESSIBLE"))
	}
	a.useHome(a.flags.home)
	return nil
}

// emptyFlag refuses a global flag that was given nothing: -c "$NAME" of a
// script whose variable is not set must not work on whatever else there is.
func emptyFlag(cmd *cobra.Command) error {
	for _, name := range []string{"connection", "aws-profile", "lang", "home"} {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed && f.Value.String() == "" {
			return usage("flag_empty", map[string]string{"flag": "--" + name})
		}
	}
	return nil
}

// unknownLanguage refuses a language that was asked for by name and that there
// are no words in.
func unknownLanguage(lang string) error {
	if lang == "" || lang == "en" || lang == "ja" {
		return nil
	}
	return usage("lang", map[string]string{"lang": lang})
}

// isOff tells whether a variable that switches something on says that it is
// off: empty, or a word for no. Everything else switches on, as NO_COLOR does.
func isOff(v string) bool {
	return slices.Contains([]string{"", "0", "f", "false", "n", "no", "off"}, strings.ToLower(strings.TrimSpace(v)))
}

func (a *app) useHome(home string) {
	a.dirs = store.DefaultDirs(home)
	a.store = store.Open(a.dirs)
}

// answers reads what is answered to questions. There is one reader for all of
// them, since it takes more from a pipe than the line that it returns. Ctrl-C
// ends a question without waiting for Enter.
func (a *app) answers() *bufio.Reader {
	if a.reader == nil {
		in := a.io.in
		if a.ctx != nil {
			in, a.unlisten = a.stdin(a.ctx())
		}
		a.reader = bufio.NewReader(in)
	}
	return a.reader
}

// mayAsk tells whether a question may be put to a person: a terminal and no
// --no-input; or --accessible, which reads answers from a pipe.
func (a *app) mayAsk() bool {
	return !a.flags.noInput && (a.io.interactive() || a.flags.accessible)
}
