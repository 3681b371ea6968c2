package awscheck

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/owner"
	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
)

// amplifyChecks are the rows that Amplify's connections have beside the common ones.
func amplifyChecks() []Check {
	checks := []Check{
		{ID: "amplify.cors", Needs: []string{"role.assume"}, usesBucket: true, limit: deliveryLimit, run: amplifyCORS},
		{ID: "amplify.access", Needs: []string{"role.assume"}, usesBucket: true, limit: deliveryLimit, run: amplifyAccess},
		{ID: "amplify.outputs", Needs: []string{"settings.valid"}, run: amplifyOutputs},
		ownerCheck("amplify.roles", (*owner.Side).AppRoles),
		ownerCheck("amplify.bucket-policy", (*owner.Side).AppBucketPolicy),
	}
	for i := range checks {
		checks[i].of = []string{"amplify"}
	}
	return checks
}

// amplifyCORS tells whether the app's pages may use the bucket from a browser
// (A8): by the configuration where it may be read, else by asking S3 as a
// browser does before its first request.
func amplifyCORS(ctx context.Context, x *test) outcome {
	app := x.target.App
	if app == nil {
		return skip("no-app", nil)
	}
	args := diagnose.Args{"origins": strings.Join(app.Origins, ", ")}
	out, err := x.s3.GetBucketCors(ctx, &s3.GetBucketCorsInput{Bucket: aws.String(x.target.Bucket)})
	var answered smithy.APIError
	switch {
	case err == nil:
		return x.judgedCORS(app, out.CORSRules, args)
	case errors.As(err, &answered) && answered.ErrorCode() == "NoSuchCORSConfiguration":
		return x.corsCause("none", "cors-missing", args)
	case connect.EvidenceOf(err, "s3:GetBucketCors").HTTPStatus == http.StatusForbidden:
		return x.preflights(ctx, app, args)
	}
	return inconclusive("unread", diagnose.Args{"message": err.Error()})
}

// corsCause is a failed row with its cause, and the configuration that mends it.
func (x *test) corsCause(what, cause string, args diagnose.Args) outcome {
	f := x.known()
	f.Wanted = wrappedCORS(x.target.App.CORS)
	return failed(what, args, []diagnose.Cause{diagnose.Because(cause, diagnose.Certain, f, args)})
}

// wrappedCORS is a bare array of rules as the AWS CLI takes it.
func wrappedCORS(rules json.RawMessage) json.RawMessage {
	if len(rules) == 0 {
		return nil
	}
	return json.RawMessage(`{"CORSRules":` + string(rules) + `}`)
}

// judgedCORS compares the rules with what the app's browsers do.
func (x *test) judgedCORS(app *owner.App, rules []types.CORSRule, args diagnose.Args) outcome {
	var origins, methods []string
	etag, headers := true, true
	for _, origin := range wantedOrigins(app) {
		lacking := []string{}
		some := false
		for _, m := range appMethods(app.Paths) {
			r, ok := firstRule(rules, origin, m)
			if !ok {
				lacking = append(lacking, m)
				continue
			}
			some = true
			headers = headers && slices.Contains(r.AllowedHeaders, "*")
			etag = etag && (m != http.MethodPut || exposes(r, "ETag"))
		}
		switch {
		case !some:
			origins = append(origins, origin)
		default:
			for _, m := range lacking {
				if !slices.Contains(methods, m) {
					methods = append(methods, m)
				}
			}
		}
	}
	switch {
	case len(rules) == 0:
		return x.corsCause("none", "cors-missing", args)
	case origins != nil:
		args["what"] = strings.Join(origins, ", ")
		return x.corsCause("origin", "amplify-cors-origin", args)
	case methods != nil:
		args["what"] = strings.Join(methods, ", ")
		return x.corsCause("methods", "amplify-cors-methods", args)
	case !headers:
		return x.corsCause("headers", "amplify-cors-headers", args)
	case !etag:
		return x.corsCause("etag", "amplify-cors-etag", args)
	}
	return pass("pass", args)
}

// wantedOrigins are those that the settings name; without any, a page anywhere.
func wantedOrigins(app *owner.App) []string {
	if len(app.Origins) == 0 {
		return []string{"*"}
	}
	return app.Origins
}

// appMethods are the methods of the app's requests: listing is a GET, and parts
// of large uploads begin and end with a POST.
func appMethods(t storagepaths.Table) []string {
	methods := []string{http.MethodGet, http.MethodHead}
	grants := func(action string) bool {
		return slices.ContainsFunc(t, func(r storagepaths.Row) bool { return r.Grants(action) })
	}
	if grants(storagepaths.Write) {
		methods = append(methods, http.MethodPut, http.MethodPost)
	}
	if grants(storagepaths.Delete) {
		methods = append(methods, http.MethodDelete)
	}
	return methods
}

// firstRule is the rule that S3 would answer with: the first one that fits.
func firstRule(rules []types.CORSRule, origin, method string) (types.CORSRule, bool) {
	for _, r := range rules {
		if slices.Contains(r.AllowedMethods, method) && slices.ContainsFunc(r.AllowedOrigins, func(p string) bool { return fits(p, origin) }) {
			return r, true
		}
	}
	return types.CORSRule{}, false
}

// fits matches a pattern with at most one asterisk.
func fits(pattern, s string) bool {
	before, behind, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == s
	}
	return len(s) >= len(before)+len(behind) && strings.HasPrefix(s, before) && strings.HasSuffix(s, behind)
}

func exposes(r types.CORSRule, header string) bool {
	return slices.ContainsFunc(r.ExposeHeaders, func(h string) bool { return strings.EqualFold(h, header) })
}

// preflights asks as browsers do, without credentials, for every origin and
// method. What is exposed, the answers to preflights do tell on S3.
func (x *test) preflights(ctx context.Context, app *owner.App, args diagnose.Args) outcome {
	if x.source.CustomEndpoint() {
		return skip("unknown", diagnose.Args{"needs": "s3:GetBucketCORS"})
	}
	var refused []string
	for _, origin := range wantedOrigins(app) {
		if strings.Contains(origin, "*") {
			origin = "https://app.example.com"
		}
		for _, m := range appMethods(app.Paths) {
			a := x.send(ctx, ask{method: http.MethodOptions, url: x.direct("mediadock-preflight"), origin: origin, preflight: m})
			switch {
			case a.err != nil || a.status() >= 500 || a.status() == http.StatusBadRequest:
				return inconclusive("unread", diagnose.Args{"message": a.evidence.Message})
			case a.status() == http.StatusForbidden && !slices.Contains(refused, origin):
				refused = append(refused, origin)
			}
		}
	}
	if refused != nil {
		args["what"] = strings.Join(refused, ", ")
		return x.corsCause("origin", "amplify-cors-origin", args)
	}
	return pass("pass-preflight", args)
}
