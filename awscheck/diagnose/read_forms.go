package diagnose

import (
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// form is one way in which a program prints an error: where it begins, and
// how the piece of text from there to the next error is read.
type form struct {
	begins *lazyregexp.Regexp
	read   func(ev *Evidence, piece string) bool
	// whole is set where the piece holds the body of the answer, too: an
	// error of another form within it is the same one.
	whole bool
}

// forms are tried where several begin at the same place, in this order.
var forms = []form{
	browserForm,
	{begins: lazyregexp.New(`(?m)^(?:< )?HTTP/[\d.]+ [1-5]\d\d\b|^\* .*(?:Trying|Could not resolve)|^curl: \(\d+\)|^\$ curl `), read: readHTTP, whole: true},
	{begins: lazyregexp.New(`Error executing "\w+" on "`), read: readPHP, whole: true},
	{begins: lazyregexp.New(`An error occurred \(`), read: readCLI},
	{begins: lazyregexp.New(`operation error [A-Za-z0-9 ]+: \w+, `), read: readGo2},
	{begins: lazyregexp.New(`(?:\w+: )?[A-Z][\w.]*: [^\n]*\n?[^\n]*status code: \d{3}, request id: `), read: readGo1},
	{begins: lazyregexp.New(`[^\n]*\((?:Service: )[^()]*Status Code: \d+`), read: readJava},
	{begins: lazyregexp.New(`(?:unhandled error|service error|Unhandled|ServiceError)[^\n]{0,400}?code: (?:Some\()?"`), read: readRust},
	{begins: lazyregexp.New(`[^\n]*\bAws::\w+::Errors::\w+`), read: readRuby},
	{begins: lazyregexp.New(`Amazon\.[\w.]*Exception: [^\n]+`), read: readNET},
	{begins: lazyregexp.New(`<(?:\?xml|ErrorResponse|Error|DeleteResult)\b[^>]*>`), read: readXML, whole: true},
	{begins: lazyregexp.New(`(?i)<!doctype html|<html\b|\d{3} ERROR\s+The request could not be satisfied`), read: readPage, whole: true},
	{begins: lazyregexp.New(`(?m)^[^\n{"']*?\b(?:[A-Z][A-Za-z]*(?:Error|Exception|Denied|Bucket|Key|Down|Token|Id|Match|Skewed|Redirect|Large|Failed|Found|Forbidden|Request|Unknown)|Forbidden|NotFound|UnknownError): [^\n]*\n(?:\s+at [^\n]*\n?)+[^{]{0,3}\{`), read: readNode, whole: true},
	{begins: lazyregexp.New(`(?s)\{[^{}]{0,300}?["'](?:__type|Error|Code|code|name|errorCode|\$fault)["']\s*:`), read: readJSON, whole: true},
}

var (
	reCLI       = lazyregexp.New(`(?s)^An error occurred \(([A-Za-z0-9.]+)\) when calling the (\w+) operation(?: \([^)]*\))?:\s*(.*)`)
	reGo2       = lazyregexp.New(`(?s)^operation error ([A-Za-z0-9 ]+): (\w+), (.*)`)
	reGo2Inner  = lazyregexp.New(`(?s)^.*operation error ([A-Za-z0-9 ]+): (\w+), (.*)`)
	reGo2Answer = lazyregexp.New(`(?s)StatusCode: (\d+)(?:, RequestID: ([^,\s]*))?(?:, HostID: ([^,\s]*))?,?\s*(.*)`)
	reAPIError  = lazyregexp.New(`(?s)(?:api error )?\b([A-Z][A-Za-z0-9.]+): ?(.*)`)
	reGo1       = lazyregexp.New(`(?s)([A-Z][\w.]*): ([^\n]*?)\s*status code: (\d{3}), request id: ([^,\s]*)(?:, host id: (\S*))?`)
	reJava      = lazyregexp.New(`(?s)^(.*?)\s*\(Service: (?:Amazon |AWS)?([A-Za-z0-9]+)[^;,()]*[;,] Status Code: (\d+)[;,](?: Error Code: ([\w.]+)[;,])?(?: Request ID: ([^;,)\s]+))?(?:[;,] (?:S3 )?Extended Request ID: ([^;,)\s]+))?`)
	reClass     = lazyregexp.New(`(?:[a-z][\w$]*\.)+(\w+?)(?:Exception)?: (.*)`)
	reRustCode  = lazyregexp.New(`code: (?:Some\()?"([^"]+)"`)
	reRustSaid  = lazyregexp.New(`message: (?:Some\()?"((?:[^"\\]|\\.)*)"`)
	reRustID    = lazyregexp.New(`aws_request_id"?: "([^"]+)"`)
	reRustHost  = lazyregexp.New(`s3_extended_request_id"?: "([^"]+)"`)
	reRustHTTP  = lazyregexp.New(`StatusCode\((\d+)\)`)
	reRubyAfter = lazyregexp.New(`(?:^|: )([^:\n]*(?::[^\n]*?)?) \(Aws::(\w+)::Errors::(\w+)\)`)
	reRuby      = lazyregexp.New(`Aws::(\w+)::Errors::(\w+):? ?([^\n]*)`)
	reNET       = lazyregexp.New(`^Amazon\.([\w.]*?)(?:\.Model)?\.(\w+)Exception: ([^\n]+)`)
	rePHP       = lazyregexp.New(`^Error executing "(\w+)" on "([^"]+)"`)
	rePHPStatus = lazyregexp.New("resulted in a `(\\d{3})")
)

func readCLI(ev *Evidence, piece string) bool {
	m := reCLI.FindStringSubmatch(piece)
	if m == nil {
		return false
	}
	ev.Operation, ev.Message = serviceOf(m[2])+":"+m[2], paragraph(m[3])
	if status, err := strconv.Atoi(m[1]); err == nil { // of a HEAD: no code
		ev.HTTPStatus = status
		return true
	}
	ev.Code = m[1]
	return true
}

func readGo2(ev *Evidence, piece string) bool {
	m := reGo2.FindStringSubmatch(piece)
	if m == nil {
		return false
	}
	ev.Operation = strings.ToLower(m[1]) + ":" + m[2]
	rest := paragraph(m[3])
	// A request that needed another one first fails with that one's error.
	if inner := reGo2Inner.FindStringSubmatch(rest); inner != nil && inner[1] != "ec2imds" {
		ev.Operation, rest = strings.ToLower(inner[1])+":"+inner[2], inner[3]
	}
	ev.Message = rest
	a := reGo2Answer.FindStringSubmatch(rest)
	if a == nil || reNoCredentials.MatchString(rest) { // the status is that of a metadata service
		return true
	}
	ev.HTTPStatus, _ = strconv.Atoi(a[1])
	ev.RequestID, ev.HostID, ev.Message = a[2], a[3], a[4]
	if e := reAPIError.FindStringSubmatch(a[4]); e != nil && ev.HTTPStatus > 0 {
		ev.Code, ev.Message = e[1], e[2]
	}
	return true
}

func readGo1(ev *Evidence, piece string) bool {
	m := reGo1.FindStringSubmatch(piece)
	if m == nil {
		return false
	}
	ev.Code, ev.Message, ev.RequestID, ev.HostID = m[1], m[2], m[4], m[5]
	ev.HTTPStatus, _ = strconv.Atoi(m[3])
	return true
}

// readJava reads both versions of the SDK: the second one has no code, but
// for the name of the exception's class.
func readJava(ev *Evidence, piece string) bool {
	m := reJava.FindStringSubmatch(piece)
	if m == nil {
		return false
	}
	ev.Message, ev.Code, ev.RequestID, ev.HostID = m[1], m[4], m[5], m[6]
	if class := reClass.FindStringSubmatch(m[1]); class != nil {
		ev.Message = class[2]
		if ev.Code == "" {
			ev.Code = codeOfClass(class[1])
		}
	}
	ev.HTTPStatus, _ = strconv.Atoi(m[3])
	ev.Elements = map[string]string{"Service": strings.ToLower(m[2])}
	return true
}

// codeOfClass is the error code after which an SDK named a class of errors;
// "S3Exception" is named after none.
func codeOfClass(class string) string {
	class = strings.TrimSuffix(strings.TrimPrefix(class, "Amazon"), "Exception")
	if strings.ToUpper(class) == class || class == "SecurityTokenService" || class == "Sts" || class == "Kms" || class == "SdkClient" || class == "Service" {
		return ""
	}
	return class
}

func readRust(ev *Evidence, piece string) bool {
	code := reRustCode.FindStringSubmatch(piece)
	if code == nil {
		return false
	}
	ev.Code = code[1]
	ev.Message = strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(group(reRustSaid, piece))
	ev.RequestID, ev.HostID = group(reRustID, piece), group(reRustHost, piece)
	ev.HTTPStatus, _ = strconv.Atoi(group(reRustHTTP, piece))
	return true
}

func readRuby(ev *Evidence, piece string) bool {
	line, _, _ := strings.Cut(piece, "\n")
	m := reRubyAfter.FindStringSubmatch(line)
	if m != nil {
		ev.Message, ev.Code = m[1], m[3]
		ev.Elements = map[string]string{"Service": strings.ToLower(m[2])}
		return true
	}
	if m = reRuby.FindStringSubmatch(line); m == nil {
		return false
	}
	ev.Code, ev.Message = m[2], m[3]
	ev.Elements = map[string]string{"Service": strings.ToLower(m[1])}
	return true
}

func readNET(ev *Evidence, piece string) bool {
	m := reNET.FindStringSubmatch(piece)
	if m == nil || strings.HasPrefix(m[1], "Runtime.Internal") {
		return false
	}
	ev.Code, ev.Message = codeOfClass(m[2]), strings.TrimSpace(m[3])
	service := strings.ToLower(m[1])
	if service == "securitytoken" {
		service = "sts"
	}
	ev.Elements = map[string]string{"Service": service}
	return true
}

func readPHP(ev *Evidence, piece string) bool {
	m := rePHP.FindStringSubmatch(piece)
	if m == nil {
		return false
	}
	ev.Operation = serviceOf(m[1]) + ":" + m[1]
	ev.HTTPStatus, _ = strconv.Atoi(group(rePHPStatus, piece))
	if i := strings.IndexByte(piece, '<'); i >= 0 {
		readXML(ev, piece[i:])
	}
	if ev.Code == "" {
		ev.Message = paragraph(piece)
		ev.Code = reCode.FindString(piece)
	}
	return true
}

// paragraph is a message to its end: an empty line, a stack trace, or the
// next line of a log.
func paragraph(s string) string {
	if i := reEnd.FindStringIndex(s); i != nil {
		s = s[:i[0]]
	}
	return strings.TrimSpace(s)
}

var reEnd = lazyregexp.New(`\n[ \t]*\n|\n[ \t]+(?:at|with|on|from) |\nTraceback |\nDuring handling|\n[ \t]*File "|\n\[?\d{4}[-/]\d\d[-/]\d\d|\n\d\d:\d\d:\d\d|\n(?:ERROR|WARN|INFO|DEBUG|FATAL|error|warning)\b|\n[\w.-]+@[\w.-]+[:~]|\n[$#%] `)

func group(re *lazyregexp.Regexp, s string) string {
	if m := re.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// operations of services other than S3, by what their names hold.
var reOtherService = []struct {
	re      *lazyregexp.Regexp
	service string
}{
	{lazyregexp.New(`^(?:AssumeRole\w*|Get(?:CallerIdentity|SessionToken|FederationToken)|DecodeAuthorizationMessage)$`), "sts"},
	{lazyregexp.New(`Bucket|Object|Multipart|^UploadPart|^ListParts|^CreateSession$`), "s3"},
	{lazyregexp.New(`Distribution|Invalidation|OriginAccess`), "cloudfront"},
	{lazyregexp.New(`DataKey|^(?:De|En)crypt$|Grant|KeyPolicy|^DescribeKey$`), "kms"},
	{lazyregexp.New(`Role|User|AccessKey|InstanceProfile|AttachedPolic|SimulatePrincipal`), "iam"},
}

// serviceOf is the service of an operation, "aws" where that is not known.
func serviceOf(operation string) string {
	for _, o := range reOtherService {
		if o.re.MatchString(operation) {
			return o.service
		}
	}
	return "aws"
}
