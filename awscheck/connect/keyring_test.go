package connect

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
)

// A key of the operating system's keyring is a caller like any other (D12).
func TestKeysOfTheKeyring(t *testing.T) {
	keyring.MockInit()
	bare(t, map[string]string{"AWS_ACCESS_KEY_ID": "AKIAENVIRONMENT00000", "AWS_SECRET_ACCESS_KEY": "environment"})
	if _, err := FromEnvironment(t.Context(), Options{Profile: "keyring:imgix"}); !errors.Is(err, ErrNoSuchKey) {
		t.Errorf("a key that nobody has kept: %v", err)
	}
	if err := KeepKey(t.Context(), "imgix", Key{"AKIAIMGIXIMGIXIMGIXI", "secret"}); err != nil {
		t.Fatal(err)
	}
	s, err := FromEnvironment(t.Context(), Options{Profile: "keyring:imgix"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if id, err := s.Identity(t.Context()); id != "AKIAIMGIXIMGIXIMGIXI" || err != nil {
		t.Errorf("the caller is %q, %v", id, err)
	}
	if got := s.Found(); got != (Found{Kind: FoundKeyring, Profile: "keyring:imgix"}) {
		t.Errorf("found as %+v", got)
	}
	if err := ForgetKey(t.Context(), "imgix"); err != nil {
		t.Fatal(err)
	}
	if err := ForgetKey(t.Context(), "imgix"); !errors.Is(err, ErrNoSuchKey) {
		t.Errorf("forgotten twice: %v", err)
	}
	_ = keyring.Set("mediadock", "torn", "{")
	if _, err := KeptKey(t.Context(), "torn"); !errors.Is(err, ErrNoSuchKey) {
		t.Errorf("what is no key: %v", err)
	}
	keyring.MockInitWithError(errors.New("failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'"))
	if _, err := KeptKey(t.Context(), "imgix"); !errors.Is(err, ErrKeyringLocked) || !errors.Is(err, ErrNoKeyring) {
		t.Errorf("a locked keyring: %v", err)
	}
	keyring.MockInitWithError(errors.New("dbus: no session"))
	if _, err := KeptKey(t.Context(), "imgix"); errors.Is(err, ErrKeyringLocked) {
		t.Errorf("no keyring is none that is locked: %v", err)
	}
	if _, err := FromEnvironment(t.Context(), Options{Profile: "keyring:imgix"}); !errors.Is(err, ErrNoKeyring) {
		t.Errorf("without a keyring: %v", err)
	}
}

// A keyring whose question nobody answers holds nobody for ever, and is not
// asked a second thing before the first has ended.
func TestAKeyringThatDoesNotAnswer(t *testing.T) {
	keyring.MockInit()
	if err := KeepKey(t.Context(), "imgix", Key{"AKIAIMGIXIMGIXIMGIXI", "secret"}); err != nil {
		t.Fatal(err)
	}
	before := theKeyring
	theKeyring = newKeyringDesk(time.Millisecond)
	t.Cleanup(func() { theKeyring = before })
	open, ended := make(chan struct{}), make(chan struct{})
	if _, err := theKeyring.ask(t.Context(), func() (string, error) { <-open; defer close(ended); return "late", nil }); !errors.Is(err, ErrKeyringSilent) || !errors.Is(err, ErrNoKeyring) {
		t.Errorf("an open question: %v", err)
	}
	for what, err := range map[string]error{
		"read":   func() error { _, err := KeptKey(t.Context(), "imgix"); return err }(),
		"write":  KeepKey(t.Context(), "imgix", Key{"AKIAOTHEROTHEROTHERO", "other"}),
		"remove": ForgetKey(t.Context(), "imgix"),
		"caller": func() error {
			_, err := FromEnvironment(t.Context(), Options{Profile: "keyring:imgix"})
			return err
		}(),
	} {
		if !errors.Is(err, ErrKeyringSilent) {
			t.Errorf("%s while the question is open: %v", what, err)
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := KeptKey(gone, "imgix"); !errors.Is(err, context.Canceled) || errors.Is(err, ErrNoKeyring) {
		t.Errorf("given up by the person: %v", err)
	}
	close(open)
	<-ended
	theKeyring.limit = time.Minute
	if k, err := KeptKey(t.Context(), "imgix"); err != nil || k.AccessKeyID != "AKIAIMGIXIMGIXIMGIXI" {
		t.Errorf("after it was answered: %+v, %v", k, err)
	}
}
