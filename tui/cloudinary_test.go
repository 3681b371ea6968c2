package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/racetest"
	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
	"github.com/mediadock/mediadock/wizard"
)

// cloudinary are settings of Cloudinary's with all that it asks for.
func cloudinary() wizard.Settings {
	return wizard.Settings{
		Integration: "cloudinary", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Access: "caller", Prefix: "media",
		CloudNames: "alpha-prod,alpha-staging", KMSKeyARNs: "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
	}
}

// The wizard of Cloudinary in every window, in both languages.
func TestCloudinaryWizardLooks(t *testing.T) {
	racetest.Plainly(t)
	for _, lang := range []string{"en", "ja"} {
		for _, size := range []struct{ w, h int }{{100, 30}, {80, 24}, {40, 12}} {
			d := start(t, tuitest.NewWorld(), tui.Options{Lang: lang, Start: tui.StartSetup, Prefill: cloudinary()}, size.w, size.h)
			for step := 1; step <= 6; step++ {
				d.Settle()
				d.Fits()
				if step == 3 || step == 6 {
					d.Golden(fmt.Sprintf("cloudinary-%d-%s-%dx%d", step, lang, size.w, size.h))
				}
				for range 4 { // enter goes through the fields of a step
					if step < 6 && !strings.Contains(d.Grid(), fmt.Sprintf("%d / 6", step+1)) && !strings.Contains(d.Grid(), fmt.Sprintf("step %d of 6", step+1)) {
						d.Press("enter")
						d.Settle()
					}
				}
			}
		}
	}
}

// All keys is taken, with the warning that it is for tests, and the review
// shows Cloudinary's own addresses, never those of S3 that nobody can open.
func TestCloudinaryWizardSays(t *testing.T) {
	s := cloudinary()
	s.KMSKeyARNs = "*"
	d := start(t, tuitest.NewWorld(), tui.Options{Start: tui.StartSetup, Prefill: s}, 120, 90)
	for range 12 { // enter goes through the fields of a step
		if !strings.Contains(d.Grid(), "step 6 of 6") {
			pressAll(d, "enter")
		}
	}
	d.See("All KMS keys are granted: for tests and proofs of concept only.",
		"https://res.cloudinary.com/alpha-prod/image/upload/media/image.png", ".wellknown/cloudinary/CLOUD_NAME")
	d.NotSee("s3.ap-northeast-1.amazonaws.com")
}
