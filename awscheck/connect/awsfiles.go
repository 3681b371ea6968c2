package connect

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/config"
)

// kept are the keys of AWS's files whose values are read. They hold no
// secret.
var kept = map[string]bool{
	"region": true, "role_arn": true, "source_profile": true, "credential_source": true, "mfa_serial": true,
	"sso_session": true, "sso_start_url": true, "sso_region": true, "sso_account_id": true, "sso_role_name": true,
	"sso_registration_scopes": true, "web_identity_token_file": true, "login_session": true,
}

// present are keys of which only that they are there is kept: their values
// are secrets, or may hold some.
var present = map[string]bool{"aws_access_key_id": true, "aws_secret_access_key": true, "credential_process": true}

// isSet stands for the value of a key in present.
const isSet = "set"

// awsSection is a section of a file: its header, and the keys above.
type awsSection struct {
	kind, name string // "profile" and "x" of [profile x]; "" and "x" of [x]
	keys       map[string]string
}

// longestLine bounds what is kept of a line; what is longer is ignored.
const longestLine = 64 << 10

// readAWSFile reads a file as the AWS SDK does: leniently. A line that it
// does not understand says nothing.
func readAWSFile(r io.Reader) []awsSection {
	var all []awsSection
	lines := bufio.NewReaderSize(r, longestLine)
	afterEmpty := false // the key before has no value: what is indented belongs to it
	for n := 0; ; n++ {
		line, long, err := readLine(lines)
		if n == 0 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if trimmed := strings.TrimSpace(line); trimmed != "" && trimmed[0] != '#' && trimmed[0] != ';' && !long {
			if s, ok := header(line); ok {
				all, afterEmpty = append(all, s), false
			} else if len(all) > 0 {
				afterEmpty = all[len(all)-1].take(line, afterEmpty)
			}
		}
		if err != nil {
			return all
		}
	}
}

func readLine(r *bufio.Reader) (line string, long bool, err error) {
	b, err := r.ReadSlice('\n')
	line = strings.TrimRight(string(b), "\r\n")
	for errors.Is(err, bufio.ErrBufferFull) {
		long = true
		_, err = r.ReadSlice('\n')
	}
	return line, long, err
}

// header reads "[kind name] # comment".
func header(line string) (awsSection, bool) {
	line, _, _ = strings.Cut(line, "#")
	line, _, _ = strings.Cut(line, ";")
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "[") || !strings.HasSuffix(line, "]") || len(line) < 2 {
		return awsSection{}, false
	}
	kind, name := "", strings.TrimSpace(line[1:len(line)-1])
	if i := strings.IndexAny(name, " \t"); i >= 0 {
		kind, name = name[:i], strings.TrimLeft(name[i:], " \t")
	}
	return awsSection{kind: kind, name: name, keys: map[string]string{}}, true
}

// take reads "key = value # comment", and tells whether the key has no value:
// then indented lines that follow are below it.
func (s *awsSection) take(line string, afterEmpty bool) bool {
	if indented := line[0] == ' ' || line[0] == '\t'; indented && afterEmpty {
		return true
	}
	for _, mark := range []string{" #", " ;", "\t#", "\t;"} {
		line, _, _ = strings.Cut(line, mark)
	}
	i := strings.IndexAny(line, "=:")
	if i < 0 {
		return afterEmpty
	}
	key, value := strings.ToLower(strings.TrimSpace(line[:i])), strings.TrimSpace(line[i+1:])
	if n := len(value); n >= 2 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
		value = value[1 : n-1]
	}
	switch {
	case kept[key]:
		s.keys[key] = value
	case present[key] && value != "":
		s.keys[key] = isSet
	}
	return value == ""
}

// awsFiles are the sections of both files, merged as the SDK merges them.
type awsFiles struct {
	names    []string // of profiles, in the order of the files
	profiles map[string]map[string]string
	sessions map[string]map[string]string // [sso-session x]
}

// readAWSFiles reads the files of the environment. A file that is not there,
// or cannot be read, is an empty one, as it is to the SDK.
func readAWSFiles() awsFiles {
	f := awsFiles{profiles: map[string]map[string]string{}, sessions: map[string]map[string]string{}}
	configFile := first(os.Getenv("AWS_CONFIG_FILE"), config.DefaultSharedConfigFilename())
	f.addConfig(sectionsOf(configFile))
	f.addCredentials(sectionsOf(first(os.Getenv("AWS_SHARED_CREDENTIALS_FILE"), config.DefaultSharedCredentialsFilename())))
	return f
}

func sectionsOf(path string) []awsSection {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	return readAWSFile(file)
}

// addConfig takes the sections of the configuration file: profiles have a
// prefix there, and [profile default] replaces [default].
func (f *awsFiles) addConfig(all []awsSection) {
	prefixed := false
	for _, s := range all {
		prefixed = prefixed || s.kind == "profile" && s.name == "default"
	}
	for _, s := range all {
		switch {
		case s.kind == "sso-session":
			merge(f.sessions, s)
		case s.kind == "profile", s.kind == "" && s.name == "default" && !prefixed:
			f.addProfile(s)
		}
	}
}

// addCredentials takes the sections of the credentials file, whose keys win.
func (f *awsFiles) addCredentials(all []awsSection) {
	for _, s := range all {
		if s.kind == "" {
			f.addProfile(s)
		}
	}
}

func (f *awsFiles) addProfile(s awsSection) {
	if s.name == "" {
		return
	}
	if _, ok := f.profiles[s.name]; !ok {
		f.names = append(f.names, s.name)
	}
	merge(f.profiles, s)
}

func merge(into map[string]map[string]string, s awsSection) {
	if into[s.name] == nil {
		into[s.name] = map[string]string{}
	}
	for k, v := range s.keys {
		into[s.name][k] = v
	}
}
