package connect

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// portal is IAM Identity Center: OIDC's device authorization as RFC 8628 has
// it, the portal that gives a role's credentials for a token, and STS. Its
// clock goes on when somebody waits.
type portal struct {
	url string

	mu       sync.Mutex
	clock    time.Duration
	polled   time.Duration
	interval int
	life     int
	agree    time.Duration // when the person agrees; negative: never
	refuse   bool
	lifetime int // of tokens, in seconds
	valid    map[string]bool
	codes    map[string]bool // device codes of which no token was given
	clients  map[string][]string
	breaks   int // answers that get lost at /token
	grants   []string
	calls    []string
}

func newPortal(t *testing.T) *portal {
	p := &portal{interval: 1, life: 600, lifetime: 28800, valid: map[string]bool{}, codes: map[string]bool{}, clients: map[string][]string{}}
	site := httptest.NewServer(p)
	t.Cleanup(site.Close)
	p.url = site.URL
	return p
}

const ssoProfiles = `
[profile sso]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Admin
region = eu-west-1
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://corp.awsapps.com/start
sso_registration_scopes = sso:account:access
[profile legacy]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = Admin
region = eu-west-1
[profile over]
role_arn = arn:aws:iam::123456789012:role/Over
source_profile = sso
[profile elsewhere]
sso_start_url = https://nobody.awsapps.com/start
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = Admin
[profile denied]
sso_session = corp
sso_account_id = 999999999999
sso_role_name = Admin
region = eu-west-1
[profile keys]
aws_access_key_id = AKIAKEYS
aws_secret_access_key = s
[profile broken]
sso_session = gone
`

// at is an environment whose AWS is the portal.
func (p *portal) at(t *testing.T) (home string) {
	home = bare(t, map[string]string{"AWS_ENDPOINT_URL_SSO_OIDC": p.url, "AWS_ENDPOINT_URL_SSO": p.url, "AWS_ENDPOINT_URL_STS": p.url})
	write(t, filepath.Join(home, "config"), ssoProfiles)
	return home
}

func (p *portal) pause(ctx context.Context, d time.Duration) error {
	p.mu.Lock()
	p.clock += d
	p.mu.Unlock()
	return ctx.Err()
}

func (p *portal) signIn(ctx context.Context, profile string) (pages []SignInPage, err error) {
	err = SignIn(ctx, profile, Options{pause: p.pause}, func(page SignInPage) { pages = append(pages, page) })
	return pages, err
}

func (p *portal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls = append(p.calls, r.URL.Path)
	var in struct {
		ClientName, ClientType, ClientID, ClientSecret, StartURL, GrantType, DeviceCode, RefreshToken string
		Scopes                                                                                        []string
	}
	if r.Header.Get("Content-Type") == "application/json" {
		_ = json.NewDecoder(r.Body).Decode(&in)
	}
	known := in.ClientSecret == "secret-of-"+in.ClientID && p.clients[in.ClientID] != nil
	switch r.URL.Path {
	case "/client/register":
		if in.ClientType != "public" || in.ClientName == "" {
			refuse(w, 400, "InvalidClientMetadataException", "invalid_client_metadata")
			return
		}
		id := fmt.Sprintf("client-%d", len(p.clients))
		p.clients[id] = append([]string{}, in.Scopes...)
		say(w, map[string]any{"clientId": id, "clientSecret": "secret-of-" + id, "clientSecretExpiresAt": time.Now().Add(90 * 24 * time.Hour).Unix()})
	case "/device_authorization":
		switch {
		case !known:
			refuse(w, 401, "InvalidClientException", "invalid_client")
		case in.StartURL != "https://corp.awsapps.com/start":
			refuse(w, 400, "InvalidRequestException", "invalid_request")
		default:
			p.codes["device-"+in.ClientID], p.polled = true, p.clock
			say(w, map[string]any{"deviceCode": "device-" + in.ClientID, "userCode": "ABCD-EFGH", "expiresIn": p.life, "interval": p.interval,
				"verificationUri": "https://device.example/", "verificationUriComplete": "https://device.example/?user_code=ABCD-EFGH"})
		}
	case "/token":
		p.grants = append(p.grants, in.GrantType)
		p.token(w, known, in.GrantType, in.ClientID, in.DeviceCode, in.RefreshToken)
	case "/federation/credentials":
		switch q := r.URL.Query(); {
		case !p.valid[r.Header.Get("X-Amz-Sso_bearer_token")]:
			refuse(w, 401, "UnauthorizedException", "Session token not found or invalid")
		case q.Get("account_id") != "123456789012" || q.Get("role_name") != "Admin":
			refuse(w, 403, "ForbiddenException", "No access")
		default:
			say(w, map[string]any{"roleCredentials": map[string]any{"accessKeyId": "ASIASSO", "secretAccessKey": "s", "sessionToken": "t",
				"expiration": time.Now().Add(time.Hour).UnixMilli()}})
		}
	default:
		fmt.Fprint(w, `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_1/taro</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`)
	}
}

func (p *portal) token(w http.ResponseWriter, known bool, grant, client, device, refresh string) {
	if p.breaks > 0 {
		p.breaks--
		panic(http.ErrAbortHandler)
	}
	switch {
	case !known:
		refuse(w, 401, "InvalidClientException", "invalid_client")
		return
	case grant == "refresh_token":
		if refresh != "refresh-"+client {
			refuse(w, 400, "InvalidGrantException", "invalid_grant")
			return
		}
	case grant != grantDevice || !p.codes[device]:
		refuse(w, 400, "InvalidGrantException", "invalid_grant")
		return
	default:
		since := p.clock - p.polled
		p.polled = p.clock
		switch {
		case since < time.Duration(p.interval)*time.Second:
			p.interval += 5
			refuse(w, 400, "SlowDownException", "slow_down")
			return
		case p.clock >= time.Duration(p.life)*time.Second:
			refuse(w, 400, "ExpiredTokenException", "expired_token")
			return
		case p.refuse:
			refuse(w, 400, "AccessDeniedException", "access_denied")
			return
		case p.agree < 0 || p.clock < p.agree:
			refuse(w, 400, "AuthorizationPendingException", "authorization_pending")
			return
		}
		delete(p.codes, device)
	}
	name := fmt.Sprintf("token-%d", len(p.valid))
	p.valid[name] = true
	out := map[string]any{"accessToken": name, "tokenType": "Bearer", "expiresIn": p.lifetime}
	if slices.Contains(p.clients[client], "sso:account:access") {
		out["refreshToken"] = "refresh-" + client
	}
	say(w, out)
}

func say(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func refuse(w http.ResponseWriter, status int, code, description string) {
	w.Header().Set("X-Amzn-Errortype", code)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": strings.ToLower(description), "error_description": description, "message": description})
}
