package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"github.com/mediadock/mediadock/awscheck/connect"
)

// A key of the operating system's keyring is used like one of an AWS profile,
// and its secret is in no output and no file (D12).
func TestKeysInTheKeyring(t *testing.T) {
	keyring.MockInit()
	s := onSandbox(t, "imgix-ready")
	s.Prefix, s.AccessKeyProfile = "media", "keyring:imgix"
	id, secret := os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY")
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE") // the administrator's
	t.Setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
	p := program{home: t.TempDir()}
	args := append([]string{"setup", "--no-input"}, flagsOf(s, "path_rules")...)

	if exit, _, stderr := p.run(args...); exit != exitCouldNot || !strings.Contains(stderr, "mediadock key add imgix") {
		t.Fatalf("a key that nobody has kept: %d\n%s", exit, stderr)
	}
	for _, wrong := range []string{"", id, "ASIAIMGIXIMGIXIMGIXI\n" + secret, id + "\nshort", secret + "\n" + id} {
		p.in = wrong
		exit, stdout, stderr := p.run("key", "add", "imgix")
		if exit != exitUsage || strings.Contains(stdout+stderr, secret) {
			t.Errorf("%q: %d\n%s", wrong, exit, stderr)
		}
	}
	p.in = id + "\n" + secret + "\n"
	if exit, stdout, stderr := p.run("key", "add", "imgix"); exit != exitDone || !strings.Contains(stdout, "keyring:imgix") || strings.Contains(stdout+stderr, secret) {
		t.Fatalf("%d\n%s%s", exit, stdout, stderr)
	}
	p.in = ""
	exit, stdout, stderr := p.run(args...)
	if exit != exitDone || !strings.Contains(stdout, "You are imgix in account 123456789012, by the key keyring:imgix") || !strings.Contains(stdout, "Ready: imgix") {
		t.Fatalf("%d\n%s%s", exit, stdout, stderr)
	}
	if exit, stdout, _ := p.run("media", "ls"); exit != exitDone || !strings.Contains(stdout, "logo.png") {
		t.Errorf("%d %s", exit, stdout)
	}
	if exit, stdout, _ := p.run("key", "show", "imgix", "--json"); exit != exitDone || !strings.Contains(stdout, id) || strings.Contains(stdout, secret) {
		t.Errorf("%d %s", exit, stdout)
	}
	_ = filepath.WalkDir(p.home, func(path string, d os.DirEntry, err error) error {
		if data, rerr := os.ReadFile(path); err == nil && rerr == nil && strings.Contains(string(data), secret) {
			t.Errorf("%s holds the secret", path)
		}
		return nil
	})
	if exit, _, _ := p.run("key", "rm", "imgix"); exit != exitDone {
		t.Errorf("rm: %d", exit)
	}
	if exit, _, stderr := p.run("key", "show", "imgix"); exit != exitCouldNot || !strings.Contains(stderr, "no key imgix") {
		t.Errorf("%d %s", exit, stderr)
	}
	keyring.MockInitWithError(errors.New("failed to unlock correct collection '/c'"))
	if exit, _, stderr := p.run("key", "show", "imgix"); exit != exitCouldNot || !strings.Contains(stderr, "is locked") || strings.Count(stderr, "keyring") != 1 || !strings.Contains(stderr, "aws configure") {
		t.Errorf("%d %s", exit, stderr)
	}
	keyring.MockInitWithError(errors.New("no session bus"))
	if exit, _, stderr := p.run("check"); exit != exitCouldNot || strings.Count(stderr, "cannot be used") != 1 || !strings.Contains(stderr, "aws configure") {
		t.Errorf("%d %s", exit, stderr)
	}
}

// A keyring that did not answer is told with what to do about it.
func TestAKeyringThatDoesNotAnswerIsSaid(t *testing.T) {
	a := &app{}
	if f := a.keyFailure("imgix", fmt.Errorf("AWS profile: %w", connect.ErrKeyringSilent)); f.code != "keyring_silent" || f.exit != exitCouldNot {
		t.Errorf("%+v", f)
	}
}
