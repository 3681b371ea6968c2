package handoff_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/handoff"
)

const (
	owner    = "210987654321"
	vendor   = "999988887777"
	stranger = "555566667777"
	operator = "444433332222" // runs mediadock
	theID    = "md-7q4kz2m9x1c8v5b3n6t0w8r2"
	keyID    = "12345678-90ab-cdef-1234-567890abcdef"
)

// situation is one set of settings that documents are made for.
type situation struct {
	name      string
	partition string
	settings  wizard.Settings
	key       string
	tight     bool
	also      string // trusted beside the principal
}

func (s situation) dir() string {
	if s.settings.Prefix == "" {
		return ""
	}
	return s.settings.Prefix + "/"
}

func (s situation) bucket() string { return "arn:" + s.partition + ":s3:::" + s.settings.Bucket }

// situations are all combinations that make a difference.
func situations() []situation {
	var all []situation
	for _, place := range [][2]string{{"aws", "ap-northeast-1"}, {"aws-cn", "cn-north-1"}, {"aws-us-gov", "us-gov-west-1"}} {
		partition, region := place[0], place[1]
		for _, prefix := range []string{"", "media", "media/path-1.x_y"} {
			for _, distribution := range []string{"", "E2EXAMPLE"} {
				for _, principal := range []string{vendor, "arn:" + partition + ":iam::" + vendor + ":root", "arn:" + partition + ":iam::" + vendor + ":role/cms/Runtime"} {
					for _, tight := range []bool{false, true} {
						s := situation{partition: partition, tight: tight, key: "arn:" + partition + ":kms:" + region + ":" + owner + ":key/" + keyID}
						s.settings = wizard.Settings{
							Bucket: "alpha-prod-assets", Region: region, RoleARN: "arn:" + partition + ":iam::" + owner + ":role/MediaRole",
							ExternalID: theID, TrustedPrincipal: principal, Prefix: prefix, Distribution: distribution,
						}
						tightly := ""
						if tight {
							tightly = "tight"
						}
						s.name = strings.Join([]string{partition, "[" + prefix + "]", distribution, principal, tightly}, " ")
						all = append(all, s)
					}
				}
			}
		}
	}
	for _, s := range all { // and the CMS's role that this program uses, too
		if s.settings.Prefix != "media" || s.tight || s.settings.Distribution != "" || s.partition == "aws-us-gov" {
			continue
		}
		for _, also := range []string{operator, "arn:" + s.partition + ":iam::" + operator + ":role/Media"} {
			both := s
			both.also, both.name = also, s.name+" and "+also
			all = append(all, both)
		}
	}
	return all
}

func (s situation) plan(t *testing.T) handoff.Plan {
	t.Helper()
	p, problems := handoff.Make(s.settings, handoff.Options{Name: "prod", Kind: handoff.All, KMSKey: s.key, Tight: s.tight, AlsoTrust: s.also})
	if len(problems) > 0 {
		t.Fatalf("%s: %+v", s.name, problems)
	}
	return p
}

// documents are what some format said, by what they are for.
type documents struct{ trust, permissions, bucket, keyUse, keyPolicy policy.Document }

func parsed(t *testing.T, data []byte) policy.Document {
	t.Helper()
	d, err := policy.Parse(data)
	if err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return d
}

func fromJSON(t *testing.T, p handoff.Plan) documents {
	t.Helper()
	var d documents
	to := map[string]*policy.Document{"trust": &d.trust, "permissions": &d.permissions, "bucket": &d.bucket, "kms-role": &d.keyUse, "kms-key": &d.keyPolicy}
	for _, doc := range p.Documents() {
		*to[doc.ID] = parsed(t, doc.JSON)
	}
	return d
}

// judge holds documents to what they must allow and to what they must not.
func judge(t *testing.T, s situation, d documents) {
	t.Helper()
	j := judgement{T: t, s: s, d: d}
	j.role()
	j.trust()
	j.readers()
	j.key()
}

type judgement struct {
	*testing.T
	s situation
	d documents
}

func (j judgement) want(allowed bool, r policy.Request, p policy.Policies) {
	j.Helper()
	if got := policy.Evaluate(r, p).Allowed; got != allowed {
		data, _ := json.Marshal(r)
		j.Errorf("%s: allowed is %v: %s", j.s.name, got, data)
	}
}

func session(partition, account, role string) policy.Principal {
	return policy.Principal{
		Kind: policy.AssumedRole, Account: account, ARN: "arn:" + partition + ":sts::" + account + ":assumed-role/" + role[strings.LastIndex(role, "/")+1:] + "/s",
		RoleARN: "arn:" + partition + ":iam::" + account + ":role/" + role, UserID: "AROA:s",
	}
}

