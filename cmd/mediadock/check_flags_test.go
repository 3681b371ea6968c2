package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/wizard"
)

// Settings that are saved nowhere are named by themselves in commands, so that
// what is pasted tests them again.
func TestCommandsNameUnsavedSettings(t *testing.T) {
	s := onSandbox(t, "imgix-queued")
	s.Prefix = "media"
	p := program{home: t.TempDir()}
	flags := flagsOf(s, "path_rules", "access", "managed_by", "fix_file_names")
	exit, stdout, stderr := p.run(append([]string{"check"}, flags...)...)
	want := "mediadock check --integration=imgix --bucket=" + s.Bucket + " --region=" + s.Region + " --prefix=media --subdomain=" + s.Subdomain + " --wait 5m\n"
	if exit != exitDone || !strings.Contains(stdout, want) {
		t.Errorf("%d, want %s\n%s%s", exit, want, stdout, stderr)
	}
	secret := shellLine(flagsWithoutSecret(wizard.Settings{Integration: "microcms", Bucket: "b", ExternalID: "0123456789abcdef", Notes: "mine"}))
	if secret != "--integration=microcms --bucket=b '--external-id=<EXTERNAL_ID>'" && secret != "--bucket=b '--external-id=<EXTERNAL_ID>'" {
		t.Error(secret)
	}
}

// The keys that the objects have stand in the commands, not those that the
// settings have wrongly; no role is spoken of where there is none.
func TestCommandsForUnsavedKeys(t *testing.T) {
	s := onSandbox(t, "cloudinary-key-mismatch")
	s.Prefix = "media"
	p := program{home: t.TempDir()}
	_, stdout, stderr := p.run(append([]string{"check", "--owner"}, flagsOf(s)...)...)
	for _, want := range []string{
		"--cloud-names=alpha-prod --kms-key-arns=arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd",
		"SSE-KMS with a key that can be used", "whoever reads its files needs kms:Decrypt",
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("no %s\n%s%s", want, stdout, stderr)
		}
	}
	for _, not := range []string{"role and readers", "without credentials", "check …"} {
		if strings.Contains(stdout, not) {
			t.Errorf("%s\n%s", not, stdout)
		}
	}
}

// Addresses that nobody opens without a signature are said to be such, where
// they are printed for an app of Amplify's; not for imgix's, which are open.
func TestAddressesThatTakeASignatureSaySo(t *testing.T) {
	s := onSandbox(t, "amplify")
	s.Prefix = "public"
	p := program{home: t.TempDir()}
	file := filepath.Join(t.TempDir(), "app.yaml")
	if err := os.WriteFile(file, wizard.ToFile(s, false), 0o600); err != nil {
		t.Fatal(err)
	}
	exit, stdout, stderr := p.run("setup", "--no-input", "--from", file)
	if exit != exitDone || !strings.Contains(stdout, "getUrl({path: 'public/image.png', options: {bucket: 'mediaBucket'}})") {
		t.Errorf("%d\n%s%s", exit, stdout, stderr)
	}
	if exit, stdout, stderr := p.run("media", "url", "logo.png"); exit != exitDone || strings.Count(stdout, "\n") != 1 || !strings.Contains(stderr, "signed requests alone") {
		t.Errorf("%d\n%s%s", exit, stdout, stderr)
	}
	if exit, _, stderr := p.run("media", "url", "logo.png", "--presign", "15m"); exit != exitDone || strings.Contains(stderr, "signed requests alone") {
		t.Errorf("%d\n%s", exit, stderr)
	}
	if wizard.SignedOnly(wizard.Settings{Integration: wizard.Imgix}) {
		t.Error("imgix's addresses are open")
	}
}
