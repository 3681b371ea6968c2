package connect

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

func TestCredentialProcess(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the programs are shell scripts")
	}
	const good = `{"Version":1,"AccessKeyId":"ASIAPROCESS","SecretAccessKey":"s","SessionToken":"t","Expiration":"2099-01-01T00:00:00Z"}`
	for name, c := range map[string]struct {
		script string // empty: there is no program
		mode   os.FileMode
		kind   string
		cause  string
		fine   bool
	}{
		"works":                {script: "echo '" + good + "'", fine: true},
		"not there":            {kind: ProcessMissing, cause: "process-missing"},
		"not executable":       {script: "echo '" + good + "'", mode: 0o600, kind: ProcessMissing, cause: "process-missing"},
		"fails":                {script: "echo hunter2; echo hunter2 >&2; exit 3", kind: ProcessFailed, cause: "process-failed"},
		"no JSON":              {script: "echo hunter2", kind: ProcessOutput, cause: "process-failed"},
		"nothing":              {script: "true", kind: ProcessOutput, cause: "process-failed"},
		"another version":      {script: `echo '{"Version":2,"AccessKeyId":"hunter2"}'`, kind: ProcessOutput, cause: "process-failed"},
		"half of it":           {script: `echo '{"Version":1,"AccessKeyId":"hunter2"}'`, kind: ProcessOutput, cause: "process-failed"},
		"expired":              {script: "echo '" + strings.Replace(good, "2099", "2001", 1) + "'", kind: ProcessExpired, cause: "process-expired"},
		"never ends":           {script: "exec sleep 60", kind: ProcessSlow, cause: "process-slow"},
		"its child never does": {script: "sleep 60 & wait", kind: ProcessSlow, cause: "process-slow"},
	} {
		t.Run(name, func(t *testing.T) {
			home := bare(t, nil)
			program := filepath.Join(home, "get creds")
			if c.script != "" {
				write(t, program, "#!/bin/sh\necho run >>'"+home+"/runs'\n"+c.script+"\n")
				if err := os.Chmod(program, max(c.mode, 0o600)|map[bool]os.FileMode{true: 0o100}[c.mode == 0]); err != nil {
					t.Fatal(err)
				}
			}
			write(t, filepath.Join(home, "config"), "[profile prod]\ncredential_process = \""+program+"\" --password hunter2\nregion = eu-west-1\n")
			limit := time.Minute
			if c.kind == ProcessSlow {
				limit = 100 * time.Millisecond
			}
			s := fromEnvironment(t, Options{Profile: "prod", processTime: limit})
			for range 2 {
				id, err := s.Identity(t.Context())
				if c.fine {
					if id != "ASIAPROCESS" || err != nil {
						t.Errorf("%q, %v", id, err)
					}
					continue
				}
				var failed *ProcessError
				if !errors.As(err, &failed) || failed.Kind != c.kind || failed.Program != "get creds" || failed.Profile != "prod" {
					t.Fatalf("got %v", err)
				}
				ev := EvidenceOf(err, "sts:GetCallerIdentity")
				causes := diagnose.Diagnose(ev, diagnose.Facts{})
				if len(causes) != 1 || causes[0].ID != c.cause || causes[0].Args["program"] != "get creds" || causes[0].Args["profile"] != "prod" {
					t.Errorf("%+v", causes)
				}
				if strings.Contains(ev.Message+err.Error(), "hunter2") {
					t.Errorf("told %q", ev.Message)
				}
			}
			runs, _ := os.ReadFile(filepath.Join(home, "runs"))
			// One that is stopped early may not have come to its first line.
			n, least := strings.Count(string(runs), "run"), 1
			if c.kind == ProcessSlow {
				least = 0
			}
			if c.script != "" && c.mode == 0 && (n < least || n > 1) {
				t.Errorf("it ran %d times", n)
			}
			if c.kind == ProcessFailed {
				if err := s.Prepare(t.Context()); err == nil {
					t.Error("prepared")
				}
				if runs, _ := os.ReadFile(filepath.Join(home, "runs")); strings.Count(string(runs), "run") != 2 {
					t.Error("Prepare did not run it again")
				}
			}
		})
	}
}

// Giving up ends the program.
func TestCredentialProcessIsCancelled(t *testing.T) {
	home := bare(t, nil)
	pipe := filepath.Join(home, "begun")
	write(t, filepath.Join(home, "config"), "[profile prod]\ncredential_process = : > '"+pipe+"'; exec sleep 60\n")
	s := fromEnvironment(t, Options{Profile: "prod"})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- s.Prepare(ctx) }()
	for deadline := time.Now().Add(time.Minute); ; {
		if _, err := os.Stat(pipe); err == nil || time.Now().After(deadline) {
			break
		}
		runtime.Gosched()
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestProgramsAreNamedWithoutTheirArguments(t *testing.T) {
	for command, want := range map[string]string{
		"": "?", "tool": "tool", "/opt/bin/tool --password x": "tool", `"/opt/my tools/get creds" x`: "get creds",
		"'/opt/a b' c": "a b", `"unfinished x`: `"unfinished`, " aws-vault exec x": "aws-vault",
	} {
		if got := programOf(command); got != want {
			t.Errorf("%q is %q, want %q", command, got, want)
		}
	}
}

// The person's choice wins over keys in the environment, as --aws-profile and
// as the AWS CLI's --profile do; AWS_PROFILE does not.
func TestWhichCallerWins(t *testing.T) {
	home := bare(t, map[string]string{"AWS_ACCESS_KEY_ID": "AKIAENVIRONMENT", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t"})
	write(t, filepath.Join(home, "config"), "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n[profile keys]\naws_access_key_id = AKIAKEYS\naws_secret_access_key = s\nregion = eu-west-3\n")
	for _, c := range []struct{ named, variable, want string }{
		{"", "", "AKIAENVIRONMENT"}, {"", "keys", "AKIAENVIRONMENT"}, {"keys", "", "AKIAKEYS"}, {"keys", "default", "AKIAKEYS"}, {"default", "keys", "AKIADEFAULT"},
	} {
		t.Setenv("AWS_PROFILE", c.variable)
		if c.variable == "" {
			os.Unsetenv("AWS_PROFILE")
		}
		s := fromEnvironment(t, Options{Profile: c.named})
		if id, err := s.Identity(t.Context()); id != c.want || err != nil {
			t.Errorf("%+v: %q, %v", c, id, err)
		}
	}
	kinds := []string{FoundEnvironment, FoundProfile}
	for i, named := range []string{"", "keys"} {
		if got := fromEnvironment(t, Options{Profile: named}).Found().Kind; !slices.Contains(kinds[i:i+1], got) {
			t.Errorf("%q is found by %q", named, got)
		}
	}
}