// role: the documented actions, and nothing else, nowhere else.
func (j judgement) role() {
	may := func(want bool, action, resource string, context map[string][]string) {
		j.Helper()
		j.want(want, policy.Request{Principal: session(j.s.partition, owner, "MediaRole"), Action: action, Resource: resource, ResourceAccount: owner, Context: context},
			policy.Policies{Identity: []policy.Document{j.d.permissions}})
	}
	bucket, dir := j.s.bucket(), j.s.dir()
	listing := func(prefix string) map[string][]string { return map[string][]string{"s3:prefix": {prefix}} }
	may(true, "s3:GetBucketLocation", bucket, nil)
	may(true, "s3:ListBucket", bucket, listing(dir))
	may(true, "s3:ListBucket", bucket, listing(dir+"blog/"))
	may(!j.s.tight || dir == "", "s3:ListBucket", bucket, nil)
	may(!j.s.tight || dir == "", "s3:ListBucket", bucket, listing("backups/"))
	for _, action := range []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject"} {
		may(true, action, bucket+"/"+dir+"a.png", nil)
		may(true, action, bucket+"/"+dir+"ニュース/写真 1.png", nil)
		may(dir == "", action, bucket+"/backups/a.png", nil)
		may(dir == "", action, bucket+"/"+strings.TrimSuffix(dir, "/")+"x/a.png", nil)
		may(false, action, bucket+"-2/"+dir+"a.png", nil)
	}
	may(j.s.tight, "s3:AbortMultipartUpload", bucket+"/"+dir+"a.png", nil)
	for _, action := range []string{
		"s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:GetBucketPolicy", "s3:DeleteBucket", "s3:PutBucketAcl", "s3:ListBucketVersions",
		"s3:PutLifecycleConfiguration", "s3:PutEncryptionConfiguration", "s3:PutBucketPublicAccessBlock", "s3:ListBucketMultipartUploads",
	} {
		may(false, action, bucket, nil)
	}
	for _, action := range []string{
		"s3:PutObjectAcl", "s3:GetObjectAcl", "s3:GetObjectVersion", "s3:DeleteObjectVersion", "s3:PutObjectTagging", "s3:GetObjectTagging",
		"s3:RestoreObject", "s3:BypassGovernanceRetention", "s3:PutObjectRetention",
	} {
		may(false, action, bucket+"/"+dir+"a.png", nil)
	}
	may(false, "s3:ListAllMyBuckets", "*", nil)
	may(false, "iam:PassRole", "arn:"+j.s.partition+":iam::"+owner+":role/Admin", nil)
	may(false, "sts:AssumeRole", "arn:"+j.s.partition+":iam::"+owner+":role/Admin", nil)
	may(false, "kms:Decrypt", j.s.key, nil)
}

