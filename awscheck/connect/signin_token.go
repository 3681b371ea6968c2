package connect

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
)

// ssoToken is what a sign-in gives, in the form of the AWS CLI's cache, which
// every AWS SDK reads: with the registration and the refresh token they renew
// it by themselves.
type ssoToken struct {
	sso SSOSignIn

	StartURL            string `json:"startUrl"`
	Region              string `json:"region"`
	AccessToken         string `json:"accessToken"`
	Expires             string `json:"expiresAt"`
	ClientID            string `json:"clientId,omitempty"`
	ClientSecret        string `json:"clientSecret,omitempty"`
	RegistrationExpires string `json:"registrationExpiresAt,omitempty"`
	RefreshToken        string `json:"refreshToken,omitempty"`
}

// stamp writes a time as the AWS CLI does.
func stamp(t time.Time) string { return t.UTC().Truncate(time.Second).Format(time.RFC3339) }

// save puts the token where the SDKs and the AWS CLI look for it, whole or not
// at all, for nobody else to read.
func (t ssoToken) save() error {
	path, err := ssocreds.StandardCachedTokenFilepath(first(t.sso.Session, t.sso.StartURL))
	if err != nil {
		return err
	}
	if t.RefreshToken == "" { // the registration serves refreshing alone
		t.ClientID, t.ClientSecret, t.RegistrationExpires = "", "", ""
	}
	data, err := json.Marshal(t)
	if err != nil {
		return err
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".mediadock-*") // 0600
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// Renew forgets credentials that are at hand, for after a sign-in: the next
// request gets new ones. Sessions of the connection's role go on.
func (s *Source) Renew() {
	if c, ok := s.cfg.Credentials.(interface{ Invalidate() }); ok {
		c.Invalidate()
	}
}
