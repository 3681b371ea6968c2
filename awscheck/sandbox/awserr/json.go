package awserr

import (
	"encoding/json"
	"net/http"
)

// WriteJSON writes e as the services of the JSON protocol (KMS) do.
func WriteJSON(w http.ResponseWriter, e *Error) {
	name := "message"
	if e.Code == "AccessDeniedException" {
		name = "Message" // as KMS writes it
	}
	body, _ := json.Marshal(map[string]string{"__type": e.Code, name: e.Message}) // texts always marshal
	h := w.Header()
	copyHeader(h, e.Header)
	send(w, e.Status, "application/x-amz-json-1.1", string(body))
}

// WriteWrapped writes e as S3's control plane does: an <ErrorResponse> without
// a namespace.
func WriteWrapped(w http.ResponseWriter, e *Error) {
	h := w.Header()
	copyHeader(h, e.Header)
	send(w, e.Status, "application/xml", xmlHeader+"<ErrorResponse><Error><Code>"+Escape(e.Code)+"</Code><Message>"+Escape(e.Message)+"</Message></Error>"+
		"<RequestId>"+Escape(h.Get("X-Amz-Request-Id"))+"</RequestId><HostId>"+Escape(h.Get("X-Amz-Id-2"))+"</HostId></ErrorResponse>")
}
