package connect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/zalando/go-keyring"
)

// KeyringPrefix begins the name of a key of the operating system's keyring
// where the name of a profile is asked for: "keyring:imgix".
const KeyringPrefix = "keyring:"

// keyringService is who the keys are kept for in the keyring.
const keyringService = "mediadock"

// Errors of the keyring.
var (
	// ErrNoSuchKey: the keyring has no key of that name.
	ErrNoSuchKey = errors.New("the keyring has no such key")
	// ErrNoKeyring: this computer has no keyring, or it does not open.
	ErrNoKeyring = errors.New("the operating system's keyring cannot be used")
	// ErrKeyringLocked: there is one, and nobody unlocked it. It is an
	// ErrNoKeyring, too.
	ErrKeyringLocked = fmt.Errorf("%w: it is locked", ErrNoKeyring)
	// ErrKeyringSilent: there is one, and it did not answer in time: mostly
	// its question to unlock it waits for somebody. It is an ErrNoKeyring, too.
	ErrKeyringSilent = fmt.Errorf("%w: it did not answer", ErrNoKeyring)
)

// Key is an access key as the keyring keeps it.
type Key struct {
	AccessKeyID     string `json:"access_key_id"`
	SecretAccessKey string `json:"secret_access_key"`
}

// FromKeyring tells a profile's name from that of a key in the keyring.
func FromKeyring(profile string) (name string, ok bool) {
	return strings.CutPrefix(profile, KeyringPrefix)
}

// KeepKey puts a key into the operating system's keyring, in place of one of
// that name. Nothing is written to a file of ours (D12). Like all calls of the
// keyring it waits a minute at most, then it fails with ErrKeyringSilent.
func KeepKey(ctx context.Context, name string, k Key) error {
	data, err := json.Marshal(k)
	if err != nil {
		return err
	}
	_, err = theKeyring.ask(ctx, func() (string, error) { return "", keyring.Set(keyringService, name, string(data)) })
	return err
}

// KeptKey reads a key; ErrNoSuchKey where there is none.
func KeptKey(ctx context.Context, name string) (Key, error) {
	data, err := theKeyring.ask(ctx, func() (string, error) { return keyring.Get(keyringService, name) })
	if err != nil {
		return Key{}, err
	}
	var k Key
	if json.Unmarshal([]byte(data), &k) != nil || k.AccessKeyID == "" || k.SecretAccessKey == "" {
		return Key{}, ErrNoSuchKey // an entry of somebody else's making
	}
	return k, nil
}

// ForgetKey takes a key out of the keyring; ErrNoSuchKey where there is none.
func ForgetKey(ctx context.Context, name string) error {
	_, err := theKeyring.ask(ctx, func() (string, error) { return "", keyring.Delete(keyringService, name) })
	return err
}

func keyringError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNoSuchKey
	case strings.Contains(err.Error(), "failed to unlock"): // what the library says has no type
		return fmt.Errorf("%w: %w", ErrKeyringLocked, err)
	}
	return fmt.Errorf("%w: %w", ErrNoKeyring, err)
}

// fromKeyring is a Source whose keys are read from the keyring when the first
// request needs them; all else is the environment's.
func fromKeyring(ctx context.Context, name string, o Options) (*Source, error) {
	if _, err := KeptKey(ctx, name); err != nil {
		return nil, &SetupError{Profile: o.Profile, Err: err}
	}
	o.Profile = ""
	e := newEnvironment()
	e.options = append(e.options, config.WithCredentialsProvider(aws.CredentialsProviderFunc(func(ctx context.Context) (aws.Credentials, error) {
		k, err := KeptKey(ctx, name)
		if err != nil {
			return aws.Credentials{}, err
		}
		return credentials.NewStaticCredentialsProvider(k.AccessKeyID, k.SecretAccessKey, "").Retrieve(ctx)
	})))
	s, _, err := e.source(ctx, o)
	if err != nil {
		return nil, &SetupError{Profile: KeyringPrefix + name, Err: err}
	}
	s.found = Found{Kind: FoundKeyring, Profile: KeyringPrefix + name}
	return s, nil
}
