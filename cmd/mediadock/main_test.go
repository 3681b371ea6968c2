package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/japanese"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/awscheck/sandbox"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media/mediatest"
)

// In tests, and in the programs that they start, what is printed and known
// hangs on no clock: a busy machine takes seconds for anything.
func init() {
	progressLine, countPatience = time.Hour, 5*time.Minute
}

// anywhere runs the tests without what a person's environment says: the
// language, the AWS credentials, a proxy. What a test wants of it, it sets.
type anywhere struct{ *testing.M }

func (a anywhere) Run() int {
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		upper := strings.ToUpper(name)
		if strings.HasPrefix(upper, "LC_") || strings.HasPrefix(upper, "AWS_") || strings.HasSuffix(upper, "_PROXY") || upper == "LANGUAGE" || upper == "NO_COLOR" || upper == "ACCESSIBLE" ||
			strings.HasPrefix(upper, "MEDIADOCK_") && !strings.HasPrefix(upper, "MEDIADOCK_TEST_") {
			_ = os.Unsetenv(name)
		}
	}
	_ = os.Setenv("LANG", "C.UTF-8")
	return a.M.Run()
}

func TestMain(m *testing.M) {
	testscript.Main(anywhere{m}, map[string]func(){
		"mediadock": func() { os.Exit(run(os.Args[1:], systemStreams())) },
	})
}

// TestScripts runs the whole program as people and scripts do. The command
// "sandbox SCENARIO|FILE" starts a built-in AWS, points the environment of the
// script at it, and sets the scenario's answers as $SET_BUCKET and so on;
// "status N COMMAND" wants an exact exit code; "photo FILE" writes a photo that
// tells where it was taken and by whom; "pass DURATION" moves the clock of the
// built-in AWS; "shiftjis FILE" saves a file as Excel does
// in Japanese.
func TestScripts(t *testing.T) {
	racetest.Plainly(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir+"/home")
			env.Setenv("LANG", "C")
			env.Setenv("GORACE", os.Getenv("GORACE"))
			env.Setenv("AWS_EC2_METADATA_DISABLED", "true")
			env.Values[clockKey{}] = &atomic.Int64{}
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"sandbox": startSandbox,
			"status":  wantStatus,
			"pass": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) != 1 {
					ts.Fatalf("usage: pass DURATION")
				}
				d, err := time.ParseDuration(args[0])
				ts.Check(err)
				clockOf(ts).Add(int64(d))
			},
			"photo": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) != 1 {
					ts.Fatalf("usage: photo FILE")
				}
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), mediatest.Photo(t), 0o644))
			},
			"shiftjis": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) != 1 {
					ts.Fatalf("usage: shiftjis FILE")
				}
				data, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(ts.ReadFile(args[0])))
				ts.Check(err)
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
			},
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

type clockKey struct{}

// clockOf is how far a script's built-in AWS is ahead of the clock.
func clockOf(ts *testscript.TestScript) *atomic.Int64 { return ts.Value(clockKey{}).(*atomic.Int64) }

func startSandbox(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sandbox SCENARIO|FILE.yaml")
	}
	acct, meta, err := account.Scenario(args[0])
	if err != nil {
		path := ts.MkAbs(args[0])
		data, rerr := os.ReadFile(path)
		ts.Check(rerr)
		acct, err = account.Parse(data, ts.MkAbs("."))
	}
	ts.Check(err)
	dir := ts.MkAbs(".tmp-" + args[0])
	ts.Check(os.MkdirAll(dir, 0o700))
	// The sandbox outlives no script: Defer closes it.
	ahead := clockOf(ts)
	box, err := sandbox.Start(context.Background(), sandbox.Options{Account: acct, Dir: dir,
		Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
	ts.Check(err)
	ts.Defer(func() { box.Close() })
	for _, kv := range box.Env() {
		ts.Setenv(kv[0], kv[1])
	}
	for key, v := range meta.Settings {
		ts.Setenv("SET_"+strings.ToUpper(key), v)
	}
}

// wantStatus is "status N mediadock ARGS...": the command must end with
// exactly that exit code.
func wantStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND ARGS...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = strconv.Itoa(exit.ExitCode())
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}
