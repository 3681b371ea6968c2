package s3

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// corsRule is one rule of a bucket's CORS configuration.
type corsRule struct {
	ID            string   `xml:",omitempty"`
	AllowedHeader []string `xml:",omitempty"`
	AllowedMethod []string
	AllowedOrigin []string
	ExposeHeader  []string `xml:",omitempty"`
	MaxAgeSeconds int      `xml:",omitempty"`
}

// corsRules reads the account file's rules, which are written as AWS's JSON
// has them, or with the keys in snake case.
func corsRules(from []map[string]any) []corsRule {
	var rules []corsRule
	for _, m := range from {
		var r corsRule
		for key, value := range m {
			switch strings.ReplaceAll(strings.ToLower(key), "_", "") {
			case "id":
				r.ID, _ = value.(string)
			case "allowedheaders":
				r.AllowedHeader = texts(value)
			case "allowedmethods":
				r.AllowedMethod = texts(value)
			case "allowedorigins":
				r.AllowedOrigin = texts(value)
			case "exposeheaders":
				r.ExposeHeader = texts(value)
			case "maxageseconds":
				r.MaxAgeSeconds, _ = strconv.Atoi(scalar(value))
			}
		}
		rules = append(rules, r)
	}
	return rules
}

// match is the first rule that lets origin use method and the headers, and
// the origin that the rule answers with.
func match(rules []corsRule, origin, method string, headers []string) (corsRule, string, bool) {
	for _, r := range rules {
		i := slices.IndexFunc(r.AllowedOrigin, func(pattern string) bool { return wildcard(pattern, origin) })
		if i < 0 || !slices.Contains(r.AllowedMethod, method) {
			continue
		}
		allowed := func(h string) bool {
			return slices.ContainsFunc(r.AllowedHeader, func(p string) bool { return wildcard(strings.ToLower(p), strings.ToLower(h)) })
		}
		if slices.ContainsFunc(headers, func(h string) bool { return !allowed(h) }) {
			continue
		}
		if r.AllowedOrigin[i] == "*" {
			origin = "*"
		}
		return r, origin, true
	}
	return corsRule{}, "", false
}

// wildcard matches a pattern with at most one asterisk.
func wildcard(pattern, s string) bool {
	before, behind, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == s
	}
	return len(s) >= len(before)+len(behind) && strings.HasPrefix(s, before) && strings.HasSuffix(s, behind)
}

// setCORS answers the Origin of a request by the bucket's rules.
func (c *call) setCORS() {
	origin := c.r.Header.Get("Origin")
	if origin == "" {
		return
	}
	if rule, answer, ok := match(c.bucket.corsRules(), origin, c.r.Method, nil); ok {
		rule.write(c.w.Header(), answer)
	}
}

func (r corsRule) write(h http.Header, origin string) {
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Methods", strings.Join(r.AllowedMethod, ", "))
	if origin != "*" {
		h.Set("Access-Control-Allow-Credentials", "true")
	}
	if len(r.ExposeHeader) > 0 {
		h.Set("Access-Control-Expose-Headers", strings.Join(r.ExposeHeader, ", "))
	}
	if r.MaxAgeSeconds > 0 {
		h.Set("Access-Control-Max-Age", strconv.Itoa(r.MaxAgeSeconds))
	}
	h.Set("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method")
}

func (b *bucket) corsRules() []corsRule {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.cors
}

// preflight answers OPTIONS. No permission is needed for it.
func (c *call) preflight() error {
	h := c.r.Header
	origin, method := h.Get("Origin"), h.Get("Access-Control-Request-Method")
	switch {
	case origin == "":
		return awserr.New(400, "BadRequest", "Insufficient information. Origin request header needed.")
	case method == "":
		return awserr.New(400, "BadRequest", "Invalid Access-Control-Request-Method: null")
	}
	rules := c.bucket.corsRules()
	var headers []string
	for name := range strings.SplitSeq(h.Get("Access-Control-Request-Headers"), ",") {
		if name = strings.TrimSpace(name); name != "" {
			headers = append(headers, name)
		}
	}
	rule, answer, ok := match(rules, origin, method, headers)
	if !ok {
		message := "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec."
		if len(rules) == 0 {
			message = "CORSResponse: CORS is not enabled for this bucket."
		}
		return with(awserr.New(http.StatusForbidden, "AccessForbidden", message), "Method", method, "ResourceType", resourceType(c.target))
	}
	rule.write(c.w.Header(), answer)
	if len(headers) > 0 {
		c.w.Header().Set("Access-Control-Allow-Headers", strings.Join(headers, ", "))
	}
	c.w.Header().Set("Content-Length", "0")
	c.w.WriteHeader(http.StatusOK)
	return nil
}
