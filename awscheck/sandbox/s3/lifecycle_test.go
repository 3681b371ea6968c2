package s3_test

import (
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

func TestRequesterPays(t *testing.T) {
	r := newRig(t, bucketNamed("b-one", object("k", "x"), func(b *account.Bucket) {
		openTo(t, b, "s3:*")
		b.RequesterPays = true
	}))
	vendor := stranger(allowing(t, "*", "s3:*"))
	const pays = "X-Amz-Request-Payer: requester"
	r.do(vendor, "GET", "/b-one/k", "").want(403, "AccessDenied").contains("<Message>Access Denied</Message>")
	r.do(vendor, "GET", "/b-one?list-type=2", "").want(403, "AccessDenied")
	r.do(vendor, "GET", "/b-one/k", "", pays).want(200, "").has("X-Amz-Request-Charged", "requester")
	r.do(anonymous, "GET", "/b-one/k", "", pays).want(403, "AccessDenied")
	r.do(admin(t), "GET", "/b-one/k", "").want(200, "").has("X-Amz-Request-Charged", "")

	r.do(admin(t), "GET", "/b-one?requestPayment", "").contains("<Payer>Requester</Payer>")
	r.do(admin(t), "PUT", "/b-one?requestPayment", "<RequestPaymentConfiguration><Payer>Nobody</Payer></RequestPaymentConfiguration>").want(400, "MalformedXML")
	r.do(admin(t), "PUT", "/b-one?requestPayment", "<RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>").want(200, "")
	r.do(vendor, "GET", "/b-one/k", "").want(200, "")
}

func TestLifecycle(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	one := func(rule string) string { return "<LifecycleConfiguration>" + rule + "</LifecycleConfiguration>" }
	const filter = "<Filter><Prefix>media/</Prefix></Filter>"
	for body, want := range map[string]string{
		"":      "MalformedXML",
		one(""): "MalformedXML",
		one("<Rule><Status>On</Status>" + filter + "<Expiration><Days>1</Days></Expiration></Rule>"):                                                                                                                      "MalformedXML",
		one("<Rule><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule>"):                                                                                                                               "MalformedXML",
		one("<Rule><Status>Enabled</Status>" + filter + "</Rule>"):                                                                                                                                                        "InvalidRequest",
		one("<Rule><Status>Enabled</Status>" + filter + "<Expiration><Days>0</Days></Expiration></Rule>"):                                                                                                                 "InvalidArgument",
		one("<Rule><Status>Enabled</Status>" + filter + "<Expiration><Days>1</Days><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>"):                                                      "MalformedXML",
		one("<Rule><Status>Enabled</Status><Filter><Tag><Key>a</Key><Value>b</Value></Tag></Filter><AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>"): "InvalidRequest",
		one("<Rule><ID>a</ID><Status>Enabled</Status>" + filter + "<Expiration><Days>1</Days></Expiration></Rule><Rule><ID>a</ID><Status>Enabled</Status>" + filter + "<Expiration><Days>1</Days></Expiration></Rule>"):   "InvalidArgument",
	} {
		r.do(me, "PUT", "/b-one?lifecycle", body).want(400, want)
	}
	r.do(me, "GET", "/b-one?lifecycle", "").want(404, "NoSuchLifecycleConfiguration")
	r.do(me, "PUT", "/b-one?lifecycle", one("<Rule><ID>old</ID><Status>Enabled</Status>"+filter+
		"<Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition><Transition><Days>90</Days><StorageClass>GLACIER</StorageClass></Transition>"+
		"<NoncurrentVersionExpiration><NoncurrentDays>30</NoncurrentDays></NoncurrentVersionExpiration></Rule><Rule><Status>Disabled</Status><Filter></Filter><Expiration><Days>1</Days></Expiration></Rule>")).want(200, "")
	got := r.do(me, "GET", "/b-one?lifecycle", "").want(200, "")
	for _, part := range []string{
		"<ID>old</ID>", "<Filter><Prefix>media/</Prefix></Filter>",
		"<Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition><Transition><Days>90</Days><StorageClass>GLACIER</StorageClass></Transition>",
		"<NoncurrentVersionExpiration><NoncurrentDays>30</NoncurrentDays></NoncurrentVersionExpiration>", "<Status>Disabled</Status>", "<Filter></Filter>",
	} {
		got.contains(part)
	}
	r.do(stranger(allowing(t, "*", "s3:*")), "DELETE", "/b-one?lifecycle", "").want(403, "AccessDenied")
	r.do(me, "DELETE", "/b-one?lifecycle", "").want(204, "")
	r.do(me, "GET", "/b-one?lifecycle", "").want(404, "NoSuchLifecycleConfiguration")
}

func TestPutObjectLock(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	const years = "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Years>1</Years></DefaultRetention></Rule></ObjectLockConfiguration>"
	r.do(me, "PUT", "/b-one?object-lock", years).want(409, "InvalidBucketState")
	r.do(me, "PUT", "/b-one?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>").want(200, "")
	r.do(me, "PUT", "/b-one?object-lock", "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>COMPLIANCE</Mode></DefaultRetention></Rule></ObjectLockConfiguration>").want(400, "MalformedXML")
	r.do(me, "PUT", "/b-one?object-lock", years).want(200, "")
	r.do(me, "GET", "/b-one?object-lock", "").want(200, "").contains("<Mode>COMPLIANCE</Mode><Years>1</Years>")
	r.do(me, "PUT", "/b-one/k", "x", "Content-Md5: nddjxBGckPfaTSyyhy8h2A==").want(200, "")
	r.do(me, "HEAD", "/b-one/k", "").want(200, "").has("X-Amz-Object-Lock-Retain-Until-Date", r.clk.now.AddDate(1, 0, 0).UTC().Format("2006-01-02T15:04:05.000Z"))
	r.do(me, "PUT", "/b-one?object-lock", "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>").want(200, "")
	r.do(me, "GET", "/b-one?object-lock", "").want(200, "").contains("Enabled</ObjectLockEnabled></ObjectLockConfiguration>")
}

func TestRestore(t *testing.T) {
	r := newRig(t, bucketNamed("b-one"))
	me := admin(t)
	const days = "<RestoreRequest><Days>7</Days></RestoreRequest>"
	r.do(me, "PUT", "/b-one/k", "x", "X-Amz-Storage-Class: GLACIER").want(200, "")
	r.do(me, "GET", "/b-one/k", "").want(403, "InvalidObjectState")
	r.do(me, "POST", "/b-one/k?restore", "<RestoreRequest/>").want(400, "MalformedXML")
	r.do(me, "POST", "/b-one/k?restore", days).want(202, "")
	r.do(me, "GET", "/b-one/k", "").want(200, "")
	r.do(me, "POST", "/b-one/k?restore", days).want(200, "")
	r.clk.now = r.clk.now.AddDate(0, 0, 8)
	r.do(me, "GET", "/b-one/k", "").want(403, "InvalidObjectState")
	r.do(me, "PUT", "/b-one/s", "x").want(200, "")
	r.do(me, "POST", "/b-one/s?restore", days).want(403, "InvalidObjectState")
}
