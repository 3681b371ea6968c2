package tui_test

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/tui"
)

const existingPolicy = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\"Sid\": \"Mine\", \"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:DeleteBucket\", \"Resource\": \"*\"}\n  ]\n}"

// The policy that exists is pasted, and what is copied is all of it.
func TestABucketPolicyIsAppendedToWhatIsPasted(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		for _, size := range sizes {
			d := start(t, busy(), tui.Options{Lang: lang}, size.w, size.h)
			d.Press("down", "p")
			d.Settle()
			d.Paste(existingPolicy) // the overview takes none
			d.Press("down", "down", "enter")
			d.Fits()
			d.Paste(existingPolicy)
			d.Settle()
			d.Fits()
			d.Press("c")
			d.Settle()
			if n := len(d.Clipboard); n != 1 {
				t.Fatalf("%s %s: %d texts were copied\n%s", lang, size.name, n, d.Grid())
			}
			got := d.Clipboard[0]
			if !strings.HasPrefix(got, strings.TrimSuffix(existingPolicy, "\n  ]\n}")) || strings.Count(got, `"Effect"`) != 2 {
				t.Errorf("%s %s: copied\n%s", lang, size.name, got)
			}
			d.Press("u", "c")
			d.Settle()
			if n := len(d.Clipboard); n != 2 || strings.Contains(d.Clipboard[1], "DeleteBucket") {
				t.Errorf("%s %s: without it %q", lang, size.name, d.Clipboard)
			}
		}
	}
}

func TestWhatIsNoPolicyIsNotAppendedTo(t *testing.T) {
	d := start(t, busy(), tui.Options{}, 100, 30)
	d.Press("down", "p")
	d.Settle()
	d.Press("down", "down", "enter")
	d.See("Is there a policy already? Paste it here")
	d.Paste("<html>")
	d.See("What was pasted, line 1, column 1: this is no valid JSON. Nothing was appended.")
	d.Paste(existingPolicy)
	d.See("Unchanged statements: 1", `"Mine"`)
	d.NotSee("no valid JSON")
}
