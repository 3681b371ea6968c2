package handoff_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/handoff"
)

// nothingYet is an account in which the pieces' bucket, user and roles have
// nothing.
func nothingYet() map[string]string {
	return map[string]string{
		"iam-get-user.error": "NoSuchEntity", "iam-get-user-policy-mediadock.error": "NoSuchEntity",
		"iam-get-role-policy-mediadock-guest.error":                  "NoSuchEntity",
		"iam-get-role-policy-mediadock-auth.error":                   "NoSuchEntity",
		"iam-get-role-policy-mediadock-group-" + "ac5e8e" + ".error": "NoSuchEntity",
		"s3api-get-bucket-policy.error":                              "NoSuchBucketPolicy",
		"s3api-get-bucket-cors.error":                                "NoSuchCORSConfiguration",
		"kms-get-key-policy":                                         `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*"}]}`,
	}
}

func TestScriptOfPiecesSetsUpWhatIsNotThere(t *testing.T) {
	s := runScript(t, piecePlans(t)["imgix"], nothingYet())
	s.want(0, "iam create-user", "iam put-user-policy")
	same(t, "permissions", s.wrote("iam-put-user-policy-mediadock"), parsed(t, []byte(reading)))

	s = runScript(t, piecePlans(t)["imgix"], with(nothingYet(), "iam-get-user", "imgix-alpha-prod-assets", "iam-get-user-policy-mediadock", reading))
	s.want(0)
	s = runScript(t, piecePlans(t)["imgix"], with(nothingYet(), "iam-get-user", "imgix-alpha-prod-assets", "iam-get-user-policy-mediadock", guests))
	s.want(1)
}

// A policy that exists is printed with what it lacks, and never written.
func TestScriptOfPiecesReplacesNothing(t *testing.T) {
	p := handoff.PlanPieces(pieceSettings("cloudinary"), handoff.Options{}, []wizard.Piece{
		piece(t, "bucket", "bucket", wizard.OnBucket, "", onBucket), piece(t, "bucket-2", "bucket", wizard.OnBucket, "", onBucket2)})
	s := runScript(t, p, nothingYet())
	s.want(0, "s3api put-bucket-policy")
	if d := s.wrote("s3api-put-bucket-policy"); len(d.Statements) != 2 {
		t.Errorf("both pieces are one policy: %+v", d)
	}
	// As AWS stores it: the account as its root, in other white space.
	stored := strings.ReplaceAll(onBucket, `"`+vendor+`"`, `"arn:aws:iam::`+vendor+`:root"`)
	s = runScript(t, p, with(nothingYet(), "s3api-get-bucket-policy", strings.ReplaceAll(stored, ",", ", ")))
	s.want(1)
	var merged string
	for line := range strings.SplitSeq(s.stdout, "\n") {
		if strings.HasPrefix(line, "{") {
			merged = line
		}
	}
	if d := parsed(t, []byte(merged)); len(d.Statements) != 2 {
		t.Errorf("the merge has %d statements, want the one that is there and the one that is not: %s", len(d.Statements), merged)
	}

	s = runScript(t, piecePlans(t)["cloudinary"], nothingYet())
	if _, err := os.Stat(filepath.Join(s.dir, "calls")); s.code != 2 || err == nil {
		t.Errorf("a key is not known, and it ended with %d after asking AWS", s.code)
	}
	if !strings.Contains(s.stderr, "KMS_KEY_2_KEY") {
		t.Errorf("what to set is not told:\n%s", s.stderr)
	}
	p = piecePlans(t)["cloudinary"]
	p.Pieces = p.Pieces[:2]
	s = runScript(t, p, nothingYet())
	s.want(1, "s3api put-bucket-policy")
	s = runScript(t, p, with(nothingYet(), "kms-get-key-policy", onKey))
	s.want(0, "s3api put-bucket-policy")
}

func TestScriptOfPiecesAndCORS(t *testing.T) {
	p := piecePlans(t)["amplify"]
	p.Pieces = p.Pieces[5:6]
	s := runScript(t, p, nothingYet())
	s.want(0, "s3api put-bucket-cors")
	data, err := os.ReadFile(filepath.Join(s.dir, "wrote-s3api-put-bucket-cors"))
	if err != nil || !equalJSON(t, string(data), `{"CORSRules":`+corsRules+`}`) {
		t.Errorf("%v: %s", err, data)
	}
	// As the AWS CLI answers it.
	const answered = `{"CORSRules": [{"AllowedHeaders": ["*"], "AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["https://app.example.com"], "MaxAgeSeconds": 3000}]}`
	runScript(t, p, with(nothingYet(), "s3api-get-bucket-cors", answered)).want(0)
	s = runScript(t, p, with(nothingYet(), "s3api-get-bucket-cors", strings.Replace(answered, "app.", "other.", 1)))
	s.want(1)
	if !strings.Contains(s.stdout, "https://app.example.com") || !strings.Contains(s.stdout, "https://other.example.com") {
		t.Errorf("the merge has not both rules:\n%s", s.stdout)
	}
}

// Files are written next to the script, never over others.
func TestScriptOfPiecesWritesFilesBesideIt(t *testing.T) {
	p := piecePlans(t)["amplify"]
	p.Pieces = p.Pieces[6:]
	s := runScript(t, p, nothingYet())
	file := filepath.Join(s.dir, "amplify", "backend.ts")
	if data, err := os.ReadFile(file); err != nil || string(data) != backend {
		t.Fatalf("%v: %q", err, data)
	}
	again := func(want int) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "sh", filepath.Join(s.dir, "script.sh"))
		cmd.Env = append(os.Environ(), "TMPDIR="+s.dir)
		_ = cmd.Run()
		if got := cmd.ProcessState.ExitCode(); got != want {
			t.Errorf("it ended with %d, want %d", got, want)
		}
	}
	again(0)
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	again(1)
	if data, _ := os.ReadFile(file); string(data) != "mine" {
		t.Errorf("it wrote over it: %s", data)
	}
	p.Pieces[0].Of = "../../elsewhere.ts"
	script, err := handoff.Shell(p, text.For("en").Say)
	if err != nil || strings.Contains(script, "../elsewhere") {
		t.Errorf("it would leave its directory: %v", err)
	}
}

func TestScriptOfPiecesIsAShellScript(t *testing.T) {
	for name, p := range piecePlans(t) {
		script, err := handoff.Shell(p, text.For("ja").Say)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), "sh", "-n")
		cmd.Stdin = strings.NewReader(script)
		if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(script, "[handoff.") || strings.Contains(script, "<no value>") {
			t.Errorf("%s: %v %s\n%s", name, err, out, script)
		}
	}
}
