package connect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

const (
	// processTime is how long a profile's program may take: it may ask a
	// person for something.
	processTime = time.Minute
	// processGrace is how long what the program started may keep its output
	// open after it has ended.
	processGrace = 500 * time.Millisecond
)

// The ways in which a profile's program fails.
const (
	ProcessMissing = "missing" // there is no such program, or it may not be run
	ProcessFailed  = "failed"  // it said so
	ProcessOutput  = "output"  // what it wrote are no credentials
	ProcessExpired = "expired" // the credentials that it wrote had expired
	ProcessSlow    = "slow"    // it did not end
)

// ProcessError says that the credential_process of a profile failed. What the
// program wrote is not in it: that may hold secrets.
type ProcessError struct {
	Profile string
	Program string // its name, without arguments
	Kind    string
	Status  int // the exit status of ProcessFailed
}

func (e *ProcessError) Error() string {
	return fmt.Sprintf("AWS profile %q: credential_process %s: %s", e.Profile, e.Program, e.reason())
}

func (e *ProcessError) reason() string {
	switch e.Kind {
	case ProcessMissing:
		return "there is no such program, or it may not be run"
	case ProcessFailed:
		return fmt.Sprintf("it ended with exit status %d", e.Status)
	case ProcessExpired:
		return "the credentials that it gave have expired"
	case ProcessSlow:
		return "it did not end in time"
	default:
		return "what it wrote are no credentials"
	}
}

func (e *ProcessError) RetryableError() bool { return false }

func (e *ProcessError) evidence() diagnose.Evidence {
	return withElements(diagnose.Evidence{Operation: "sts:GetCallerIdentity", Message: e.Error()}, "Profile", e.Profile, "Program", e.Program, "Failed", e.Kind)
}

// process runs a profile's credential_process, one at a time.
type process struct {
	profile, program string
	run              *processcreds.Provider
	turns
	failed   error // what came of the last run, if nothing did
	failedAt time.Time
}

// failedFor is how long a failure stands for requests: the program need not
// fail for each of them. Prepare runs it anew.
const failedFor = 10 * time.Second

func newProcess(profile, command string, o Options) *process {
	build := processcreds.NewCommandBuilderFunc(func(ctx context.Context) (*exec.Cmd, error) {
		return shellCommand(ctx, command, o.Stdin, o.Stderr), nil
	})
	limit := processTime
	if o.processTime > 0 {
		limit = o.processTime
	}
	return &process{
		profile: profile, program: programOf(command), turns: newTurns(),
		run: processcreds.NewProviderCommand(build, func(o *processcreds.Options) { o.Timeout = limit }),
	}
}

// shellCommand runs a command as the SDK does, but on nobody's terminal unless
// one is given.
func shellCommand(ctx context.Context, command string, in, err *os.File) *exec.Cmd {
	shell := []string{"sh", "-c"}
	if runtime.GOOS == "windows" {
		shell = []string{"cmd.exe", "/C"}
	}
	cmd := exec.CommandContext(ctx, shell[0], shell[1], command)
	cmd.WaitDelay = processGrace
	if in != nil {
		cmd.Stdin = in
	}
	if err != nil {
		cmd.Stderr = err
	}
	return cmd
}

// programOf is the program of a command, without its directory and its
// arguments, which may hold a secret.
func programOf(command string) string {
	command = strings.TrimSpace(command)
	if command == "" {
		return "?"
	}
	if q := command[0]; q == '"' || q == '\'' {
		if quoted, _, ok := strings.Cut(command[1:], string(q)); ok {
			return filepath.Base(quoted)
		}
	}
	return filepath.Base(strings.Fields(command)[0])
}

// Retrieve implements aws.CredentialsProvider.
func (p *process) Retrieve(ctx context.Context) (aws.Credentials, error) {
	if err := p.take(ctx); err != nil {
		return aws.Credentials{}, err
	}
	defer p.release()
	switch {
	case p.live(0):
		return p.current, nil
	case p.failed != nil && time.Since(p.failedAt) < failedFor:
		return aws.Credentials{}, p.failed
	}
	return p.renew(ctx)
}

func (p *process) prepare(ctx context.Context) error {
	if err := p.take(ctx); err != nil {
		return err
	}
	defer p.release()
	if p.live(0) {
		return nil
	}
	_, err := p.renew(ctx)
	return err
}

func (p *process) renew(ctx context.Context) (aws.Credentials, error) {
	free, cancel := Unhurried(ctx)
	defer cancel()
	c, err := p.run.Retrieve(free)
	if err != nil && errors.Is(ctx.Err(), context.Canceled) {
		return aws.Credentials{}, ctx.Err()
	}
	p.failed = nil
	switch {
	case err != nil:
		p.failed = p.failure(err)
	case c.CanExpire && !time.Now().Before(c.Expires):
		p.failed = &ProcessError{Profile: p.profile, Program: p.program, Kind: ProcessExpired}
	default:
		p.current = c
		return c, nil
	}
	p.failedAt = time.Now()
	return aws.Credentials{}, p.failed
}

// The exit statuses of a shell for a program that it could not run.
const (
	notExecutable = 126
	notFound      = 127
	notFoundCmd   = 9009 // cmd.exe
)

func (p *process) failure(err error) error {
	e := &ProcessError{Profile: p.profile, Program: p.program, Kind: ProcessOutput}
	var exit *exec.ExitError
	var syntax *json.SyntaxError
	switch {
	case strings.Contains(err.Error(), "timed out"), errors.Is(err, exec.ErrWaitDelay):
		e.Kind = ProcessSlow
	case errors.As(err, &exit):
		e.Kind, e.Status = ProcessFailed, exit.ExitCode()
		if e.Status == notFound || e.Status == notExecutable || e.Status == notFoundCmd {
			e.Kind = ProcessMissing
		}
	case errors.As(err, &syntax):
	case errors.Is(err, exec.ErrNotFound):
		e.Kind = ProcessMissing
	}
	return e
}
