package media_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// A copy that is denied names the right that is missing, as AWS does.
func TestDeniedCopiesNameTheRight(t *testing.T) {
	deny := func(action, resource string) func(*account.Account) {
		return statement(policy.Statement{Effect: policy.Deny, Action: []string{action}, Resource: []string{resource}})
	}
	key := func(a *account.Account) {
		a.KMSKeys = []account.KMSKey{{ARN: kmsKey, State: "Enabled"}}
		a.Buckets[0].Encryption = account.Encryption{Algorithm: "aws:kms", Key: kmsKey}
	}
	for name, c := range map[string]struct {
		change []func(*account.Account)
		says   string
		parts  bool
	}{
		"reading the source":           {[]func(*account.Account){deny("s3:GetObject", "*/a.bin")}, "s3:GetObject", false},
		"writing into the environment": {[]func(*account.Account){deny("s3:PutObject", "*/"+devID+"/*")}, "s3:PutObject", false},
		"writing, in parts":            {[]func(*account.Account){deny("s3:PutObject", "*/"+devID+"/*")}, "s3:PutObject", true},
		"a key, for writing":           {[]func(*account.Account){key, statement(policy.Statement{Effect: policy.Allow, Action: []string{"kms:Decrypt"}, Resource: []string{kmsKey}})}, "kms:GenerateDataKey", false},
		"a key, for reading":           {[]func(*account.Account){key, statement(policy.Statement{Effect: policy.Allow, Action: []string{"kms:GenerateDataKey"}, Resource: []string{kmsKey}})}, "kms:Decrypt", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := mediatest.Sandbox(t, c.change...).Room(t, media.Options{})
			content := "a"
			if c.parts {
				r.CopyInPartsAbove(1<<20, 5<<20)
				content = big(6 << 20)
			}
			r.Lay("a.bin", content)
			res, got := toEnvironment(t, r.Library, media.EnvironmentOptions{})
			got.want(t, "a.bin", "failed:denied")
			err := new(media.Error)
			if !errors.As(got.events["a.bin"].Err, &err) || !strings.Contains(err.Evidence.Message, c.says) {
				t.Errorf("it says %q, of %s", err.Evidence.Message, c.says)
			}
			if !res.Resumable || res.Check.Missing != 1 || r.Uploads() != 0 {
				t.Errorf("%+v", res)
			}
		})
	}
}

// Under Object Lock nothing that an environment does is refused: what is
// deleted stays as an older version, and that is told.
func TestAnEnvironmentUnderObjectLock(t *testing.T) {
	r := mediatest.SandboxAsAWS(t, func(a *account.Account) {
		a.Buckets[0].Versioning, a.Buckets[0].ObjectLock = "Enabled", &account.ObjectLock{Mode: "COMPLIANCE", Days: 1}
	}).Room(t, media.Options{})
	r.LayMany([]string{"a.txt", "b.txt"})
	res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{})
	if !res.Check.Equal() || res.Done != 2 {
		t.Fatalf("%+v", res)
	}
	l := r.In(devID)
	plan, err := l.PlanRemoveEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if res = l.RemoveEnvironment(t.Context(), plan, nil); res.Done != 2 || res.Hidden != 2 || res.Failed != 0 || res.Resumable {
		t.Errorf("%+v", res)
	}
}

// What is over 5 GB keeps its type, its headers and its metadata.
func TestLargeObjectsOfAnEnvironmentKeepWhatTheySay(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.CopyInPartsAbove(1<<20, 5<<20)
	r.Lay("a.bin", big(6<<20), func(in *s3.PutObjectInput) {
		typ, language := "video/mp4", "ja"
		in.ContentType, in.ContentLanguage, in.StorageClass = &typ, &language, types.StorageClassStandardIa
		in.Metadata = map[string]string{"microcms-service": "x"}
	})
	if res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{}); !res.Check.Equal() {
		t.Fatalf("%+v", res)
	}
	content, head, _ := r.Read(devID + "/a.bin")
	if content != big(6<<20) || *head.ContentType != "video/mp4" || *head.ContentLanguage != "ja" || head.Metadata["microcms-service"] != "x" || head.StorageClass != types.StorageClassStandardIa {
		t.Errorf("%d bytes, %+v", len(content), head)
	}
}
