package catalog

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// Codes of a ServerError.
const (
	CodeURL         = "url"         // the URL cannot be read
	CodeUnreachable = "unreachable" // no answer, or no connection
	CodeTLS         = "tls"         // no encrypted connection
	CodeLogin       = "login"       // user or password
	CodeNoDatabase  = "no-database" // no database of that name
	CodeNotAllowed  = "not-allowed" // the user may not do that, or make the tables
	CodeServerBusy  = "busy"        // others keep it locked, or it has no connection left
	CodeServer      = "server"      // anything else that the server says
)

// ServerError is what a PostgreSQL server did not do. It carries no password.
type ServerError struct {
	Code   string
	Server string // host:port/database
	Reason string // the shortest exact thing known
	Err    error
}

func (e *ServerError) Error() string {
	return "catalog: " + e.Server + ": " + e.Code + ": " + e.Reason
}

// Unwrap gives the driver's error, which may hold the URL: it is not printed.
func (e *ServerError) Unwrap() error { return e.Err }

// errHidden stands for an error whose words may hold a password.
var errHidden = errors.New("catalog: not a URL of PostgreSQL")

// Unreachable tells that the catalogue may be there, but not now: what is done
// to media meanwhile can be taken in later.
func Unreachable(err error) bool {
	var e *ServerError
	return errors.Is(err, ErrBusy) || errors.As(err, &e) && (e.Code == CodeUnreachable || e.Code == CodeServerBusy)
}

func (s onServer) failure(err error) error {
	var done *ServerError
	if err == nil || errors.As(err, &done) || errors.Is(err, ErrNewer) || errors.Is(err, ErrChanged) {
		return err
	}
	e := &ServerError{Server: s.server, Err: err}
	var told *pgconn.PgError
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.As(err, &told):
		e.Code, e.Reason = codeOfState(told.Code), told.Message
	case errors.As(err, &connect) && isTLS(err):
		e.Code, e.Reason = CodeTLS, tlsReason(err)
	case errors.As(err, &connect), errors.As(err, &network), pgconn.Timeout(err):
		e.Code, e.Reason = CodeUnreachable, innermost(err)
	default:
		return err // not the server's
	}
	return e
}

// codeOf is the SQLSTATE of a server's error.
func codeOf(err error) string {
	var told *pgconn.PgError
	if errors.As(err, &told) {
		return told.Code
	}
	return ""
}

func codeOfState(state string) string {
	switch {
	case strings.HasPrefix(state, "28"):
		return CodeLogin
	case state == "3D000":
		return CodeNoDatabase
	case state == "42501", state == "25006", state == "3F000":
		return CodeNotAllowed
	case state == "55P03", state == "57014", state == "40P01", strings.HasPrefix(state, "53"):
		return CodeServerBusy
	case strings.HasPrefix(state, "57P"), strings.HasPrefix(state, "08"):
		return CodeUnreachable
	}
	return CodeServer
}

func isTLS(err error) bool {
	s := err.Error()
	return strings.Contains(s, "refused TLS") || strings.Contains(s, "tls: ") || strings.Contains(s, "x509: ")
}

func tlsReason(err error) string {
	s := innermost(err)
	if i := strings.Index(s, "x509: "); i >= 0 {
		return s[i:]
	}
	return s
}

// innermost is the last error of a chain: those around it name the URL's parts.
func innermost(err error) string {
	for {
		var next error
		switch e := err.(type) { //nolint:errorlint // the chain is walked here
		case *net.OpError, *net.DNSError:
			return e.Error()
		case interface{ Unwrap() error }:
			next = e.Unwrap()
		case interface{ Unwrap() []error }:
			if all := e.Unwrap(); len(all) > 0 {
				next = all[0]
			}
		}
		if next == nil {
			if errors.Is(err, context.DeadlineExceeded) {
				return "no answer in time"
			}
			return err.Error()
		}
		err = next
	}
}

// withTLS adds sslmode=require to a URL that says nothing and leads to another
// computer.
func withTLS(where string) string {
	u, err := url.Parse(where)
	if err != nil {
		return where
	}
	q := u.Query()
	host := q.Get("host")
	if host == "" {
		host = u.Hostname()
	}
	ip := net.ParseIP(host)
	local := host == "" || host == "localhost" || strings.HasPrefix(host, "/") || ip != nil && ip.IsLoopback()
	if q.Has("sslmode") || local {
		return where
	}
	q.Set("sslmode", "require")
	u.RawQuery = q.Encode()
	return u.String()
}

// Redacted is where a catalogue is, as it may be shown: a URL without its
// password, a file as it is.
func Redacted(where string) string {
	scheme, _, isURL := strings.Cut(where, "://")
	if !isURL {
		return where
	}
	u, err := url.Parse(where)
	if err != nil {
		return scheme + "://..."
	}
	shown := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if mode := u.Query().Get("sslmode"); mode != "" {
		shown.RawQuery = url.Values{"sslmode": {mode}}.Encode()
	}
	if u.User != nil {
		shown.User = url.User(u.User.Username())
	}
	return shown.String()
}
