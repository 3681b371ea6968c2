package connect

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"
	"time"

	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

type secretKey struct{}

// withSecret marks a value that must not be seen in evidence or logs of the
// requests under ctx.
func withSecret(ctx context.Context, value string) context.Context {
	if value == "" {
		return ctx
	}
	old, _ := ctx.Value(secretKey{}).([]string)
	return context.WithValue(ctx, secretKey{}, append(old[:len(old):len(old)], value))
}

// WithSecret is withSecret for those who call STS themselves with an
// external ID.
func WithSecret(ctx context.Context, value string) context.Context { return withSecret(ctx, value) }

// hideSecrets masks what an answer echoed: STS repeats a malformed external
// ID in its message.
func hideSecrets(ctx context.Context, ev *diagnose.Evidence) {
	ev.Message = redactText(ev.Message)
	values, _ := ctx.Value(secretKey{}).([]string)
	for _, v := range values {
		ev.Message = strings.ReplaceAll(ev.Message, v, diagnose.Mask(v))
	}
}

// redactText removes signatures, tokens and echoed external IDs from a text
// that somebody else wrote.
func redactText(s string) string { return diagnose.Redact(s) }

// RedactURL removes the parameters of a presigned URL, and user info.
func RedactURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return redactText(raw)
	}
	u.User = nil
	u.RawQuery = redactText(u.RawQuery)
	return u.String()
}

// debugLog writes one line a request. A nil debugLog writes nothing.
type debugLog struct {
	mu  sync.Mutex
	out io.Writer
}

// exchange logs one attempt: who, what, how it ended. Bodies are not logged,
// nor any header that could hold a secret.
func (l *debugLog) exchange(ctx context.Context, req *smithyhttp.Request, ev *diagnose.Evidence, took time.Duration) {
	if l == nil {
		return
	}
	shown := *ev
	hideSecrets(ctx, &shown)
	method, target := "", ""
	if req != nil {
		method, target = req.Method, RedactURL(req.URL.String())
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintf(l.out, "%s %s %s %q status=%d code=%q network=%q message=%q request_id=%q host_id=%q took=%s\n",
		time.Now().UTC().Format(time.RFC3339Nano), shown.Operation, method, target,
		shown.HTTPStatus, shown.Code, shown.Network, shown.Message, shown.RequestID, shown.HostID, took.Round(time.Microsecond))
}
