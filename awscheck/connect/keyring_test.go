package connect

import (
	"errors"
	"testing"

	"github.com/zalando/go-keyring"
)

// A key of the operating system's keyring is a caller like any other (D12).
func TestKeysOfTheKeyring(t *testing.T) {
	keyring.MockInit()
	bare(t, map[string]string{"AWS_ACCESS_KEY_ID": "AKIAENVIRONMENT00000", "AWS_SECRET_ACCESS_KEY": "environment"})
	if _, err := FromEnvironment(t.Context(), Options{Profile: "keyring:imgix"}); !errors.Is(err, ErrNoSuchKey) {
		t.Errorf("a key that nobody has kept: %v", err)
	}
	if err := KeepKey("imgix", Key{"AKIAIMGIXIMGIXIMGIXI", "secret"}); err != nil {
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
	if err := ForgetKey("imgix"); err != nil {
		t.Fatal(err)
	}
	if err := ForgetKey("imgix"); !errors.Is(err, ErrNoSuchKey) {
		t.Errorf("forgotten twice: %v", err)
	}
	_ = keyring.Set("mediadock", "torn", "{")
	if _, err := KeptKey("torn"); !errors.Is(err, ErrNoSuchKey) {
		t.Errorf("what is no key: %v", err)
	}
	keyring.MockInitWithError(errors.New("failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'"))
	if _, err := KeptKey("imgix"); !errors.Is(err, ErrKeyringLocked) || !errors.Is(err, ErrNoKeyring) {
		t.Errorf("a locked keyring: %v", err)
	}
	keyring.MockInitWithError(errors.New("dbus: no session"))
	if _, err := KeptKey("imgix"); errors.Is(err, ErrKeyringLocked) {
		t.Errorf("no keyring is none that is locked: %v", err)
	}
	if _, err := FromEnvironment(t.Context(), Options{Profile: "keyring:imgix"}); !errors.Is(err, ErrNoKeyring) {
		t.Errorf("without a keyring: %v", err)
	}
}
