package cloudfront

import (
	"cmp"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

// Limits of CloudFront for what is in progress in one distribution at once.
const (
	maxPaths     = 3000 // that end in no wildcard; also the most that one batch holds
	maxWildcards = 15
	maxPath      = 4000 // characters of one path
)

// settles is how long an invalidation is in progress, by the sandbox's clock,
// unless the account says otherwise. The edge lets go at once.
const settles = 2 * time.Second

type invalidation struct {
	id      string
	created time.Time
	takes   time.Duration
	batch   batch
}

type batch struct {
	XMLName         xml.Name `xml:"InvalidationBatch"`
	XMLNS           string   `xml:"xmlns,attr,omitempty"`
	Paths           paths
	CallerReference string
}

type paths struct {
	Quantity int
	Items    *[]string `xml:"Items>Path"`
}

func (p paths) list() []string {
	if p.Items == nil {
		return nil
	}
	return *p.Items
}

func (i *invalidation) completed(now time.Time) bool { return !now.Before(i.created.Add(i.takes)) }

func (i *invalidation) status(now time.Time) string {
	if i.completed(now) {
		return "Completed"
	}
	return "InProgress"
}

func (r *record) inProgress(now time.Time) []*invalidation {
	var open []*invalidation
	for _, i := range r.invalidations {
		if !i.completed(now) {
			open = append(open, i)
		}
	}
	return open
}

type invalidationDocument struct {
	XMLName           xml.Name `xml:"Invalidation"`
	XMLNS             string   `xml:"xmlns,attr"`
	Id                string
	Status            string
	CreateTime        string
	InvalidationBatch batch
}

func (i *invalidation) document(now time.Time) invalidationDocument {
	return invalidationDocument{XMLNS: Namespace, Id: i.id, Status: i.status(now), CreateTime: stamp(i.created), InvalidationBatch: i.batch}
}

func (c *call) createInvalidation() (answer, *awserr.Error) {
	r, problem := c.find()
	if problem != nil {
		return answer{}, problem
	}
	var b batch
	if problem := c.read(&b); problem != nil {
		return answer{}, problem
	}
	b.XMLNS = ""
	earlier, problem := r.judgeBatch(b, c.now())
	if problem != nil {
		return answer{}, problem
	}
	i := earlier
	if i == nil {
		i = &invalidation{id: newID("I"), created: c.now().UTC(), takes: cmp.Or(r.base.InvalidationTime, settles), batch: b}
		r.invalidations = slices.Insert(r.invalidations, 0, i)
		if c.edge != nil {
			c.edge.Invalidate(r.base.ID, b.Paths.list())
		}
	}
	return answer{
		status: http.StatusCreated, body: i.document(c.now()),
		location: "https://cloudfront.amazonaws.com/2020-05-31/distribution/" + r.base.ID + "/invalidation/" + i.id,
	}, nil
}

// judgeBatch refuses what CloudFront refuses, and finds the invalidation that
// was made by the same request before.
func (r *record) judgeBatch(b batch, now time.Time) (earlier *invalidation, problem *awserr.Error) {
	list := b.Paths.list()
	switch {
	case b.CallerReference == "":
		return nil, invalid("The parameter CallerReference is missing.")
	case b.Paths.Quantity != len(list):
		return nil, inconsistent()
	case len(list) == 0:
		return nil, invalid("Your request must contain at least one invalidation path.")
	case len(list) > maxPaths:
		return nil, awserr.New(http.StatusRequestEntityTooLarge, "BatchTooLarge", "Invalidation batch specified is too large.")
	case slices.ContainsFunc(list, func(p string) bool { return !validPath(p) }):
		return nil, invalid("Your request contains one or more invalid invalidation paths.")
	}
	for _, i := range r.invalidations {
		if i.batch.CallerReference != b.CallerReference {
			continue
		}
		if !slices.Equal(slices.Sorted(slices.Values(i.batch.Paths.list())), slices.Sorted(slices.Values(list))) {
			return nil, awserr.New(http.StatusConflict, "InvalidationBatchAlreadyExists",
				"An invalidation batch with the same CallerReference but different paths already exists.")
		}
		return i, nil
	}
	files, wildcards := count(list)
	for _, i := range r.inProgress(now) {
		f, w := count(i.batch.Paths.list())
		files, wildcards = files+f, wildcards+w
	}
	if files > maxPaths || wildcards > maxWildcards {
		return nil, awserr.New(http.StatusBadRequest, "TooManyInvalidationsInProgress",
			"Processing your request will cause you to exceed the maximum number of in-progress wildcard invalidations or paths.")
	}
	return nil, nil
}

func count(list []string) (files, wildcards int) {
	for _, p := range list {
		if strings.HasSuffix(p, "*") {
			wildcards++
		} else {
			files++
		}
	}
	return files, wildcards
}

// validPath holds an invalidation's path to the form that CloudFront
// documents: it begins with a slash, a wildcard only ends it, and what is not
// ASCII or may not stand in a URL is percent-encoded.
func validPath(p string) bool {
	if !strings.HasPrefix(p, "/") || len(p) > maxPath {
		return false
	}
	for i := 0; i < len(p); i++ {
		switch b := p[i]; {
		case b <= ' ' || b >= 0x7f || strings.IndexByte("<>\"{}|\\^[]`#", b) >= 0:
			return false
		case b == '*' && i != len(p)-1:
			return false
		case b == '%' && (i+2 >= len(p) || !isHex(p[i+1]) || !isHex(p[i+2])):
			return false
		}
	}
	return true
}

func isHex(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F'
}

func (c *call) getInvalidation() (answer, *awserr.Error) {
	r, problem := c.find()
	if problem != nil {
		return answer{}, problem
	}
	for _, i := range r.invalidations {
		if i.id == c.sub {
			return answer{body: i.document(c.now())}, nil
		}
	}
	return answer{}, awserr.New(http.StatusNotFound, "NoSuchInvalidation", "The specified invalidation does not exist.")
}

type invalidationList struct {
	XMLName xml.Name `xml:"InvalidationList"`
	XMLNS   string   `xml:"xmlns,attr"`
	page
	Items *[]invalidationSummary `xml:"Items>InvalidationSummary"`
}

type invalidationSummary struct{ Id, CreateTime, Status string }

func (c *call) listInvalidations() (answer, *awserr.Error) {
	r, problem := c.find()
	if problem != nil {
		return answer{}, problem
	}
	p, from, to, problem := c.page(len(r.invalidations), func(i int) string { return r.invalidations[i].id })
	if problem != nil {
		return answer{}, problem
	}
	list := invalidationList{XMLNS: Namespace, page: p}
	items := []invalidationSummary{}
	for _, i := range r.invalidations[from:to] {
		items = append(items, invalidationSummary{i.id, stamp(i.created), i.status(c.now())})
	}
	if len(items) > 0 {
		list.Items = &items
	}
	return answer{body: list}, nil
}
