package diagnose

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"unicode/utf8"
)

// maxMessage bounds the text kept of an answer that is no AWS error.
const maxMessage = 300

// ReadBody fills the fields that the body of an AWS error tells: code,
// message, request ids, region, further elements. It understands the XML of
// S3 (<Error>), of STS and IAM (<ErrorResponse>) and JSON errors, and keeps
// what is already known. Anything else, such as a proxy's page, is kept as a
// short message with the code left empty. A body that is no error changes
// nothing.
func (ev *Evidence) ReadBody(body []byte) {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		return
	}
	fields, isError := xmlError(body)
	if !isError {
		fields, isError = jsonError(body)
	}
	if !isError {
		if ev.HTTPStatus >= 300 && ev.Message == "" {
			ev.Message = gist(body)
		}
		return
	}
	set := func(target *string, name string) {
		if v := fields[name]; v != "" && *target == "" {
			*target = v
		}
		delete(fields, name)
	}
	set(&ev.Code, "Code")
	set(&ev.Message, "Message")
	set(&ev.RequestID, "RequestId")
	set(&ev.RequestID, "RequestID")
	set(&ev.HostID, "HostId")
	if ev.BucketRegion == "" {
		ev.BucketRegion = fields["Region"]
	}
	for name, value := range fields {
		switch name {
		case "Condition", "Endpoint", "Region", "BucketName", "Key", "ArgumentName", "ArgumentValue",
			"ServerTime", "RequestTime", "MaxAllowedSkewMilliseconds", "Type", "Resource", "Bucket", "Header":
			if ev.Elements == nil {
				ev.Elements = map[string]string{}
			}
			ev.Elements[name] = value
		}
	}
}

// element is any XML element.
type element struct {
	XMLName  xml.Name
	Text     string    `xml:",chardata"`
	Children []element `xml:",any"`
}

// xmlError reads the leaves of an <Error>, be it the document (S3), in an
// <ErrorResponse> (STS, IAM) or in its <Errors> (some older services). The
// request id stands beside or within.
func xmlError(body []byte) (map[string]string, bool) {
	if body[0] != '<' {
		return nil, false
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict = false
	var root element
	if d.Decode(&root) != nil {
		return nil, false
	}
	fields := map[string]string{}
	errors := []element{root}
	if root.XMLName.Local != "Error" {
		errors = nil
		for _, c := range root.Children {
			switch c.XMLName.Local {
			case "Error":
				errors = append(errors, c)
			case "Errors":
				errors = append(errors, c.Children...)
			case "RequestId", "RequestID":
				fields["RequestId"] = strings.TrimSpace(c.Text)
			}
		}
	}
	for _, e := range errors {
		for _, c := range e.Children {
			if _, known := fields[c.XMLName.Local]; !known && len(c.Children) == 0 {
				fields[c.XMLName.Local] = strings.TrimSpace(c.Text)
			}
		}
	}
	return fields, len(errors) > 0 && (fields["Code"] != "" || fields["Message"] != "")
}

func jsonError(body []byte) (map[string]string, bool) {
	if body[0] != '{' {
		return nil, false
	}
	var e struct {
		Type    string `json:"__type"`
		Code    string `json:"code"`
		Message string `json:"message"`
		Upper   string `json:"Message"`
	}
	if json.Unmarshal(body, &e) != nil {
		return nil, false
	}
	code := e.Type
	if code == "" {
		code = e.Code
	}
	if i := strings.LastIndexByte(code, '#'); i >= 0 {
		code = code[i+1:]
	}
	message := e.Message
	if message == "" {
		message = e.Upper
	}
	return map[string]string{"Code": code, "Message": message}, code != ""
}

// gist is the beginning of a foreign answer, its markup and spaces reduced.
func gist(body []byte) string {
	if !utf8.Valid(body) {
		return ""
	}
	var b strings.Builder
	tag := false
	for _, r := range string(body) {
		switch {
		case r == '<':
			tag = true
			b.WriteByte(' ')
		case r == '>' && tag:
			tag = false
		case !tag:
			b.WriteRune(r)
		}
		if b.Len() > 4*maxMessage {
			break
		}
	}
	s := strings.Join(strings.Fields(b.String()), " ")
	if len(s) > maxMessage {
		s = strings.ToValidUTF8(s[:maxMessage], "") + " …"
	}
	return s
}

// Mask shows the first and last four characters of an external ID, and
// nothing of one shorter than 16.
func Mask(id string) string {
	if len(id) < 16 {
		return strings.Repeat("*", min(len(id), 8))
	}
	return id[:4] + "…" + id[len(id)-4:]
}
