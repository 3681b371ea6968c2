package media_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// A bucket with a default retention takes nothing that comes without a
// checksum, at AWS and elsewhere.
func TestPutIntoALockedBucket(t *testing.T) {
	locked := func(a *account.Account) {
		a.Buckets[0].Versioning, a.Buckets[0].ObjectLock = "Enabled", &account.ObjectLock{Mode: "GOVERNANCE", Days: 1}
	}
	file := local(t, "photo.jpg", strings.Repeat("a photo ", 64<<10))
	for name, e := range map[string]mediatest.Endpoint{"a custom endpoint": mediatest.Sandbox(t, locked), "as AWS": mediatest.SandboxAsAWS(t, locked)} {
		t.Run(name, func(t *testing.T) {
			ended := put(t, e.Room(t, media.Options{}).Library, media.PutOptions{}, file)
			ended.want(t, "photo.jpg", "done")
			if ended.sum.Bytes != 512<<10 {
				t.Errorf("%+v", ended.sum)
			}
		})
	}
}