// trust: the principal with the external ID, and nobody else.
func (j judgement) trust() {
	everything := []policy.Document{parsed(j.T, []byte(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`))}
	may := func(want bool, who policy.Principal, action string, ids ...string) {
		j.Helper()
		context := map[string][]string{}
		if len(ids) > 0 {
			context["sts:externalid"] = ids
		}
		j.want(want, policy.Request{Principal: who, Action: action, Resource: j.s.settings.RoleARN, ResourceAccount: owner, Context: context},
			policy.Policies{Identity: everything, Resource: &j.d.trust})
	}
	runtime := session(j.s.partition, vendor, "cms/Runtime")
	wholeAccount := !strings.Contains(j.s.settings.TrustedPrincipal, ":role/")
	may(true, runtime, "sts:AssumeRole", theID)
	may(wholeAccount, session(j.s.partition, vendor, "Other"), "sts:AssumeRole", theID)
	for _, id := range []string{theID + "x", theID[:len(theID)-1], strings.ToUpper(theID), "*", ""} {
		may(false, runtime, "sts:AssumeRole", id)
	}
	may(false, runtime, "sts:AssumeRole")
	may(false, runtime, "sts:TagSession", theID)
	may(false, runtime, "sts:AssumeRoleWithWebIdentity", theID)
	// The second principal: on the same terms, or not at all.
	second := session(j.s.partition, operator, "Media")
	may(j.s.also != "", second, "sts:AssumeRole", theID)
	may(j.s.also == operator, session(j.s.partition, operator, "Other"), "sts:AssumeRole", theID)
	may(false, second, "sts:AssumeRole")
	may(false, second, "sts:AssumeRole", theID+"x")
	may(false, second, "sts:TagSession", theID)
	may(false, session(j.s.partition, stranger, "cms/Runtime"), "sts:AssumeRole", theID)
	may(false, session(j.s.partition, owner, "cms/Runtime"), "sts:AssumeRole", theID)
	may(false, policy.Principal{Kind: policy.Anonymous}, "sts:AssumeRole", theID)
	may(false, policy.Principal{Kind: policy.Service, Service: "cloudfront.amazonaws.com"}, "sts:AssumeRole", theID)
}

// readers: everybody, or the distribution alone; reading, and nothing else.
func (j judgement) readers() {
	may := func(want bool, who policy.Principal, action, resource, source string) {
		j.Helper()
		context := map[string][]string{}
		if source != "" {
			context["aws:sourcearn"] = []string{source}
		}
		j.want(want, policy.Request{Principal: who, Action: action, Resource: resource, ResourceAccount: owner, Context: context},
			policy.Policies{Resource: &j.d.bucket})
	}
	anyone := policy.Principal{Kind: policy.Anonymous}
	cloudfront := policy.Principal{Kind: policy.Service, Service: "cloudfront.amazonaws.com"}
	bucket, dir := j.s.bucket(), j.s.dir()
	distribution := wizard.DistributionARN(j.s.settings)
	public := distribution == ""
	file := bucket + "/" + dir + "写真.png"
	may(public, anyone, "s3:GetObject", file, "")
	may(true, cloudfront, "s3:GetObject", file, distribution)
	if !public {
		may(false, cloudfront, "s3:GetObject", file, "")
		may(false, cloudfront, "s3:GetObject", file, distribution+"X")
		may(false, cloudfront, "s3:GetObject", file, strings.Replace(distribution, owner, stranger, 1))
		may(false, policy.Principal{Kind: policy.Service, Service: "s3.amazonaws.com"}, "s3:GetObject", file, distribution)
		may(dir == "", cloudfront, "s3:GetObject", bucket+"/backups/a.gz", distribution)
	}
	for _, who := range []policy.Principal{anyone, cloudfront} {
		may(false, who, "s3:ListBucket", bucket, distribution)
		for _, action := range []string{"s3:PutObject", "s3:DeleteObject", "s3:GetObjectVersion", "s3:PutObjectAcl"} {
			may(false, who, action, file, distribution)
		}
	}
	may(public && dir == "", anyone, "s3:GetObject", bucket+"/backups/a.gz", "")
}

// key: the role through S3, the distribution for decrypting; nobody else.
func (j judgement) key() {
	may := func(want bool, who policy.Principal, action, key string, context map[string][]string) {
		j.Helper()
		p := policy.Policies{Resource: &j.d.keyPolicy}
		if who.Kind == policy.AssumedRole {
			p.Identity = []policy.Document{j.d.keyUse}
		}
		j.want(want, policy.Request{Principal: who, Action: action, Resource: key, ResourceAccount: owner, Context: context}, p)
	}
	role := session(j.s.partition, owner, "MediaRole")
	suffix := map[string]string{"aws-cn": "amazonaws.com.cn"}[j.s.partition]
	if suffix == "" {
		suffix = "amazonaws.com"
	}
	via := func(region, about string) map[string][]string {
		return map[string][]string{"kms:viaservice": {"s3." + region + "." + suffix}, "kms:encryptioncontext:aws:s3:arn": {about}}
	}
	region, file := j.s.settings.Region, j.s.bucket()+"/"+j.s.dir()+"a.png"
	for _, action := range []string{"kms:GenerateDataKey", "kms:Decrypt"} {
		may(true, role, action, j.s.key, via(region, file))
		may(true, role, action, j.s.key, via(region, j.s.bucket())) // with bucket keys
		may(false, role, action, j.s.key, nil)
		may(false, session(j.s.partition, owner, "Other"), action, j.s.key, via(region, file))
		may(false, session(j.s.partition, stranger, "MediaRole"), action, j.s.key, via(region, file))
	}
	for _, action := range []string{"kms:Encrypt", "kms:ScheduleKeyDeletion", "kms:PutKeyPolicy", "kms:CreateGrant"} {
		may(false, role, action, j.s.key, via(region, file))
	}
	cloudfront := policy.Principal{Kind: policy.Service, Service: "cloudfront.amazonaws.com"}
	distribution := wizard.DistributionARN(j.s.settings)
	may(distribution != "", cloudfront, "kms:Decrypt", j.s.key, map[string][]string{"aws:sourcearn": {distribution}})
	may(false, cloudfront, "kms:GenerateDataKey", j.s.key, map[string][]string{"aws:sourcearn": {distribution}})
	may(false, cloudfront, "kms:Decrypt", j.s.key, map[string][]string{"aws:sourcearn": {distribution + "X"}})
	may(false, policy.Principal{Kind: policy.Anonymous}, "kms:Decrypt", j.s.key, via(region, file))
	// The role's own side reaches no other key, not even one that lets everybody in.
	open := parsed(j.T, []byte(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:`+j.s.partition+`:iam::`+owner+`:root"},"Action":"kms:*","Resource":"*"}}`))
	ask := func(want bool, key string, context map[string][]string) {
		j.Helper()
		j.want(want, policy.Request{Principal: role, Action: "kms:Decrypt", Resource: key, ResourceAccount: owner, Context: context},
			policy.Policies{Identity: []policy.Document{j.d.keyUse}, Resource: &open})
	}
	ask(true, j.s.key, via(region, file))
	ask(false, j.s.key, nil)
	ask(false, strings.Replace(j.s.key, "1234", "4321", 1), via(region, file))
	ask(!j.s.tight, j.s.key, via(region, j.s.bucket()+"-2/a.png"))
}

func TestGeneratedDocumentsAllowExactlyWhatIsNeeded(t *testing.T) {
	for _, s := range situations() {
		judge(t, s, fromJSON(t, s.plan(t)))
	}
}
