package s3_test

import (
	"encoding/xml"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

func versioned(b *account.Bucket) { b.Versioning = "Enabled" }

type versionList struct {
	Entries []struct {
		XMLName  xml.Name
		Key      string
		IsLatest bool
		Size     int
	} `xml:",any"`
	IsTruncated   bool
	NextKeyMarker string
	NextVersionID string `xml:"NextVersionIdMarker"`
}

func (l versionList) rows() (rows []string) {
	for _, e := range l.Entries {
		if e.XMLName.Local == "Version" || e.XMLName.Local == "DeleteMarker" {
			row := e.XMLName.Local + " " + e.Key
			if e.IsLatest {
				row += " latest"
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func TestVersions(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", versioned, family("f/", "{n}", 2)))
	me := admin(t)
	one := r.do(me, "PUT", "/b-one/k", "one").want(200, "").value("X-Amz-Version-Id")
	two := r.do(me, "PUT", "/b-one/k", "two!").value("X-Amz-Version-Id")
	if one == "" || one == two || one == "null" {
		t.Fatalf("versions %q and %q", one, two)
	}
	marker := r.do(me, "DELETE", "/b-one/k", "").want(204, "").has("X-Amz-Delete-Marker", "true").value("X-Amz-Version-Id")
	r.do(me, "GET", "/b-one/k", "").want(404, "NoSuchKey").has("X-Amz-Delete-Marker", "true").has("X-Amz-Version-Id", marker)
	r.do(me, "GET", "/b-one/k?versionId="+one, "").want(200, "").contains("one").has("X-Amz-Version-Id", one)
	r.do(me, "GET", "/b-one/k?versionId="+marker, "").want(405, "MethodNotAllowed").has("X-Amz-Delete-Marker", "true")
	r.do(me, "GET", "/b-one/k?versionId=nonsense", "").want(404, "NoSuchVersion")
	r.do(me, "GET", "/b-one?list-type=2&prefix=k", "").contains("<KeyCount>0</KeyCount>")
	r.do(me, "PUT", "/b-one/copy", "", "X-Amz-Copy-Source: b-one/k?versionId="+one).want(200, "").has("X-Amz-Copy-Source-Version-Id", one)
	r.do(me, "GET", "/b-one/copy", "").contains("one")

	r.do(me, "DELETE", "/b-one/f/1", "").want(204, "")
	got := parse[versionList](r.do(me, "GET", "/b-one?versions", "").want(200, ""))
	want := []string{"Version copy latest", "Version f/0 latest", "DeleteMarker f/1 latest", "Version f/1", "DeleteMarker k latest", "Version k", "Version k"}
	if rows := got.rows(); len(rows) != len(want) {
		t.Fatalf("got %q, want %q", rows, want)
	} else {
		for i := range want {
			if rows[i] != want[i] {
				t.Fatalf("got %q, want %q", rows, want)
			}
		}
	}
	r.do(me, "GET", "/b-one/f/1?versionId=null", "").want(200, "").has("Content-Length", "20480")

	r.do(me, "DELETE", "/b-one/k?versionId="+marker, "").want(204, "").has("X-Amz-Delete-Marker", "true").has("X-Amz-Version-Id", marker)
	r.do(me, "GET", "/b-one/k", "").want(200, "").contains("two!")
	r.do(me, "DELETE", "/b-one/k?versionId="+two, "").want(204, "").has("X-Amz-Delete-Marker", "")
	r.do(me, "GET", "/b-one/k", "").contains("one")
	r.do(me, "DELETE", "/b-one/k?versionId="+one, "").want(204, "")
	r.do(me, "GET", "/b-one?versions&prefix=k", "").lacks("<Version>").lacks("<DeleteMarker>")
	r.do(me, "DELETE", "/b-one/k?versionId="+one, "").want(204, "") // again
}

func TestVersionPages(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", versioned))
	me := admin(t)
	for _, key := range []string{"a", "a", "a", "b/1", "b/2", "c"} {
		r.do(me, "PUT", "/b-one/"+key, "x")
	}
	var rows []string
	query := "/b-one?versions&max-keys=2"
	for {
		p := parse[versionList](r.do(me, "GET", query, "").want(200, ""))
		rows = append(rows, p.rows()...)
		if !p.IsTruncated {
			break
		}
		query = "/b-one?versions&max-keys=2&key-marker=" + p.NextKeyMarker + "&version-id-marker=" + p.NextVersionID
	}
	if len(rows) != 6 || rows[0] != "Version a latest" || rows[2] != "Version a" || rows[5] != "Version c latest" {
		t.Errorf("got %q", rows)
	}
	p := parse[versionList](r.do(me, "GET", "/b-one?versions&delimiter=/", "").contains("<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes>"))
	if len(p.rows()) != 4 {
		t.Errorf("got %q", p.rows())
	}
	r.do(me, "GET", "/b-one?versions&version-id-marker=x", "").want(400, "InvalidArgument")
}

func TestBatchDeleteMakesMarkers(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", versioned))
	me := admin(t)
	id := r.do(me, "PUT", "/b-one/k", "x").value("X-Amz-Version-Id")
	got := parse[deleteResult](r.do(me, "POST", "/b-one?delete", batch(false, "k"), md5Header))
	if len(got.Deleted) != 1 || !got.Deleted[0].DeleteMarker || got.Deleted[0].MarkerID == "" {
		t.Errorf("got %+v", got)
	}
	body := "<Delete><Object><Key>k</Key><VersionId>" + id + "</VersionId></Object></Delete>"
	only := role(allowing(t, "*", "s3:DeleteObject"))
	if got := parse[deleteResult](r.do(only, "POST", "/b-one?delete", body, md5Header)); len(got.Error) != 1 || got.Error[0].VersionID != id {
		t.Errorf("without s3:DeleteObjectVersion: %+v", got)
	}
	if got := parse[deleteResult](r.do(me, "POST", "/b-one?delete", body, md5Header)); len(got.Deleted) != 1 || got.Deleted[0].VersionID != id {
		t.Errorf("got %+v", got)
	}
}

func TestSuspendedVersioning(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", versioned))
	me := admin(t)
	kept := r.do(me, "PUT", "/b-one/k", "old").value("X-Amz-Version-Id")
	r.do(me, "PUT", "/b-one?versioning", "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>").want(200, "")
	r.do(me, "PUT", "/b-one/k", "null one").has("X-Amz-Version-Id", "null")
	r.do(me, "PUT", "/b-one/k", "null two").has("X-Amz-Version-Id", "null")
	if got := parse[versionList](r.do(me, "GET", "/b-one?versions", "")); len(got.rows()) != 2 {
		t.Errorf("got %q", got.rows())
	}
	r.do(me, "DELETE", "/b-one/k", "").want(204, "").has("X-Amz-Version-Id", "null").has("X-Amz-Delete-Marker", "true")
	if got := parse[versionList](r.do(me, "GET", "/b-one?versions", "")).rows(); len(got) != 2 || got[0] != "DeleteMarker k latest" {
		t.Errorf("got %q", got)
	}
	r.do(me, "GET", "/b-one/k?versionId="+kept, "").contains("old")
}

func TestObjectLock(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", versioned, func(b *account.Bucket) { b.ObjectLock = &account.ObjectLock{Mode: "GOVERNANCE", Days: 1} }))
	me := admin(t)
	r.do(me, "PUT", "/b-one/k", "x").want(400, "InvalidRequest").contains("Content-MD5 OR x-amz-checksum- HTTP header is required")
	id := r.do(me, "PUT", "/b-one/k", "x", "X-Amz-Checksum-Crc32: jNzYMA==").want(200, "").value("X-Amz-Version-Id")
	r.do(me, "HEAD", "/b-one/k", "").has("X-Amz-Object-Lock-Mode", "GOVERNANCE").has("X-Amz-Object-Lock-Retain-Until-Date", "2026-11-22T09:00:00.000Z")
	r.do(me, "GET", "/b-one/k?retention", "").contains("<Mode>GOVERNANCE</Mode>")
	r.do(me, "GET", "/b-one/k?legal-hold", "").contains("<Status>OFF</Status>")
	r.do(me, "DELETE", "/b-one/k", "").want(204, "").has("X-Amz-Delete-Marker", "true") // a marker is no removal
	r.do(me, "DELETE", "/b-one/k?versionId="+id, "").want(403, "AccessDenied").contains("Access Denied because object protected by object lock.")
	unable := role(allowing(t, "*", "s3:DeleteObjectVersion"))
	r.do(unable, "DELETE", "/b-one/k?versionId="+id, "", "X-Amz-Bypass-Governance-Retention: true").want(403, "AccessDenied")
	r.do(me, "PUT", "/b-one/k?legal-hold&versionId="+id, "<LegalHold><Status>ON</Status></LegalHold>").want(200, "")
	r.do(me, "DELETE", "/b-one/k?versionId="+id, "", "X-Amz-Bypass-Governance-Retention: true").want(403, "AccessDenied") // held all the same
	r.do(me, "PUT", "/b-one/k?legal-hold&versionId="+id, "<LegalHold><Status>OFF</Status></LegalHold>").want(200, "")

	shorter := "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2026-11-21T10:00:00Z</RetainUntilDate></Retention>"
	r.do(me, "PUT", "/b-one/k?retention&versionId="+id, shorter).want(403, "AccessDenied")
	r.do(me, "PUT", "/b-one/k?retention&versionId="+id, shorter, "X-Amz-Bypass-Governance-Retention: true").want(200, "")
	r.clk.now = instant.Add(2 * time.Hour)
	r.do(me, "DELETE", "/b-one/k?versionId="+id, "").want(204, "")

	strict := r.do(me, "PUT", "/b-one/s", "x", "X-Amz-Checksum-Crc32: jNzYMA==", "X-Amz-Object-Lock-Mode: COMPLIANCE",
		"X-Amz-Object-Lock-Retain-Until-Date: 2026-12-01T00:00:00Z").want(200, "").value("X-Amz-Version-Id")
	r.do(me, "DELETE", "/b-one/s?versionId="+strict, "", "X-Amz-Bypass-Governance-Retention: true").want(403, "AccessDenied")

	plain := newRig(t, bucketNamed("b-one", object("k", "x")))
	plain.do(me, "PUT", "/b-one/k", "x", "X-Amz-Object-Lock-Mode: GOVERNANCE", "X-Amz-Object-Lock-Retain-Until-Date: 2026-12-01T00:00:00Z").want(400, "InvalidRequest")
	plain.do(me, "GET", "/b-one/k?retention", "").want(400, "InvalidRequest")
	plain.do(me, "GET", "/b-one?object-lock", "").want(404, "ObjectLockConfigurationNotFoundError")
}
