package awscheck

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/racetest"
)

// everyFault is what an account file can make go wrong with a request.
var everyFault = map[string]string{
	"throttled":             "status: 503, code: SlowDown",
	"an outage":             "status: 500, code: InternalError",
	"a dropped connection":  "drop: true",
	"no answer":             "hang: true",
	"nothing of the body":   "truncate: 0",
	"half an answer":        "truncate: 40",
	"an error under 200":    "status: 200, code: InternalError",
	"a captive portal":      `status: 200, content_type: text/html, body: "<html><body>Please log in to the hotel network</body></html>"`,
	"a proxy's refusal":     `status: 403, content_type: text/html, body: "<html><body>Blocked by the corporate proxy</body></html>"`,
	"a redirect":            `redirect: "https://portal.example.com/login"`,
	"garbage":               `status: 200, content_type: application/octet-stream, body: "\x01\x02garbage\xff"`,
	"garbage as a refusal":  `status: 418, content_type: application/json, body: "{]"`,
	"an unknown error code": "status: 400, code: TotallyNewError",
	"a refusal":             "status: 403, code: AccessDenied",
}

// operations are all that the test asks for, in some account or other.
var operations = []string{
	"sts:GetCallerIdentity", "sts:AssumeRole",
	"s3:HeadBucket", "s3:GetBucketLocation", "s3:ListObjectsV2", "s3:PutObject", "s3:HeadObject", "s3:GetObject", "s3:CopyObject",
	"s3:DeleteObject", "s3:CreateMultipartUpload", "s3:UploadPart", "s3:CompleteMultipartUpload",
	"s3:ListBuckets", "s3:GetBucketPolicy", "cloudfront:GET",
}

// matterless tells the faults that keep nothing from working: of what nobody
// needs an answer from, of a HEAD that others make up for, of bodies that are
// not there.
func matterless(operation, fault string) bool {
	switch operation {
	case "s3:ListBuckets", "s3:GetBucketPolicy", "s3:HeadBucket":
		return true
	case "s3:HeadObject", "s3:UploadPart":
		return fault == "nothing of the body" || fault == "half an answer"
	}
	return false
}

// Whatever goes wrong with whichever request: the test ends within its
// deadlines, says why, and leaves nothing behind that it does not name.
func TestEveryFaultOfEveryRequest(t *testing.T) {
	base := edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}})
	for name, fault := range everyFault {
		for _, operation := range operations {
			t.Run(operation+" "+name, func(t *testing.T) {
				// What may leave a goroutine behind is watched by the detector.
				if name != "no answer" && name != "a dropped connection" && name != "half an answer" {
					racetest.Plainly(t)
				}
				t.Parallel()
				service, op, _ := strings.Cut(operation, ":")
				inBubble(t, base+"faults:\n  - {service: "+service+", operation: "+op+", "+fault+"}\n", func(t *testing.T, b *bubble) {
					o := Options{LedgerDir: b.dir}
					if strings.Contains(op, "Multipart") || op == "UploadPart" {
						o.Only = everything() // the large upload takes most of the time
					}
					r := b.run(cdnTarget(), o)
					b.endsWell(r)
					if r.Verdict == Ready && !matterless(operation, name) {
						t.Errorf("ready, although %s never works", operation)
					}
				})
			})
		}
	}
}

// The operations above are those that are asked for.
func TestOperationsAreAllThatIsAskedFor(t *testing.T) {
	inBubble(t, edited(t, cdnAccount, []edit{{publicRead, cloudFrontRead}}), func(t *testing.T, b *bubble) {
		b.run(cdnTarget(), Options{LedgerDir: b.dir, Only: everything()})
		for _, q := range b.log.take() {
			if name := q.Service + ":" + q.Operation; !slices.Contains(operations, name) {
				t.Errorf("%s is asked for and never made to fail", name)
			}
		}
	})
}

// endsWell holds a report to what every run must come to, whatever happened.
func (b *bubble) endsWell(r Report) {
	b.t.Helper()
	if longest := wholeDeadline + cleanupDeadline + 2*grace; r.Duration > longest {
		b.t.Errorf("took %s", r.Duration)
	}
	for _, row := range r.Results {
		if row.Status == Running || row.Status == "" || row.Reason == "result.crashed" {
			b.t.Errorf("%s", describe(row))
		}
		if limit := deadlineOf(row.ID) + 2*grace; row.Duration > limit {
			b.t.Errorf("%s took %s", row.ID, row.Duration)
		}
		if (row.Status == Fail || row.Status == Warn) && !slices.ContainsFunc(row.Causes, func(c diagnose.Cause) bool { return c.Likelihood != diagnose.RuledOut }) {
			b.t.Errorf("no cause: %s", describe(row))
		}
	}
	left := b.remains()
	if len(left) > r.LeftBehind {
		for _, key := range left {
			if !b.inLedger(key) {
				b.t.Errorf("%s is left, %d said and not in the ledger", key, r.LeftBehind)
			}
		}
	}
}

func deadlineOf(id string) time.Duration {
	for _, c := range ChecksOf("microcms") {
		if c.ID == id && c.limit > 0 {
			return c.limit
		}
	}
	return checkDeadline
}

// A server that answers every request alike.
func TestEveryRequestFails(t *testing.T) {
	for name, fault := range everyFault {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, documentedAccount+"faults:\n  - {service: \"*\", operation: \"*\", "+fault+"}\n", func(t *testing.T, b *bubble) {
				r := b.run(roleTarget(), Options{LedgerDir: b.dir})
				if r.Verdict != NotRun {
					t.Errorf("%s: %s", r.Verdict, describe(rowOf(t, r, "caller.identity")))
				}
				if identity := rowOf(t, r, "caller.identity"); identity.Status != Fail || len(identity.Causes) == 0 {
					t.Error(describe(identity))
				}
				if r.LeftBehind != 0 || len(adoptLeftBehindOnce(b.dir)) != 0 {
					t.Errorf("%d left behind of nothing", r.LeftBehind)
				}
			})
		})
	}
}
