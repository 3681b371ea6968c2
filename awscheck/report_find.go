package awscheck

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// find is the offset of a member of the n-th row in the document, or of the
// report's own member where row is negative; the best it can, for a message.
func (in *reading) find(row int, member string) int {
	dec := json.NewDecoder(bytes.NewReader(in.doc))
	if _, err := dec.Token(); err != nil {
		return 0
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return 0
		}
		at := int(dec.InputOffset())
		switch {
		case row < 0 && key == member:
			return at
		case row >= 0 && key == "checks":
			return in.findInRows(dec, row, member)
		}
		var skipped json.RawMessage
		if dec.Decode(&skipped) != nil {
			return 0
		}
	}
	return 0
}

func (in *reading) findInRows(dec *json.Decoder, row int, member string) int {
	if _, err := dec.Token(); err != nil { // [
		return 0
	}
	for i := 0; dec.More(); i++ {
		var raw json.RawMessage
		if dec.Decode(&raw) != nil {
			return 0
		}
		if i < row {
			continue
		}
		end := int(dec.InputOffset())
		start := end - len(raw)
		if at := bytes.Index(raw, fmt.Appendf(nil, "%q", member)); at >= 0 {
			return start + at
		}
		return start
	}
	return 0
}

// LooksLikeReport tells whether data is a report of this program, be it one
// that was cut short, edited, or is of a newer version.
func LooksLikeReport(data []byte) bool {
	_, err := ReadReport(data)
	var bad *ReportError
	if !errors.As(err, &bad) {
		return err == nil
	}
	switch bad.Code {
	case "unknown-value", "time", "negative", "twice", "no-rows", "contradiction", "wrong-type":
		return true
	case "cut-short":
		return bytes.Contains(data, []byte(`"verdict": "`))
	}
	return false
}
