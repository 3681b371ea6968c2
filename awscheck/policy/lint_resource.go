package policy

import "strings"

// s3Resource is an S3 ARN pattern, taken apart.
type s3Resource struct {
	prefix string // "arn:aws:s3:::"
	bucket string // may hold wildcards
	path   string // after the bucket's slash
	object bool   // has a slash: can only match objects
}

// parseS3 takes the resource of S3's buckets and objects apart.
func parseS3(resource string) (s3Resource, bool) {
	parts := strings.SplitN(resource, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "s3" {
		return s3Resource{}, false
	}
	r := s3Resource{prefix: strings.Join(parts[:5], ":") + ":"}
	r.bucket, r.path, r.object = strings.Cut(parts[5], "/")
	return r, true
}

// matchesObjects reports whether the pattern can match an object.
func (r s3Resource) matchesObjects() bool { return r.object || strings.Contains(r.bucket, "*") }

// matchesBuckets reports whether the pattern can match a bucket.
func (r s3Resource) matchesBuckets() bool { return !r.object }

// resources checks each resource by itself and against the actions.
func (l *linter) resources(i int, s *Statement) {
	if l.kind == KindTrust {
		return
	}
	for _, r := range s.Resource {
		l.resource(i, s, r)
	}
	if s.Action != nil && len(s.Resource) > 0 {
		l.levels(i, s)
	}
}

func (l *linter) resource(i int, s *Statement, resource string) {
	if resource == "*" {
		if s.Effect == Allow && l.kind != KindKey {
			l.add(i, "resource-everything", "resource", resource)
		}
		return
	}
	if strings.Count(resource, ":") < 5 || !strings.HasPrefix(resource, "arn:") {
		l.add(i, "resource-format", "resource", resource)
		return
	}
	r, ok := parseS3(resource)
	if !ok {
		return
	}
	if l.misplaced(i, r, resource) || s.Effect != Allow {
		return
	}
	if r.bucket == "*" {
		l.add(i, "resource-everything", "resource", resource)
		return
	}
	if r.object && r.path != "*" && strings.HasSuffix(r.path, "*") && !strings.HasSuffix(r.path, "/*") {
		l.add(i, "resource-open-end", "resource", resource, "want", strings.TrimSuffix(resource, "*")+"/*")
	}
	l.inScope(i, r, resource)
}

// misplaced reports forms of S3 ARNs that match no ordinary bucket or object.
func (l *linter) misplaced(i int, r s3Resource, resource string) bool {
	fields := strings.SplitN(r.prefix, ":", 6)
	if fields[3] != "" || fields[4] != "" {
		if accessPoint(r.bucket) {
			return true // access points, jobs, ... have a region and an account
		}
		l.add(i, "resource-region", "resource", resource, "want", "arn:"+fields[1]+":s3:::"+resource[len(r.prefix):])
		return true
	}
	if r.bucket == "" {
		l.add(i, "resource-format", "resource", resource)
		return true
	}
	if strings.HasPrefix(r.path, "/") || strings.Contains(r.path, "//") {
		l.add(i, "resource-empty-segment", "resource", resource, "want", r.prefix+r.bucket+"/"+singleSlashes(r.path))
		return true
	}
	return false
}

// accessPoint reports whether what stands in the bucket's place is one of
// S3's resources that live in a region and an account.
func accessPoint(name string) bool {
	switch name {
	case "accesspoint", "job", "storage-lens", "access-grants":
		return true
	}
	return strings.HasPrefix(name, "accesspoint") || strings.ContainsAny(name, "*?")
}

func singleSlashes(path string) string {
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	return strings.TrimPrefix(path, "/")
}

// inScope reports an Allow that reaches beyond the bucket and prefix that the
// document is for.
func (l *linter) inScope(i int, r s3Resource, resource string) {
	switch {
	case l.scope.Bucket == "":
	case r.bucket != l.scope.Bucket:
		l.add(i, "resource-other-bucket", "resource", resource, "bucket", l.scope.Bucket)
	case l.kind == KindIdentity && r.object && !l.withinPrefix(r):
		l.add(i, "resource-beyond-prefix", "resource", resource, "want", l.wanted(r))
	}
}

// withinPrefix reports whether all that the pattern matches lies under the
// prefix.
func (l *linter) withinPrefix(r s3Resource) bool {
	if l.scope.Prefix == "" {
		return true
	}
	plain := r.path
	if at := strings.IndexAny(plain, "*?$"); at >= 0 {
		plain = plain[:at]
	}
	return strings.HasPrefix(plain, l.scope.Prefix+"/")
}

func (l *linter) wanted(r s3Resource) string {
	return r.prefix + l.scope.Bucket + "/" + l.scope.Prefix + "/*"
}

// levels finds actions that none of the resources can ever match.
func (l *linter) levels(i int, s *Statement) {
	var objects, buckets, known bool
	for _, resource := range s.Resource {
		r, ok := parseS3(resource)
		if !ok {
			return // "*", or no S3 ARN: matches too much or is reported already
		}
		known = true
		objects = objects || r.matchesObjects()
		buckets = buckets || r.matchesBuckets()
	}
	if !known {
		return
	}
	first, _ := parseS3(s.Resource[0])
	for _, a := range s.Action {
		switch level := levelOf(a); {
		case level == levelObject && !objects:
			l.add(i, "object-action-on-bucket", "action", a, "resource", s.Resource[0],
				"want", s.Resource[0]+"/*")
		case level == levelBucket && !buckets:
			l.add(i, "bucket-action-on-object", "action", a, "resource", s.Resource[0],
				"want", first.prefix+first.bucket)
		}
	}
}
