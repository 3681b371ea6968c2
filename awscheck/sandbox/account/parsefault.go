package account

import (
	"net/url"

	"github.com/goccy/go-yaml/ast"
)

func (d *decoder) fault(n ast.Node, path string) Fault {
	f := Fault{Service: "*", Operation: "*"}
	var status, times, truncate int64
	seen := d.object(n, path, map[string]field{
		"service":      d.oneOf(&f.Service, append(Services(), "*")...),
		"operation":    d.text(&f.Operation),
		"status":       d.integer(&status, 200, 599),
		"code":         d.text(&f.Code),
		"times":        d.integer(&times, 0, 1<<31-1),
		"delay":        d.duration(&f.Delay, 0, hour),
		"drop":         d.boolean(&f.Drop),
		"body":         d.text(&f.Body),
		"content_type": d.text(&f.ContentType),
		"truncate":     d.integer(&truncate, 0, 1<<30),
		"hang":         d.boolean(&f.Hang),
		"redirect":     d.location(&f.Redirect),
	})
	f.Status, f.Times = int(status), int(times)
	if seen["truncate"] {
		at := int(truncate)
		f.Truncate = &at
	}
	if !knownOperation(f.Service, f.Operation) {
		d.report(n, join(path, "operation"), "invalid", "%q is no operation of %s that the sandbox knows", f.Operation, f.Service)
	}
	d.checkFault(n, path, seen, f)
	return f
}

// checkFault refuses what cannot happen to one request together, and what
// would be no fault at all.
func (d *decoder) checkFault(n ast.Node, path string, seen map[string]bool, f Fault) {
	answers := seen["status"] || seen["code"] || seen["body"] || seen["redirect"]
	switch {
	case f.Drop && f.Hang:
		d.report(n, path, "invalid", "drop breaks the connection, hang keeps it open: choose one")
	case answers && (f.Drop || f.Hang):
		d.report(n, path, "invalid", "drop and hang give no answer; they cannot have a status, code, body or redirect as well")
	case f.Truncate != nil && (f.Drop || f.Hang):
		d.report(n, path, "invalid", "drop and hang give no answer that could be truncated")
	case seen["redirect"] && (seen["code"] || seen["body"]):
		d.report(n, path, "invalid", "a redirect has no code or body of its own")
	case seen["redirect"] && f.Status != 0 && f.Status/100 != 3:
		d.report(n, join(path, "status"), "invalid", "a redirect's status is 301, 302, 307 or 308")
	case f.Status != 0 && f.Status < 300 && !seen["code"] && !seen["body"]:
		d.report(n, join(path, "status"), "invalid", "%d is no failure: it needs a body, or a code to put into an <Error>", f.Status)
	case seen["content_type"] && !seen["body"]:
		d.report(n, join(path, "content_type"), "invalid", "describes a body; there is none")
	case !answers && !f.Drop && !f.Hang && f.Truncate == nil && f.Delay == 0:
		d.report(n, path, "missing", "one of status, code, body, redirect, delay, truncate, hang or drop is required")
	}
}

// location reads the URL that a redirect leads to.
func (d *decoder) location(to *string) field {
	return func(n ast.Node, path string) {
		d.text(to)(n, path)
		if u, err := url.Parse(*to); *to != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
			d.report(n, path, "invalid", "%q is no URL such as https://portal.example.com/login", *to)
		}
	}
}
