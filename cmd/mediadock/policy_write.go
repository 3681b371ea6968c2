package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
)

// writeDocument prints a text or, as JSON, anything else; or writes it to a
// file as a whole, which its owner alone may read.
func (a *app) writeDocument(file string, document any) error {
	text, isText := document.(string)
	if !isText {
		var b strings.Builder
		if err := writeJSON(&b, document, true); err != nil {
			return err
		}
		text = b.String()
	}
	if file == "" {
		_, err := fmt.Fprint(a.io.out, text)
		return err
	}
	if err := mayReplaceDocument(file); err != nil {
		return err
	}
	if err := putFile(file, []byte(text)); err != nil {
		return couldNot("write", map[string]string{"file": file}, err)
	}
	return nil
}

// mayReplaceDocument lets a file be replaced that is such a document itself,
// or empty, and nothing else: a wrong name is quickly typed, and main.tf is a
// name that many have.
func mayReplaceDocument(file string) error {
	return mayReplace(file, "document_exists", maxOwnFile, isDocument)
}

// isDocument tells whether a file is one that policy or handoff wrote.
// Everything but JSON names its maker on top; JSON is policies and what else
// integrations have.
func isDocument(data []byte) bool {
	if !json.Valid(data) {
		const top = 1024
		return bytes.Contains(data[:min(len(data), top)], []byte("mediadock"))
	}
	if isDocumentJSON(data) {
		return true
	}
	var parts map[string]json.RawMessage
	if json.Unmarshal(data, &parts) != nil || len(parts) == 0 {
		return false
	}
	if _, ok := parts["format"]; ok && len(parts) == 2 && parts["text"] != nil {
		return true
	}
	documents := 0
	for _, p := range parts {
		var text string // of a file of another language, beside others
		switch {
		case isDocumentJSON(p):
			documents++
		case json.Unmarshal(p, &text) != nil:
			return false
		}
	}
	return documents > 0
}

// isDocumentJSON tells whether JSON is one document: a policy, CORS rules, or
// what Amplify's outputs have of storage. Outputs that have more are an app's.
func isDocumentJSON(data []byte) bool {
	if _, err := policy.Parse(data); err == nil {
		return true
	}
	var rules []map[string]json.RawMessage
	if json.Unmarshal(data, &rules) == nil && len(rules) > 0 {
		return !slices.ContainsFunc(rules, func(r map[string]json.RawMessage) bool {
			return r["AllowedMethods"] == nil || r["AllowedOrigins"] == nil
		})
	}
	var outputs map[string]json.RawMessage
	if json.Unmarshal(data, &outputs) != nil || outputs["storage"] == nil {
		return false
	}
	delete(outputs, "storage")
	delete(outputs, "version")
	return len(outputs) == 0
}
