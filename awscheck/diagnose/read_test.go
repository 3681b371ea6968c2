package diagnose

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Each file of testdata/read is an error as people paste it, after lines of
// what is expected of it, up to a line of dashes:
//
//	operation: s3:PutObject
//	code: AccessDenied
//	...
//	cause: put-denied           the first cause
//	count: 2                    errors in it, where more than one
func TestReadRealErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/read/*.txt")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			head, text, ok := strings.Cut(string(data), "\n-----\n")
			if !ok {
				t.Fatal("no line of dashes")
			}
			checkReading(t, expectations(head), text)
		})
	}
}

func expectations(head string) map[string]string {
	want := map[string]string{}
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ": ")
		want[name] = strings.TrimSpace(value)
	}
	return want
}

func checkReading(t *testing.T, want map[string]string, text string) {
	t.Helper()
	all := ReadAll(text)
	ev := all[0].Evidence
	if strings.ContainsAny(ev.Message, "\x1b│╷") {
		t.Errorf("message %q", ev.Message)
	}
	d, _ := ParseDenial(ev.Message)
	causes := Explain(ev, Facts{})
	cause := ""
	if len(causes) > 0 {
		cause = causes[0].ID
	}
	got := map[string]string{
		"operation": ev.Operation, "code": ev.Code, "network": ev.Network, "request_id": ev.RequestID, "host_id": ev.HostID,
		"status": itoa(ev.HTTPStatus), "action": d.Action, "layer": string(d.Layer), "region": ev.BucketRegion,
		"cause": cause, "count": itoa(len(all)), "times": itoa(all[0].Times),
	}
	if want["count"] == "" {
		want["count"] = "1"
	}
	for name, value := range want {
		switch name {
		case "message":
			if !strings.Contains(ev.Message, value) {
				t.Errorf("message %q, want it to hold %q", ev.Message, value)
			}
		case "note":
		default:
			v, ok := got[name]
			if !ok {
				t.Fatalf("nothing is known of %q", name)
			}
			if v != value {
				t.Errorf("%s: %q, want %q\n%+v\n%s", name, v, value, ev, list(causes))
			}
		}
	}
}

func itoa(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// What must not be passed on is not read.
func TestReadingHoldsNoSecrets(t *testing.T) {
	const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	for _, text := range []string{
		"aws_secret_access_key = " + secret + "\nAn error occurred (AccessDenied) when calling the PutObject operation: Access Denied",
		"AWS_SECRET_ACCESS_KEY=" + secret, `"SecretAccessKey": "` + secret + `"`, "here is the key " + secret + " and it fails",
		"export AWS_SESSION_TOKEN=" + secret, "x-amz-security-token: " + secret, "Authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=" + secret,
		"https://b.s3.amazonaws.com/k?X-Amz-Signature=" + secret + "&x=1 AccessDenied",
		"<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message><StringToSign>" + secret + "</StringToSign></Error>",
		"aws sts assume-role --external-id " + secret, "Value '" + secret + "' at 'externalId' failed to satisfy constraint",
		"https://user:" + secret + "@proxy.example.com:8080 proxyconnect",
	} {
		for _, r := range ReadAll(text) {
			if strings.Contains(r.Message+r.Operation+r.Host+r.RequestID+r.Code+r.Elements["Key"], "wJalrXUtnFEMI") {
				t.Errorf("%s\nis read as %+v", text, r.Evidence)
			}
		}
	}
	for _, text := range []string{
		"export AWS_SESSION_TOKEN=FwoGZXIvYXdzEBYaDA", `{"SessionToken": "FwoGZXIvYXdzEBYaDA"}`, "aws_session_token = FwoGZXIvYXdzEBYaDA",
		"<SessionToken>FwoGZXIvYXdzEBYaDA</SessionToken>", "< set-cookie: FwoGZXIvYXdzEBYaDA", "ExternalId=FwoGZXIvYXdzEBYaDA",
	} {
		if got := Redact(text); strings.Contains(got, "FwoGZX") {
			t.Errorf("%s became %s", text, got)
		}
	}
	for _, innocent := range []string{"arn:aws:s3:::my-long-bucket-name/some/folder/with/a/file.png", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "eftixk72aD6Ap51TnqcoF8eFidJG9Z/2mkiDFu8yU9AS1ed4OpIszj7UDNEHGran"} {
		if got := Redact(innocent); got != innocent {
			t.Errorf("%s became %s", innocent, got)
		}
	}
}

func FuzzReadText(f *testing.F) {
	files, _ := filepath.Glob("testdata/read/*.txt")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("\x1b[31m<Error><Code>")
	f.Fuzz(func(t *testing.T, text string) {
		all := ReadAll(text)
		if len(all) == 0 {
			t.Fatal("nothing is read")
		}
		for _, r := range all {
			if r.Times < 1 {
				t.Errorf("%d times", r.Times)
			}
			for _, c := range Explain(r.Evidence, Facts{}) {
				if len(c.Fixes) == 0 {
					t.Errorf("%s has no fix", c.ID)
				}
			}
		}
	})
}
